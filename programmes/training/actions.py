"""Planning a session, inviting people to it, and recording who came."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.outbox.models import Message, MessageState
from mentoring.refusal import Refused
from programmes.models import Participant, Programme

from .models import Attendance, AttendanceState, TrainingSession
from .queries import expected_at, titles_of

TOLD = {"starts_at", "minutes", "medium", "place"}  # a change of these is written to those who were invited


@transaction.atomic
def plan_session(programme: Programme, *, by: Person, now: datetime.datetime, **details: Any) -> TrainingSession:
    """Put a session on the programme's calendar. Nobody is written to yet."""
    session = TrainingSession.objects.create(programme=programme, created_at=now, **details)
    audit.record("training session planned", on=session, by=by, at=now)
    return session


@transaction.atomic
def change_session(session: TrainingSession, *, by: Person, now: datetime.datetime, **details: Any) -> TrainingSession:
    """Change what was planned. Those who were invited hear of another time or place that lies ahead.

    Refused once it is cancelled, or when who came has been recorded for another audience.
    """
    session = hold(session)
    if details.get("audience", session.audience) != session.audience and session.attendance.exists():
        raise Refused("Who came has been recorded, so whom the session is for can no longer change.")
    changed = {name for name, value in details.items() if getattr(session, name) != value}
    for name in changed:
        setattr(session, name, details[name])
    session.save(update_fields=changed)
    audit.record("training session changed", on=session, by=by, at=now, changed=sorted(changed))
    if changed & TOLD and session.starts_at > now:
        for participant in invited_to(session):
            promise(session, participant, "changed", by, occasion=now.isoformat())
    return session


@transaction.atomic
def cancel_session(session: TrainingSession, *, by: Person, now: datetime.datetime) -> TrainingSession:
    """Call a session off and tell those who were invited. Refused once who came has been recorded."""
    session = hold(session)
    if session.attendance.exists():
        raise Refused("Who came has been recorded, so this session has taken place and stays.")
    session.cancelled_at = now
    session.save(update_fields=["cancelled_at"])
    for participant in invited_to(session):
        promise(session, participant, "cancelled", by)
    audit.record("training session cancelled", on=session, by=by, at=now)
    return session


@transaction.atomic
def invite_to_session(session: TrainingSession, *, by: Person, now: datetime.datetime) -> int:
    """Promise everybody the session is for an invitation; those who have one get no second. Returns how many are expected."""
    session = hold(session)
    if session.starts_at < now:
        raise Refused("This session has begun or is over, so an invitation would come too late.")
    expected = list(expected_at(session))
    for participant in expected:
        promise(session, participant, "invitation", by)
    audit.record("invited to training", on=session, by=by, at=now, people=len(expected))
    return len(expected)


def promise(session: TrainingSession, participant: Participant, kind: str, by: Person, occasion: str = "") -> None:
    """Write one participant a letter about this session: once for each kind and occasion."""
    outbox.write(
        compose(session, participant, kind),
        to=participant.person,
        kind=f"training {kind}",
        key=f"{session.pk}|{participant.pk}|{occasion}",
        programme=session.programme,
        signed_by=by,
        draft=session.programme.sends_drafts,
    )


def invited_to(session: TrainingSession) -> list[Participant]:
    """The people expected who have an invitation, or one that waits to be read."""
    letters = Message.objects.filter(kind="training invitation", key__startswith=f"{session.pk}|")
    invited = set(letters.exclude(state=MessageState.CANCELLED).values_list("to", flat=True))
    return [participant for participant in expected_at(session) if participant.person_id in invited]


def compose(session: TrainingSession, participant: Participant, kind: str) -> outbox.Letter:
    context = {
        "session": session,
        "participant": participant,
        "programme": session.programme,
        "topics": titles_of(session),
        "url": absolute(session.programme.url("training:home")),
    }
    return outbox.compose(f"training/emails/{kind}.txt", context)


@transaction.atomic
def record_attendance(
    session: TrainingSession, came: dict[Participant, AttendanceState], *, by: Person, now: datetime.datetime
) -> int:
    """Record who came, all at once; recording again corrects it. Returns how many came.

    Refused before the day of the session.
    """
    session = hold(session)
    if session.starts_at.date() > now.date():
        raise Refused("This session has not taken place yet. Record who came on the day or after it.")
    for participant, state in came.items():
        Attendance.objects.update_or_create(
            session=session, participant=participant, defaults={"state": state, "recorded_by": by, "recorded_at": now}
        )
    number = sum(state == AttendanceState.ATTENDED for state in came.values())
    audit.record("attendance recorded", on=session, by=by, at=now, came=number, of=len(came))
    return number


def hold(session: TrainingSession) -> TrainingSession:
    """The session as it is now, held until the transaction ends. Refused when it is cancelled."""
    held = (
        TrainingSession.objects.select_for_update(of=("self",))
        .select_related("programme__organisation")
        .get(pk=session.pk)
    )
    if held.cancelled_at:
        raise Refused("This session has been cancelled.")
    return held
