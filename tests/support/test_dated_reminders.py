"""Partners are reminded of the days they set themselves: an action, a goal to look at again. Once, and without its words."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.organisations import tenancy
from mentoring.outbox.delivery import drain
from mentoring.outbox.models import Message
from mentoring.outbox.sweeps import sweep
from programmes.models import PartnershipState
from programmes.outlook import NextLook
from programmes.support import promises
from programmes.support.development.actions import add_need, say_standing
from programmes.support.models import ActionPoint, Goal
from programmes.support.plans import actions as goals
from programmes.support.plans.stories import Plan, Review
from tests import cast

from .conftest import CANARY

START = datetime.date(2027, 1, 4)
DAY = datetime.timedelta(days=1)
DUE = datetime.date(2027, 1, 25)


def noon(day):
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)


@pytest.fixture
def partnership(programme, mentor, mentee):
    return cast.make_partnership(programme, mentor, mentee, starts_on=START, ends_on=datetime.date(2027, 12, 31))


@pytest.fixture
def note(partnership, mentee):
    """`note(who)`: the mentee notes on the first day what somebody, or everybody, will do by the 25th."""

    def note(who=None, due_on=DUE, on=START):
        with tenancy.tenant(partnership.organisation_id, mentee.person):
            return promises.note(
                partnership, f"{CANARY} write to the dean", by=mentee.person, now=noon(on), who=who, due_on=due_on
            )

    return note


@pytest.fixture
def goal(partnership, mentee):
    plan = Plan({"goal": f"{CANARY} be heard"}, review_on=DUE)
    with tenancy.tenant(partnership.organisation_id, mentee.person):
        return goals.set_goal(partnership, plan, by=mentee.person, now=noon(START))


def letters(kind):
    return list(Message.objects.filter(kind=kind).order_by("key"))


def sweep_days(first, last):
    for number in range((last - first).days + 1):
        sweep(noon(first + number * DAY))


def test_whoever_does_it_hears_the_day_before_and_can_tick_it_off(note, partnership, mentor, client, sign_in):
    note(mentor.person)

    sweep_days(START, DUE + 10 * DAY)

    (letter,) = letters("action_due")
    assert (letter.to_id, letter.due_at, letter.optional) == (mentor.person_id, noon(DUE - DAY), True)
    assert letter.subject == "Something you noted is due on 25 January 2027"
    assert partnership.url("support:actions") in letter.body
    assert sign_in(client, mentor.person).get(partnership.url("support:actions")).status_code == 200


def test_what_all_of_them_will_do_each_of_them_hears(note, mentor, mentee):
    note()

    sweep_days(START, DUE)

    assert {letter.to_id for letter in letters("action_due")} == {mentor.person_id, mentee.person_id}


def test_several_things_of_one_day_are_one_letter_to_each(note, mentor, mentee):
    for who in (mentee.person, mentee.person, None):
        note(who)

    sweep_days(START, DUE)

    assert {letter.to_id for letter in letters("action_due")} == {mentor.person_id, mentee.person_id}
    assert len(letters("action_due")) == 2


def test_both_are_asked_to_look_at_a_goal_again_on_its_day(goal, partnership, mentor, mentee):
    sweep_days(START, DUE + 10 * DAY)

    found = letters("review_due")
    assert {letter.to_id for letter in found} == {mentor.person_id, mentee.person_id}
    assert {letter.due_at for letter in found} == {noon(DUE)}
    assert partnership.url("support:goals") in found[0].body


def test_whose_development_plan_it_is_looks_at_it_again_on_its_day(partnership, mentee):
    said = {"by": mentee.person, "now": noon(START)}
    with tenancy.tenant(partnership.organisation_id, mentee.person):
        plan = say_standing(partnership, {}, "mentors", **said)
        add_need(plan, Plan({"need": f"{CANARY} be heard"}, review_on=DUE), **said)

    sweep_days(START, DUE + DAY)

    [letter] = letters("need_due")
    assert (letter.to_id, letter.due_at) == (mentee.person_id, noon(DUE))
    assert partnership.url("support:development") in letter.body
    assert CANARY not in letter.subject + letter.body


def test_no_letter_says_what_it_is_about(note, goal):
    note()

    sweep_days(START, DUE)

    said = [letter.subject + letter.body for letter in (*letters("action_due"), *letters("review_due"))]
    assert len(said) == 4
    assert not any(CANARY in words for words in said)


def test_a_sweep_that_comes_late_says_it_while_it_is_of_use(note, goal, mentee):
    note(mentee.person)

    sweep(noon(DUE))
    assert (len(letters("action_due")), len(letters("review_due"))) == (1, 2)


def test_a_sweep_that_comes_a_week_late_says_nothing(note, goal):
    note()

    sweep(noon(DUE + 7 * DAY))

    assert letters("action_due") == letters("review_due") == []


def test_what_was_noted_that_very_day_needs_no_letter(note):
    note(due_on=START + DAY)

    sweep_days(START, START + 3 * DAY)

    assert letters("action_due") == []


def test_an_action_ticked_off_meanwhile_cancels_its_letter(note, partnership, mentee, mailoutbox):
    point = note(mentee.person)
    with time_machine.travel(noon(DUE - DAY), tick=False):
        sweep(noon(DUE - DAY))
        with tenancy.tenant(partnership.organisation_id, mentee.person):
            promises.tick(point, done=True, by=mentee.person, now=noon(DUE - DAY))
        drain(noon(DUE - DAY))

    assert mailoutbox == []
    assert letters("action_due")[0].state == "cancelled"


def test_a_letter_that_is_still_wanted_is_sent(note, mentee, mailoutbox):
    note(mentee.person)
    with time_machine.travel(noon(DUE - DAY), tick=False):
        sweep(noon(DUE - DAY))
        drain(noon(DUE - DAY))

    assert [mail.subject for mail in mailoutbox] == ["Something you noted is due on 25 January 2027"]


def test_a_goal_that_is_reviewed_before_its_day_is_reminded_of_on_the_next(goal, partnership, mentee):
    with tenancy.tenant(partnership.organisation_id, mentee.person):
        goals.review_goal(
            goal,
            Review({"progress": "Two drafts"}, "open", DUE + 9 * DAY),
            by=mentee.person,
            now=noon(DUE - DAY),
        )

    sweep_days(DUE - DAY, DUE + 12 * DAY)

    assert {letter.due_at for letter in letters("review_due")} == {noon(DUE + 9 * DAY)}


def test_a_goal_that_is_reached_is_reminded_of_no_more(goal, partnership, mentee):
    with tenancy.tenant(partnership.organisation_id, mentee.person):
        goals.review_goal(goal, Review({}, "reached"), by=mentee.person, now=noon(START))

    sweep_days(START, DUE + 3 * DAY)

    assert letters("review_due") == []


@pytest.mark.parametrize("state", [PartnershipState.PAUSED, PartnershipState.ENDED])
def test_who_rests_or_has_ended_hears_of_neither(note, goal, partnership, state):
    note()
    partnership.state = state
    partnership.ended_at = noon(START) if state == PartnershipState.ENDED else None
    partnership.save()

    sweep_days(START, DUE + 3 * DAY)

    assert letters("action_due") == letters("review_due") == []


def test_a_partner_who_has_left_hears_nothing(note, goal, partnership, mentor, mentee):
    note(mentor.person)
    partnership.members.filter(person=mentor.person).update(left_at=noon(START))

    sweep_days(START, DUE)

    assert letters("action_due") == []
    assert {letter.to_id for letter in letters("review_due")} == {mentee.person_id}


def test_noting_something_has_the_partnership_looked_at_again(note, goal, partnership, mentee):
    def looked_at():
        return NextLook.objects.get(partnership=partnership).at

    sweep(noon(START))
    assert looked_at().date() == DUE  # midnight in London, in winter
    point = note(mentee.person)
    assert looked_at().year == 1970
    sweep(noon(START))
    assert looked_at().date() == DUE - DAY
    with tenancy.tenant(partnership.organisation_id, mentee.person):
        promises.tick(point, done=True, by=mentee.person, now=noon(START))
    sweep(noon(START))
    assert looked_at().date() == DUE


def test_a_sweep_asks_the_same_questions_however_much_was_noted(note, goal, partnership, programme, mentee):
    def count():
        NextLook.objects.update(at=noon(START))
        with CaptureQueriesContext(connection) as captured:
            sweep(noon(START))
        return len(captured)

    note(mentee.person)
    with_few = count()
    for _ in range(20):
        note()
        other = cast.make_partnership(programme, starts_on=START, ends_on=datetime.date(2027, 12, 31))
        Goal.objects.create(partnership=other, review_on=DUE, made_by=mentee.person, made_at=noon(START))

    assert ActionPoint.objects.count() == 21
    assert count() == with_few


def test_who_joined_later_hears_only_of_what_they_may_read(note, goal, partnership, mentor, mentee):
    partnership.members.filter(person=mentor.person).update(reads_from=START + 2 * DAY)
    note()

    sweep_days(START, DUE)
    before = [letter.to_id for letter in letters("action_due") + letters("review_due")]
    note(due_on=DUE + 9 * DAY, on=START + 2 * DAY)
    sweep_days(DUE, DUE + 9 * DAY)

    assert before == [mentee.person_id] * 2
    later = [letter.to_id for letter in letters("action_due") if str(DUE + 8 * DAY) in str(letter.due_at)]
    assert sorted(map(str, later)) == sorted(map(str, [mentor.person_id, mentee.person_id]))
