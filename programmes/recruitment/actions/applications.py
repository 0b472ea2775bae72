"""What an applicant does: start, answer, leave and come back, send in, withdraw. And the co-ordinator's notes."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring import audit, outbox
from mentoring.accounts.models import Person, normalise_email
from mentoring.refusal import Refused
from programmes.models import Programme
from programmes.recruitment.letters import compose_received, compose_return_link
from programmes.recruitment.models import Answer, Application, ApplicationState, Question
from programmes.recruitment.queries import answers_to, is_open_for, questions_of

CLOSED = (
    "Applications for this role are closed. What you wrote is kept; ask the co-ordinator if you still wish to send it."
)


@transaction.atomic
def start_application(
    programme: Programme, role: str, *, name: str, email: str, person: Person | None, now: datetime.datetime
) -> Application:
    """Begin an application; somebody signed in applies as themselves. Refused while the role is not open."""
    if not is_open_for(programme, role, timezone.localdate(now)):
        raise Refused(CLOSED)
    email = person.email if person else normalise_email(email)
    application = Application.objects.create(
        programme=programme, role=role, name=name, email=email, person=person, started_at=now
    )
    audit.record("application started", on=application, by=person, at=now)
    return application


@transaction.atomic
def change_applicant(
    application: Application, *, name: str, email: str, by: Person | None, now: datetime.datetime
) -> Application:
    """Correct who applies, before it is sent in. Refused for somebody who applied signed in."""
    application = _lock(application, ApplicationState.STARTED)
    if application.person_id:
        raise Refused("You apply as yourself. Change your name or address in your account.")
    application.name, application.email = name, normalise_email(email)
    application.save(update_fields=["name", "email"])
    audit.record("applicant’s name or address changed", on=application, by=by, at=now)
    return application


@transaction.atomic
def save_answers(application: Application, answers: dict[Question, Any]) -> None:
    """Keep answers as the form cleaned them; None takes one back. Refused once the application was sent in."""
    _lock(application, ApplicationState.STARTED)
    for question, value in answers.items():
        put_answer(application, question, value)


def put_answer(application: Application, question: Question, value: Any) -> None:
    """Keep one answer to the present version of a question; answers to earlier versions of it give way."""
    application.answers.filter(question__key=question.key).exclude(question=question).delete()
    if value in (None, "", []):
        application.answers.filter(question=question).delete()
    else:
        Answer.objects.update_or_create(application=application, question=question, defaults={"value": value})


@transaction.atomic
def submit_application(application: Application, *, by: Person | None, now: datetime.datetime) -> Application:
    """Send an application in. Refused while the role is closed or an answer that is needed is missing."""
    application = _lock(application, ApplicationState.STARTED)
    if not is_open_for(application.programme, application.role, timezone.localdate(now)):
        raise Refused(CLOSED)
    given = answers_to(application)
    missing = [
        question
        for question in questions_of(application.programme, application.role)
        if question.required and question.key not in given
    ]
    if missing:
        raise Refused(f"“{missing[0].label}” is not answered yet. Answer it, then send your application.")
    application.state, application.submitted_at = ApplicationState.SUBMITTED, now
    application.save(update_fields=["state", "submitted_at"])
    audit.record("application sent in", on=application, by=by, at=now)
    outbox.write(
        compose_received(application),
        to=application.email,
        kind="application received",
        key=f"application received|{application.pk}",
        programme=application.programme,
    )
    return application


@transaction.atomic
def send_return_link(application: Application, *, now: datetime.datetime) -> None:
    """E-mail the link that leads back to an unfinished application: at most one an hour, however often it is asked."""
    _lock(application, ApplicationState.STARTED)
    outbox.write(
        compose_return_link(application),
        to=application.email,
        kind="application link",
        key=f"application link|{application.pk}|{now:%Y-%m-%dT%H}",
        programme=application.programme,
    )


@transaction.atomic
def withdraw_application(application: Application, *, by: Person | None, now: datetime.datetime) -> Application:
    """The applicant no longer wishes to take part. Refused once it has been decided."""
    application = _lock(application, ApplicationState.STARTED, ApplicationState.SUBMITTED)
    application.state, application.withdrawn_at = ApplicationState.WITHDRAWN, now
    application.save(update_fields=["state", "withdrawn_at"])
    audit.record("application withdrawn", on=application, by=by, at=now)
    return application


@transaction.atomic
def write_note(application: Application, note: str, *, by: Person, now: datetime.datetime) -> Application:
    """Keep notes of a brief telephone interview or other conversation (S7). Co-ordinators alone read them."""
    application.note = note
    application.save(update_fields=["note"])
    audit.record("note of a conversation written", on=application, by=by, at=now)
    return application


def _lock(application: Application, *states: ApplicationState) -> Application:
    """The application as it is now, held until the transaction ends. Refused unless it is in one of these states."""
    held = (
        Application.objects.select_for_update(of=("self",))
        .select_related("programme__organisation")
        .get(pk=application.pk)
    )
    if held.state not in states:
        raise Refused(f"This application has changed meanwhile: {held.get_state_display().lower()}.")
    return held
