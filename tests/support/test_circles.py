"""Circles and groups: topics that members choose, turns, who came, people who come and go, a word alone."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.models import Member
from programmes.support.models import (
    Attendance,
    GoalEntry,
    OneToOneRequest,
    PartnersWords,
    PlannedMeeting,
    ProgressRecord,
    Sharing,
    Topic,
)
from tests import cast

from .conftest import CANARY

SAID = {"at": "10:30", "medium": "video", "length": "120"}


@pytest.fixture
def circle(programme, mentor, mentee):
    """A circle with a facilitator, Mor and Sŵn."""
    circle = cast.make_partnership(programme, mentor, mentee, model="circle")
    facilitator = cast.make_participant(
        programme, "facilitator", cast.make_person("Fay Facilitator", "fay@example.org")
    )
    Member.objects.create(partnership=circle, participant=facilitator, person=facilitator.person, role="facilitator")
    circle.fay = facilitator.person
    return circle


@pytest.fixture
def enter(sign_in):
    return lambda person: sign_in(Client(), person)


@pytest.fixture
def in_a_week(today):
    return (today + datetime.timedelta(days=7)).isoformat()


def test_a_facilitator_plans_a_session_on_the_topic_most_members_wish_for(circle, enter, mentee, mentor, in_a_week):
    enter(mentee.person).post(circle.url("support:circle"), {"what": f"{CANARY} panels"})
    enter(mentor.person).post(circle.url("support:circle"), {"what": "Writing"})
    panels = topic_named(circle, mentee.person, "panels")
    enter(circle.fay).post(circle.url("support:wish_topic", pk=panels.pk))
    fay = enter(circle.fay)

    choices = fay.get(circle.url("support:plan")).context["form"].fields["topic"].choices
    page = fay.post(
        circle.url("support:plan"),
        {**SAID, "on": in_a_week, "session": "topic", "topic": str(panels.pk), "speaker": "Nia Prys"},
        follow=True,
    ).content.decode()

    assert [label for _, label in choices] == ["None yet", f"{CANARY} panels (2)", "Writing (1)"]
    assert "A topic you chose" in page
    assert f"{CANARY} panels" in page
    assert "Nia Prys" in page
    assert topic_named(circle, mentee.person, "panels").chosen_for == PlannedMeeting.objects.get()


def only_request(circle, person):
    with tenancy.tenant(circle.organisation_id, person):
        return OneToOneRequest.objects.get()


def topic_named(circle, person, word):
    with tenancy.tenant(circle.organisation_id, person):
        return next(topic for topic in Topic.objects.select_related("kept__key") if word in topic.kept.words["what"])


def test_a_wish_is_counted_once_and_can_be_taken_back(circle, enter, mentee, mentor):
    enter(mentee.person).post(circle.url("support:circle"), {"what": "Panels"})
    topic = topic_named(circle, mentee.person, "Panels")
    mor, address = enter(mentor.person), circle.url("support:wish_topic", pk=topic.pk)

    for _ in range(2):
        mor.post(address)
    twice = mor.get(circle.url("support:circle")).content.decode()
    mor.post(address, {"undo": "yes"})
    after = mor.get(circle.url("support:circle")).content.decode()

    assert "2 would come" in twice
    assert "1 would come" in after


def test_who_came_is_noted_members_and_visitors(circle, enter, log_meeting, mentee, mentor, days_ago):
    meeting = log_meeting(circle, days_ago(2), by=mentee.person)
    fay, address = enter(circle.fay), circle.url("support:attendance", pk=meeting.pk)

    assert address in fay.get(circle.url("support:saved", pk=meeting.pk)).content.decode()
    fay.post(address, {"people": [str(mentee.person_id), str(circle.fay.pk)], "visitors": "Nia Prys\n\n Tom  Lee "})
    fay.post(address, {"people": [str(mentee.person_id)], "visitors": "Nia Prys\nTom Lee"})

    assert sorted(Attendance.objects.values_list("person", "visitor"), key=str) == sorted(
        [(mentee.person_id, ""), (None, "Nia Prys"), (None, "Tom Lee")], key=str
    )
    form = fay.get(address).context["form"]
    assert form["visitors"].value() == "Nia Prys\nTom Lee"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"visitors": "x" * 121}, "is too long for a name"),
        ({"visitors": "\n".join(f"Visitor {n}" for n in range(60))}, "60 visitors cannot be right."),
        ({"people": ["00000000-0000-0000-0000-000000000000"]}, "is not one of the choices"),
    ],
)
def test_attendance_that_cannot_be_right_is_explained(circle, enter, log_meeting, mentee, days_ago, wrong, words):
    meeting = log_meeting(circle, days_ago(2), by=mentee.person)

    answer = enter(circle.fay).post(circle.url("support:attendance", pk=meeting.pk), wrong)

    assert answer.context["form"].errors
    assert Attendance.objects.count() == 0


def test_the_first_turn_goes_round(circle, enter, mentee, mentor, today):
    fay, seen = enter(circle.fay), []

    for week in (1, 2, 3, 4):
        form = fay.get(circle.url("support:plan")).context["form"]
        seen.append(form["first_turn"].value())
        on = (today + datetime.timedelta(days=7 * week)).isoformat()
        fay.post(circle.url("support:plan"), {**SAID, "on": on, "first_turn": seen[-1]})

    assert seen[:3] == [str(person.pk) for person in sorted([circle.fay, mentor.person, mentee.person], key=str)]
    assert seen[3] == seen[0]


def test_peers_take_turns_too(programme, mentor, mentee, enter):
    pair = cast.make_partnership(programme, mentor, mentee, model="peer_pair")

    form = enter(mentee.person).get(pair.url("support:plan")).context["form"]

    assert "first_turn" in form.fields
    assert "topic" not in form.fields
    own = enter(mentee.person).get(pair.url("support:circle"), follow=True).content.decode()
    assert ("Mor’s questions come first next time" in own, "Ask for a word alone" in own) == (True, False)


def test_a_coordinator_lets_somebody_join_and_everybody_is_told(circle, enter, programme, coordinator, mentee):
    newcomer = cast.make_participant(programme, "mentee", cast.make_person("Nia Newcomer", "nia@example.org"))
    priya = enter(coordinator)

    page = priya.post(circle.url("support:membership"), {"participant": str(newcomer.pk)}, follow=True).content.decode()

    member = Member.objects.get(partnership=circle, person=newcomer.person)
    assert (member.live, member.left_at, member.joined_at.date()) == (True, None, timezone.now().date())
    assert "Nia Newcomer has joined." in page
    told = set(Message.objects.filter(kind="partnership_joined").values_list("name", flat=True))
    assert told == {"Nia Newcomer", "Sŵn Menteeova", "Mor Mentorsen", "Fay Facilitator"}


def test_whoever_leaves_reads_no_more_and_the_others_go_on(
    circle, enter, mentee, mentor, log_meeting, days_ago, organisation
):
    log_meeting(circle, days_ago(3), by=mentee.person)

    enter(mentor.person).post(circle.url("support:leave"))

    member = Member.objects.get(partnership=circle, person=mentor.person)
    assert (member.live, bool(member.left_at)) == (False, True)
    with tenancy.tenant(organisation, mentor.person):
        assert ProgressRecord.objects.count() == 0
    with tenancy.tenant(organisation, mentee.person):
        assert ProgressRecord.objects.count() == 1
    assert enter(mentor.person).get(circle.url("support:partnership")).status_code == 404
    assert "Mor" not in enter(mentee.person).get(circle.url("support:log")).context["others"]
    letter = Message.objects.get(kind="partnership_left", to=mentee.person)
    assert "nobody needs a reason to leave" in letter.body


def test_somebody_who_left_may_come_back(circle, enter, coordinator, mentor):
    priya = enter(coordinator)
    priya.post(circle.url("support:has_left", person=mentor.person_id))

    priya.post(circle.url("support:membership"), {"participant": str(mentor.pk)})

    assert Member.objects.get(partnership=circle, person=mentor.person).left_at is None


def test_a_newcomer_reads_what_was_kept_before_once_everybody_who_was_there_shares_it(
    circle, enter, programme, coordinator, mentee, mentor, log_meeting, days_ago
):
    def given(person):
        """Rows of words, as the database gives them to this person."""
        with tenancy.tenant(circle.organisation_id, person):
            return [model.objects.count() for model in (ProgressRecord, PartnersWords, GoalEntry)]

    with time_machine.travel(timezone.now() - datetime.timedelta(days=2)):
        log_meeting(circle, days_ago(3), by=mentee.person)
        enter(mentee.person).post(circle.url("support:circle"), {"what": f"{CANARY} panels"})
        enter(mentee.person).post(circle.url("support:new_goal"), {"goal": f"{CANARY} goal"})
    Member.objects.filter(partnership=circle).update(joined_at=timezone.now() - datetime.timedelta(days=9))
    newcomer = cast.make_participant(programme, "mentee", cast.make_person("Neve Newcomer", "neve@example.org"))
    enter(coordinator).post(circle.url("support:membership"), {"participant": newcomer.pk})
    before, neve, meeting = given(mentee.person), enter(newcomer.person), circle.meetings.get()

    assert (given(newcomer.person), min(before) > 0) == ([0, 0, 0], True)
    pages = [neve.get(circle.url(f"support:{name}")).content.decode() for name in ("partnership", "goals", "circle")]
    assert [CANARY in page for page in pages] == [False] * 3
    assert "You read what is kept since you joined" in pages[2]
    written = neve.post(circle.url("support:meeting", pk=meeting.pk), {"next_step": "Mine"}).content.decode()
    assert ("You joined later" in written, "Nothing was written" in written, "<textarea" in written) == (
        True,
        False,
        False,
    )

    address = circle.url("support:share", person=newcomer.person_id)
    assert "Only those who were there before" in neve.post(address, follow=True).content.decode()
    enter(mentee.person).post(address)
    enter(mentor.person).post(address)
    assert given(newcomer.person) == [0, 0, 0]
    page = enter(circle.fay).post(address, follow=True).content.decode()

    assert "Neve joined later" not in page
    assert "can read all of it already" in enter(mentor.person).post(address, follow=True).content.decode()
    assert given(newcomer.person) == before
    assert CANARY in neve.get(circle.url("support:goals")).content.decode()


def test_what_was_kept_while_somebody_was_there_who_has_left_stays_closed(
    circle, enter, programme, coordinator, mentee, mentor, log_meeting, days_ago
):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=2)):
        log_meeting(circle, days_ago(3), by=mentee.person)
    Member.objects.filter(partnership=circle).update(joined_at=timezone.now() - datetime.timedelta(days=9))
    enter(mentor.person).post(circle.url("support:leave"))
    newcomer = cast.make_participant(programme, "mentee", cast.make_person("Neve Newcomer", "neve@example.org"))
    enter(coordinator).post(circle.url("support:membership"), {"participant": newcomer.pk})

    enter(coordinator).post(circle.url("support:membership"), {"participant": mentor.pk})  # Mor comes back, later
    for person in (mentee.person, circle.fay):
        enter(person).post(circle.url("support:share", person=newcomer.person_id))

    with tenancy.tenant(circle.organisation_id, newcomer.person):
        assert (ProgressRecord.objects.count(), Sharing.objects.count()) == (0, 2)


SAYS = {"message": "Go well.", "reason": "little_time", "note": "CANARYNOTE", "wish": "yes", "next_steps": "Rest"}


def test_one_of_several_leaves_and_cannot_end_it_for_the_others(
    circle, enter, coordinator, mentee, mentor, organisation
):
    swn = enter(mentee.person)
    page = swn.get(circle.url("support:partnership")).content.decode()
    refused = swn.post(circle.url("support:end"), {"how": "now"})
    assert ("Rest for a while" in page, "End the mentoring" in page) == (False, False)
    assert refused.url == circle.url("support:leave")

    shown = swn.get(circle.url("support:leave")).content.decode()
    swn.post(circle.url("support:leave"), SAYS)

    circle.refresh_from_db()
    assert circle.state == "active"
    told = {letter.address: letter for letter in Message.objects.filter(kind="partnership_left")}
    assert set(told) == {mentor.person.email, circle.fay.email}
    assert "Dear Fay,\n" in told[circle.fay.email].body
    assert ("Dear Fay," in shown, "Sŵn Menteeova has left you and Mor in" in shown) == (True, True)
    assert "Sŵn adds: “Go well.”" in told[circle.fay.email].body
    assert Message.objects.get(kind="partnership_left_for_coordinators").address == coordinator.email
    assert Message.objects.get(kind="next_steps").address == mentee.person.email
    assert "CANARYNOTE" not in "".join(Message.objects.values_list("body", flat=True))
    overview = enter(coordinator).get(circle.url("support:partnership")).content.decode()
    assert [word in overview for word in ("There was too little time", "CANARYNOTE", "Left: Sŵn Menteeova")] == [
        True
    ] * 3
    assert [
        enter(person).get(circle.url("support:partnership")).content.decode().count("CANARYNOTE")
        for person in (mentor.person, circle.fay)
    ] == [0, 0]
    assert swn.get(circle.url("support:leave")).status_code == 404


def test_whoever_leads_alone_ends_it_for_all_or_leaves(programme, mentor, enter):
    group = cast.make_partnership(programme, mentor, model="group")
    for _number in (2, 3):
        one = cast.make_participant(programme, "mentee")
        Member.objects.create(partnership=group, participant=one, person=one.person, role="mentee")

    page = enter(mentor.person).get(group.url("support:end")).content.decode()
    enter(mentor.person).post(group.url("support:end"), {"how": "now"})

    group.refresh_from_db()
    assert "This ends it for all of you" in page
    assert group.state == "ended"


def test_what_a_newcomer_may_read_is_looked_at_again_when_somebody_leaves(
    circle, enter, programme, coordinator, mentee, mentor, log_meeting, days_ago
):
    """Mor shares and leaves, Fay shares: Sŵn, who had not, says so when she leaves herself."""
    with time_machine.travel(timezone.now() - datetime.timedelta(days=2)):
        log_meeting(circle, days_ago(3), by=mentee.person)
    Member.objects.filter(partnership=circle).update(joined_at=timezone.now() - datetime.timedelta(days=9))
    newcomers = [
        cast.make_participant(programme, "mentee", cast.make_person(name)) for name in ("Neve Fry", "Nan Ives")
    ]
    for newcomer in newcomers:
        enter(coordinator).post(circle.url("support:membership"), {"participant": newcomer.pk})
    neve, nan = [newcomer.person for newcomer in newcomers]
    for person in (mentor.person, circle.fay):
        enter(person).post(circle.url("support:share", person=neve.pk))
    enter(mentor.person).post(circle.url("support:leave"))
    assert reads(circle, neve) == 0

    asked = enter(mentee.person).get(circle.url("support:leave")).content.decode()
    enter(mentee.person).post(circle.url("support:leave"), {"shares": "on"})

    assert "Nan and Neve may read what was kept while I was there" in asked
    assert [reads(circle, neve), reads(circle, nan)] == [1, 0]
    assert Message.objects.get(kind="partnership_shared").address == neve.email


def reads(circle, person):
    with tenancy.tenant(circle.organisation_id, person):
        return ProgressRecord.objects.count()


def test_nobody_is_taken_out_by_another_member(circle, enter, mentee, mentor):
    assert enter(mentee.person).post(circle.url("support:has_left", person=mentor.person_id)).status_code == 404
    assert Member.objects.filter(partnership=circle, left_at=None).count() == 3


def test_a_pair_stays_a_pair(partnership, enter, programme, coordinator, mentee):
    newcomer = cast.make_participant(programme, "mentee")
    priya = enter(coordinator)

    joined = priya.post(partnership.url("support:membership"), {"participant": str(newcomer.pk)}).content.decode()
    taken_out = priya.post(partnership.url("support:has_left", person=mentee.person_id), follow=True).content.decode()
    own = enter(mentee.person).post(partnership.url("support:leave"))

    assert "A pair stays a pair." in joined
    assert "leaving is ending" in taken_out
    assert own.url == partnership.url("support:end")
    assert Member.objects.filter(partnership=partnership, left_at=None).count() == 2


def test_a_group_has_at_most_four_mentees(programme, mentor, enter, coordinator):
    group = cast.make_partnership(programme, mentor, model="group")
    priya = enter(coordinator)
    for _ in range(4):
        newcomer = cast.make_participant(programme, "mentee")
        page = priya.post(group.url("support:membership"), {"participant": str(newcomer.pk)}).content.decode()

    assert Member.objects.filter(partnership=group, role="mentee").count() == 4
    assert "4 mentees already" in page.replace("It has ", "")


def test_a_member_asks_another_for_a_word_alone(circle, enter, mentee, mentor):
    enter(mentee.person).post(circle.url("support:ask", person=mentor.person_id))
    asked = only_request(circle, mentee.person)
    mor = enter(mentor.person)
    assert "Sŵn Menteeova asks you" in mor.get(circle.url("support:circle")).content.decode()
    assert "Sŵn Menteeova asks for a word alone" in mor.get("/my/").content.decode()

    mor.post(circle.url("support:answer_request", pk=asked.pk), {"answer": "yes"})

    assert only_request(circle, mentee.person).state == "agreed"
    assert "is glad to" in Message.objects.get(kind="word_answered").body


def test_nobody_answers_for_another(circle, enter, mentee, mentor):
    enter(mentee.person).post(circle.url("support:ask", person=mentor.person_id))
    asked = only_request(circle, mentee.person)

    enter(circle.fay).post(circle.url("support:answer_request", pk=asked.pk), {"answer": "yes"})
    enter(mentee.person).post(circle.url("support:answer_request", pk=asked.pk), {"answer": "yes"})

    assert only_request(circle, mentee.person).state == "asked"


@pytest.mark.parametrize("who", ["outsider", "sponsor", "administrator", "coordinator"])
def test_nobody_else_finds_the_topics(circle, enter, request, mentee, who):
    enter(mentee.person).post(circle.url("support:circle"), {"what": CANARY})

    assert enter(request.getfixturevalue(who)).get(circle.url("support:circle")).status_code == 404


def test_a_facilitator_of_the_programme_who_is_not_in_the_circle_finds_nothing(circle, enter, programme):
    elsewhere = cast.make_participant(programme, "facilitator")

    assert enter(elsewhere.person).get(circle.url("support:circle")).status_code == 404
    assert enter(elsewhere.person).get(circle.url("support:partnership")).status_code == 404
