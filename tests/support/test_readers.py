"""Who reads what: a meeting's content belongs to its partners, and the database itself keeps it from everybody else."""

import uuid

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from programmes.support.models import Meeting, MeetingLog, ProgressRecord, Reflection
from programmes.support.words import key_of
from tests import cast

from .conftest import CANARY

CONTENT = ("support_progressrecord", "support_reflection", "support_progressrecordevent", "support_reflectionevent")


@pytest.fixture
def meeting(partnership, mentee, mentor, log_meeting, days_ago):
    """A meeting with words of both partners, and a thought of each."""
    log_meeting(partnership, days_ago(3), by=mentee.person, usefulness="not_much")
    return log_meeting(partnership, days_ago(3), by=mentor.person, answers={"conclusions": f"{CANARY} concluded"})


@pytest.fixture
def addresses(partnership, meeting):
    """Every page of the partnership but its home."""
    return [
        partnership.url("support:log"),
        partnership.url("support:not_met"),
        partnership.url("support:meeting", pk=meeting.pk),
        partnership.url("support:saved", pk=meeting.pk),
        partnership.url("support:record_pdf"),
    ]


def count_rows(organisation, person, table):
    with tenancy.tenant(organisation, person), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def test_partners_read_the_record_and_only_their_own_reflection(client, sign_in, partnership, meeting, mentee, mentor):
    for partner in (mentee, mentor):
        page = sign_in(client, partner.person).get(partnership.url("support:meeting", pk=meeting.pk)).content.decode()

        assert f"{CANARY} in topics" in page
        assert f"{CANARY} concluded" in page
        assert page.count(f"{CANARY} in my own head") == 1


def test_in_sql_only_members_of_the_partnership_are_given_content(
    organisation, partnership, meeting, mentee, mentor, coordinator, administrator, sponsor, programme
):
    stranger = cast.make_partnership(programme).mentees[0].person
    readers = [mentee.person, mentor.person, coordinator, administrator, sponsor, stranger, None]

    counted = {table: [count_rows(organisation, person, table) for person in readers] for table in CONTENT}

    assert counted == {
        "support_progressrecord": [1, 1, 0, 0, 0, 0, 0],
        "support_reflection": [1, 1, 0, 0, 0, 0, 0],
        "support_progressrecordevent": [2, 2, 0, 0, 0, 0, 0],
        "support_reflectionevent": [1, 1, 0, 0, 0, 0, 0],
    }


def test_a_coordinator_with_the_whole_of_the_orm_reads_and_changes_nothing(organisation, coordinator, meeting):
    with tenancy.tenant(organisation, coordinator):
        assert list(ProgressRecord.objects.all()) == []
        assert list(Reflection.objects.all()) == []
        assert Meeting.objects.select_related("record").filter(record__isnull=False).count() == 0
        assert ProgressRecord.objects.update(version=7) == 0
        assert ProgressRecord.objects.all().delete()[0] == 0


def test_nobody_can_write_into_the_record_of_others(
    organisation, coordinator, partnership, log_meeting, mentee, days_ago
):
    bare = log_meeting(partnership, days_ago(1), by=mentee.person, next_step="", answers={}, reflection={})

    with pytest.raises(ProgrammingError, match="row-level security"), tenancy.tenant(organisation, coordinator):
        ProgressRecord.objects.create(
            meeting=bare,
            partnership=partnership,
            key=key_of(partnership.pk),
            words={"next_step": "x"},
            changed_by=coordinator,
            changed_at=timezone.now(),
        )


def test_a_member_who_left_is_given_nothing_at_once(organisation, partnership, meeting, mentor):
    partnership.members.filter(person=mentor.person).update(left_at=timezone.now(), live=False)

    assert count_rows(organisation, mentor.person, "support_progressrecord") == 0


def test_history_says_that_a_record_changed_and_holds_none_of_its_words(organisation, mentee, meeting):
    with tenancy.tenant(organisation, mentee.person), connection.cursor() as cursor:
        for table in CONTENT[2:]:
            cursor.execute(f"select string_agg(to_jsonb(e)::text, '') from {table} e")
            assert CANARY not in cursor.fetchone()[0]


def test_the_trail_says_who_logged_and_nothing_of_what(meeting, mentee, mentor):
    told = Event.objects.filter(kind="meeting").order_by("at").values_list("what", "person", "details")

    assert list(told) == [
        ("meeting logged", mentee.person_id, {"minutes": 60, "joined": False}),
        ("meeting logged", mentor.person_id, {"minutes": 60, "joined": True}),
    ]
    assert CANARY not in str(list(Event.objects.values()))


def test_coordinator_sees_dates_and_lengths_and_not_a_word(
    client, sign_in, coordinator, programme, partnership, meeting
):
    sign_in(client, coordinator)

    page = client.get(partnership.url("support:partnership"))
    pages = [page, client.get(programme.url("support:home")), client.get(programme.url("support:home") + "?show=all")]

    assert "Met, 60 minutes, video" in page.content.decode()
    assert [answer.status_code for answer in pages] == [200, 200, 200]
    assert not [answer for answer in pages if CANARY in answer.content.decode()]
    assert "Not much" not in page.content.decode()


def test_coordinator_finds_no_page_with_content(client, sign_in, coordinator, addresses):
    sign_in(client, coordinator)

    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert [client.post(address, {"when": "today"}).status_code for address in addresses] == [404] * len(addresses)


@pytest.mark.parametrize("who", ["outsider", "sponsor", "administrator", "partner_contact", "other_mentee"])
def test_everybody_else_finds_nothing_at_all(client, sign_in, request, programme, partnership, addresses, who):
    if who == "other_mentee":
        person = cast.make_partnership(programme).mentees[0].person
    else:
        person = request.getfixturevalue(who)
    sign_in(client, person)

    for address in [*addresses, partnership.url("support:partnership"), programme.url("support:home")]:
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404
    assert Meeting.objects.count() == 1


def test_a_visitor_is_asked_to_sign_in(client, partnership, addresses):
    for address in [*addresses, partnership.url("support:partnership")]:
        assert client.get(address).headers["Location"].startswith("/accounts/")


def test_partners_do_not_open_the_coordinators_list(client, sign_in, mentor, partnership, programme):
    assert sign_in(client, mentor.person).get(programme.url("support:home")).status_code == 404


def test_a_coordinator_who_is_a_mentee_is_only_a_mentee_in_her_own_partnership(
    client, sign_in, coordinator, programme, mentor
):
    own = cast.make_partnership(programme, mentor, cast.make_participant(programme, "mentee", coordinator))

    page = sign_in(client, coordinator).get(own.url("support:partnership"))

    assert page.templates[0].name == "support/partnership.html"


def test_a_meeting_of_another_partnership_is_not_found_under_this_one(
    client, sign_in, programme, partnership, mentee, log_meeting, days_ago
):
    other = cast.make_partnership(programme)
    theirs = log_meeting(other, days_ago(2), by=other.mentees[0].person)
    sign_in(client, mentee.person)

    for name in ("meeting", "saved"):
        assert client.get(partnership.url(f"support:{name}", pk=theirs.pk)).status_code == 404
        assert client.get(partnership.url(f"support:{name}", pk=uuid.uuid4())).status_code == 404


def test_how_useful_a_meeting_was_is_shown_only_as_a_total_of_five_people(
    client, sign_in, coordinator, programme, log_meeting, days_ago
):
    home = programme.url("support:home")
    sign_in(client, coordinator)

    for number, answer in enumerate(["very", "fairly", "not_much", "very", "very"]):
        assert "meetings useful" not in client.get(home).content.decode()
        pair = cast.make_partnership(programme)
        log_meeting(pair, days_ago(number), by=pair.mentees[0].person, usefulness=answer)

    assert "Partners called 4 of 5 meetings useful." in client.get(home).content.decode()
    assert MeetingLog.objects.count() == 5
