"""How a partnership stands, from its rhythm and grace alone. Pure arithmetic on dates: the clock is passed in.

Silence is a signal, not a fault: nobody is blamed, nothing is ended, and only dates are looked at.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format

from mentoring.wording import plural
from programmes.models import PartnershipState

ENDING_SOON = 28  # days before the end in which a closing conversation is due (X8, X9)
UNSIGNED_TOO_LONG = 14  # days in which an agreement is usually signed


class Health(StrEnum):
    """The words for how a partnership stands (interface.md A8)."""

    SILENT = "silent"
    LATE = "late"
    ENDING = "ending"
    TOO_EARLY = "too_early"
    ON_TRACK = "on_track"
    RESTING = "resting"
    ENDED = "ended"


WORDS = {
    Health.SILENT: ("Silent", "risk"),
    Health.LATE: ("Late", "warn"),
    Health.ENDING: ("Ending", "info"),
    Health.TOO_EARLY: ("Too early to say", "rest"),
    Health.ON_TRACK: ("On track", "ok"),
    Health.RESTING: ("Resting", "rest"),
    Health.ENDED: ("Ended", "plain"),
}


@dataclass(frozen=True)
class Signs:
    """What health is read from. `since` is the day the rhythm counts from before they have met; `closes_on` is there once
    one of them has asked to end, `resting_until` where they rest and said until when. `quiet`: whether it has gone quiet,
    for a reader to whom they show no dates. `brief`: one or two conversations, without a rhythm."""

    state: str
    since: datetime.date
    ends_on: datetime.date
    cadence_days: int
    grace_days: int
    meetings: int = 0
    last_met_on: datetime.date | None = None
    next_on: datetime.date | None = None
    closes_on: datetime.date | None = None
    quiet: bool | None = None
    resting_until: datetime.date | None = None
    brief: bool = False

    @property
    def counts_from(self) -> datetime.date:
        return max(self.since, self.last_met_on or self.since)

    @property
    def expected_on(self) -> datetime.date:
        """The last day on which the next meeting keeps the rhythm, or keeps a date that the partners set."""
        by_rhythm = self.counts_from + datetime.timedelta(days=self.cadence_days)
        return max(by_rhythm, self.next_on or by_rhythm)

    @property
    def silent_on(self) -> datetime.date:
        """The first day on which rhythm and grace are both used up."""
        return self.expected_on + datetime.timedelta(days=self.grace_days + 1)


@dataclass(frozen=True)
class Assessment:
    """A state, why in words, and whether the co-ordinator is needed."""

    health: Health
    reasons: tuple[str, ...] = ()
    needs_you: bool = False

    @property
    def word(self) -> str:
        return WORDS[self.health][0]

    @property
    def kind(self) -> str:
        return WORDS[self.health][1]


def assess(signs: Signs, today: datetime.date) -> Assessment:
    """How a partnership stands on a day."""
    if signs.state == PartnershipState.ENDED:
        return Assessment(Health.ENDED)
    if signs.closes_on:
        return Assessment(
            Health.ENDING, (f"One of them has asked to end. It closes on {_day(signs.closes_on)} at the latest.",)
        )
    if signs.state == PartnershipState.PAUSED:
        until = (f"They mean to rest until {_day(signs.resting_until)}.",) if signs.resting_until else ()
        return Assessment(Health.RESTING, (*until, "They know: nobody is reminded while it rests."))
    if signs.state == PartnershipState.AGREED:
        return _unsigned(signs, today)
    if today > signs.ends_on:
        return Assessment(
            Health.ENDING, (f"Its last day was {_day(signs.ends_on)}. End it, or agree a new date.",), needs_you=True
        )
    if signs.brief and signs.meetings:
        return Assessment(Health.ON_TRACK, (f"{plural(signs.meetings, 'conversation')}; one or two are meant.",))
    if signs.quiet is not None:
        return _unseen(signs, signs.quiet, today)
    if today >= signs.silent_on:
        return Assessment(Health.SILENT, _overdue(signs, today), needs_you=True)
    return _in_contact(signs, today)


def _unsigned(signs: Signs, today: datetime.date) -> Assessment:
    waited = (today - signs.since).days
    reason = f"The agreement has waited for signatures since {_day(signs.since)}."
    if waited < 1:
        reason = "The agreement is not signed yet."
    return Assessment(Health.TOO_EARLY, (reason,), needs_you=waited > UNSIGNED_TOO_LONG)


def _unseen(signs: Signs, quiet: bool, today: datetime.date) -> Assessment:
    """Where they keep to themselves when they meet: that it goes on, or has gone quiet."""
    if quiet:
        return Assessment(Health.SILENT, needs_you=True)
    return Assessment(Health.ENDING if (signs.ends_on - today).days <= ENDING_SOON else Health.ON_TRACK)


def _in_contact(signs: Signs, today: datetime.date) -> Assessment:
    left = (signs.ends_on - today).days
    if left <= ENDING_SOON:
        return Assessment(
            Health.ENDING, (f"{plural(left, 'day')} left: time for a closing conversation.", *_planned(signs, today))
        )
    if today > signs.expected_on:
        return Assessment(Health.LATE, _overdue(signs, today))
    if not signs.last_met_on:
        return Assessment(
            Health.TOO_EARLY, _planned(signs, today) or (f"First meeting due by {_day(signs.expected_on)}.",)
        )
    return Assessment(Health.ON_TRACK, _planned(signs, today) or (f"Next due by {_day(signs.expected_on)}.",))


def _overdue(signs: Signs, today: datetime.date) -> tuple[str, ...]:
    late = (today - signs.expected_on).days
    if signs.next_on and signs.next_on == signs.expected_on:
        return (f"They meant to meet on {_day(signs.next_on)}; nothing is logged since.",)
    if signs.last_met_on:
        return (f"A meeting was due {plural(late, 'day')} ago.",)
    return (f"No meeting yet: the first was due {plural(late, 'day')} ago.",)


def _planned(signs: Signs, today: datetime.date) -> tuple[str, ...]:
    if signs.next_on and signs.next_on >= today:
        return (f"Next meeting on {_day(signs.next_on)}.",)
    return ()


def say_since(day: datetime.date, today: datetime.date) -> str:
    """How long ago a day was, as people say it."""
    days = (today - day).days
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{plural(days // 7, 'week')} ago" if days >= 14 else f"{days} days ago"


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
