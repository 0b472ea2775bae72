"""Questions about gatherings, the directory and the boards."""

import datetime
from typing import Any

from django.db.models import F, QuerySet

from mentoring.accounts.models import Person
from programmes.models import Participant, ParticipantState, Programme

from .models import Board, Entry, Gathering, Post


def coming_up(programme: Programme, now: datetime.datetime) -> QuerySet[Gathering]:
    """What lies ahead, the next one first."""
    found = Gathering.objects.filter(programme=programme, cancelled_at=None)
    return found.filter(starts_at__gte=now - datetime.timedelta(hours=3)).order_by("starts_at")


def directory(programme: Programme) -> QuerySet[Entry]:
    """Those who would like to be found, by name."""
    found = Entry.objects.filter(participant__programme=programme, participant__state=ParticipantState.ACTIVE)
    return found.select_related("participant__person").order_by("participant__person__name")


def parts_of(programme: Programme, person: Person) -> list[Participant]:
    """A person's own parts in a programme that have a board."""
    found = programme.participants.filter(person=person, state=ParticipantState.ACTIVE, role__in=Board.values)
    return list(found.select_related("person", "entry").order_by("role"))


def posts_on(programme: Programme, board: str) -> QuerySet[Post]:
    """What stands on a board, newest first; what was taken down is left out."""
    found = Post.objects.filter(programme=programme, board=board, hidden_at=None)
    return found.select_related("written_by").order_by("-written_at")


def reported_posts(programme: Any) -> QuerySet[Post]:
    """Posts that somebody asked to have looked at and that still stand, of a programme or of that of an outer query."""
    return Post.objects.filter(programme=programme, hidden_at=None, reported_at__isnull=False)


def posts_for_moderation(programme: Programme) -> QuerySet[Post]:
    """What stands on both boards, for those who run the programme: what somebody reported comes first."""
    found = Post.objects.filter(programme=programme, hidden_at=None).select_related("written_by", "reported_by")
    return found.order_by(F("reported_at").asc(nulls_last=True), "-written_at")
