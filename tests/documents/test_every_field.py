"""Every field of every PDF holds every way to make a renderer ask for something: nothing is asked for, and words stay words."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace
from unittest import mock

import pytest
from django.conf import settings

from mentoring.documents import render_pdf, rendering
from mentoring.documents.attachments import as_data
from mentoring.documents.qr import qr_picture

from .conftest import SECRET
from .reading import check_structure, facts_of, fonts_of, text_of
from .test_rendering import attached_files
from .vectors import VECTORS

TEMPLATES = settings.BASE_DIR / "templates"
FRAMES = {"base.html", "form.html"}  # what others extend
DRAWN = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("pdf/**/*.html") if file.name not in FRAMES)
PRINTED = [name for name in DRAWN if "extends" in (TEMPLATES / name).read_text()]
NAMES = re.compile(r"[a-z_]+")
MARKS = re.compile(r"\{[{%](.*?)[%}]\}")
# A preview shows what can be chosen; without signatures there is room for them.
OF_DAYS = {"weekday", "day", "month", "year", "hour", "minute"}  # a day can hold nothing but a day
TIMES = {"log": SimpleNamespace(total=60), "meetings": (1, 60), "sessions": (1, 60), "own": (1, 60)}
SAID = {
    "alt",
    "content",
    "data-organisation",
    "data-running",
    "data-foot",
    "lang",
}  # attributes that are said, not fetched
WAYS = [{}, {"is_preview": ""}, {"is_preview": "", "signatures": []}]
PRINTED_NAME = re.compile(r"\{\{\s*([a-z_]+)\.(?:\w+\.)*([a-z_]+)\s*[|}]")
ASKED_IF = re.compile(r"\{%\s*(?:el)?if (.*?)%\}")


class Hostile:
    """Says the same whatever it is asked for: any attribute, any item, any call, twice in a list."""

    do_not_call_in_templates = True

    def __init__(self, words, lacks=""):
        self._words = self.accent = words
        self._lacks, self._said = lacks, set()

    def __str__(self):
        return self._words

    def __getattr__(self, name):
        if name.startswith("_") or name in OF_DAYS:
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, key):
        self._said.add(key)
        return "" if key == self._lacks else self

    def __len__(self):
        return 2

    def __iter__(self):
        return iter([self, self])


def names_in_templates():
    """What a template of any PDF may ask for."""
    sources = "".join((TEMPLATES / name).read_text() for name in [*DRAWN, *frames(), "contracts/reading.html"])
    asked = {name for mark in MARKS.findall(sources) for name in NAMES.findall(mark)}
    return asked - {"accent", "verify_address"}  # which the renderer makes itself, of a colour and an address it checks


def frames():
    return [str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("pdf/**/*.html") if file.name in FRAMES]


def test_the_list_of_pdfs_is_whole():
    """Whatever our code has drawn as a PDF, here or apart, lies where the list looks for it."""
    apps = [settings.BASE_DIR / app for app in ("contracts", "evaluation", "matching", "mentoring", "programmes")]
    sources = "".join(file.read_text() for app in apps for file in app.rglob("*.py"))
    drawn = set(re.findall(r"render\w*\(\s*f?\"([^\"{]+/pdf/[^\"{]+)", sources))

    assert len(drawn) > 6
    assert [name for name in drawn if not any(known.startswith(name) for known in PRINTED)] == []


class Asked(HTMLParser):
    """Where a page names the bait: in which attributes of its elements, and in its styles."""

    def __init__(self, bait, html):
        super().__init__()
        self.addresses, self.found = (bait.url, bait.file), []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name not in SAID and any(address in (value or "") for address in self.addresses):
                self.found.append((tag, name))

    def handle_data(self, words):
        if self.cdata_elem and any(address in words for address in self.addresses):
            self.found.append((self.cdata_elem, "content"))


def source_of(template):
    """A template's own words with those of everything it includes."""
    source = (TEMPLATES / template).read_text()
    return source + "".join(source_of(part) for part in re.findall(r"\{% include \"([^\"]+)\"", source))


def printed_in(source):
    """The names of the fields that are printed; numbers, and what `regroup` calls the words in common, are no fields."""
    found = PRINTED_NAME.findall(source)
    return {name for of, name in found if of not in {"forloop", *TIMES} and name != "grouper"}


def drawn_with(template, words, way, hostile=None):
    """The PDF of a template whose every field says these words, and the HTML that it was drawn from."""
    hostile = hostile or Hostile(words)
    every = dict.fromkeys(names_in_templates(), hostile)
    fixed = {"qr": qr_picture("https://mentoring.example.org"), "code": "K7QM-2XHT-9BVA", **TIMES}
    with mock.patch.object(rendering, "to_pdf", wraps=rendering.to_pdf) as handed:
        return render_pdf(
            template, {**every, **fixed, **way}, title=words, data=as_data("words.json", words, words)
        ), handed.call_args.args[0]


@pytest.mark.parametrize("template", PRINTED)
def test_words_stay_words_in_every_field(bait, template, monkeypatch):
    """All 18 in every field at once: none becomes an element, an attribute or a style."""
    monkeypatch.setattr(rendering, "to_pdf", lambda html, *_: html.encode())
    words = " ".join(bait.fill(vector) for vector in VECTORS.values())
    source = source_of(template)
    # What is asked after an “if” lacks once each, so that what stands in an “else” is drawn too.
    lacking = {name for asked in ASKED_IF.findall(source) for name in re.findall(r"\.([a-z_]+)", asked)}
    drawn = set()

    for way in WAYS:
        for lacks in ("", *sorted(lacking)):
            hostile = Hostile(words, lacks)
            _, html = drawn_with(template, words, way, hostile)
            drawn |= hostile._said

            assert html.count("&lt;svg width=") > 5
            assert Asked(bait, html).found == []
    assert printed_in(source) <= drawn


@pytest.mark.parametrize("template", PRINTED)
def test_nothing_is_asked_for_whatever_stands_in_the_fields(bait, template, tmp_path):
    """And what is drawn is whole: tagged, on A4, in embedded type, with its pages counted."""
    words = bait.fill(f"{VECTORS['image']} {VECTORS['attachment from disk']}")

    content, _ = drawn_with(template, words, WAYS[-1])

    assert bait.requests == []
    text = text_of(content)
    assert '<img src="http' in text
    assert SECRET not in text
    assert [*attached_files(content)] == ["words.json"]
    facts = facts_of(content)
    assert (facts["Tagged"], facts["Page size"]) == ("yes", "595.276 x 841.89 pts (A4)")
    assert f"Page 1 of {facts['Pages']}" in text
    assert "No syntax or stream encoding errors found" in check_structure(content, tmp_path)
    assert all(fonts_of(content, tmp_path).values())


def test_a_field_that_is_not_escaped_is_found(bait):
    """The check itself works."""
    pages = {name: bait.fill(vector) for name, vector in VECTORS.items()}

    assert [name for name, page in pages.items() if not Asked(bait, page).found] == []
