"""A development plan: somebody says where they stand and what they need to learn, and chooses who reads it."""

import datetime
import io

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from pypdf import PdfReader

from mentoring.organisations import tenancy
from mentoring.refusal import Refused
from programmes.models import Member, Model, PartnershipState
from programmes.support.development import actions
from programmes.support.models import (
    DevelopmentEntry,
    DevelopmentNeed,
    DevelopmentPlan,
    Goal,
    GoalEntry,
    Readers,
)
from programmes.support.plans.actions import review_goal
from programmes.support.plans.stories import Plan, Review
from programmes.support.words import erase_words
from tests import cast
from tests.documents.reading import data_in

from .conftest import CANARY
from .test_queries import MOST, asked


@pytest.fixture
def as_owner(organisation, mentee):
    with tenancy.tenant(organisation, mentee.person):
        yield


@pytest.fixture
def write(organisation, partnership, mentee):
    """`write(readers)`: the mentee says where they stand, and adds something to learn."""

    def write(readers=Readers.MENTORS, **plan):
        with tenancy.tenant(organisation, mentee.person):
            words = {"answers": {"stands": f"{CANARY} I write well"}, "scale": {"heard": [3, 8]}}
            said = {"by": mentee.person, "now": timezone.now()}
            development = actions.say_standing(partnership, words, readers, **said)
            given = {"words": {"need": f"{CANARY} speak up", "capabilities": ["heard"]}, **plan}
            return development, actions.add_need(development, Plan(**given), **said)

    return write


def reads(organisation, person):
    """How many pages of plans the database gives them; where it gives none, it tells of no plan and no need either."""
    with tenancy.tenant(organisation, person):
        found = [model.objects.count() for model in (DevelopmentEntry, DevelopmentPlan, DevelopmentNeed)]
    assert found[0] or not any(found)
    return found[0]


def test_a_mentee_says_where_they_stand_and_what_they_need_to_learn(as_mentee, partnership, today, as_owner):
    """Alone at first: questions and a scale of the programme's own, then a need with all that belongs to it."""
    begun = as_mentee.get(partnership.url("support:development")).content.decode()
    assert "You have not begun one" in begun

    page = as_mentee.post(
        partnership.url("support:standing"),
        {"readers": "me", "asked_stands": "I write well", "now_heard": "3", "wanted_heard": "8"},
        follow=True,
    )

    plan = DevelopmentPlan.objects.get()
    assert page.redirect_chain[-1][0] == partnership.url("support:development_plan", pk=plan.pk)
    text = page.content.decode()
    for words in ("I write well", "Only you read this.", "Being heard in meetings", '<circle class="now"'):
        assert words in text

    due, again = today + datetime.timedelta(60), today + datetime.timedelta(20)
    need = {
        "need": "Speak early in a meeting",
        "why": "I was told twice",
        "ways": ["together", "job"],
        "support": "A seat on the panel",
        "success": "I have spoken first three times",
        "priority": "1",
        "capabilities": ["heard"],
        "due_on": due.isoformat(),
        "review_on": again.isoformat(),
    }
    text = as_mentee.post(partnership.url("support:new_need", pk=plan.pk), need, follow=True).content.decode()

    kept = DevelopmentNeed.objects.get()
    assert (kept.due_on, kept.review_on) == (due, again)
    for words in ("Speak early", "I was told twice", "Together, when we meet", "By doing it at work", "A seat on the panel",
                  "three times", "Being heard in meetings: you are at 3 and want to be at 8."):  # fmt: skip
        assert words in text
    content = as_mentee.get(partnership.url("support:development_pdf", pk=plan.pk)).content
    printed = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    for words in ("I write well", "Speak early in a meeting", "By doing it at work", "I have spoken first three times"):
        assert words in printed
    data = data_in(content)
    assert (data["needs"][0]["title"], data["needs"][0]["how"][-1]) == (
        "Speak early in a meeting",
        "By doing it at work",
    )


def test_who_stands_elsewhere_by_now_says_so_again_and_nothing_is_written_over(as_mentee, partnership, write, as_owner):
    development, need = write()
    address = partnership.url("support:standing")
    form = as_mentee.get(address).context["form"]
    assert (form["asked_stands"].value(), form["now_heard"].value()) == (f"{CANARY} I write well", 3)

    again = {"readers": "mentors", "asked_stands": "I speak, too", "now_heard": "5", "wanted_heard": "8"}
    as_mentee.post(address, again)
    as_mentee.post(address, again)  # the same once more is no new page

    assert list(development.pages.order_by("number").values_list("number", flat=True)) == [1, 2]
    page = as_mentee.get(partnership.url("support:development_plan", pk=development.pk)).content.decode()
    assert f"{CANARY} I write well" in page
    assert '<circle class="before"' in page
    page = as_mentee.get(partnership.url("support:need", pk=need.pk)).content.decode()
    assert "Being heard in meetings: you have come from 3 to 5, and want to be at 8." in page
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update support_developmententry set number = 7")


def test_a_need_is_adjusted_and_reviewed_until_it_is_met(as_mentee, partnership, write, mentor, organisation, today):
    """By its owner, and by the mentor whom they show it to; nobody writes over words they have not seen."""
    _, need = write()
    address = partnership.url("support:adjust_need", pk=need.pk)
    seen = as_mentee.get(address).context["form"]["seen"].value()
    with tenancy.tenant(organisation, mentor.person):
        words = Plan({"need": "Speak first"})
        actions.adjust_need(need, words, by=mentor.person, now=timezone.now(), seen=seen)

    late = as_mentee.post(address, {"need": "Mine", "seen": seen})
    page = as_mentee.post(
        partnership.url("support:review_need", pk=need.pk),
        {"progress": "Twice", "evidence": "The minutes", "state": "met"},
        follow=True,
    ).content.decode()

    assert "Your partner has adjusted this since you opened it" in str(late.context["form"].non_field_errors())
    for words in ("Speak first", f"{CANARY} speak up", "Twice", "It shows: The minutes", "Met"):
        assert words in page
    assert "Make this a goal" not in page
    need.refresh_from_db()
    assert need.closed_at
    with tenancy.tenant(organisation, mentor.person), pytest.raises(Refused, match="This need is closed"):
        actions.make_goal(need, by=mentor.person, now=timezone.now())


def test_a_goal_comes_from_a_need_by_one_tap_and_its_progress_shows_there(
    as_mentee, partnership, write, mentee, organisation, today
):
    _, need = write(due_on=today + datetime.timedelta(30))
    assert as_mentee.get(partnership.url("support:make_goal", pk=need.pk)).status_code == 405

    page = as_mentee.post(partnership.url("support:make_goal", pk=need.pk), follow=True).content.decode()

    goal = Goal.objects.get()
    assert (goal.need_id, goal.due_on) == (need.pk, need.due_on)
    assert partnership.url("support:need", pk=need.pk) in page
    assert "It strengthens: Being heard in meetings." in page
    with tenancy.tenant(organisation, mentee.person):
        assert GoalEntry.objects.get().words["goal"] == f"{CANARY} speak up"
        moved = Review({"progress": "I asked the first question"}, "reached")
        review_goal(goal, moved, by=mentee.person, now=timezone.now())
    page = as_mentee.get(partnership.url("support:need", pk=need.pk)).content.decode()
    assert "Reached. Last moved: I asked the first question" in page


@pytest.mark.parametrize(("readers", "pages"), [("me", 0), ("mentors", 2)])
def test_a_mentor_reads_what_is_shown_and_nothing_else(
    client, sign_in, partnership, write, mentor, mentee, organisation, readers, pages
):
    development, need = write(readers)
    addresses = [partnership.url(f"support:{name}", pk=development.pk) for name in ("development_plan", "new_need")]
    addresses += [partnership.url(f"support:{name}", pk=need.pk) for name in ("need", "adjust_need", "review_need")]
    sign_in(client, mentor.person)

    answers = [client.get(address) for address in addresses]
    made = client.post(partnership.url("support:make_goal", pk=need.pk)).status_code
    listed = client.get(partnership.url("support:development"))

    assert {answer.status_code for answer in answers} == {200 if pages else 404}
    assert made == (302 if pages else 404)
    assert listed.status_code == (302 if pages else 200)
    assert client.post(partnership.url("support:standing"), {"readers": "all"}).status_code == 404
    assert (reads(organisation, mentor.person), reads(organisation, mentee.person)) == (pages, 2)
    assert ("You and Sŵn read this." in answers[0].content.decode()) == bool(pages)
    assert ("Sŵn is at 3 and wants to be at 8." in answers[2].content.decode()) == bool(pages)


def test_in_a_group_only_whom_the_owner_chose_is_given_a_page(organisation, programme, mentor, mentee):
    """The mentor, or everybody; who joined later, what was written since."""
    other = cast.make_participant(programme, "mentee")
    group = cast.make_partnership(programme, mentor, mentee, model=Model.GROUP)
    Member.objects.create(partnership=group, participant=other, person=other.person, role="mentee")
    seen = {}
    for readers in Readers.values:
        with tenancy.tenant(organisation, mentee.person):
            actions.say_standing(group, {"answers": {"stands": CANARY}}, readers, by=mentee.person, now=timezone.now())
        seen[readers] = (reads(organisation, mentor.person), reads(organisation, other.person))

    group.members.filter(person=other.person).update(reads_from=timezone.localdate() + datetime.timedelta(days=1))

    assert seen == {"me": (0, 0), "mentors": (1, 0), "all": (1, 1)}
    with tenancy.tenant(organisation, other.person):
        assert DevelopmentEntry.objects.count() == 0


def test_a_goal_does_not_name_a_need_that_its_reader_is_not_shown(
    client, sign_in, partnership, write, mentor, as_owner
):
    _, need = write(Readers.ME)
    goal = actions.make_goal(need, by=need.made_by, now=timezone.now())

    page = sign_in(client, mentor.person).get(partnership.url("support:goal", pk=goal.pk)).content.decode()

    assert partnership.url("support:need", pk=need.pk) not in page
    assert "To learn:" not in page


@pytest.mark.parametrize("who", ["coordinator", "outsider", "other_mentee"])
def test_nobody_else_finds_a_development_plan(
    client, sign_in, request, programme, partnership, write, organisation, who
):
    development, need = write(Readers.ALL)
    person = (
        cast.make_partnership(programme).mentees[0].person if who == "other_mentee" else request.getfixturevalue(who)
    )
    sign_in(client, person)
    addresses = [partnership.url(f"support:{name}") for name in ("development", "standing")]
    addresses += [
        partnership.url(f"support:{name}", pk=development.pk) for name in ("development_plan", "development_pdf")
    ]
    addresses += [partnership.url(f"support:{name}", pk=need.pk) for name in ("need", "review_need", "make_goal")]

    assert {client.get(address).status_code for address in addresses} == {404}
    assert {client.post(address).status_code for address in addresses} == {404}
    if who != "outsider":
        assert reads(organisation, person) == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"now_heard": "11", "wanted_heard": "12"}, "give a whole number from 0 to 10"),
        ({"now_heard": "3"}, "give both numbers, or neither"),
        ({"readers": "all"}, "“all” is not one of the answers"),
    ],
)
def test_a_wrong_answer_about_oneself_is_explained(as_mentee, partnership, wrong, words):
    said = {"readers": "me", "asked_stands": "I write well", **wrong}

    assert words in as_mentee.post(partnership.url("support:standing"), said).content.decode()
    assert DevelopmentPlan.objects.count() == 0


def test_a_plan_costs_the_same_number_of_queries_however_much_is_in_it(
    as_mentee, partnership, write, mentee, organisation, django_assert_max_num_queries
):
    development, need = write()
    address = partnership.url("support:development_plan", pk=development.pk)
    said = {"by": mentee.person, "now": timezone.now()}

    with tenancy.tenant(organisation, mentee.person):
        actions.make_goal(need, **said)
    few = asked(as_mentee, address, django_assert_max_num_queries)
    with tenancy.tenant(organisation, mentee.person):
        for number in range(5):
            actions.make_goal(actions.add_need(development, Plan({"need": f"Need {number}"}), **said), **said)
    many = asked(as_mentee, address, django_assert_max_num_queries)

    assert len(many) == len(few), "\n".join(many)
    assert len(few) <= MOST, "\n".join(few)


def test_in_a_peer_pair_each_has_a_plan_and_may_show_it_to_the_other(client, sign_in, programme, mentee):
    sam = cast.make_participant(programme, "mentee", cast.make_person("Sam Peer", "sam@example.org"))
    pair = cast.make_partnership(programme, sam, mentee, model=Model.PEER_PAIR)

    for one in (sam, mentee):
        address = pair.url("support:standing")
        choices = sign_in(client, one.person).get(address).context["form"].fields["readers"].choices
        client.post(address, {"readers": "all", "asked_stands": f"I am {one.person.first_name}"})

    assert choices == [("me", "Only me"), ("all", "Me and Sam")]
    page = client.get(pair.url("support:development")).content.decode()
    assert "Open your plan" in page
    assert "Sam’s development plan" in page


def test_a_wrong_need_is_explained_and_after_the_end_a_plan_is_only_read(as_mentee, partnership, write):
    development, _ = write()
    address = partnership.url("support:new_need", pk=development.pk)
    assert "Fill in “What do you need to learn" in as_mentee.post(address, {"need": ""}).content.decode()
    late = as_mentee.post(address, {"need": "Rest", "due_on": "2020-01-01"}).content.decode()
    assert "1 January 2020 has passed." in late

    partnership.state, partnership.ended_at = PartnershipState.ENDED, timezone.now()
    partnership.save()

    assert "This partnership has ended." in as_mentee.post(address, {"need": "More"}).content.decode()
    page = as_mentee.get(partnership.url("support:development_plan", pk=development.pk)).content.decode()
    assert CANARY in page
    assert "Add a need" not in page
    assert DevelopmentNeed.objects.count() == 1
    erase_words(partnership, by=None, now=timezone.now())
    page = as_mentee.get(partnership.url("support:development_plan", pk=development.pk))
    assert (page.status_code, CANARY in page.content.decode()) == (200, False)
