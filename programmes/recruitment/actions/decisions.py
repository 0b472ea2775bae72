"""Deciding on applications, and taking a decision back while nobody has been written to (S1, S2, S8)."""

import datetime
import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import ProtectedError

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.organisations.admission import admit
from mentoring.outbox.actions import cancel as cancel_message
from mentoring.outbox.models import Message, MessageState
from mentoring.refusal import Refused
from programmes.models import MOST_PLACES, Participant, ParticipantState
from programmes.recruitment.letters import compose_declined, compose_welcome
from programmes.recruitment.models import Application, ApplicationState, AppliesAs
from programmes.recruitment.queries import answers_to

TIME_TO_UNDO = datetime.timedelta(minutes=10)


@transaction.atomic
def accept_application(application: Application, *, by: Person, now: datetime.datetime) -> Participant:
    """Turn an application into a participant and promise a welcome letter, which leaves after TIME_TO_UNDO.

    A mentor's places come from the answer to “capacity”. Refused unless the application is waiting, and for somebody
    who takes part in this role already.
    """
    application = _lock(application)
    require_waiting(application)
    person = admit(application.email, application.name, known=application.person_id)
    participant = _join(application, person, now)
    application.person, application.participant = person, participant
    _decide(application, ApplicationState.ACCEPTED, by, now)
    audit.record("application accepted", on=application, by=by, at=now, role=application.role)
    outbox.write(
        compose_welcome(participant),
        to=person,
        kind="welcome",
        key=f"welcome|{participant.pk}",
        programme=application.programme,
        signed_by=by,
        draft=application.programme.sends_drafts,
        due_at=now + TIME_TO_UNDO,
    )
    return participant


@transaction.atomic
def accept_applications(
    applications: Iterable[Application], *, by: Person, now: datetime.datetime
) -> list[Participant]:
    """Accept several, all or none: the first that is refused stops them all."""
    return [accept_application(application, by=by, now=now) for application in applications]


@transaction.atomic
def decline_application(application: Application, *, by: Person, now: datetime.datetime) -> Message:
    """Decline, and draft a kind letter that waits until a co-ordinator has read it (S2)."""
    application = _lock(application)
    require_waiting(application)
    _decide(application, ApplicationState.DECLINED, by, now)
    audit.record("application declined", on=application, by=by, at=now, role=application.role)
    return outbox.write(
        compose_declined(application),
        to=application.email,
        kind="declined",
        key=_decline_key(application),
        programme=application.programme,
        signed_by=by,
        draft=True,
    )


@transaction.atomic
def undo_decision(application: Application, *, by: Person, now: datetime.datetime) -> Application:
    """Let an application wait again. Refused once the letter has left, or the person has a part in anything."""
    application = _lock(application)
    if not application.is_decided:
        raise Refused("There is no decision to take back.")
    letter = letter_of(application)
    if letter and letter.state in (MessageState.SENT, MessageState.LEASED):
        raise Refused(f"{application.name} has been written to already, so the decision stands.")
    if letter and letter.state != MessageState.CANCELLED:
        cancel_message(letter, by=by, now=now)
    participant, was = application.participant, application.state
    application.participant = None
    _decide(application, ApplicationState.SUBMITTED, None, None)
    if participant:
        _leave(participant)
    audit.record("decision taken back", on=application, by=by, at=now, was=was)
    return application


def letter_of(application: Application) -> Message | None:
    """The letter that tells the applicant of the decision."""
    if application.state == ApplicationState.DECLINED:
        return Message.objects.filter(kind="declined", key=_decline_key(application)).first()
    return Message.objects.filter(kind="welcome", key=f"welcome|{application.participant_id}").first()


def places_offered(application: Application) -> int:
    """How many mentees a mentor said they can take; one where they did not say. A mentee has one mentor."""
    if application.role != AppliesAs.MENTOR:
        return 1
    number = re.search(r"\d{1,3}", str(answers_to(application).get("capacity", "")))
    return max(1, min(int(number[0]), MOST_PLACES)) if number else 1


def _lock(application: Application) -> Application:
    """Two co-ordinators may press the button at once: lock, then look."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("programme__organisation")
        .get(pk=application.pk)
    )


def require_waiting(application: Application) -> None:
    if not application.is_submitted:
        state = application.get_state_display().lower()
        raise Refused(f"{application.name}’s application is not waiting for a decision: {state}.")


def _join(application: Application, person: Person, now: datetime.datetime) -> Participant:
    values = {"state": ParticipantState.ACTIVE, "capacity": places_offered(application), "joined_at": now}
    participant, created = Participant.objects.get_or_create(
        programme=application.programme, person=person, role=application.role, defaults=values
    )
    if not created and participant.state == ParticipantState.ACTIVE:
        raise Refused(f"{application.email} takes part in this programme as a {application.role} already.")
    if not created:
        Application.objects.filter(participant=participant).update(participant=None)
        Participant.objects.filter(pk=participant.pk).update(**values)
    return participant


def _leave(participant: Participant) -> None:
    try:
        participant.delete()
    except ProtectedError:
        raise Refused(
            f"{participant.name} already has a part in training or matching, so the decision stands."
        ) from None


def _decide(
    application: Application, state: ApplicationState, by: Person | None, now: datetime.datetime | None
) -> None:
    application.state, application.decided_by, application.decided_at = state, by, now
    application.save(update_fields=["state", "decided_by", "decided_at", "person", "participant"])


def _decline_key(application: Application) -> str:
    return f"declined|{application.pk}|{application.decided_at:%Y-%m-%dT%H:%M:%S.%f}"
