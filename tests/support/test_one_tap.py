"""A link in a letter asks one person about one day, or the time since it, and opens nothing else."""

import datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.signing import dumps
from django.test import Client
from django.utils import timezone

from mentoring.organisations import tenancy
from programmes.models import PartnershipState
from programmes.support import one_tap
from programmes.support.models import Meeting, MeetingLog
from tests import cast

from .conftest import CANARY

HOW = {"answer": "yes", "medium": "video", "length": "60"}


@pytest.fixture
def day(days_ago):
    return days_ago(2)


@pytest.fixture
def link(partnership, mentee, day):
    return path_of(partnership, mentee.person, day)


def path_of(partnership, person, day):
    return urlsplit(one_tap.links(partnership, person, day).yes).path


def test_the_letter_gets_three_answers_to_one_question(partnership, mentee, day):
    found = one_tap.links(partnership, mentee.person, day)

    assert found.yes.startswith("http://localhost")
    assert [address.partition("?")[2] for address in (found.yes, found.moved, found.no)] == [
        "answer=yes",
        "answer=moved",
        "answer=no",
    ]


def test_yes_is_one_page_and_one_button_when_the_way_is_known(partnership, mentee, link, day, log_meeting, days_ago):
    log_meeting(partnership, days_ago(30), by=mentee.person, medium="phone", minutes=45)
    visitor = Client()

    form = visitor.get(f"{link}?answer=yes").context["form"]
    filled = {name: form[name].value() or "" for name in ("medium", "length", "usefulness")}
    thanks = visitor.post(link, {"answer": "yes", **filled}, follow=True)

    meeting = Meeting.objects.get(met_on=day)
    assert (meeting.minutes, meeting.medium, meeting.logged_by_id) == (45, "phone", mentee.person_id)
    assert "Thank you. Your meeting is noted." in thanks.content.decode()


def test_whether_they_have_met_since_is_answered_without_signing_in(partnership, mentee, today, days_ago):
    link = urlsplit(one_tap.links(partnership, mentee.person, days_ago(40), is_since=True).yes).path

    page = Client().get(f"{link}?answer=yes").content.decode()
    wrong = Client().post(link, {**HOW, "when": "other", "met_on": ""}).content.decode()
    thanks = Client().post(link, {**HOW, "when": "yesterday"}, follow=True).content.decode()

    assert "met since" in page
    assert "Moved" not in page
    assert "Give the day, or choose" in wrong
    assert "Thank you. Your meeting is noted." in thanks
    assert Meeting.objects.values_list("kind", "met_on").get() == ("held", days_ago(1))


def test_not_yet_keeps_reminders_away_until_the_day_that_they_have_in_mind(partnership, mentee, today, days_ago):
    link = urlsplit(one_tap.links(partnership, mentee.person, days_ago(40), is_since=True).no).path
    later = today + datetime.timedelta(days=5)

    wrong = Client().post(link, {"answer": "no", "next_on": "2020-01-01"}).content.decode()
    Client().post(link, {"answer": "no", "next_on": later.isoformat()})

    assert "Give a day from today, within a year." in wrong
    assert Meeting.objects.values_list("kind", "met_on", "next_on").get() == ("not_met", today, later)


def test_no_asks_for_no_reason(link, day):
    thanks = Client().post(link, {"answer": "no"}, follow=True)

    assert Meeting.objects.values_list("kind", "met_on").get() == ("not_met", day)
    assert "nobody is asked why" in thanks.content.decode()


def test_moved_keeps_reminders_away_until_the_new_day(link, today):
    later = today + datetime.timedelta(days=5)

    Client().post(link, {"answer": "moved", "next_on": later.isoformat()})

    assert Meeting.objects.get().next_on == later


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"answer": "yes", "medium": "", "length": "60"}, "Fill in “How?”."),
        ({"answer": "yes", "medium": "video", "length": "other", "minutes": "1500"}, "1500 minutes cannot be right."),
        ({"answer": "moved", "next_on": ""}, "Fill in “Which day instead?”."),
        ({"answer": "moved", "next_on": "2020-01-01"}, "Give a day from today, within a year."),
    ],
)
def test_a_wrong_answer_is_explained(link, wrong, words):
    assert words in Client().post(link, wrong).content.decode()
    assert Meeting.objects.count() == 0


def test_opening_any_answer_changes_nothing(link):
    for answer in ("", "yes", "moved", "no", "perhaps"):
        assert Client().get(f"{link}?answer={answer}").status_code == 200

    assert Meeting.objects.count() == 0


def test_both_partners_answer_and_it_is_one_meeting(partnership, mentor, mentee, link, day):
    Client().post(link, HOW)
    Client().post(path_of(partnership, mentor.person, day), HOW)

    assert Meeting.objects.count() == 1
    assert set(MeetingLog.objects.values_list("person_id", flat=True)) == {mentor.person_id, mentee.person_id}


def test_answering_twice_is_explained(link):
    Client().post(link, HOW)

    page = Client().post(link, HOW).content.decode()

    assert "You have noted this meeting already." in page
    assert Meeting.objects.count() == 1


def test_a_late_link_is_explained(link):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=22), tick=False):
        answers = [Client().get(link), Client().post(link, HOW)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "Links in letters work for three weeks." in answers[0].content.decode()
    assert Meeting.objects.count() == 0


def test_a_link_of_another_person_opens_nothing_for_somebody_who_has_signed_in(client, sign_in, link, mentor):
    sign_in(client, mentor.person)

    answers = [client.get(link), client.post(link, HOW)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "somebody else’s" in answers[0].content.decode()
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("change", ["person", "salt", "cut"])
def test_a_link_that_was_tampered_with_is_nowhere(partnership, mentor, link, day, change):
    token = link.rstrip("/").rpartition("/")[2]
    changed = {
        "person": token.replace(token[5], "A" if token[5] != "A" else "B", 1),
        "salt": dumps([partnership.pk.hex, mentor.person_id.hex, day.isoformat(), False], salt="another"),
        "cut": token[:-3],
    }[change]

    assert Client().get(link.replace(token, changed)).status_code == 404


def test_a_link_works_under_its_own_programme_alone(organisation, link):
    with tenancy.tenant(organisation):
        other = cast.make_programme("other-programme")

    assert Client().get(link.replace("health-futures", other.slug)).status_code == 404


def test_the_link_opens_no_other_page_and_shows_no_words(client, partnership, mentee, link, log_meeting, day, days_ago):
    log_meeting(partnership, days_ago(9), by=mentee.person)

    page = client.get(f"{link}?answer=yes").content.decode()

    assert CANARY not in page
    assert client.get(partnership.url("support:partnership")).headers["Location"].startswith("/accounts/")


def test_whoever_left_has_no_link_any_more(partnership, mentee, link):
    partnership.members.filter(person=mentee.person).update(left_at=timezone.now(), live=False)

    assert Client().get(link).status_code == 404


def test_after_the_end_a_link_says_so(partnership, link):
    partnership.state, partnership.ended_at = PartnershipState.ENDED, timezone.now()
    partnership.save()

    assert "This partnership has ended." in Client().post(link, HOW).content.decode()
    assert Meeting.objects.count() == 0
