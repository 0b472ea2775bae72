"""What new agreements say: ready-made words, an organisation's own, a programme's own; the nearest counts."""

import html

import jsonschema
import pytest
from django.test import Client
from django.utils import timezone

from contracts import actions, queries
from contracts.clauses import _wording, boxes_of, clauses_for, read_clauses
from contracts.models import Agreement, AgreementTemplate
from contracts.preview import sample_members
from contracts.wordings import MODELS, organisation_wording, wording_of
from mentoring.audit.models import Event
from mentoring.refusal import Refused
from programmes.blueprints import _validator, blueprint_names, load_blueprint
from programmes.models import Partnership
from tests import cast
from tests.documents.reading import text_of
from tests.visitor import Visitor

from .conftest import fill_in, make_ready, text_on


@pytest.fixture
def visitor(sign_in):
    def as_person(person):
        found = Visitor()
        found.client = sign_in(Client(), person)
        return found

    return as_person


def titles(programme, model=""):
    return [clause.title for clause in wording_of(programme, model).clauses]


@pytest.mark.parametrize("name", blueprint_names())
@pytest.mark.parametrize("model", [model for model, _ in MODELS])
def test_every_blueprint_has_words_for_every_model(organisation, name, model):
    clauses = read_clauses(clauses_for(load_blueprint(name), model))
    keys = [clause.key for clause in clauses]

    assert len(set(keys)) == len(keys)
    assert [clause.title for clause in clauses if clause.decides] == ["What the co-ordinator may read"]
    assert list(boxes_of(clauses, sample_members(model)))


def test_added_clauses_keep_to_the_schema():
    schema = _validator().schema
    clause = jsonschema.Draft202012Validator({**schema["$defs"]["clause"], "$defs": schema["$defs"]})

    assert [error.message for group in _wording().values() for one in group for error in clause.iter_errors(one)] == []


def test_spot_mentoring_has_no_agreement(visit, programme, mentor, mentee, coordinator, sign_in):
    partnership = cast.make_partnership(programme, mentor, mentee, state="agreed", model="spot")

    page = text_on(visit(mentee.person, partnership))

    assert "needs no agreement" in page
    assert text_on(visit(mentee.person, partnership, "contracts:ready", go="on")).count("needs no agreement") >= 1
    assert Agreement.objects.count() == 0
    assert sign_in(Client(), coordinator).get(programme.url("contracts:home")).context["rows"] == []


@pytest.mark.parametrize(
    ("blueprint", "sources"),
    [
        ("ukrc", {f"K{number}" for number in range(1, 6)}),
        ("sssc_peer", {f"K{number}" for number in range(8, 19)}),
    ],
)
def test_blueprint_has_every_clause_that_its_guide_asks_for(blueprint, sources):
    assert {clause["source"] for clause in load_blueprint(blueprint)["clauses"]} >= sources


def test_facts_come_from_the_records(programme, mentor, mentee, coordinator):
    programme.blueprint = load_blueprint("sssc_peer")
    programme.save(update_fields=["blueprint"])
    partnership = cast.make_partnership(programme, mentor, mentee, state="agreed", cadence_days=21)

    words = queries.words_of(queries.agreement_or_template(partnership), {})

    said = " ".join(promise["text"] for promise in words["promises"])
    assert f"runs until {partnership.ends_on:%-d %B %Y}, and Priya Coordley keeps" in said
    assert "We meet every 3 weeks, face to face" in said
    assert words["coordinator"] == {"name": "Priya Coordley", "email": "priya@example.org"}
    assert [party["email"] for party in words["parties"]] == ["swn@example.org", "mor@example.org"]
    assert "{" not in said


def test_nearest_words_count(organisation, programme, administrator):
    ready_made = titles(programme)
    change(organisation_wording("one_to_one"), "aims", "Organisation’s aims", administrator)
    assert titles(programme)[0] == "Organisation’s aims"
    assert titles(programme, "group")[0] == ready_made[0]
    change(wording_of(programme), "aims", "Programme’s aims", administrator)
    assert titles(programme)[0] == "Programme’s aims"
    assert wording_of(cast.make_programme("another", blueprint=programme.blueprint)).clauses[0].title.startswith("Org")

    actions.follow(wording_of(programme), by=administrator, now=timezone.now())
    assert titles(programme)[0] == "Organisation’s aims"
    actions.follow(organisation_wording("one_to_one"), by=administrator, now=timezone.now())
    assert titles(programme) == ready_made


def change(wording, key, title, by):
    clauses = [type(one)(**{**one.as_data(), "title": title}) if one.key == key else one for one in wording.clauses]
    actions.change_clauses(wording, clauses, seen=wording.seen, by=by, now=timezone.now())


def test_partnership_of_another_model_gets_that_models_words(programme, mentor, mentee):
    partnership = cast.make_partnership(programme, mentor, mentee, state="agreed", model="peer_pair")

    found = queries.agreement_or_template(partnership)

    assert {clause["key"] for clause in found.clauses} >= {"peer_turns", "peer_first"}


def test_agreement_that_was_begun_keeps_its_words(programme, partnership, administrator):
    fill_in(partnership)
    before = queries.words_of(queries.agreement_of(partnership), {})

    change(wording_of(programme), "aims", "Something else", administrator)

    assert queries.words_of(queries.agreement_of(partnership), {})["promises"] == before["promises"]


def test_coordinator_words_a_programmes_agreements(visitor, programme, coordinator):
    at_desk = visitor(coordinator)
    at_desk.open(programme.url("contracts:template"))
    assert "Ready-made words" in at_desk.page
    assert not at_desk.has_button("Move up")

    at_desk.press("Change these words")
    at_desk.follow("Add a clause")
    at_desk.press(
        "Save the clause", title="How we begin", kind="choice", text="Choose one.", answers="Over tea\nOn a walk\n"
    )
    assert "“How we begin” is saved." in at_desk.page
    for _ in range(len(titles(programme)) - 1):
        press_for(at_desk, "Move up", "How we begin")
    press_for(at_desk, "Remove", "Looking back")
    at_desk.follow("Change Keeping in touch")
    at_desk.press(
        "Save the clause", language="cy", also_title="Cadw mewn cysylltiad", also_text="Byddwn yn cadw mewn cysylltiad."
    )

    clauses = wording_of(programme).clauses
    assert [clause.title for clause in clauses][:3] == ["How we begin", "The programme's aims", "Feedback"]
    assert [option["label"] for option in clauses[0].options] == ["Over tea", "On a walk"]
    assert "Looking back" not in titles(programme)
    assert next(one for one in clauses if one.key == "contact").also["language"] == "cy"
    assert Event.objects.filter(what="agreement wording changed").exists()
    text = text_of(at_desk.client.get(programme.url("contracts:preview")).content)
    assert "Byddwn yn cadw" in text
    assert "Over tea On a walk" in text
    assert "Our rhythm: also when, how long" in text
    assert "nobody can sign it" in text


def press_for(visitor, button, clause):
    """Press the button that stands under a clause."""
    visitor.press(f"{button} {clause}")


def test_administrator_words_the_organisations_agreements(visitor, administrator, organisation):
    at_desk = visitor(administrator)
    at_desk.open(f"/{organisation.slug}/agreements/")
    at_desk.follow("Circle")
    at_desk.press("Change these words")
    at_desk.follow("Change The facilitator")
    at_desk.press("Save the clause", title="Our facilitator")

    assert "Our facilitator" in [clause.title for clause in organisation_wording("circle").clauses]
    assert at_desk.open(f"/{organisation.slug}/agreements/circle/preview.pdf") == ""
    assert "Our facilitator" in text_of(at_desk.content)
    at_desk.open(f"/{organisation.slug}/agreements/circle/")
    at_desk.press("Give up our own words")
    assert not AgreementTemplate.objects.exists()


def test_clause_about_reading_keeps_its_answers(visitor, programme, coordinator):
    at_desk = visitor(coordinator)
    at_desk.open(programme.url("contracts:template"))
    at_desk.press("Change these words")

    assert not at_desk.has_button("Remove What the co-ordinator may read")
    at_desk.follow("Change What the co-ordinator may read")
    assert "kind" not in at_desk.fields("Save the clause")
    at_desk.press("Save the clause", title="What Priya may read")
    kept = wording_of(programme).clauses[-1]
    assert (kept.title, [option["key"] for option in kept.options]) == (
        "What Priya may read",
        ["nothing", "rhythm", "log"],
    )
    wording = wording_of(programme)
    with pytest.raises(Refused, match="stays in every agreement"):
        actions.change_clauses(wording, wording.clauses[:-1], seen=wording.seen, by=coordinator, now=timezone.now())


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"title": ""}, "Fill in “Title”."),
        ({"kind": "choice", "answers": "Only one"}, "Write two to 8 answers, one on each line."),
        ({"kind": "table", "answers": "a\nb\nc\nd\ne"}, "Write two to 4 columns, one on each line."),
        ({"language": "gd"}, "Write the title and the words in the second language too, or choose none."),
        ({"kind": "poem"}, "is not one of the answers"),
    ],
)
def test_bad_clause_is_explained(visitor, programme, coordinator, given, answer):
    at_desk = visitor(coordinator)
    at_desk.open(programme.url("contracts:template"))
    at_desk.press("Change these words")
    at_desk.follow("Add a clause")

    page = at_desk.press("Save the clause", refused=True, **{"title": "T", "kind": "text", "text": "W", **given})

    assert answer in page
    assert "T" not in titles(programme)


def test_two_who_change_clauses_at_once_are_told(visitor, programme, coordinator, administrator):
    first, second = visitor(coordinator), visitor(administrator)
    first.open(programme.url("contracts:template"))
    first.press("Change these words")
    first.follow("Change Feedback")
    second.open(programme.url("contracts:template"))
    press_for(second, "Remove", "Looking back")

    page = first.press("Save the clause", refused=True, title="Mine")

    assert "Somebody else changed these clauses while you had them open." in page
    assert "Mine" not in titles(programme)


def test_who_may_word_agreements(sign_in, programme, organisation, sponsor, mentor, coordinator, outsider):
    pages = [programme.url("contracts:template"), programme.url("contracts:clause", key="new")]
    for person in (sponsor, mentor.person, outsider):
        for page in pages:
            assert sign_in(Client(), person).get(page).status_code == 404
            assert sign_in(Client(), person).post(page, {"do": "own"}).status_code in (404, 405)
    for person in (coordinator, mentor.person, outsider):
        assert sign_in(Client(), person).get(f"/{organisation.slug}/agreements/group/").status_code == 404
    assert AgreementTemplate.objects.count() == 0


def test_second_language_stands_beside_the_first_wherever_partners_read(visit, programme, partnership, mentee):
    clauses = [one for one in load_blueprint("technicians")["clauses"] if one.get("also")]
    asked = {"key": "when", "kind": "text", "title": "When", "text": "On which days.", "filled_by": "together"}
    also = {"language": "cy", "title": "Pryd", "text": "Ar ba ddiwrnodau."}
    programme.blueprint["clauses"] = [*clauses, asked | {"also": also}]
    programme.save(update_fields=["blueprint"])

    for name in ("contracts:agreement", "contracts:discuss"):
        page = visit(mentee.person, Partnership.objects.get(), name).content.decode()
        assert page.count('lang="cy"') == len(clauses) + 1 + (name == "contracts:agreement")
        assert all(one["also"]["text"] in html.unescape(page) for one in (*clauses, {"also": also}))
    version = make_ready(Partnership.objects.get(), {"when": "On Fridays", "reading": "rhythm"})
    text = text_of(version.document.content)
    assert "Pryd" in text
    assert all(one["also"]["title"] in text for one in clauses)
