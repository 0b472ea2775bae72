"""Step 1 from the front: why a programme should exist, and objectives that can be measured."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from mentoring.audit.models import Event
from programmes.blueprints import load_blueprint
from programmes.needs import actions
from programmes.needs.models import NeedStatement, Objective
from programmes.needs.step import status
from programmes.steps import State

DUE = datetime.date(2027, 7, 30)
REGULAR = {
    "wording": "Most partnerships meet regularly",
    "measure": "meetings_share",
    "meetings": "4",
    "target": "80",
    "due_on": "2027-07-30",
}


@pytest.fixture
def programme(programme):
    programme.blueprint = load_blueprint("ukrc")
    programme.save(update_fields=["blueprint"])
    return programme


@pytest.fixture
def make_objective(programme, administrator):
    def make(wording="More women on boards", **fields):
        given = {"measure": "number", "unit": "% of seats", "target": Decimal(40), "due_on": DUE} | fields
        return actions.add_objective(programme, by=administrator, now=timezone.now(), wording=wording, **given)

    return make


def wordings(programme):
    return list(
        Objective.objects.filter(programme=programme, removed_at=None)
        .order_by("position")
        .values_list("wording", flat=True)
    )


def test_coordinator_says_why_the_programme_should_exist(client, sign_in, coordinator, programme):
    words = {"why": "People leave in mid career.", "target_group": "Female post-docs", "barriers": "Short contracts"}

    answer = sign_in(client, coordinator).post(programme.url("needs:need"), words)

    assert answer.url == programme.url("needs:home")
    page = client.get(answer.url).content.decode()
    assert all(word in page for word in words.values())
    assert [event.what for event in Event.objects.filter(programme_id=programme.pk)] == ["need stated"]


def test_need_can_be_rewritten_and_stays_one(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)
    client.post(programme.url("needs:need"), {"why": "First", "target_group": "Us"})

    client.post(programme.url("needs:need"), {"why": "Second", "target_group": "Us"})

    assert [need.why for need in NeedStatement.objects.all()] == ["Second"]


def test_need_without_a_target_group_is_explained_and_kept(client, sign_in, coordinator, programme):
    page = sign_in(client, coordinator).post(programme.url("needs:need"), {"why": "People leave."}).content.decode()

    assert "Fill in “Who is it for?”." in page
    assert "People leave." in page
    assert not NeedStatement.objects.exists()


def test_two_objectives_complete_the_step(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)
    client.post(programme.url("needs:need"), {"why": "People leave.", "target_group": "Post-docs"})
    client.post(programme.url("needs:add_objective"), REGULAR)
    half = status(programme, timezone.localdate())

    answer = client.post(
        programme.url("needs:add_objective"),
        REGULAR
        | {
            "wording": "Confident mentees",
            "measure": "answers_share",
            "question": "mentee_confidence",
            "at_least": "4",
        },
    )

    assert answer.status_code == 302
    assert (half.state, half.action) == (State.IN_PROGRESS, "Set objectives")
    whole = status(programme, timezone.localdate())
    assert (whole.state, whole.sentence, whole.action) == (State.COMPLETED, "2 objectives, each with a target", "")


def test_objective_forgets_what_belongs_to_another_measure(client, sign_in, coordinator, programme):
    sign_in(client, coordinator).post(
        programme.url("needs:add_objective"), REGULAR | {"question": "mentee_confidence", "at_least": "4"}
    )

    objective = Objective.objects.get()
    assert (objective.meetings, objective.question, objective.at_least) == (4, "", None)
    assert objective.unit == "% of partnerships"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"meetings": ""}, "Say how many meetings are often enough."),
        ({"meetings": "0"}, "Enter 1 or more."),
        ({"target": "130"}, "A share is a percentage: 130 is not between 0 and 100."),
        ({"measure": "answers_share", "meetings": ""}, "Choose the survey question that tells you."),
        ({"measure": "number"}, "Say what the figure counts"),
        ({"target": "many"}, "Enter a number, in figures."),
        ({"due_on": "the end"}, "Enter a date that exists"),
        ({"measure": "feeling"}, "is not one of the answers."),
        ({"wording": "x" * 1_000_000}, "Shorten this to 200 characters."),
        ({"wording": "a\x00b"}, "Remove the characters that cannot be shown"),
    ],
)
def test_objective_that_cannot_be_measured_is_explained(client, sign_in, coordinator, programme, changes, words):
    page = sign_in(client, coordinator).post(programme.url("needs:add_objective"), REGULAR | changes)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Objective.objects.exists()


def test_example_fills_the_form_and_is_not_offered_twice(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)

    form = client.get(programme.url("needs:add_objective") + "?example=boards").context["form"]
    client.post(programme.url("needs:add_objective"), REGULAR)

    assert (form["wording"].value(), form["target"].value()) == ("More women sit on our boards and committees", 40)
    examples = client.get(programme.url("needs:home")).context["examples"]
    assert "regular" not in [example["key"] for example in examples]


def test_objective_is_changed_and_its_past_is_kept(client, sign_in, coordinator, programme, make_objective):
    objective = make_objective()

    sign_in(client, coordinator).post(
        programme.url("needs:objective", pk=objective.pk),
        {"wording": "More", "measure": "number", "unit": "seats", "target": "12", "due_on": "2027-07-30"},
    )

    objective.refresh_from_db()
    assert (objective.wording, objective.target) == ("More", 12)
    history = apps.get_model("needs", "ObjectiveEvent").objects.filter(pgh_obj_id=objective.pk).order_by("pgh_id")
    assert [(row.wording, row.target) for row in history] == [("More women on boards", 40), ("More", 12)]


def test_objectives_change_places(client, sign_in, coordinator, programme, make_objective):
    first, _, third = (make_objective(wording) for wording in ("A", "B", "C"))
    sign_in(client, coordinator)

    client.post(programme.url("needs:move_objective", pk=third.pk), {"direction": "up"})
    client.post(programme.url("needs:move_objective", pk=first.pk), {"direction": "up"})
    client.post(programme.url("needs:move_objective", pk=first.pk), {"direction": "down"})

    assert wordings(programme) == ["C", "A", "B"]


def test_objective_is_taken_away_with_a_reason_and_stays_readable(
    client, sign_in, coordinator, programme, make_objective
):
    objective = make_objective()
    sign_in(client, coordinator)

    unexplained = client.post(programme.url("needs:remove_objective", pk=objective.pk), {"because": ""})
    client.post(programme.url("needs:remove_objective", pk=objective.pk), {"because": "The board was dissolved."})

    assert "Fill in “Why is it taken away?”." in unexplained.content.decode()
    assert wordings(programme) == []
    page = client.get(programme.url("needs:home")).content.decode()
    assert "The board was dissolved." in page
    assert client.get(programme.url("needs:objective", pk=objective.pk)).status_code == 404


def test_getting_a_page_changes_nothing(client, sign_in, coordinator, programme, make_objective):
    objective = make_objective()
    sign_in(client, coordinator)

    moved = client.get(programme.url("needs:move_objective", pk=objective.pk))
    client.get(programme.url("needs:remove_objective", pk=objective.pk))

    assert moved.status_code == 405
    assert wordings(programme) == ["More women on boards"]


def test_sponsor_and_administrator_read_and_do_not_change(
    client, sign_in, sponsor, administrator, programme, make_objective
):
    objective = make_objective()
    for person in (sponsor, administrator):
        sign_in(client, person)

        page = client.get(programme.url("needs:home"))

        assert "More women on boards" in page.content.decode()
        assert "Take away" not in page.content.decode()
        for name in ("objective", "move_objective", "remove_objective"):
            assert client.post(programme.url(f"needs:{name}", pk=objective.pk), REGULAR).status_code == 404
        assert client.get(programme.url("needs:need")).status_code == 404
        assert client.post(programme.url("needs:add_objective"), REGULAR).status_code == 404


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_participants_find_nothing(client, sign_in, programme, request, who):
    sign_in(client, request.getfixturevalue(who).person)

    assert client.get(programme.url("needs:home")).status_code == 404


def test_outsider_finds_nothing(client, sign_in, outsider, programme):
    sign_in(client, outsider)

    for name in ("needs:home", "needs:need", "needs:add_objective"):
        assert client.get(programme.url(name)).status_code == 404


def test_objective_of_another_programme_is_not_found(client, sign_in, coordinator, programme):
    missing = reverse("needs:objective", args=["university", programme.slug, uuid.uuid4()])

    assert sign_in(client, coordinator).get(missing).status_code == 404


def test_page_takes_the_same_queries_however_many_objectives(
    client, sign_in, coordinator, programme, make_objective, django_assert_max_num_queries
):
    sign_in(client, coordinator)
    make_objective("1")
    client.get(programme.url("needs:home"))
    counts = []
    for more in (2, 17):
        for number in range(more):
            make_objective(f"{more} {number}")
        with django_assert_max_num_queries(20) as asked:
            client.get(programme.url("needs:home"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_twenty_objectives_are_enough(client, sign_in, coordinator, programme, make_objective):
    for number in range(20):
        make_objective(str(number))

    page = sign_in(client, coordinator).post(programme.url("needs:add_objective"), REGULAR).content.decode()

    assert "There are 20 objectives already." in page
