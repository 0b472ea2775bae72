"""Partners plan a meeting, move it, call it off; calendars follow, and a log settles it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from mentoring.organisations import tenancy
from mentoring.outbox.mail import build
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import Partnership, PartnershipState
from programmes.support.models import PlannedMeeting
from programmes.support.planning import actions
from programmes.support.planning.actions import Plan
from programmes.support.queries import with_signs
from tests import cast

from .conftest import CANARY

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def in_a_week(today):
    return today + datetime.timedelta(days=7)


@pytest.fixture
def said(in_a_week):
    return {
        "on": in_a_week.isoformat(),
        "at": "10:30",
        "medium": "face_to_face",
        "length": "60",
        "place": "Library, room 4",
        "agenda": f"{CANARY} to talk about",
    }


@pytest.fixture
def as_mentee(client, sign_in, mentee):
    return sign_in(client, mentee.person)


@pytest.fixture
def planned(organisation, partnership, mentee, in_a_week):
    """A meeting that the mentee planned."""
    at = datetime.datetime.combine(in_a_week, datetime.time(10, 30), tzinfo=LONDON)
    with tenancy.tenant(organisation, mentee.person):
        return actions.plan_meeting(
            partnership, Plan(at, 60, "video"), f"{CANARY} agenda", by=mentee.person, now=timezone.now()
        )


def entry_in(message):
    [event] = Calendar.from_ical(message.calendar).walk("VEVENT")
    return event


def test_a_partner_plans_a_meeting_and_it_comes_into_both_calendars(
    as_mentee, partnership, said, mentee, mentor, in_a_week
):
    answer = as_mentee.post(partnership.url("support:plan"), said, follow=True)

    planned = PlannedMeeting.objects.get()
    assert planned.starts_at.astimezone(LONDON) == datetime.datetime.combine(
        in_a_week, datetime.time(10, 30), tzinfo=LONDON
    )
    assert (planned.minutes, planned.medium, planned.place) == (60, "face_to_face", "Library, room 4")
    assert f"{CANARY} to talk about" in answer.content.decode()
    letters = {message.to_id: message for message in Message.objects.filter(kind="meeting_planned")}
    assert set(letters) == {mentee.person_id, mentor.person_id}
    event = entry_in(letters[mentor.person_id])
    assert (str(event["uid"]), event["sequence"], str(event["location"])) == (
        f"meeting-{planned.pk}@alongside",
        0,
        "Library, room 4",
    )
    assert event.decoded("dtstart") == planned.starts_at
    assert "METHOD:REQUEST" in letters[mentor.person_id].calendar


def test_no_letter_and_no_calendar_quotes_the_agenda(planned):
    for message in Message.objects.all():
        assert CANARY not in message.subject + message.body + message.calendar


def test_the_letter_carries_an_invitation_that_mail_programmes_understand(planned, organisation):
    message = Message.objects.select_related("to", "signed_by").first()

    mail = build(message, organisation).message()

    kinds = {part.get_content_type(): part for part in mail.walk()}
    assert kinds["text/calendar"] is not None
    assert any(part.get_param("method") == "REQUEST" for part in mail.walk())
    assert [part.get_filename() for part in mail.walk() if part.get_filename()] == ["meeting.ics"]


def test_each_partner_reads_the_time_by_their_own_clock(as_mentee, partnership, said, mentor):
    mentor.person.time_zone = "Asia/Tokyo"
    with tenancy.directory():
        mentor.person.save(update_fields=["time_zone"])

    as_mentee.post(partnership.url("support:plan"), said)

    hours = PlannedMeeting.objects.get().starts_at.astimezone(ZoneInfo("Asia/Tokyo")).strftime("%H:%M")
    assert f"{hours} (Tokyo time)" in Message.objects.get(to=mentor.person).body


def test_what_was_left_open_stands_on_the_next_agenda(as_mentee, partnership, mentee, log_meeting, days_ago, in_a_week):
    log_meeting(
        partnership,
        days_ago(3),
        by=mentee.person,
        answers={"agenda": "The fellowship\nMoney"},
        next_step="Ring Nia",
        next_on=in_a_week,
        medium="phone",
    )

    form = as_mentee.get(partnership.url("support:plan")).context["form"]

    assert form["agenda"].value() == "The fellowship\nMoney\nNext step: Ring Nia"
    assert (form["on"].value(), form["medium"].value(), form["length"].value()) == (in_a_week, "phone", "60")


def test_who_reads_what_stands_under_the_boxes(as_mentee, partnership):
    page = as_mentee.get(partnership.url("support:plan")).content.decode()

    assert page.count("You and Mor read this.") == 2
    assert "nobody overhears you" in page


@pytest.mark.parametrize(
    ("medium", "length", "words"),
    [
        ("phone", "120", "Usually it is up to an hour and a half."),
        ("video", "30", "Usually it is 1 to 2 hours."),
    ],
)
def test_an_unusual_length_asks_why_once_and_takes_silence_for_an_answer(
    as_mentee, partnership, said, medium, length, words
):
    unusual = {**said, "medium": medium, "length": length}
    asked = as_mentee.post(partnership.url("support:plan"), unusual)

    assert words in asked.context["form"].errors["why"][0]
    assert PlannedMeeting.objects.count() == 0
    as_mentee.post(partnership.url("support:plan"), {**unusual, "asked": asked.context["form"]["asked"].value()})
    assert PlannedMeeting.objects.count() == 1


def test_a_programme_says_itself_how_long_its_meetings_usually_are(
    as_mentee, client, sign_in, partnership, programme, said, coordinator
):
    page = sign_in(client, coordinator).get(programme.url("programmes:settings"))
    given = {key: value for key, value in page.context["form"].initial.items() if value not in (None, False)}
    given |= {"summary": "", "meeting_least": 20, "meeting_most": 45, "call_most": 30}
    refused = client.post(programme.url("programmes:settings"), given | {"meeting_most": 10})
    client.post(programme.url("programmes:settings"), given)

    assert "This is less than the least, which is 20." in refused.content.decode()
    as_mentee = sign_in(client, partnership.mentees[0].person)
    for medium, words in (
        ("video", "Usually it is 20 minutes to 45 minutes."),
        ("phone", "Usually it is up to half an hour."),
    ):
        asked = as_mentee.post(partnership.url("support:plan"), {**said, "medium": medium, "length": "60"})
        assert words in asked.context["form"].errors["why"][0]
    as_mentee.post(partnership.url("support:plan"), {**said, "medium": "video", "length": "30"})
    assert PlannedMeeting.objects.get().minutes == 30


def test_a_reason_for_an_unusual_length_is_kept_for_the_partners(as_mentee, partnership, said):
    page = as_mentee.post(
        partnership.url("support:plan"),
        {**said, "length": "other", "minutes": "200", "why": "A visit to the lab"},
        follow=True,
    )

    assert "A visit to the lab" in page.content.decode()


def test_a_circle_meets_longer(as_mentee, partnership, said):
    partnership.model = "circle"
    partnership.save()

    as_mentee.post(partnership.url("support:plan"), {**said, "length": "other", "minutes": "150"})

    assert PlannedMeeting.objects.get().minutes == 150


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": "2026-11-01"}, "That time has passed."),
        ({"on": "2028-11-01"}, "is more than a year away."),
        ({"on": ""}, "Fill in “Which day?”."),
        ({"at": "25:00"}, "Enter a time, such as 14:30."),
        ({"length": "other"}, "Give the number of minutes, or choose one of the lengths."),
        ({"length": "other", "minutes": "1500"}, "1500 minutes cannot be right."),
    ],
)
def test_a_wrong_plan_is_explained_and_nothing_is_planned(as_mentee, partnership, said, wrong, words):
    page = as_mentee.post(partnership.url("support:plan"), {**said, **wrong}).content.decode()

    assert words in page
    assert f"{CANARY} to talk about" in page
    assert PlannedMeeting.objects.count() == 0


def test_nothing_is_planned_after_the_agreed_end(as_mentee, partnership, said):
    partnership.ends_on = timezone.localdate() + datetime.timedelta(days=3)
    partnership.save()

    assert "You agreed to meet until" in as_mentee.post(partnership.url("support:plan"), said).content.decode()


def test_the_same_time_is_planned_once(as_mentee, partnership, said):
    as_mentee.post(partnership.url("support:plan"), said)

    again = as_mentee.post(partnership.url("support:plan"), {**said, "agenda": "Other words"})

    assert "planned a meeting for that time already" in again.content.decode()


@time_machine.travel("2027-03-20 09:00:00+00:00", tick=False)
def test_an_hour_that_never_comes_is_explained_and_one_that_comes_twice_is_the_first(
    client, sign_in, organisation, programme, mentee, mentor
):
    programme.ends_on = datetime.date(2028, 4, 1)
    pair = cast.make_partnership(programme, mentor, mentee)
    said = {"medium": "video", "length": "60", "on": "2027-03-28", "at": "01:30"}
    sign_in(client, mentee.person)

    answer = client.post(pair.url("support:plan"), said)
    client.post(pair.url("support:plan"), {**said, "on": "2027-10-31"})
    client.post(pair.url("support:plan"), {**said, "on": "2028-02-29", "at": "10:00"})

    assert "There is no 01:30 on 28 March 2027: the clocks go forward then." in answer.content.decode()
    assert [one.starts_at.isoformat() for one in PlannedMeeting.objects.order_by("starts_at")] == [
        "2027-10-31T00:30:00+00:00",
        "2028-02-29T10:00:00+00:00",
    ]


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


def test_a_batch_of_emails_is_one_meeting(as_mentee, partnership, days_ago, today):
    said = {"when": "today", "medium": "email", "length": "30"}

    wrong = as_mentee.post(
        partnership.url("support:log"), {**said, "began_on": (today + datetime.timedelta(1)).isoformat()}
    )
    as_mentee.post(partnership.url("support:log"), {**said, "began_on": days_ago(6).isoformat()})

    assert "The first e-mail cannot come after the last." in wrong.content.decode()
    assert partnership.meetings.values_list("began_on", "met_on").get() == (days_ago(6), today)


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


def test_after_the_end_nothing_is_planned(as_mentee, partnership, said):
    partnership.state, partnership.ended_at = PartnershipState.ENDED, timezone.now()
    partnership.save()

    assert "no more meetings are planned" in as_mentee.post(partnership.url("support:plan"), said).content.decode()


def test_a_brief_contact_is_one_or_two_conversations(
    client, sign_in, programme, mentor, mentee, log_meeting, days_ago, said
):
    brief = cast.make_partnership(programme, mentor, mentee, model="spot")
    sign_in(client, mentee.person)
    client.post(brief.url("support:plan"), said)
    log_meeting(brief, days_ago(1), by=mentee.person)

    third = client.post(brief.url("support:plan"), {**said, "at": "16:00"}).content.decode()

    assert "A brief contact is one or two conversations." in third
    assert PlannedMeeting.objects.count() == 1
