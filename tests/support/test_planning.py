"""Partners plan a meeting, and it comes into both calendars."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.outbox.mail import build
from mentoring.outbox.models import Message
from programmes.models import PartnershipState
from programmes.support.models import PlannedMeeting
from tests import cast

from .conftest import CANARY, LONDON, entry_in


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
