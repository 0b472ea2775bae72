"""What waits for somebody who takes part: said on their own home page. Each step registers how its own is found.

Later floors look back: a person's home knows no step, as the outbox knows none whose reminders it sweeps.
"""

from collections.abc import Callable

from mentoring.accounts.models import Person

from .models import Partnership
from .steps import Need

Find = Callable[[Person, list[Partnership]], list[Need]]
_finds: list[Find] = []


def waits(function: Find) -> Find:
    """Register a function that says, in one query at most, what waits for a person in the running organisation.

    It is given the person's own partnerships there.
    """
    _finds.append(function)
    return function


def waiting_for(person: Person, partnerships: list[Partnership]) -> list[Need]:
    """All that waits for them in the running organisation."""
    return [need for find in _finds for need in find(person, partnerships)]
