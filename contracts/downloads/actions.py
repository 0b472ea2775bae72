"""Noting what was taken away."""

import datetime

from mentoring import audit
from mentoring.accounts.models import Person
from programmes.models import Programme

from .queries import contracts_of


def take_contracts(programme: Programme, *, by: Person, now: datetime.datetime) -> int:
    """Add to the trail that somebody takes every contract of a programme away. Returns how many there are."""
    number = contracts_of(programme).count()
    audit.record("contracts downloaded", on=programme, by=by, at=now, contracts=number)
    return number
