"""People come to circles and groups and go: who is told, what they read, and who may say so."""

import datetime

import time_machine
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.models import Member
from programmes.support.models import (
    GoalEntry,
    PartnersWords,
    ProgressRecord,
    Sharing,
)
from tests import cast

from .conftest import CANARY


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
