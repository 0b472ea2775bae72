"""What counts in matching stands on the questions themselves, and is tried out before it is saved."""

import pytest
from django.utils import timezone

from matching import actions, queries
from matching.asking.criteria import Choice, Level, choice_of, level_of
from programmes.recruitment.models import Question

from .joining import LEEDS, YORK, join

CHOICES = {"wants": "lot", "based": "helps", "based-far": "60"}


@pytest.fixture
def address(programme):
    return programme.url("matching:criteria")


def now_of(key):
    return Question.objects.get(key=key, replaced_at=None)


def test_page_shows_how_each_question_counts(client, sign_in, coordinator, people, address):
    sign_in(client, coordinator)

    page = client.get(address).content.decode()

    assert "What do you want?" in page
    assert "Where are you based?" in page
    assert "What do you offer?" not in page, "it is compared through the mentees' question"
    assert "<b>2 of 2 mentees</b> can be matched" in page


def test_trying_says_what_each_must_removes_and_saves_nothing(client, sign_in, coordinator, people, address):
    sign_in(client, coordinator)
    before = now_of("based").matching

    pages = [client.get(address, CHOICES | {"based": "must", "based-far": "10", "try": "yes"})]
    pages.append(client.post(address, CHOICES | {"based": "must", "based-far": "10", "try": "yes"}))

    for page in pages:
        assert "“Where are you based?” must fit: removes 2 of 4 pairs" in page.content.decode()
        assert "<b>2 of 2 mentees</b>" in page.content.decode()
    assert now_of("based").matching == before


def test_trying_names_whom_it_would_leave_without_anybody(
    client, sign_in, coordinator, programme, questions, people, address
):
    join(
        programme,
        questions,
        "Sian",
        "mentee",
        wants=["career"],
        based={"name": "Bangor", "latitude": 53.2, "longitude": -4.1},
    )
    sign_in(client, coordinator)

    page = client.get(address, CHOICES | {"based": "must", "based-far": "30", "try": "yes"}).content.decode()

    assert "and leaves nobody for Sian" in page
    assert "<b>2 of 3 mentees</b> can be matched, 1 fewer than by what is saved" in page


def test_what_is_saved_stands_on_the_question_and_holds_in_the_next_round(
    client, sign_in, coordinator, programme, people, address
):
    sign_in(client, coordinator)

    client.post(address, {"wants": "must", "based": "no", "based-far": "60"})
    round = actions.run_round(programme, by=coordinator, now=timezone.now())

    assert (level_of(now_of("wants")), level_of(now_of("based"))) == (Level.MUST, Level.NO)
    assert now_of("wants").matching == {"comparison": "wants_offers", "weight": 40, "with": "offers", "must": True}
    assert [rule.get("name") for rule in round.instance["rules"]] == [None, "wants"]
    assert [criterion["name"] for criterion in round.instance["criteria"]] == ["wants"]


def test_who_must_fit_and_does_not_is_never_proposed(coordinator, programme, questions, people):
    choices = {"based": Choice(Level.MUST, far=10)}
    join(programme, questions, "Sian", "mentee", wants=["career"], based=LEEDS)
    join(programme, questions, "Olwen", "mentee", wants=["career"], based=LEEDS)

    actions.change_criteria(programme, choices, by=coordinator, now=timezone.now())
    round = actions.run_round(programme, by=coordinator, now=timezone.now())

    assert round.outcome["matched"] == 3
    waiting = [one for one in queries.proposals_of(round) if not one.is_match]
    assert "they are more than 10 miles apart" in " ".join(reason["words"] for reason in waiting[0].reasons)


def test_saving_what_stands_there_changes_nothing(client, sign_in, coordinator, people, address):
    sign_in(client, coordinator)
    before = {question.key: question.matching for question in Question.objects.all()}

    page = client.post(address, CHOICES, follow=True).content.decode()

    assert "Nothing has changed." in page
    assert {question.key: question.matching for question in Question.objects.all()} == before


def test_distance_that_is_none_is_explained(client, sign_in, coordinator, people, address):
    sign_in(client, coordinator)

    page = client.post(address, CHOICES | {"based-far": "-3"}).content.decode()

    assert "Error:" in page
    assert choice_of(now_of("based")).far == 60


def test_nobody_is_matched_with_the_manager_they_named(coordinator, programme, questions):
    questions["manager"] = Question.objects.create(
        programme=programme, key="manager", asked_of="mentee", kind="text", label="Who is your manager?", source="S9"
    )
    nia = join(programme, questions, "Nia Rees", "mentor", offers=["career"], based=YORK, capacity=2)
    join(programme, questions, "Ellen", "mentee", wants=["career"], based=YORK, manager="Dr  NÍA Rees, head of unit")
    join(programme, questions, "Dai", "mentee", wants=["career"], based=YORK, manager=f"my boss, {nia.person.email}")

    round = actions.run_round(programme, by=coordinator, now=timezone.now())

    assert round.outcome["matched"] == 0
    assert all("one of them manages the other" in one.reasons[0]["words"] for one in queries.proposals_of(round))


@pytest.mark.parametrize("who", ["sponsor", "outsider", "administrator"])
def test_others_find_no_such_page(client, sign_in, people, address, who, request):
    sign_in(client, request.getfixturevalue(who))

    assert client.get(address).status_code == 404
    assert client.post(address, {"wants": "no", "based": "no"}).status_code == 404
    assert level_of(now_of("wants")) == Level.LOT


@pytest.mark.parametrize(
    ("model", "missing", "asked"),
    [
        ("team", "so everybody is a team of one", "Which team do you work in?"),
        ("two_by_two", "your form does not ask mentors", "Have you been somebody’s mentor before?"),
    ],
)
def test_what_a_model_needs_to_know_is_asked_by_one_press(
    client, sign_in, coordinator, programme, people, address, model, missing, asked
):
    programme.model = model
    programme.save()
    sign_in(client, coordinator)

    pages = [client.get(url).content.decode() for url in (address, programme.url("matching:home"))]
    added = client.post(
        programme.url("recruitment:add_question"), {"question": "team" if model == "team" else "before"}, follow=True
    )
    then = client.get(address).content.decode()

    assert all(missing in page for page in pages)
    assert f"“{asked}” is asked from now on." in added.content.decode()
    assert missing not in then
    assert f"“{asked}”" in then


def test_circle_without_anything_to_share_is_told_so(client, sign_in, coordinator, programme, people, address):
    programme.model = "circle"
    programme.save()
    sign_in(client, coordinator)

    assert "any members may come together" in client.get(address).content.decode()
