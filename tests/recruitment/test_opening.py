"""A co-ordinator opens recruitment and looks after the questions."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from programmes.models import Programme
from programmes.recruitment.models import Opening, Question
from programmes.recruitment.queries import questions_of
from programmes.recruitment.step import status
from programmes.steps import State

from .applying import accept, ask_questions, make_application, open_for


@pytest.fixture
def desk(client: Client, coordinator: Person, sign_in: Any) -> Client:
    return sign_in(client, coordinator)


def day(offset: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=offset)).isoformat()


def test_coordinator_opens_for_mentees_and_people_can_apply(desk: Client, programme: Programme) -> None:
    ask_questions(programme)

    page = desk.post(
        programme.url("recruitment:open_role", role="mentee"), {"opens_on": day(0), "closes_on": day(30)}, follow=True
    )

    assert "/apply/mentee/" in page.content.decode()
    assert Client().get(programme.url("apply:form", role="mentee")).status_code == 200
    assert Event.objects.filter(what="recruitment opened").count() == 1


def test_mentors_before_mentees_only_when_it_is_meant(desk: Client, programme: Programme) -> None:
    ask_questions(programme)
    url = programme.url("recruitment:open_role", role="mentor")

    warned = desk.get(url).content.decode()
    refused = desk.post(url, {"opens_on": day(0)}).content.decode()
    opened_without = Opening.objects.count()
    desk.post(url, {"opens_on": day(0), "mentors_first": "on"})

    assert "You have not opened for mentees yet" in warned
    assert "If you mean it, tick “Open for mentors first”." in refused
    assert opened_without == 0
    assert Opening.objects.get().role == "mentor"


def test_mentors_after_mentees_need_no_tick(desk: Client, programme: Programme) -> None:
    ask_questions(programme)
    open_for(programme, "mentee")

    desk.post(programme.url("recruitment:open_role", role="mentor"), {"opens_on": day(0)})

    assert Opening.objects.filter(role="mentor").exists()


@pytest.mark.parametrize(
    "typed, told",
    [
        ({"opens_on": "", "closes_on": ""}, "Fill in “First day”."),
        ({"opens_on": "31/02/2026"}, "Enter a date that exists"),
        ({"opens_on": day(3), "closes_on": day(1)}, "is before the first"),
    ],
)
def test_impossible_days_are_explained(desk: Client, programme: Programme, typed: dict[str, str], told: str) -> None:
    ask_questions(programme)

    page = desk.post(programme.url("recruitment:open_role", role="mentee"), typed)

    assert told in page.content.decode()
    assert not Opening.objects.exists()


def test_nothing_to_ask_is_no_form(desk: Client, programme: Programme) -> None:
    page = desk.post(programme.url("recruitment:open_role", role="mentee"), {"opens_on": day(0)})

    assert "There is no question to ask yet." in page.content.decode()
    assert not Opening.objects.exists()


def test_closing_now_ends_it(desk: Client, programme: Programme) -> None:
    ask_questions(programme)
    open_for(programme, "mentee")
    url = programme.url("recruitment:close_role", role="mentee")

    desk.get(url)
    open_after_looking = Opening.objects.get().closed_at is None
    desk.post(url)
    again = desk.post(url, follow=True)

    assert open_after_looking
    assert "Applications are closed" in Client().get(programme.url("apply:form", role="mentee")).content.decode()
    assert "closed already" in again.content.decode()


def test_the_questions_page_shows_the_form_that_applicants_see(desk: Client, programme: Programme) -> None:
    questions = ask_questions(programme)

    page = desk.get(programme.url("recruitment:questions") + "?role=mentor").content.decode()

    for key, question in questions.items():
        assert (question.label in page) == (question.asked_of in ("mentor", "both")), key
    assert "Your aims" not in page


def test_a_question_nobody_answered_is_changed_in_place(desk: Client, programme: Programme) -> None:
    question = ask_questions(programme)["background"]
    url = programme.url("recruitment:question", pk=question.pk)

    desk.post(url, {"label": "Who are you?", "hint": "", "why": "", "required": "on"})

    question.refresh_from_db()
    assert (question.label, question.version, question.replaced_at) == ("Who are you?", 1, None)


def test_an_answered_question_is_frozen_and_gets_a_new_version(desk: Client, programme: Programme) -> None:
    question = ask_questions(programme)["background"]
    application = make_application(programme)
    url = programme.url("recruitment:question", pk=question.pk)

    desk.post(url, {"label": "Who are you?", "hint": "", "why": "", "required": "on"})

    assert application.answers.get(question__key="background").question.label == question.label
    current = questions_of(programme).get(key="background")
    assert (current.label, current.version) == ("Who are you?", 2)
    assert questions_of(programme, "mentee")[0].key == "background"
    assert desk.post(url, {"label": "Again"}).status_code == 404


def test_a_question_without_words_is_refused(desk: Client, programme: Programme) -> None:
    question = ask_questions(programme)["background"]

    page = desk.post(programme.url("recruitment:question", pk=question.pk), {"label": ""})

    assert "There is a problem" in page.content.decode()
    assert Question.objects.get(key="background").label == question.label


def test_a_question_is_switched_off_and_on(desk: Client, programme: Programme) -> None:
    question = ask_questions(programme)["circumstances"]
    url = programme.url("recruitment:ask_question", pk=question.pk)

    desk.post(url, {"asked": "no"})
    off = questions_of(programme, "mentee").filter(key="circumstances").exists()
    desk.post(url, {"asked": "yes"})

    assert not off
    assert questions_of(programme, "mentee").filter(key="circumstances").exists()


def test_the_step_says_how_it_stands(programme: Programme, coordinator: Person) -> None:
    today = timezone.localdate()
    ask_questions(programme)
    before = status(programme, today)
    open_for(programme, "mentee", "mentor")
    waiting = make_application(programme)
    reading = status(programme, today)
    accept(waiting, coordinator)
    accept(make_application(programme, "mentor"), coordinator)
    Opening.objects.update(closed_at=timezone.now())
    after = status(programme, today)

    assert (before.state, before.action) == (State.NOT_STARTED, "Open recruitment")
    assert (reading.state, reading.sentence) == (State.IN_PROGRESS, "1 applied, 1 to read")
    assert [need.sentence for need in reading.needs] == ["1 application to read"]
    assert (after.state, after.sentence, after.needs) == (State.COMPLETED, "1 mentee and 1 mentor take part", [])
