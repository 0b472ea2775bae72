"""Asking for help, complaining and raising a concern: each reaches its own readers and nobody else, in SQL too."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.help import actions, queries
from programmes.help.models import Complaint, Concern, Enquiry, Suggestion
from tests import cast

WORDS = "CANARYWORDS about something"


@pytest.fixture
def visit(client, sign_in):
    """`visit(person, address, **posted)`: the page as text, posted to when something is."""

    def go(somebody, address, status=200, **posted):
        sign_in(client, somebody)
        answer = client.post(address, posted, follow=True) if posted else client.get(address, follow=True)
        assert answer.status_code == status, (address, answer.status_code)
        return answer.content.decode()

    return go


def read_as(organisation, person, model):
    """How many rows the database shows somebody, asked without any filter."""
    with tenancy.tenant(organisation, person), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {model._meta.db_table}")
        return cursor.fetchone()[0]


def letters(kind):
    return list(Message.objects.filter(kind=kind))


# --- Questions -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(visit, programme, partnership, mentee, coordinator, organisation):
    visit(mentee.person, programme.url("help:ask"), kind="problem", words=WORDS, page="/somewhere/")
    with tenancy.tenant(organisation, coordinator):
        return Enquiry.objects.get()


def test_every_page_of_a_partner_leads_to_help_and_says_where_from(visit, partnership, mentee, programme, coordinator):
    page = visit(mentee.person, partnership.url("support:partnership"))

    assert f"{programme.url('help:ask')}?from=" in page
    assert "Ask Priya, your programme co-ordinator" in page
    assert 'value="/here/"' in visit(mentee.person, f"{programme.url('help:ask')}?from=/here/")
    assert 'value="https' not in visit(mentee.person, f"{programme.url('help:ask')}?from=https://example.com/")
    assert 'value="//' not in visit(mentee.person, f"{programme.url('help:ask')}?from=//example.com/")


def test_a_coordinator_hears_answers_and_the_answer_is_sent(visit, asked, programme, coordinator, mentee, organisation):
    assert [letter.address for letter in letters("help_asked")] == [coordinator.email]
    assert WORDS not in letters("help_asked")[0].body
    assert "1 waits for an answer." in visit(coordinator, programme.url("help:home"))

    with time_machine.travel(timezone.now() + datetime.timedelta(hours=5)):
        page = visit(coordinator, programme.url("help:enquiry", pk=asked.pk), answer="Let us talk on Monday.")
    mine = visit(mentee.person, programme.url("help:enquiry", pk=asked.pk))

    assert "Everything is answered. You usually answer within 5 hours." in page
    assert "Let us talk on Monday." in mine
    assert "Let us talk on Monday." in letters("help_answered")[0].body
    assert letters("help_answered")[0].address == mentee.person.email


def test_it_is_answered_once(asked, coordinator, organisation, visit, programme):
    now = timezone.now()
    with tenancy.tenant(organisation, coordinator):
        actions.answer(asked, answer="First", by=coordinator, now=now)
        with pytest.raises(actions.Refused, match="answered meanwhile"):
            actions.answer(asked, answer="Second", by=coordinator, now=now)

    assert len(letters("help_answered")) == 1


def test_nobody_else_reads_a_question(
    visit, asked, programme, mentor, sponsor, administrator, outsider, organisation, mentee
):
    address = programme.url("help:enquiry", pk=asked.pk)
    for person in (mentor.person, sponsor, administrator, outsider):
        visit(person, address, status=404)

    counts = {
        person.name: read_as(organisation, person, Enquiry) for person in (mentor.person, administrator, mentee.person)
    }
    assert list(counts.values()) == [0, 0, 1]


def test_an_empty_question_is_not_sent(visit, programme, mentee):
    assert "Fill in “In your words”." in visit(mentee.person, programme.url("help:ask"), kind="question", words=" ")
    assert Message.objects.count() == 0


def test_a_suggestion_leads_back_to_nobody(visit, programme, mentee, coordinator):
    visit(mentee.person, programme.url("help:suggest"), words="More tea")

    (suggestion,) = Suggestion.objects.all()
    assert {field.name for field in Suggestion._meta.fields} == {
        "id",
        "organisation",
        "programme",
        "words",
        "dropped_on",
    }
    assert Event.objects.filter(object_id=suggestion.pk).count() == 0
    assert "More tea" in visit(coordinator, programme.url("help:home"))


def test_the_list_costs_the_same_with_many(client, sign_in, programme, coordinator, mentee, organisation):
    def ask(times):
        with tenancy.tenant(organisation, mentee.person):
            for _ in range(times):
                actions.ask(programme, kind="question", words=WORDS, by=mentee.person, now=timezone.now())

    def count():
        client.get(programme.url("help:home"))
        with CaptureQueriesContext(connection) as captured:
            client.get(programme.url("help:home"))
        return len(captured) - 3  # those of the test's own transaction

    sign_in(client, coordinator)
    ask(3)
    with_three = count()
    ask(20)

    assert count() == with_three <= 20


# --- Complaints ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def complaint(visit, programme, partnership, mentee, administrator, organisation):
    visit(mentee.person, programme.url("help:complain"), about="The room", words=WORDS)
    with tenancy.tenant(organisation, administrator):
        return Complaint.objects.get()


def desk(organisation, page):
    return f"/{organisation.slug}/{page}/"


def test_a_complaint_reaches_the_administrators_with_a_date(complaint, administrator, organisation, visit):
    now, later = letters("complaint_made")[0], letters("complaint_waits")[0]

    assert now.address == later.address == administrator.email
    assert (later.due_at - now.due_at).days == 20
    assert complaint.acknowledge_by == timezone.localdate(complaint.made_at) + datetime.timedelta(days=30)
    assert "Acknowledge by" in visit(administrator, desk(organisation, "complaints"))


def test_acknowledging_tells_whoever_complained_and_stops_the_reminder(
    complaint, administrator, organisation, visit, mentee
):
    visit(administrator, desk(organisation, f"complaints/{complaint.pk}/acknowledge"), go="on")
    visit(administrator, desk(organisation, f"complaints/{complaint.pk}/acknowledge"), go="on")

    assert [letter.address for letter in letters("complaint_acknowledged")] == [mentee.person.email]
    assert letters("complaint_waits")[0].state == "cancelled"


def test_an_answer_acknowledges_too_and_is_given_once(complaint, administrator, organisation, visit):
    address = desk(organisation, f"complaints/{complaint.pk}")
    visit(administrator, address, answer="We have changed the room.")

    assert "answered already" in visit(administrator, address, answer="Again.")
    assert len(letters("complaint_answered")) == len(letters("complaint_acknowledged")) == 1


def test_nobody_else_reads_a_complaint(
    complaint, coordinator, mentor, outsider, organisation, visit, mentee, administrator
):
    for person in (coordinator, mentor.person, mentee.person, outsider):
        visit(person, desk(organisation, f"complaints/{complaint.pk}"), status=404)

    people = (coordinator, mentor.person, mentee.person, administrator)
    assert [read_as(organisation, person, Complaint) for person in people] == [0, 0, 1, 1]


# --- Concerns ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def lead(organisation, administrator):
    person = cast.make_person("Lee Leadbetter", "lee@example.org")
    cast.give_role(person, "sponsor")
    actions.name_lead(person, by=administrator, now=timezone.now())
    return person


@pytest.fixture
def concern(visit, programme, mentee, lead, organisation):
    visit(mentee.person, programme.url("help:concern"), words=WORDS)
    with tenancy.tenant(organisation, lead):
        return Concern.objects.get()


def test_where_no_lead_is_named_the_page_says_whom_to_speak_to(visit, programme, mentee, administrator):
    page = visit(mentee.person, programme.url("help:concern"))
    refused = visit(mentee.person, programme.url("help:concern"), words=WORDS)

    assert administrator.email in page
    assert administrator.email in refused
    assert Message.objects.count() == 0


def test_a_concern_reaches_the_lead_whose_letter_holds_nothing_of_it(visit, concern, lead, organisation, mentee):
    (letter,) = letters("concern")
    address = desk(organisation, f"concerns/{concern.pk}")

    assert (letter.address, letter.programme_id) == (lead.email, None)
    assert [word in letter.subject + letter.body for word in (WORDS, mentee.person.name)] == [False, False]
    assert WORDS not in visit(lead, address)
    assert WORDS in visit(lead, address, go="on")
    assert Event.objects.filter(what="concern read", person=lead).count() == 1


def test_nobody_but_the_lead_and_whoever_raised_it_can_read_a_concern(
    visit, concern, lead, organisation, coordinator, administrator, mentor, mentee, outsider
):
    for person in (coordinator, administrator, mentor.person, mentee.person, outsider):
        visit(person, desk(organisation, "concerns"), status=404)
        visit(person, desk(organisation, f"concerns/{concern.pk}"), status=404, go="on")

    people = (coordinator, administrator, mentor.person, mentee.person, lead)
    assert [read_as(organisation, person, Concern) for person in people] == [0, 0, 0, 1, 1]


def test_the_database_holds_no_word_of_it_and_the_trail_no_name(concern, lead, organisation, mentee):
    with tenancy.tenant(organisation, lead), connection.cursor() as cursor:
        cursor.execute("select row_to_json(c)::text from help_concern c")
        assert "CANARY" not in cursor.fetchone()[0]

    event = Event.objects.get(what="concern raised")
    assert (event.person_id, event.programme_id, event.label) == (None, None, "A concern")


def test_an_earlier_lead_reads_nothing_any_more(concern, lead, organisation, administrator, visit):
    actions.name_lead(administrator, by=administrator, now=timezone.now())

    visit(lead, desk(organisation, "concerns"), status=404)
    assert read_as(organisation, lead, Concern) == 0
    assert read_as(organisation, administrator, Concern) == 1


def test_a_concern_is_closed_once_it_was_read(concern, lead, organisation, visit):
    visit(lead, desk(organisation, f"concerns/{concern.pk}/close"), go="on")
    visit(lead, desk(organisation, f"concerns/{concern.pk}"), go="on")
    assert "Read" in visit(lead, desk(organisation, "concerns"))

    visit(lead, desk(organisation, f"concerns/{concern.pk}/close"), go="on")

    assert "Closed" in visit(lead, desk(organisation, "concerns"))


def test_an_administrator_names_somebody_with_a_role_and_nobody_else_may(
    visit, organisation, administrator, coordinator, mentee
):
    page = visit(administrator, desk(organisation, "lead"), person=str(coordinator.pk))
    wrong = visit(administrator, desk(organisation, "lead"), person=str(mentee.person_id))

    assert "reads concerns from now on" in page
    assert "Error:" in wrong
    assert queries.lead().person == coordinator
    for person in (coordinator, mentee.person):
        visit(person, desk(organisation, "lead"), status=404)
