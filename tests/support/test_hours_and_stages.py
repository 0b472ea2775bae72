"""A person's own hours with their certificate, and where a partnership is on its way."""

import datetime

import pytest
from django.db import connection

from mentoring.documents.models import Document
from mentoring.organisations import tenancy
from programmes.support.models import LearningEntry, StageReached
from tests.documents.reading import data_in, text_of

from .conftest import CANARY


@pytest.fixture
def as_mentor(client, sign_in, partnership, mentor):
    return sign_in(client, mentor.person)


def test_meetings_come_by_themselves_and_own_learning_is_added(
    as_mentor, programme, partnership, mentee, log_meeting, days_ago
):
    log_meeting(partnership, days_ago(9), by=mentee.person, minutes=75)
    address = programme.url("support:hours")

    page = as_mentor.post(
        address, {"on": days_ago(1).isoformat(), "minutes": "45", "what": f"{CANARY} reading"}, follow=True
    ).content.decode()

    assert "2 hours so far." in page
    assert "Mentoring with Sŵn, video" in page
    assert f"{CANARY} reading" in page


def test_a_certificate_says_how_much_and_nothing_of_what_and_can_be_checked(
    as_mentor, programme, partnership, mentee, log_meeting, days_ago
):
    log_meeting(partnership, days_ago(9), by=mentee.person, minutes=75)
    as_mentor.post(programme.url("support:hours"), {"on": days_ago(1).isoformat(), "minutes": "45", "what": CANARY})

    content = as_mentor.post(programme.url("support:hours_certificate")).content

    words = text_of(content)
    assert "Mor Mentorsen has taken part in Health Futures" in words
    assert "1 meeting, 1 hour 15 minutes" in words
    assert "45 minutes, by their own account" in words
    assert CANARY not in words
    data = data_in(content)
    assert [(day["what"], day["minutes"]) for day in data["days"]] == [("Mentoring", 75), ("Own learning", 45)]
    document = Document.objects.get(kind="certificate of hours")
    assert bytes(document.content) == content
    assert document.code in words


def test_there_is_nothing_to_certify_before_anything_was_done(as_mentor, programme):
    page = as_mentor.post(programme.url("support:hours_certificate"), follow=True).content.decode()

    assert "There is nothing to certify yet." in page
    assert Document.objects.count() == 0


def test_an_own_entry_is_taken_out_again(as_mentor, programme, days_ago, mentor, organisation):
    as_mentor.post(programme.url("support:hours"), {"on": days_ago(1).isoformat(), "minutes": "45", "what": "Reading"})
    with tenancy.tenant(organisation, mentor.person):
        entry = LearningEntry.objects.get()

    as_mentor.post(programme.url("support:take_out", pk=entry.pk))

    with tenancy.tenant(organisation, mentor.person):
        assert LearningEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "1500"}, "minutes"),
        ({"on": (datetime.date.today() + datetime.timedelta(days=3)).isoformat()}, "has not come yet"),  # noqa: DTZ011
        ({"what": ""}, "Fill in"),
    ],
)
def test_a_wrong_entry_is_explained(as_mentor, programme, days_ago, wrong, words):
    said = {"on": days_ago(1).isoformat(), "minutes": "45", "what": "Reading", **wrong}

    answer = as_mentor.post(programme.url("support:hours"), said)

    assert answer.context["form"].errors
    assert words in answer.content.decode()


def test_the_database_shows_an_own_log_to_nobody_else(
    as_mentor, client, sign_in, programme, days_ago, mentor, mentee, coordinator, organisation
):
    as_mentor.post(programme.url("support:hours"), {"on": days_ago(1).isoformat(), "minutes": "45", "what": CANARY})

    for person, seen in ((mentor.person, 1), (mentee.person, 0), (coordinator, 0)):
        with tenancy.tenant(organisation, person), connection.cursor() as cursor:
            cursor.execute("select count(*) from support_learningentry")
            assert cursor.fetchone()[0] == seen
    assert sign_in(client, coordinator).get(programme.url("support:hours")).status_code == 404
    assert CANARY not in sign_in(client, mentee.person).get(programme.url("support:hours")).content.decode()


def test_partners_say_where_they_are_and_see_what_may_help(as_mentor, partnership):
    before = as_mentor.get(partnership.url("support:stage")).content.decode()

    after = as_mentor.post(partnership.url("support:stage"), {"stage": "progress"}, follow=True).content.decode()

    assert "Tell each other how you came to be where you are." in before
    assert "Begin with what has gone well since last time." in after
    assert StageReached.objects.values_list("stage", flat=True).get() == "progress"


def test_a_stage_that_is_none_is_not_found_and_a_coordinator_says_none(
    as_mentor, client, sign_in, coordinator, partnership
):
    assert as_mentor.post(partnership.url("support:stage"), {"stage": "bliss"}).status_code == 404
    sign_in(client, coordinator)
    assert client.post(partnership.url("support:stage"), {"stage": "progress"}).status_code == 404
    assert StageReached.objects.count() == 0
