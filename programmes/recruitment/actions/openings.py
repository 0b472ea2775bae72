"""Opening and closing recruitment, role by role (N1, N2)."""

import datetime

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Programme
from programmes.recruitment.models import AppliesAs, Opening
from programmes.recruitment.queries import questions_of


@transaction.atomic
def open_recruitment(
    programme: Programme,
    role: str,
    *,
    opens_on: datetime.date,
    closes_on: datetime.date | None = None,
    mentors_first: bool = False,
    by: Person,
    now: datetime.datetime,
) -> Opening:
    """Take applications for a role between two days. Refused without questions to ask.

    Mentees come first, so that mentors can be sought who fit them (N2): opening for mentors while mentees have never
    been invited is refused unless `mentors_first` says that it is meant.
    """
    if closes_on and closes_on < opens_on:
        raise Refused("The last day is before the first. Change one of the two.")
    if not questions_of(programme, role).exists():
        raise Refused("There is no question to ask yet. Switch at least one on first.")
    if role == AppliesAs.MENTOR and not mentors_first and not programme.openings.filter(role=AppliesAs.MENTEE).exists():
        raise Refused(MENTEES_FIRST)
    values = {"opens_on": opens_on, "closes_on": closes_on, "closed_at": None}
    opening, _ = Opening.objects.update_or_create(programme=programme, role=role, defaults=values)
    until = str(closes_on) if closes_on else ""
    audit.record("recruitment opened", on=opening, by=by, at=now, role=role, opens_on=str(opens_on), closes_on=until)
    return opening


MENTEES_FIRST = (
    "Recruitment for mentees has not been opened. Mentors are best sought once you know what mentees need. "
    "If you mean it, tick “Open for mentors first”."
)


@transaction.atomic
def close_recruitment(programme: Programme, role: str, *, by: Person, now: datetime.datetime) -> Opening:
    """Take no more applications for a role from now. Unfinished ones can no longer be sent in."""
    opening = programme.openings.select_for_update().filter(role=role).first()
    if opening is None or opening.closed_at:
        raise Refused("Recruitment for this role is closed already.")
    opening.closed_at = now
    opening.save(update_fields=["closed_at"])
    audit.record("recruitment closed", on=opening, by=by, at=now, role=role)
    return opening
