"""A meeting that is planned: moved, called off, settled by a log, and seen by nobody but its partners."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import Partnership
from programmes.support.planning import actions
from programmes.support.queries import with_signs
from tests import cast

from .conftest import CANARY, LONDON, entry_in


def test_moving_a_meeting_moves_it_in_both_calendars(as_mentee, partnership, planned, said, mentor):
    as_mentee.post(partnership.url("support:move", pk=planned.pk), {**said, "at": "15:00"})

    planned.refresh_from_db()
    assert planned.starts_at.astimezone(LONDON).hour == 15
    event = entry_in(Message.objects.get(kind="meeting_moved", to=mentor.person))
    assert (str(event["uid"]), event["sequence"]) == (f"meeting-{planned.pk}@alongside", 1)


def test_a_new_agenda_writes_to_nobody(as_mentee, partnership, planned):
    address = partnership.url("support:move", pk=planned.pk)
    form = as_mentee.get(address).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}

    as_mentee.post(address, {**filled, "on": filled["on"].isoformat(), "at": "10:30", "agenda": "Another thing"})

    page = as_mentee.get(partnership.url("support:planned", pk=planned.pk)).content.decode()
    assert "Another thing" in page
    assert Message.objects.filter(kind="meeting_moved").count() == 0


def test_a_meeting_is_cancelled_with_a_kind_word_for_the_partner_alone(
    client, as_mentee, sign_in, partnership, planned, mentor
):
    as_mentee.post(
        partnership.url("support:cancel", pk=planned.pk),
        {"reason": "I am not well.", "words": f"{CANARY} Sorry"},
    )

    letter = Message.objects.get(kind="meeting_cancelled", to=mentor.person)
    assert "METHOD:CANCEL" in letter.calendar
    assert "STATUS:CANCELLED" in letter.calendar
    assert CANARY not in letter.body
    page = sign_in(client, mentor.person).get(partnership.url("support:planned", pk=planned.pk)).content.decode()
    assert f"Sŵn cancelled it. “I am not well. {CANARY} Sorry”" in page


def test_less_than_a_day_before_people_are_asked_to_call_too(as_mentee, partnership, planned):
    address = partnership.url("support:cancel", pk=planned.pk)
    assert "24 hours" not in as_mentee.get(address).content.decode()

    with time_machine.travel(planned.starts_at - datetime.timedelta(hours=20), tick=False):
        page = as_mentee.get(address).content.decode()
        as_mentee.post(address, {"reason": ""})

    assert "You agreed to give each other 24 hours’ notice" in page
    planned.refresh_from_db()
    assert planned.state == "cancelled"


def test_a_cancelled_meeting_is_neither_moved_nor_cancelled_again(organisation, planned, mentee):
    now = timezone.now()
    with tenancy.tenant(organisation, mentee.person):
        actions.cancel_meeting(planned, by=mentee.person, now=now)

        with pytest.raises(Refused, match="no longer planned"):
            actions.cancel_meeting(planned, by=mentee.person, now=now)


def test_a_log_settles_what_was_planned(as_mentee, partnership, planned):
    quick = {"when": "today", "medium": "video", "length": "60"}

    with time_machine.travel(planned.ends_at, tick=False):
        as_mentee.post(partnership.url("support:log"), quick)

    planned.refresh_from_db()
    assert (planned.state, planned.meeting.met_on) == ("held", planned.day)


def test_a_missed_meeting_is_missed_and_may_be_held_after_all(as_mentee, partnership, planned):
    with time_machine.travel(planned.ends_at, tick=False):
        as_mentee.post(partnership.url("support:not_met"), {"when": "today"})
        planned.refresh_from_db()
        missed = planned.state
        as_mentee.post(partnership.url("support:log"), {"when": "today", "medium": "video", "length": "60"})

    planned.refresh_from_db()
    assert (missed, planned.state) == ("missed", "held")


def test_a_log_that_moves_to_another_day_lets_go_of_the_plan(as_mentee, partnership, planned):
    quick = {"when": "today", "medium": "video", "length": "60"}
    with time_machine.travel(planned.ends_at, tick=False):
        as_mentee.post(partnership.url("support:log"), quick)
        meeting = partnership.meetings.get()
        as_mentee.post(partnership.url("support:meeting", pk=meeting.pk), {**quick, "when": "yesterday"})

    planned.refresh_from_db()
    assert (planned.state, planned.meeting) == ("planned", None)


def test_a_planned_day_keeps_reminders_away(planned, partnership, in_a_week):
    assert with_signs(Partnership.objects.filter(pk=partnership.pk)).get().next_on == in_a_week


def test_partners_find_it_on_their_page_and_take_it_into_their_calendar(as_mentee, partnership, planned):
    page = as_mentee.get(partnership.url("support:partnership")).content.decode()
    file = as_mentee.get(partnership.url("support:calendar", pk=planned.pk))

    assert partnership.url("support:planned", pk=planned.pk) in page
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "METHOD" not in file.content.decode()


@pytest.mark.parametrize("who", ["coordinator", "administrator", "outsider", "sponsor", "other_mentee"])
def test_nobody_else_finds_a_planned_meeting(client, sign_in, request, programme, partnership, planned, said, who):
    person = (
        cast.make_partnership(programme).mentees[0].person if who == "other_mentee" else request.getfixturevalue(who)
    )
    sign_in(client, person)
    addresses = [partnership.url("support:plan")] + [
        partnership.url(f"support:{name}", pk=planned.pk) for name in ("planned", "move", "cancel", "calendar")
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 5
    assert [client.post(address, said).status_code for address in addresses] == [404] * 5


def test_coordinator_sees_that_a_meeting_is_planned_and_not_what_about(
    client, sign_in, coordinator, partnership, planned, in_a_week
):
    page = sign_in(client, coordinator).get(partnership.url("support:partnership")).content.decode()

    assert f"Next meeting on {in_a_week:%-d %B %Y}." in page
    assert CANARY not in page


def test_looking_at_the_pages_plans_nothing(as_mentee, partnership, planned):
    for name in ("planned", "move", "cancel", "calendar"):
        assert as_mentee.get(partnership.url(f"support:{name}", pk=planned.pk)).status_code == 200

    planned.refresh_from_db()
    assert (planned.state, planned.sequence) == ("planned", 0)
