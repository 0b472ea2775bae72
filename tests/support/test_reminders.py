"""A silent partnership gets exactly one reminder, in its programme's words."""

import datetime

import pytest

from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message, MessageState
from mentoring.outbox.sweeps import sweep
from programmes.models import PartnershipState, ProgrammeState
from programmes.support import actions

from .silence import SILENT_ON, START, at, later, partnership, written

__all__ = ["partnership"]


@pytest.mark.parametrize("days, reminded", [(-30, 0), (-8, 0), (-1, 0), (0, 1), (1, 1), (100, 1)])
def test_a_reminder_is_written_once_rhythm_and_grace_are_used_up(partnership, days, reminded):
    assert sweep(later(days)) == reminded == len(written())


def test_it_goes_to_the_mentee_in_the_programmes_words_with_two_answers(programme, partnership, mentee, coordinator):
    sweep(later(0))

    (message,) = written()
    assert (message.to_id, message.address, message.signed_by_id) == (
        mentee.person_id,
        mentee.person.email,
        coordinator.pk,
    )
    assert message.key == f"contact_reminder|{partnership.pk}|2027-02-09"
    assert message.subject == "Time for a word with Mor?"
    assert "You and Mor have not noted a meeting since 4 January 2027." in message.body
    assert "[We have met: log it](http://localhost" in message.body
    assert [words.partition(")")[0] for words in message.body.split("?answer=")[1:]] == ["yes", "no"]
    assert (message.optional, message.state, message.due_at) == (True, MessageState.QUEUED, later(0))


def test_a_second_sweep_and_a_late_one_change_nothing(partnership):
    assert [sweep(later(days)) for days in (0, 0, 1, 2, 60)] == [1, 0, 0, 0, 0]
    assert len(written()) == 1


def test_a_sweep_that_comes_a_month_late_promises_the_same_letter(partnership):
    sweep(later(31))

    assert written()[0].key.endswith("|2027-02-09")


def test_each_silence_has_its_own_reminder(partnership, mentee, log_meeting):
    sweep(later(0))
    log_meeting(partnership, SILENT_ON, by=mentee.person, now=later(0))

    assert [sweep(later(days)) for days in (1, 35, 36, 37)] == [0, 0, 1, 0]
    assert [message.key[-10:] for message in written()] == ["2027-02-09", "2027-03-17"]


def test_a_rhythm_changed_in_the_middle_of_a_silence_does_not_remind_again(partnership):
    sweep(later(0))
    partnership.cadence_days = 35
    partnership.save()

    assert [sweep(later(days)) for days in (6, 7, 8, 40)] == [0, 0, 0, 0]


def test_a_letter_that_was_thrown_away_is_not_written_again(partnership):
    sweep(later(0))
    Message.objects.update(state=MessageState.CANCELLED)

    assert sweep(later(1)) == 0
    assert Event.objects.filter(what="reminder written").count() == 1


def test_a_date_they_set_keeps_the_reminder_away(partnership, mentee, organisation):
    with tenancy.tenant(organisation, mentee.person):
        actions.log_no_meeting(
            partnership,
            by=mentee.person,
            now=later(-2),
            met_on=SILENT_ON - datetime.timedelta(days=2),
            next_on=SILENT_ON + datetime.timedelta(days=10),
        )

    assert [(sweep(later(days)), len(written()))[1] for days in (0, 10, 17, 18)] == [0, 0, 0, 1]


@pytest.mark.parametrize("state", [PartnershipState.AGREED, PartnershipState.PAUSED, PartnershipState.ENDED])
def test_only_active_partnerships_are_reminded(partnership, state):
    partnership.state = state
    partnership.ended_at = at(START) if state == PartnershipState.ENDED else None
    partnership.save()

    assert sweep(later(5)) == 0


def test_nobody_is_reminded_of_a_closed_programme_or_after_the_last_day(programme, partnership):
    sweep(at(datetime.date(2028, 1, 1)))
    assert written() == []

    programme.state = ProgrammeState.CLOSED
    programme.save()

    assert sweep(later(5)) == 0


def test_a_partnership_that_came_back_counts_from_its_return(partnership):
    partnership.rhythm_from = SILENT_ON
    partnership.save()

    assert [sweep(later(days)) for days in (0, 35, 36)] == [0, 0, 1]


@pytest.mark.parametrize(
    "contact_by, to", [("mentee", ["mentee"]), ("mentor", ["mentor"]), ("either", ["mentee", "mentor"])]
)
def test_it_goes_to_whom_the_programme_asks_to_keep_contact(programme, partnership, mentor, mentee, contact_by, to):
    programme.contact_by = contact_by
    programme.save()

    assert [sweep(later(days)) for days in (0, 1)] == [len(to), 0]
    roles = {mentor.person_id: "mentor", mentee.person_id: "mentee"}
    assert sorted(roles[message.to_id] for message in written()) == to


def test_a_programme_that_reads_first_gets_drafts(programme, partnership):
    programme.sends_drafts = True
    programme.save()

    sweep(later(0))

    assert written()[0].state == MessageState.DRAFT


def test_a_reminder_that_only_they_may_read_waits_for_nobody_and_is_seen_by_nobody_else(
    organisation, programme, partnership, coordinator, mentee
):
    programme.sends_drafts = True
    programme.save()
    partnership.reading = "nothing"
    partnership.save()

    sweep(later(0))

    assert written()[0].state == MessageState.QUEUED
    reminded = Event.objects.filter(what="reminder written")
    for person, seen in ((coordinator, 0), (mentee.person, 1), (None, 1)):
        with tenancy.tenant(organisation, person):
            assert (len(written()), reminded.count()) == (seen, seen)


def test_a_programme_without_a_blueprint_has_words_too(programme, partnership):
    programme.blueprint = {}
    programme.save()

    sweep(later(0))

    assert written()[0].subject == "Time for a word with Mor?"


def test_a_blueprint_may_wait_longer(programme, partnership):
    programme.blueprint["reminders"][0]["after_days"] = 3
    programme.save()

    assert [sweep(later(days)) for days in (0, 2, 3)] == [0, 0, 1]
    assert written()[0].key.endswith("|2027-02-09")
