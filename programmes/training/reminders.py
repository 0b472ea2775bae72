"""The morning before a session, everybody who is expected hears of it once more."""

import datetime

from django.utils import timezone

from mentoring import outbox
from mentoring.accounts.clocks import zone
from mentoring.addresses import absolute
from mentoring.outbox.models import Message
from mentoring.outbox.quiet import morning_of
from mentoring.outbox.rechecks import recheck
from mentoring.outbox.sweeps import Swept, sweeps
from programmes.models import Participant
from programmes.queries import contact_of

from .models import TrainingSession
from .queries import expected_at

KIND = "session_tomorrow"
AHEAD = datetime.timedelta(hours=36)
TOO_LATE = datetime.timedelta(hours=2)  # before a session a letter is of no more use


@sweeps("training")
def promise_due(now: datetime.datetime, limit: int) -> Swept:
    """Promise the letters about sessions of the next day and a half; those promised before stay as they are."""
    soon = TrainingSession.objects.filter(
        starts_at__gt=now + TOO_LATE, starts_at__lte=now + AHEAD, cancelled_at=None
    ).select_related("programme__organisation")
    expected = [(session, participant) for session in soon for participant in expected_at(session)]
    keys = {name(session, participant): (session, participant) for session, participant in expected}
    before = set(Message.objects.filter(kind=KIND, key__in=list(keys)).values_list("key", flat=True))
    new = [(key, *keys[key]) for key in keys if key not in before]
    outbox.write_all(
        (
            compose(session, participant),
            {
                "to": participant.person,
                "kind": KIND,
                "key": key,
                "programme": session.programme,
                "signed_by": contact_of(session.programme),
                "draft": session.programme.sends_drafts,
                "by_day": True,
                "due_at": max(now, morning_before(session, participant)),
            },
        )
        for key, session, participant in new
    )
    return Swept(len(new))


def name(session: TrainingSession, participant: Participant) -> str:
    """What is promised: this session, at this time, to this participant."""
    return f"{KIND}|{session.pk}|{session.starts_at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M}|{participant.pk}"


def morning_before(session: TrainingSession, participant: Participant) -> datetime.datetime:
    time_zone = participant.person.time_zone
    day = timezone.localdate(session.starts_at, zone(time_zone)) - datetime.timedelta(days=1)
    return morning_of(day, time_zone)


def compose(session: TrainingSession, participant: Participant) -> outbox.Letter:
    context = {
        "session": session,
        "participant": participant,
        "url": absolute(session.programme.url("training:home")),
    }
    return outbox.compose("training/emails/tomorrow.txt", context)


@recheck(KIND)
def is_wanted(message: Message) -> bool:
    """While the session is where and when the letter says."""
    _, session_id, starts_at, participant_id = message.key.split("|")
    session = TrainingSession.objects.filter(pk=session_id, cancelled_at=None, starts_at__gt=timezone.now()).first()
    if session is None or f"{session.starts_at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M}" != starts_at:
        return False
    return expected_at(session).filter(pk=participant_id).exists()
