"""What a partnership will be reminded of, and on which days: arithmetic on dates alone."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from programmes.models import PartnershipState
from programmes.support.health import ENDING_SOON, Signs

FORTNIGHT = 14  # days after a meeting, for a word in between (G14)
OFTEN = 21  # days: who meets as often as this needs no word in between
LONG = 84  # days: a shorter partnership has no middle worth a letter
DAY = datetime.timedelta(days=1)


class Kind(StrEnum):
    """What a letter is about; also the kind of its message."""

    CONTACT = "contact_reminder"
    IN_BETWEEN = "word_in_between"
    TOMORROW = "meeting_tomorrow"
    DID_YOU_MEET = "did_you_meet"
    MIDWAY = "midway"
    CLOSING = "closing"
    OVER = "time_over"
    RESTED = "rest_over"
    ACTION_DUE = "action_due"
    REVIEW_DUE = "review_due"
    NEED_DUE = "need_due"


BY_EACH = {Kind.ACTION_DUE, Kind.REVIEW_DUE, Kind.NEED_DUE}  # several of a day may have different readers
OF_A_PLAN = {Kind.TOMORROW, Kind.DID_YOU_MEET} | BY_EACH
OF_MEETINGS = {Kind.CONTACT, Kind.IN_BETWEEN} | OF_A_PLAN  # their letters say when partners met, or mean to meet or do


@dataclass(frozen=True)
class Prompt:
    """One thing to say: from which day, to which day it is still worth saying, and the date that names it.

    `reader`: the one person to whom it is said; otherwise its kind says to whom. `kept_on`: the day on which the words were
    kept that it is about; who joined later does not read them, and is not reminded of them (decision 24).
    """

    kind: Kind
    due_on: datetime.date
    until: datetime.date
    about: datetime.date
    reader: UUID | None = None
    kept_on: datetime.date | None = None

    def is_due(self, today: datetime.date) -> bool:
        return self.due_on <= today <= self.until


def upcoming(signs: Signs, starts_on: datetime.date, contact_after: int = 0) -> list[Prompt]:
    """All there is to say as things stand now, due or not. `contact_after`: days a programme waits once silence began."""
    if signs.closes_on:
        return []
    if signs.state == PartnershipState.ACTIVE:
        return [
            _contact(signs, contact_after),
            *_in_between(signs),
            *_planned(signs),
            *_milestones(signs, starts_on),
            _over(signs),
        ]
    return [*_rested(signs), _over(signs)] if signs.state == PartnershipState.PAUSED else []


def _contact(signs: Signs, after: int) -> Prompt:
    return Prompt(Kind.CONTACT, signs.silent_on + after * DAY, signs.ends_on, signs.silent_on)


def _in_between(signs: Signs) -> list[Prompt]:
    """Two weeks after a meeting, unless the next one is as good as there."""
    if signs.last_met_on is None or signs.cadence_days <= OFTEN:
        return []
    due = signs.last_met_on + FORTNIGHT * DAY
    if signs.next_on and signs.next_on <= due + 3 * DAY:
        return []
    return [Prompt(Kind.IN_BETWEEN, due, min(due + 6 * DAY, signs.ends_on), signs.last_met_on)]


def _planned(signs: Signs) -> list[Prompt]:
    """The day before a date they set, and from the day after it while nothing is logged."""
    if signs.next_on is None:
        return []
    before, after = signs.next_on - DAY, signs.next_on + DAY
    return [
        Prompt(Kind.TOMORROW, before, before, signs.next_on),
        Prompt(Kind.DID_YOU_MEET, after, after + 6 * DAY, signs.next_on),
    ]


def _milestones(signs: Signs, starts_on: datetime.date) -> list[Prompt]:
    length = (signs.ends_on - starts_on).days
    if length < LONG:
        return []
    middle, closing = starts_on + length // 2 * DAY, signs.ends_on - ENDING_SOON * DAY
    return [
        Prompt(Kind.MIDWAY, middle, middle + 13 * DAY, middle),
        Prompt(Kind.CLOSING, closing, signs.ends_on - 7 * DAY, signs.ends_on),
    ]


def _rested(signs: Signs) -> list[Prompt]:
    """On the day until which they meant to rest, and for two weeks: do they go on?"""
    day = signs.resting_until
    return [Prompt(Kind.RESTED, day, min(day + 13 * DAY, signs.ends_on), day)] if day else []


def _over(signs: Signs) -> Prompt:
    return Prompt(Kind.OVER, signs.ends_on + DAY, signs.ends_on + 30 * DAY, signs.ends_on)
