"""A co-ordinator reads applications and decides."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message, MessageState
from programmes.models import Participant, Programme
from programmes.recruitment.models import Application, ApplicationState, Question
from tests import cast

from .applying import accept, ask_questions, make_application


@pytest.fixture
def application(programme: Programme) -> Application:
    ask_questions(programme)
    return make_application(programme)


@pytest.fixture
def desk(client: Client, coordinator: Person, sign_in: Any) -> Client:
    return sign_in(client, coordinator)


def of(application: Application, page: str) -> str:
    return application.programme.url(f"recruitment:{page}", pk=application.pk)


def test_coordinator_accepts(desk: Client, application: Application, coordinator: Person) -> None:
    page = desk.post(of(application, "accept"), follow=True)

    application.refresh_from_db()
    assert (application.state, application.decided_by) == (ApplicationState.ACCEPTED, coordinator)
    participant = Participant.objects.get()
    assert (participant.role, participant.name, participant.capacity) == ("mentee", "Ana Applicant", 1)
    assert application.participant == participant
    letter = Message.objects.get()
    assert (letter.kind, letter.to, letter.signed_by, letter.state) == (
        "welcome",
        participant.person,
        coordinator,
        MessageState.QUEUED,
    )
    assert letter.due_at > timezone.now()
    assert Event.objects.get(what="application accepted").person == coordinator
    assert "Ana Applicant has a place." in page.content.decode()


def test_accepting_twice_has_the_effect_of_one(desk: Client, application: Application) -> None:
    desk.post(of(application, "accept"))
    page = desk.post(of(application, "accept"), follow=True)

    assert "is not waiting for a decision: accepted" in page.content.decode()
    assert (Participant.objects.count(), Message.objects.count()) == (1, 1)


def test_accepting_somebody_known_keeps_their_own_name(desk: Client, programme: Programme, outsider: Person) -> None:
    application = make_application(programme, name="Not Their Name", email=outsider.email)

    desk.post(of(application, "accept"))

    assert Participant.objects.get().person == outsider
    assert Participant.objects.get().name == "Otto Outsider"


def test_drafts_wait_where_the_programme_says_so(desk: Client, application: Application) -> None:
    application.programme.sends_drafts = True
    application.programme.save(update_fields=["sends_drafts"])

    desk.post(of(application, "accept"))

    assert Message.objects.get().state == MessageState.DRAFT


def test_coordinator_declines_with_a_letter_that_waits(desk: Client, application: Application) -> None:
    shown = desk.get(of(application, "decline")).content.decode()
    desk.post(of(application, "decline"))

    assert "We cannot offer you a place this time." in shown
    letter = Message.objects.get()
    assert (letter.kind, letter.address, letter.state) == ("declined", "ana.applicant@example.org", MessageState.DRAFT)
    application.refresh_from_db()
    assert application.state == ApplicationState.DECLINED
    assert not Participant.objects.exists()


@pytest.mark.parametrize("decision", ["accept", "decline"])
def test_a_decision_can_be_taken_back_while_nobody_has_been_written_to(
    desk: Client, application: Application, decision: str
) -> None:
    desk.post(of(application, decision))
    desk.post(of(application, "undo"))

    application.refresh_from_db()
    assert (application.state, application.decided_by, application.participant) == (
        ApplicationState.SUBMITTED,
        None,
        None,
    )
    assert not Participant.objects.exists()
    assert Message.objects.get().state == MessageState.CANCELLED
    assert Event.objects.filter(what="decision taken back").count() == 1


def test_a_decision_taken_back_can_be_made_anew_with_a_new_letter(desk: Client, application: Application) -> None:
    for step in ("decline", "undo", "decline", "undo", "accept"):
        desk.post(of(application, step))

    assert sorted(Message.objects.values_list("kind", "state")) == [
        ("declined", MessageState.CANCELLED),
        ("declined", MessageState.CANCELLED),
        ("welcome", MessageState.QUEUED),
    ]


def test_a_decision_stands_once_the_letter_is_sent(desk: Client, application: Application) -> None:
    desk.post(of(application, "accept"))
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())

    page = desk.post(of(application, "undo"), follow=True)

    assert "has been written to already" in page.content.decode()
    assert Participant.objects.count() == 1


def test_a_decision_stands_once_the_person_is_matched(
    desk: Client, application: Application, programme: Programme
) -> None:
    desk.post(of(application, "accept"))
    cast.make_partnership(programme, mentee=Participant.objects.get())

    page = desk.post(of(application, "undo"), follow=True)

    assert "already has a part in training or matching" in page.content.decode()
    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED
    assert Message.objects.get(kind="welcome").state == MessageState.QUEUED


def test_several_are_accepted_at_once_after_a_look(desk: Client, programme: Programme) -> None:
    ask_questions(programme)
    ids = [make_application(programme, name=f"Ana {word}").pk for word in ("One", "Two")]
    make_application(programme, name="Ben Three")

    look = desk.get(programme.url("recruitment:accept_several"), {"application": ids})
    joined_by_looking = Participant.objects.count()
    desk.post(programme.url("recruitment:accept_several"), {"application": ids})

    assert "Accept 2 people?" in look.content.decode()
    assert joined_by_looking == 0
    assert {participant.name for participant in Participant.objects.all()} == {"Ana One", "Ana Two"}


def test_accepting_several_is_all_or_none(desk: Client, programme: Programme, coordinator: Person) -> None:
    first, second, twin = (
        make_application(programme, name=name, email=f"{name[:3]}@example.org".lower())
        for name in ("Ana One", "Ben Two", "Ana Twin")
    )

    page = desk.post(programme.url("recruitment:accept_several"), {"application": [first.pk, second.pk, twin.pk]})

    assert "takes part in this programme as a mentee already" in page.content.decode()
    assert not Participant.objects.exists()


def test_junk_among_the_ticks_is_left_out(desk: Client, programme: Programme) -> None:
    page = desk.post(programme.url("recruitment:accept_several"), {"application": ["junk", "", "\x00"]}, follow=True)

    assert "Tick at least one application." in page.content.decode()


def test_notes_of_a_conversation_are_kept_and_audited_without_their_words(
    desk: Client, application: Application
) -> None:
    page = desk.post(of(application, "note"), {"note": "Sounds keen, canary words"}, follow=True)

    application.refresh_from_db()
    assert application.note == "Sounds keen, canary words"
    assert "Your notes are saved." in page.content.decode()
    event = Event.objects.get(what="note of a conversation written")
    assert "canary" not in f"{event.label}{event.details}"


def test_too_long_a_note_is_explained_and_kept(desk: Client, application: Application) -> None:
    page = desk.post(of(application, "note"), {"note": "n" * 10_001})

    assert "There is a problem" in page.content.decode()
    assert "n" * 10_001 in page.content.decode()


def test_an_application_shows_every_answer_in_words(desk: Client, application: Application) -> None:
    page = desk.get(of(application, "application")).content.decode()

    for words in ("I work in a laboratory.", "York, Yorkshire and the Humber", "Monday morning; Thursday evening"):
        assert words in page


def test_the_same_address_twice_is_pointed_out(desk: Client, application: Application, programme: Programme) -> None:
    other = make_application(programme, "mentor", "Ana Again", application.email)

    page = desk.get(of(other, "application")).content.decode()

    assert "This address has applied more than once" in page
    assert of(application, "application") in page


def test_an_unfinished_application_is_its_authors_alone(desk: Client, programme: Programme) -> None:
    unfinished = make_application(programme, name="Una Unfinished", submitted=False)

    listed = desk.get(programme.url("recruitment:applications") + "?state=all").content.decode()

    assert "Una Unfinished" not in listed
    assert desk.get(of(unfinished, "application")).status_code == 404
    assert desk.post(of(unfinished, "accept")).status_code == 404


def test_applications_are_found_by_state_role_and_words(
    desk: Client, programme: Programme, coordinator: Person
) -> None:
    accept(make_application(programme, "mentor", "Mo Accepted"), coordinator)
    make_application(programme, "mentee", "Ana Waiting")

    def listed(query: str) -> set[str]:
        page = desk.get(programme.url("recruitment:applications") + query)
        return {application.name for application in page.context["page"]}

    assert listed("") == {"Ana Waiting"}
    assert listed("?state=all") == {"Ana Waiting", "Mo Accepted"}
    assert listed("?state=all&role=mentor") == {"Mo Accepted"}
    assert listed("?state=all&q=waiting") == {"Ana Waiting"}
    assert listed("?state=all&q=mo.accepted@example.org") == {"Mo Accepted"}
    assert listed("?state=nonsense&role=nonsense") == {"Ana Waiting"}


@pytest.mark.parametrize("name", ["recruitment:applications", "recruitment:participants", "recruitment:home"])
def test_lists_take_the_same_queries_for_3_and_60(
    desk: Client, programme: Programme, coordinator: Person, name: str
) -> None:
    def queries(number: int) -> int:
        for index in range(number):
            make_application(programme, name=f"Wai {number} {index}")
            accept(make_application(programme, name=f"Ana {number} {index}"), coordinator)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(programme.url(name)).status_code == 200
        return len(captured)

    desk.get(programme.url(name))
    few, many = queries(3), queries(60)

    assert few == many <= 20


def test_a_mentors_places_can_be_changed_but_not_below_those_used(
    desk: Client, programme: Programme, mentor: Participant
) -> None:
    cast.make_partnership(programme, mentor=mentor)
    url = programme.url("recruitment:participant", pk=mentor.pk)

    desk.post(url, {"capacity": "4"})
    page = desk.post(url, {"capacity": "0"})

    mentor.refresh_from_db()
    assert mentor.capacity == 4
    assert "has more partnerships than 0 already" in page.content.decode()
    assert Event.objects.filter(what="places changed").count() == 1


def test_people_are_found_by_name(desk: Client, programme: Programme, mentor: Participant, mentee: Participant) -> None:
    url = programme.url("recruitment:participants")

    assert {person.name for person in desk.get(url, {"q": "mentors"}).context["page"]} == {"Mor Mentorsen"}
    assert {person.name for person in desk.get(url, {"role": "mentee"}).context["page"]} == {"Sŵn Menteeova"}


def test_an_administrator_sees_who_takes_part_and_no_answers(
    client: Client, administrator: Person, programme: Programme, mentee: Participant, sign_in: Any
) -> None:
    sign_in(client, administrator)

    page = client.get(programme.url("recruitment:participants"))

    assert "Sŵn Menteeova" in page.content.decode()
    assert client.get(programme.url("recruitment:participant", pk=mentee.pk)).status_code == 404
    assert programme.url("recruitment:participant", pk=mentee.pk) not in page.content.decode()


@pytest.mark.parametrize("who", ["sponsor", "mentor", "mentee", "outsider", "partner_contact"])
def test_nobody_else_finds_anything(
    client: Client, application: Application, who: str, request: pytest.FixtureRequest, sign_in: Any
) -> None:
    person = request.getfixturevalue(who)
    sign_in(client, getattr(person, "person", person))
    programme, question = application.programme, Question.objects.first()
    assert question
    paths = [
        programme.url(f"recruitment:{name}")
        for name in ("home", "applications", "accept_several", "opening", "questions")
    ]
    paths += [of(application, name) for name in ("application", "note", "accept", "decline", "undo")]
    paths += [
        programme.url("recruitment:open_role", role="mentor"),
        programme.url("recruitment:close_role", role="mentor"),
    ]
    paths += [programme.url(f"recruitment:{name}", pk=question.pk) for name in ("question", "ask_question")]

    answers = {
        (path, method): getattr(client, method)(path).status_code for path in paths for method in ("get", "post")
    }

    assert set(answers.values()) <= {404, 405}
    application.refresh_from_db()
    assert application.is_submitted


def test_the_account_made_by_accepting_signs_in_by_code_alone(desk: Client, application: Application) -> None:
    desk.post(of(application, "accept"))

    with tenancy.directory():
        assert not Person.objects.get(email="ana.applicant@example.org").has_usable_password()
