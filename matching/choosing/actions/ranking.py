"""Saying whom one would like: from the short list, or after the event."""

import datetime
from uuid import UUID

from django.db import transaction

from matching.choosing.models import MOST_RANKED, RANKED, Choice, Choosing
from matching.choosing.queries import seats_of
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Degree, Participant, ParticipantRole

from .holding import hold_choosing


@transaction.atomic
def rank(
    choosing: Choosing, chooser: Participant, chosen: list[UUID], *, by: Person, now: datetime.datetime
) -> list[Choice]:
    """Put people in order, the most wanted first; a second time replaces the first. An empty list takes it back.

    Refused once it is closed, before the event has begun, and for anybody who is not on one's list.
    """
    held = hold_choosing(choosing, Degree.SHORTLIST, Degree.EVENT)
    offered = offered_to(held, chooser, now)
    if len(set(chosen)) < len(chosen) or not set(chosen) <= offered:
        raise Refused("Choose different people, and only from your list.")
    if len(chosen) > most_ranked(held):
        raise Refused(f"Choose at most {most_ranked(held)}.")
    held.choices.filter(chooser=chooser).delete()
    choices = [Choice(choosing=held, chooser=chooser, chosen_id=one, rank=at) for at, one in enumerate(chosen, start=1)]
    Choice.objects.bulk_create(choices)
    audit.record("partners ranked", on=held, by=by, at=now, people=len(chosen))
    return choices


def offered_to(choosing: Choosing, chooser: Participant, now: datetime.datetime) -> set[UUID]:
    """Whom somebody may rank, by id."""
    if choosing.degree == Degree.SHORTLIST:
        return set(choosing.entries.filter(mentee=chooser).values_list("mentor_id", flat=True))
    if now < choosing.occasion.held_at:
        raise Refused("The event has not begun. Rank people once you have met them.")
    met = seats_of([chooser], choosing.occasion)
    other = "mentor_id" if chooser.role == ParticipantRole.MENTEE else "mentee_id"
    return set(met.values_list(other, flat=True))


def most_ranked(choosing: Choosing) -> int:
    return RANKED if choosing.degree == Degree.SHORTLIST else MOST_RANKED
