"""What a co-ordinator does on her day: looks, writes to all who are silent, notes a call, and keeps her own time."""

import datetime

from django.db import transaction

from mentoring import audit
from mentoring.accounts.clocks import today_of
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership, Programme

from .. import letters
from ..endings.resting import lock
from ..health import Health
from ..models import LONGEST_STINT, DatedNote, Look, Stint
from ..queries import signs_of, standings


@transaction.atomic
def finish_looking(programme: Programme, *, by: Person, now: datetime.datetime) -> Look:
    """Note how every partnership stands today, so that next time only what changed since is shown."""
    today = today_of(by, now)
    states = {
        str(one.partnership.pk): state_of(one.assessment.health, one.signs.meetings)
        for one in standings(programme, today)
    }
    look, _ = Look.objects.update_or_create(programme=programme, person=by, defaults={"at": now, "states": states})
    audit.record("partnerships looked through", on=programme, by=by, at=now, partnerships=len(states))
    return look


def state_of(health: Health, meetings: int) -> list[str | int]:
    """How a partnership stands, as it is remembered."""
    return [health.value, meetings]


@transaction.atomic
def draft_check_in(partnership: Partnership, *, by: Person, now: datetime.datetime) -> int:
    """Draft a kind question to every partner, for the co-ordinator to read, change and send. One a day. Returns how many.

    Refused once the partnership has ended.
    """
    held = lock(partnership)
    today = today_of(by, now)
    members = [member for member in held.members.select_related("person") if member.left_at is None]
    for member in members:
        letters.send_check_in(held, member, signs_of(held), by=by, now=now, today=today)
    audit.record("check-in drafted", on=held, by=by, at=now, people=len(members))
    return len(members)


@transaction.atomic
def draft_check_ins(programme: Programme, *, by: Person, now: datetime.datetime) -> int:
    """Draft a kind question to both partners of every silent partnership, for the co-ordinator to read and send together.

    Returns how many partnerships. Refused when none is silent.
    """
    today = today_of(by, now)
    silent = [one.partnership for one in standings(programme, today) if one.assessment.health == Health.SILENT]
    own = set(Partnership.objects.filter(programme=programme, members__person=by).values_list("pk", flat=True))
    others = [partnership for partnership in silent if partnership.pk not in own]
    if not others:
        raise Refused("No partnership is silent today. There is nobody to write to.")
    for partnership in others:
        draft_check_in(partnership, by=by, now=now)
    return len(others)


@transaction.atomic
def write_note(
    programme: Programme,
    *,
    kind: str,
    noted_on: datetime.date,
    words: str,
    for_evaluation: bool,
    by: Person,
    now: datetime.datetime,
    partnership: Partnership | None = None,
) -> DatedNote:
    """Note a call, a talk or a thought, under its day. Partners do not read it. Refused for a day that has not come."""
    if noted_on > today_of(by, now):
        raise Refused(f"{noted_on:%-d %B %Y} has not come yet. Give a day up to today.")
    note = DatedNote.objects.create(
        programme=programme,
        partnership=partnership,
        kind=kind,
        noted_on=noted_on,
        words=words,
        for_evaluation=for_evaluation,
        written_by=by,
        written_at=now,
    )
    audit.record("note written", on=note, by=by, at=now, kind=kind)
    return note


@transaction.atomic
def start_clock(programme: Programme, *, by: Person, now: datetime.datetime) -> Stint:
    """Begin to count one's own time. Starting twice changes nothing."""
    stint, _ = Stint.objects.get_or_create(programme=programme, person=by, minutes=None, defaults={"started_at": now})
    return stint


@transaction.atomic
def stop_clock(programme: Programme, *, by: Person, now: datetime.datetime) -> int:
    """Stop counting. Returns the minutes. Refused when nothing was started.

    A clock that ran for more than half a day was forgotten: it counts nothing, and an estimate is asked for.
    """
    stint = Stint.objects.select_for_update().filter(programme=programme, person=by, minutes=None).first()
    if stint is None:
        raise Refused("The clock is not running.")
    minutes = round((now - stint.started_at).total_seconds() / 60)
    if not 0 <= minutes <= LONGEST_STINT:
        stint.delete()
        return -1
    stint.minutes = minutes
    stint.save(update_fields=["minutes"])
    return minutes


@transaction.atomic
def add_estimate(programme: Programme, *, minutes: int, by: Person, now: datetime.datetime) -> Stint:
    """Add an estimate of one's own time."""
    return Stint.objects.create(programme=programme, person=by, started_at=now, minutes=minutes, is_estimate=True)
