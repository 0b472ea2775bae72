"""What every new organisation is given by later floors, in the transaction that makes it."""

import datetime
from collections.abc import Callable

Gift = Callable[[datetime.datetime], object]
_gifts: list[Gift] = []


def at_founding(gift: Gift) -> Gift:
    """Register a function that is called once inside each organisation that is made."""
    _gifts.append(gift)
    return gift


def give(now: datetime.datetime) -> None:
    """Give the running organisation, which was made just now, what later floors have for it."""
    for gift in _gifts:
        gift(now)
