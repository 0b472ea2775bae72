"""Partners log that they met, or that they did not."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from mentoring.organisations import tenancy
from mentoring.refusal import Refused
from programmes.models import PartnershipState
from programmes.support import actions
from programmes.support.actions import Activity, Words
from programmes.support.models import Meeting, MeetingLog, ProgressRecord, Reflection

QUICK = {"when": "today", "medium": "video", "length": "60", "usefulness": "very"}


@pytest.fixture
def page(client, sign_in, partnership, mentee):
    """The log's address, with the mentee signed in."""
    sign_in(client, mentee.person)
    return partnership.url("support:log")


def content_of(meeting, person):
    with tenancy.tenant(meeting.organisation_id, person):
        record = ProgressRecord.objects.filter(meeting=meeting).first()
        return record and {"next_step": record.next_step, "answers": record.answers}


def test_mentee_logs_a_meeting_with_four_answers(client, page, partnership, mentee, today):
    answer = client.post(page, QUICK)

    meeting = Meeting.objects.get()
    assert (meeting.met_on, meeting.minutes, meeting.medium, meeting.kind) == (today, 60, "video", "held")
    assert (meeting.logged_by_id, meeting.partnership_id) == (mentee.person_id, partnership.pk)
    assert MeetingLog.objects.get().usefulness == "very"
    assert answer.headers["Location"] == partnership.url("support:saved", pk=meeting.pk)
    assert content_of(meeting, mentee.person) is None


def test_the_page_after_a_log_thanks_and_says_what_comes_next(client, page):
    thanks = client.get(client.post(page, QUICK).headers["Location"]).content.decode()

    assert "Thank you. Meeting 1 is saved." in thanks
    assert "You agreed to meet every 4 weeks" in thanks


def test_everything_the_record_asks_for_is_kept_with_its_readers(client, page, partnership, mentee, mentor, today):
    later = today + datetime.timedelta(days=21)
    said = {
        **QUICK,
        "when": "yesterday",
        "length": "other",
        "minutes": "75",
        "next_step": "Write to the dean",
        "next_on": later.isoformat(),
        "box_topics": "Money",
        "box_mentee_actions": "Ask twice, by Friday",
        "box_reflections": "I talked too much",
        "box_strengthened": ["heard", "confidence"],
    }

    client.post(page, said)

    meeting = Meeting.objects.get()
    assert (meeting.minutes, meeting.next_on) == (75, later)
    kept = {"next_step": "Write to the dean", "answers": {"topics": "Money", "mentee_actions": "Ask twice, by Friday"}}
    assert content_of(meeting, mentee.person) == kept
    assert content_of(meeting, mentor.person) == kept
    with tenancy.tenant(meeting.organisation_id, mentee.person):
        assert Reflection.objects.get().answers == {
            "reflections": "I talked too much",
            "strengthened": "heard,confidence",
        }
    form = client.get(partnership.url("support:meeting", pk=meeting.pk)).context["form"]
    assert form["box_strengthened"].value() == ["heard", "confidence"]
    standing = client.get(partnership.url("support:standing")).content.decode()
    assert (
        "After meetings you noted for yourself: Being heard in meetings (1), Trusting your own judgement (1)."
        in standing
    )


def test_who_reads_each_box_stands_under_it(client, page):
    form = client.get(page).content.decode()

    assert form.count("You and Mor read this.") == 9
    assert form.count("Only you read this.") == 3
    assert "You and Mor read this; your co-ordinator sees the date." in form


def test_the_way_and_length_of_the_last_meeting_are_proposed(client, page, partnership, mentee, log_meeting, days_ago):
    log_meeting(partnership, days_ago(30), by=mentee.person, medium="phone", minutes=45)

    form = client.get(page).context["form"]

    assert {name: form[name].value() for name in ("when", "medium", "length")} == {
        "when": "today",
        "medium": "phone",
        "length": "45",
    }


@pytest.mark.parametrize(
    "wrong, field, words",
    [
        ({"when": "other"}, "met_on", "Give the day, or choose “Today” or “Yesterday”."),
        ({"when": "other", "met_on": "someday"}, "met_on", "Enter a date that exists, with its day, month and year."),
        ({"length": "other"}, "minutes", "Give the number of minutes, or choose one of the lengths."),
        (
            {"length": "other", "minutes": "0"},
            "minutes",
            "0 minutes cannot be right. Give a number from 1 to 1440 (a whole day).",
        ),
        (
            {"length": "other", "minutes": "1500"},
            "minutes",
            "1500 minutes cannot be right. Give a number from 1 to 1440 (a whole day).",
        ),
        ({"medium": ""}, "medium", "Fill in “How?”."),
        ({"next_step": "x" * 1001}, "next_step", "Shorten this to 1000 characters. It has 1001."),
        ({"box_topics": "x" * 10_001}, "box_topics", "Shorten this to 10000 characters. It has 10001."),
        ({"box_topics": "a\0b"}, "box_topics", "Remove the characters that cannot be shown, then send it again."),
    ],
)
def test_a_wrong_answer_is_explained_and_what_was_typed_is_kept(client, page, wrong, field, words):
    answer = client.post(page, {**QUICK, "next_step": "Keep these words", **wrong})

    form = answer.context["form"]
    assert form.errors == {field: [words]}
    assert form["next_step"].value() == wrong.get("next_step", "Keep these words")
    assert Meeting.objects.count() == 0


def test_a_day_that_has_not_come_is_refused(client, page, today):
    tomorrow = today + datetime.timedelta(days=1)

    answer = client.post(page, {**QUICK, "when": "other", "met_on": tomorrow.isoformat()})

    said = f"{date_format(tomorrow, 'j F Y')} has not come yet. Give a day up to today."
    assert answer.context["form"].errors == {"met_on": [said]}


def test_a_day_before_they_were_brought_together_is_refused(client, page, partnership):
    before = partnership.starts_on - datetime.timedelta(days=1)

    answer = client.post(page, {**QUICK, "when": "other", "met_on": before.isoformat()})

    assert "before you were brought together" in str(answer.context["form"].non_field_errors())
    assert Meeting.objects.count() == 0


def test_a_next_meeting_before_this_one_is_refused(client, page, days_ago):
    answer = client.post(page, {**QUICK, "next_on": days_ago(3).isoformat()})

    assert "The next meeting must be after" in str(answer.context["form"].non_field_errors())
    assert Meeting.objects.count() == 0


def test_a_second_log_of_the_same_day_is_refused(client, page):
    client.post(page, QUICK)

    answer = client.post(page, QUICK)

    assert "You have logged a meeting on" in str(answer.context["form"].non_field_errors())
    assert Meeting.objects.count() == 1


def test_pressing_save_twice_logs_once(client, page):
    once = {**QUICK, "once": "0199aaaa-0000-7000-8000-000000000001"}

    places = {client.post(page, once).headers["Location"] for _ in range(2)}

    assert len(places) == 1
    assert Meeting.objects.count() == 1


def test_both_partners_log_the_same_meeting_and_it_becomes_one(client, page, sign_in, partnership, mentee, mentor):
    client.post(page, {**QUICK, "next_step": "Read the report", "box_topics": "Reports"})
    sign_in(client, mentor.person)
    answer = client.post(page, {**QUICK, "length": "45", "next_step": "Send the report", "box_agenda": "What it said"})

    meeting = Meeting.objects.get()
    assert (meeting.minutes, meeting.logged_by_id) == (60, mentee.person_id)
    assert set(meeting.logs.values_list("person_id", flat=True)) == {mentee.person_id, mentor.person_id}
    assert content_of(meeting, mentee.person) == {
        "next_step": "Read the report\n\nMor: Send the report",
        "answers": {"topics": "Reports", "agenda": "What it said"},
    }
    assert "Thank you both." in client.get(answer.headers["Location"]).content.decode()


def test_we_did_not_meet_asks_for_no_reason(client, page, partnership, today):
    later = today + datetime.timedelta(days=9)

    answer = client.post(
        partnership.url("support:not_met"), {"when": "yesterday", "next_on": later.isoformat()}, follow=True
    )

    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.minutes, meeting.next_on) == ("not_met", None, later)
    assert "These things happen" in answer.content.decode()


def test_a_meeting_that_took_place_after_all_replaces_the_one_that_did_not(client, page, partnership):
    client.post(partnership.url("support:not_met"), {"when": "today"})

    client.post(page, QUICK)

    assert Meeting.objects.values_list("kind", "minutes").get() == ("held", 60)


def test_a_meeting_that_was_held_cannot_be_called_missed(client, page, partnership):
    client.post(page, QUICK)

    answer = client.post(partnership.url("support:not_met"), {"when": "today"})

    assert "is logged" in str(answer.context["form"].non_field_errors())


def test_an_ended_partnership_is_only_read(client, page, partnership):
    partnership.state, partnership.ended_at = PartnershipState.ENDED, timezone.now()
    partnership.save()

    answer = client.post(page, QUICK)

    assert "This partnership has ended." in str(answer.context["form"].non_field_errors())
    assert client.get(partnership.url("support:partnership")).status_code == 200
    assert Meeting.objects.count() == 0


def test_matched_partners_who_have_not_signed_yet_may_log(client, page, partnership):
    partnership.state = PartnershipState.AGREED
    partnership.save()

    client.post(page, QUICK)

    assert Meeting.objects.count() == 1


def test_today_is_today_where_the_person_is(organisation, partnership, mentee):
    """At noon in London on 2 March it is already 3 March in Auckland and still 2 March in Honolulu."""
    noon = datetime.datetime(2027, 3, 2, 12, tzinfo=datetime.UTC)
    partnership.starts_on, partnership.ends_on = datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)
    partnership.created_at = noon
    partnership.save()
    third = Activity(datetime.date(2027, 3, 3), minutes=30, medium="phone")

    with tenancy.tenant(organisation, mentee.person):
        mentee.person.time_zone = "Pacific/Honolulu"
        with pytest.raises(Refused, match="3 March 2027 has not come yet"):
            actions.log_meeting(partnership, third, Words(), by=mentee.person, now=noon)
        mentee.person.time_zone = "Pacific/Auckland"
        actions.log_meeting(partnership, third, Words(), by=mentee.person, now=noon)

    assert Meeting.objects.get().met_on == datetime.date(2027, 3, 3)


def test_within_a_day_either_partner_corrects_a_meeting(client, page, sign_in, partnership, mentor, days_ago):
    client.post(page, {**QUICK, "next_step": "Call Nia"})
    meeting = Meeting.objects.get()
    sign_in(client, mentor.person)
    address = partnership.url("support:meeting", pk=meeting.pk)

    form = client.get(address).context["form"]
    changed = {
        **QUICK,
        "when": "yesterday",
        "length": "30",
        "seen": form["seen"].value(),
        "next_step": "Call Nia twice",
    }
    answer = client.post(address, changed)

    meeting.refresh_from_db()
    assert answer.headers["Location"] == partnership.url("support:partnership")
    assert (meeting.met_on, meeting.minutes) == (days_ago(1), 30)
    assert content_of(meeting, mentor.person) == {"next_step": "Call Nia twice", "answers": {}}


def test_after_a_day_the_record_can_be_written_but_not_the_day(
    client, page, partnership, mentee, log_meeting, days_ago
):
    meeting = log_meeting(partnership, days_ago(5), by=mentee.person, now=timezone.now() - datetime.timedelta(hours=25))
    address = partnership.url("support:meeting", pk=meeting.pk)
    form = client.get(address).context["form"]

    client.post(address, {**QUICK, "seen": form["seen"].value(), "next_step": "A later thought"})

    meeting.refresh_from_db()
    assert "when" not in form.fields
    assert meeting.met_on == days_ago(5)
    assert content_of(meeting, mentee.person)["next_step"] == "A later thought"


def test_nobody_writes_over_words_they_have_not_seen(
    client, page, partnership, mentee, mentor, log_meeting, today, organisation
):
    meeting = log_meeting(partnership, today, by=mentee.person, next_step="First")
    address = partnership.url("support:meeting", pk=meeting.pk)
    seen = client.get(address).context["form"]["seen"].value()
    with tenancy.tenant(organisation, mentor.person):
        actions.write_record(meeting, Words(next_step="Second"), by=mentor.person, now=timezone.now(), seen=seen)

    answer = client.post(address, {**QUICK, "seen": seen, "next_step": "Third"})

    assert "Somebody else has written in this record" in str(answer.context["form"].non_field_errors())
    assert answer.context["form"]["next_step"].value() == "Third"
    assert content_of(meeting, mentee.person)["next_step"] == "Second"


def test_opening_the_pages_changes_nothing(client, page, partnership):
    for name in ("log", "not_met", "partnership"):
        assert client.get(partnership.url(f"support:{name}")).status_code == 200

    assert Meeting.objects.count() == 0


def test_a_batch_of_emails_is_one_meeting(as_mentee, partnership, days_ago, today):
    said = {"when": "today", "medium": "email", "length": "30"}

    wrong = as_mentee.post(
        partnership.url("support:log"), {**said, "began_on": (today + datetime.timedelta(1)).isoformat()}
    )
    as_mentee.post(partnership.url("support:log"), {**said, "began_on": days_ago(6).isoformat()})

    assert "The first e-mail cannot come after the last." in wrong.content.decode()
    assert partnership.meetings.values_list("began_on", "met_on").get() == (days_ago(6), today)
