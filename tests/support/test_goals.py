"""The action plan: goals that are set, adjusted, reviewed and thought through, and never written over."""

import datetime
import io

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from pypdf import PdfReader

from mentoring.organisations import tenancy
from mentoring.refusal import Refused
from programmes.models import PartnershipState
from programmes.support.models import Goal, GoalEntry
from programmes.support.plans import actions
from programmes.support.plans.actions import Plan
from tests import cast
from tests.documents.reading import data_in

from .conftest import CANARY


@pytest.fixture
def as_partners(organisation, mentee):
    with tenancy.tenant(organisation, mentee.person):
        yield


@pytest.fixture
def goal(organisation, partnership, mentee):
    with tenancy.tenant(organisation, mentee.person):
        return actions.set_goal(
            partnership, Plan({"goal": f"{CANARY} apply", "steps": "Ask Nia"}), by=mentee.person, now=timezone.now()
        )


def kinds():
    return list(GoalEntry.objects.order_by("number").values_list("kind", flat=True))


def test_a_partner_sets_a_goal_with_its_measure_and_day(as_mentee, partnership, today):
    said = {
        "goal": "Apply for the fellowship",
        "measure": "The form is sent",
        "due_on": (today + datetime.timedelta(days=60)).isoformat(),
        "review_on": (today + datetime.timedelta(days=30)).isoformat(),
        "steps": "Read last year's\nAsk Nia",
        "horizon": "short",
        "priority": "1",
        "learn": "How panels decide",
        "milestones": "Draft by May",
        "success": "An interview",
        "posture": "for_waiting",
        "holding_back": ["confidence", "unknown"],
    }

    page = as_mentee.post(partnership.url("support:new_goal"), said, follow=True).content.decode()

    goal = Goal.objects.get()
    assert (goal.due_on, goal.review_on) == (today + datetime.timedelta(60), today + datetime.timedelta(30))
    for words in ("Apply for the fellowship", "The form is sent", "How panels decide", "Draft by May", "An interview"):
        assert words in page
    for words in ("I want it, and I wait for it to come", "I am not sure that I can do it", "I do not know what comes"):
        assert words in page
    assert "I would lose a part" not in page


def test_adjusting_adds_a_version_and_the_earlier_one_can_be_read(as_mentee, partnership, goal, as_partners):
    address = partnership.url("support:adjust", pk=goal.pk)
    form = as_mentee.get(address).context["form"]
    assert form["goal"].value() == f"{CANARY} apply"

    page = as_mentee.post(
        address, {"goal": "Apply next year", "steps": "Ask Tom", "seen": form["seen"].value()}, follow=True
    ).content.decode()

    assert kinds() == ["plan", "plan"]
    assert "Apply next year" in page
    assert f"{CANARY} apply" in page
    assert "What it said then" in page


def test_what_was_written_is_changed_by_nobody(goal, as_partners):
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update support_goalentry set number = 7")


def test_nobody_adjusts_a_version_they_have_not_seen(as_mentee, partnership, goal, mentor, organisation):
    address = partnership.url("support:adjust", pk=goal.pk)
    seen = as_mentee.get(address).context["form"]["seen"].value()
    with tenancy.tenant(organisation, mentor.person):
        actions.adjust_goal(goal, Plan({"goal": "Mine"}), by=mentor.person, now=timezone.now(), seen=seen)

    answer = as_mentee.post(address, {"goal": "Yours", "seen": seen})

    assert "Your partner has adjusted this" in str(answer.context["form"].non_field_errors())


def test_a_review_says_what_moved_and_how_it_shows(as_mentee, partnership, goal, today):
    later = today + datetime.timedelta(days=20)

    page = as_mentee.post(
        partnership.url("support:review", pk=goal.pk),
        {"progress": "Two drafts", "evidence": "Nia read both", "state": "open", "review_on": later.isoformat()},
        follow=True,
    ).content.decode()

    goal.refresh_from_db()
    assert goal.review_on == later
    assert "Two drafts" in page
    assert "It shows: Nia read both" in page


def test_a_goal_that_is_reached_is_closed_and_its_story_stays(as_mentee, partnership, goal, mentee, organisation):
    as_mentee.post(partnership.url("support:review", pk=goal.pk), {"progress": "Done", "state": "reached"})

    goal.refresh_from_db()
    assert goal.closed_at
    with tenancy.tenant(organisation, mentee.person), pytest.raises(Refused, match="is closed"):
        actions.adjust_goal(goal, Plan({"goal": "Again"}), by=mentee.person, now=timezone.now(), seen="1")
    assert f"{CANARY} apply" in as_mentee.get(partnership.url("support:goals")).content.decode()


def walk(client, address, answers, **finish):
    """Answer one page after the other; returns the pages' questions."""
    asked, page = [], client.get(address)
    for answer in answers:
        form = page.context["form"]
        asked.append(form.asked.name)
        hidden = {f"earlier_{name}": words for name, words in form.earlier.items()}
        page = client.post(address, {"step": form.asked.name, form.asked.name: answer, **hidden})
        if page.status_code == 302:
            return asked
    form = page.context["form"]
    hidden = {f"earlier_{name}": words for name, words in form.earlier.items()}
    client.post(address, {"step": form.asked.name, form.asked.name: "", "finish": "yes", **hidden})
    return asked


def test_a_goal_is_thought_through_a_question_a_page(as_mentee, partnership, goal, as_partners):
    address = partnership.url("support:think", pk=goal.pk, path="grow")

    asked = walk(as_mentee, address, ["Be heard", "", "Silence", "", "Speak first", "On Monday", "", "8"])

    assert asked[-1] == "commitment"
    assert GoalEntry.objects.get(kind="grow").words == {
        "goal": "Be heard",
        "reality": "Silence",
        "options": "Speak first",
        "way": "On Monday",
        "commitment": "8",
    }


def test_whoever_is_less_sure_than_seven_is_asked_what_would_make_it_a_seven(as_mentee, partnership, goal, as_partners):
    address = partnership.url("support:think", pk=goal.pk, path="grow")

    asked = walk(as_mentee, address, ["", "", "", "", "", "On Monday", "", "6", "A smaller step"])

    assert asked[-1] == "needed"
    assert GoalEntry.objects.get(kind="grow").words["needed"] == "A smaller step"


def test_a_path_is_left_at_any_point_and_keeps_what_was_answered(as_mentee, partnership, goal, as_partners):
    walk(as_mentee, partnership.url("support:think", pk=goal.pk, path="grow"), ["Be heard"])

    assert GoalEntry.objects.get(kind="grow").words == {"goal": "Be heard"}


def test_a_path_without_answers_keeps_nothing(as_mentee, partnership, goal, as_partners):
    walk(as_mentee, partnership.url("support:think", pk=goal.pk, path="oskar"), [""])

    assert kinds() == ["plan"]


def test_where_they_stand_is_drawn_over_time_with_the_same_in_a_table(as_mentee, partnership, goal):
    address = partnership.url("support:think", pk=goal.pk, path="oskar")
    for now in ("3", "5"):
        walk(as_mentee, address, ["Calm", now, "8", "", "", "Ring Nia"])

    page = as_mentee.get(partnership.url("support:goal", pk=goal.pk)).content.decode()

    assert "You have come from 3 to 5, and want to be at 8." in page
    assert page.count('<circle class="now"') == 2
    assert page.count("<td>8</td>") == 2


@pytest.mark.parametrize(
    ("path", "name", "wrong"), [("grow", "commitment", "0"), ("grow", "commitment", "11"), ("oskar", "now", "-1")]
)
def test_a_number_off_the_scale_is_refused(as_mentee, partnership, goal, path, name, wrong):
    answer = as_mentee.post(partnership.url("support:think", pk=goal.pk, path=path), {"step": name, name: wrong})

    assert answer.context["form"].errors[name]


def test_a_number_off_the_scale_does_not_get_in_by_a_hidden_field(as_mentee, partnership, goal, as_partners):
    as_mentee.post(
        partnership.url("support:think", pk=goal.pk, path="oskar"),
        {"step": "action", "action": "Rest", "earlier_now": "400", "earlier_wanted": "many"},
    )

    assert GoalEntry.objects.get(kind="oskar").words == {"action": "Rest"}


def test_what_a_goal_strengthens_is_chosen_from_the_programmes_own_list(as_mentee, partnership, programme):
    programme.blueprint |= {
        "capabilities": [{"key": "confidence", "label": "Confidence", "group": "Personal"}],
    }
    programme.save(update_fields=["blueprint"])

    page = as_mentee.post(
        partnership.url("support:new_goal"), {"goal": "Speak up", "capabilities": ["confidence"]}, follow=True
    ).content.decode()

    assert "It strengthens: Confidence." in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"goal": ""}, "Fill in “What do you want to reach?”."),
        ({"due_on": "2020-01-01"}, "1 January 2020 has passed."),
        ({"due_on": "2027-02-29"}, "Enter a date that exists"),
    ],
)
def test_a_wrong_goal_is_explained(as_mentee, partnership, wrong, words):
    assert words in as_mentee.post(partnership.url("support:new_goal"), {"goal": "Speak up", **wrong}).content.decode()
    assert Goal.objects.count() == 0


def test_the_plan_is_there_to_keep(as_mentee, partnership, goal):
    content = as_mentee.get(partnership.url("support:plan_pdf")).content

    words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert f"{CANARY} apply" in words
    assert "Ask Nia" in words
    data = data_in(content)
    assert [(one["title"], one["steps"]) for one in data["goals"]] == [(f"{CANARY} apply", "Ask Nia")]


def test_goals_cost_the_same_number_of_queries_however_many(
    as_mentee, partnership, goal, mentee, organisation, django_assert_max_num_queries
):
    with tenancy.tenant(organisation, mentee.person):
        for number in range(12):
            actions.set_goal(partnership, Plan({"goal": f"Goal {number}"}), by=mentee.person, now=timezone.now())

    with django_assert_max_num_queries(16):
        as_mentee.get(partnership.url("support:goals"))


@pytest.mark.parametrize("who", ["coordinator", "administrator", "sponsor", "outsider", "other_mentee"])
def test_nobody_else_finds_a_goal(client, sign_in, request, programme, partnership, goal, who):
    person = (
        cast.make_partnership(programme).mentees[0].person if who == "other_mentee" else request.getfixturevalue(who)
    )
    sign_in(client, person)
    addresses = [partnership.url(f"support:{name}") for name in ("goals", "new_goal", "plan_pdf")]
    addresses += [partnership.url(f"support:{name}", pk=goal.pk) for name in ("goal", "adjust", "review")]
    addresses.append(partnership.url("support:think", pk=goal.pk, path="grow"))

    assert [client.get(address).status_code for address in addresses] == [404] * 7
    assert [client.post(address, {"goal": "x"}).status_code for address in addresses] == [404] * 7


def test_in_sql_a_coordinator_is_given_no_word_of_a_plan(organisation, coordinator, goal):
    with tenancy.tenant(organisation, coordinator), connection.cursor() as cursor:
        cursor.execute("select count(*) from support_goalentry")
        assert cursor.fetchone()[0] == 0


def test_a_path_or_goal_that_is_not_there_is_not_found(as_mentee, partnership, goal, programme):
    other = cast.make_partnership(programme)

    assert as_mentee.get(partnership.url("support:think", pk=goal.pk, path="swot")).status_code == 404
    assert as_mentee.get(partnership.url("support:goal", pk=other.pk)).status_code == 404


def test_after_the_end_the_plan_is_only_read(as_mentee, partnership, goal):
    partnership.state, partnership.ended_at = PartnershipState.ENDED, timezone.now()
    partnership.save()

    answer = as_mentee.post(partnership.url("support:new_goal"), {"goal": "More"})

    assert "This partnership has ended." in answer.content.decode()
    assert "Set a goal" not in as_mentee.get(partnership.url("support:goals")).content.decode()
