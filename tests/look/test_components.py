"""What each component promises to those who write pages and to those who read them."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from mentoring.forms import Form

HOSTILE = '"><script>alert(1)</script>'


def draw(markup: str, path: str = "/", **context) -> str:
    """The markup as it would come out of a page, with runs of blanks made one."""
    request = RequestFactory().get(path)
    text = Template(CottonCompiler().process(markup)).render(RequestContext(request, context))
    return re.sub(r"\s+", " ", text).strip()


class Question(Form):
    name = forms.CharField(label="Full name", help_text="As on your certificate.")
    phone = forms.CharField(label="Phone", required=False)
    way = forms.ChoiceField(label="How?", choices=[("v", "Video"), ("p", "Phone")], widget=forms.RadioSelect)
    tile = forms.ChoiceField(
        label="When?", choices=[("t", "Today")], widget=forms.RadioSelect(attrs={"class": "tiles"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].readers = "Only you and Ravi read this."


def test_a_status_is_a_word_a_shape_and_a_colour():
    text = draw('<c-status kind="risk" word="Silent" />')

    assert 'class="status risk"' in text
    assert "<svg" in text
    assert text.endswith("Silent</span>")


def test_a_state_that_asks_for_nothing_is_a_word_alone():
    assert draw('<c-status word="Completed" />') == '<span class="status plain">Completed</span>'


def test_every_kind_of_state_has_a_shape_of_its_own():
    shapes = [draw(f'<c-shape kind="{kind}" />') for kind in ("ok", "warn", "risk", "info", "rest", "know")]

    assert len(set(shapes)) == 6


@pytest.mark.parametrize("component", ["card", "notice", "post", "search", "table", "form"])
def test_what_somebody_typed_cannot_leave_its_attribute(component):
    needed = 'url="/" word="Go" label="Find" caption="All" :form="None"'

    text = draw(f'<c-{component} {needed} :data-name="name">x</c-{component}>', name=HOSTILE)

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    "markup",
    [
        '<c-card :title="name">{{ name }}</c-card>',
        '<c-status kind="ok" :word="name" />',
        '<c-next :title="name" :action="name" url="/">{{ name }}</c-next>',
        '<c-summary><c-summary.row :label="name">{{ name }}</c-summary.row></c-summary>',
        '<c-date :word="name" :note="name" />',
        '<c-timeline.item :who="name" :at="name">{{ name }}</c-timeline.item>',
        '<c-search :label="name" :value="name" />',
        '<c-post url="/" :word="name" :about="name" />',
        "<c-readers>{{ name }}</c-readers>",
    ],
)
def test_what_somebody_typed_is_shown_as_text(markup):
    text = draw(markup, name=HOSTILE)

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_form_carries_its_token_and_its_key_and_no_asterisk():
    text = draw('<c-form :form="form" submit="Save" />', form=Question())

    assert text.count('name="csrfmiddlewaretoken"') == 1
    assert text.count('name="once"') == 1
    assert text.count("<form") == 1
    assert "*" not in text


def test_a_search_form_carries_neither():
    text = draw('<c-form :form="form" method="get" submit="Show" />', form=Question())

    assert "csrfmiddlewaretoken" not in text
    assert 'name="once"' not in text


def test_only_the_optional_field_says_so_and_its_readers_are_read_out_with_it():
    text = draw('<c-form :form="form" />', form=Question())

    assert re.findall(r"(\w+) <span class=\"optional\">\(optional\)", text) == ["Phone"]
    assert re.search(r'<input[^>]*name="phone"[^>]*aria-describedby="id_phone_readers"', text)
    assert "Only you and Ravi read this." in text


def test_a_field_found_wanting_says_so_above_itself_and_to_screen_readers():
    text = draw('<c-form :form="form" />', form=Question({"name": ""}))

    assert text.index("<p>Error: Fill in “Full name”.</p>") < text.index('name="name"')
    assert re.search(r'name="name"[^>]*aria-invalid="true"[^>]*aria-describedby="id_name_helptext id_name_error"', text)


def test_the_summary_leads_to_each_field_and_to_the_first_of_several_buttons():
    text = draw('<c-form :form="form" />', form=Question({}))

    assert re.findall(r'<li><a href="(#\w+)">', text) == ["#id_name", "#id_way_0", "#id_tile_0"]


def test_a_refusal_of_the_whole_form_stands_in_the_summary_once():
    form = Question({"name": "Sŵn", "way": "v", "tile": "t"})
    form.add_error(None, "This application has already been decided.")

    text = draw('<c-form :form="form" />', form=form)

    assert text.count("This application has already been decided.") == 1
    assert text.index("There is a problem") < text.index("This application")


def test_what_was_typed_is_still_there_after_an_error():
    text = draw('<c-form :form="form" />', form=Question({"name": "Sŵn Williams", "way": "p"}))

    assert 'value="Sŵn Williams"' in text
    assert re.search(r'value="p"[^>]*checked', text)


def test_a_choice_of_few_becomes_tiles_where_the_widget_says_so():
    text = draw('<c-form :form="form" />', form=Question())

    assert text.count('<div class="tiles"') == 1
    assert text.count('<div class="choices"') == 1


def test_one_button_that_changes_something_is_a_form_with_a_name_for_screen_readers():
    text = draw('<c-post url="/lock/" word="Lock" about="Ellen with Ravi" />')

    assert '<form method="post" action="/lock/"' in text
    assert 'name="csrfmiddlewaretoken"' in text
    assert 'name="once"' in text
    assert '>Lock<span class="visually-hidden"> Ellen with Ravi</span></button>' in text


def test_nothing_is_drawn_where_nothing_waits():
    assert draw('<c-needs :needs="needs" />', needs=[]) == ""


def test_pages_of_a_long_list_keep_the_search():
    text = draw('<c-pages :page="page" of="people" />', path="/?q=ann", page=Paginator(range(45), 20).page(2))

    assert "21 to 40 of 45 people" in text
    assert 'href="?q=ann&amp;page=3"' in text


def test_a_short_list_has_no_pages():
    assert draw('<c-pages :page="page" />', page=Paginator(range(20), 20).page(1)) == ""


def test_the_current_chip_is_marked_and_a_count_of_nought_is_shown():
    chips = [
        {"label": "Silent", "count": 0, "url": "?a", "current": True},
        {"label": "All", "url": "?b", "current": False},
    ]

    text = draw('<c-chips :chips="chips" />', chips=chips)

    assert 'href="?a" aria-current="true"><b>0</b> Silent</a>' in text
    assert 'href="?b">All</a>' in text


def test_a_mentors_places_are_counted_in_words_and_in_dots():
    text = draw('<c-places :used="1" :of="2" />')

    assert "1 of 2 places used" in text
    assert (text.count("<circle"), text.count('class="used"')) == (2, 1)


def test_a_dialogue_is_a_link_to_a_page_for_those_without_scripts():
    text = draw('<c-dialogue id="end" title="Stop?" word="Stop" url="/end/">x</c-dialogue>')

    assert '<a class="button quiet" href="/end/" data-opens="end">Stop</a>' in text
