"""Questions that pages of this step and later steps ask about applications and answers."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import JSONObject
from django.utils import timezone

from programmes.models import Participant, ParticipantRole, ParticipantState, Programme

from .models import Answer, Application, ApplicationState, AskedOf, Import, Opening, Question


def questions_of(programme: Programme, role: str | None = None) -> QuerySet[Question]:
    """The present questions in their order: all, or those that one role is asked."""
    current = programme.questions.filter(replaced_at=None).order_by("position", "key")
    return current.filter(is_asked=True, asked_of__in=[role, AskedOf.BOTH]) if role else current


def questions_for_matching(programme: Programme) -> list[Question]:
    """The present questions that say how answers are compared (`question.matching` is not empty)."""
    return [question for question in questions_of(programme) if question.is_asked and question.matching]


def answers_of(participants: Iterable[Participant]) -> dict[UUID, dict[str, Any]]:
    """For each participant (by id) what they answered when they applied: {question key: value}.

    Shapes of values are in kinds.py. A participant who was never asked has an empty dict. One query.
    """
    found: dict[UUID, dict[str, Any]] = {participant.pk: {} for participant in participants}
    rows = Answer.objects.filter(application__participant__in=list(found)).order_by("question__version")
    for participant, key, value in rows.values_list("application__participant", "question__key", "value"):
        found[participant][key] = value
    return found


def questions_and_answers(
    programme: Programme, participants: Iterable[Participant]
) -> tuple[list[Question], dict[UUID, dict[str, Any]]]:
    """The questions that are asked now, and what these people answered to them, as `answers_of` says it. One query."""
    found: dict[UUID, dict[str, Any]] = {participant.pk: {} for participant in participants}
    given = Answer.objects.filter(
        question__programme=OuterRef("programme"), question__key=OuterRef("key"), application__participant__in=found
    )
    said = given.order_by("question__version").values(said=JSONObject(by="application__participant", value="value"))
    asked = list(questions_of(programme).filter(is_asked=True).annotate(given=ArraySubquery(said)))
    for question in asked:
        for one in question.given:
            found[UUID(one["by"])][question.key] = one["value"]
    return [*asked], found


def answers_to(application: Application) -> dict[str, Any]:
    """What an application answers, by the question's key; the latest version's answer counts."""
    rows = application.answers.order_by("question__version").values_list("question__key", "value")
    return dict(rows)


def applications_in(programme: Programme) -> QuerySet[Application]:
    """Applications that were sent in, newest first; unfinished ones are their authors' own."""
    return programme.applications.exclude(submitted_at=None).order_by("-submitted_at", "pk")


def search_applications(found: QuerySet[Application], words: str) -> QuerySet[Application]:
    """Those whose name, e-mail address or reference holds the words."""
    return (
        found.filter(Q(name__icontains=words) | Q(email__icontains=words) | Q(reference__iexact=words))
        if words
        else found
    )


def count_applications(programme: Programme) -> dict[tuple[str, str], int]:
    """How many of each (state, role) there are. One query."""
    return count_and_age(programme)[0]


def count_and_age(programme: Programme) -> tuple[dict[tuple[str, str], int], datetime.datetime | None]:
    """How many applications of each (state, role) there are, and since when the longest unread waits. One query."""
    rows = programme.applications.values_list("state", "role").annotate(Count("pk"), Min("submitted_at"))
    counts = {(state, role): count for state, role, count, _ in rows}
    waiting = [since for state, _, _, since in rows if state == ApplicationState.SUBMITTED and since]
    return counts, min(waiting, default=None)


def openings_of(programme: Programme) -> dict[str, Opening]:
    """The opening for each role that has one."""
    return {opening.role: opening for opening in programme.openings.all()}


def is_open_for(programme: Programme, role: str, today: datetime.date | None = None) -> bool:
    opening = programme.openings.filter(role=role).first()
    return bool(opening and opening.is_open(today or timezone.localdate()))


def participants_search(programme: Programme, role: str = "", words: str = "") -> QuerySet[Participant]:
    """People taking part, by name, narrowed to a role and to a name or e-mail address that holds the words."""
    found = programme.participants.filter(state=ParticipantState.ACTIVE).select_related("person")
    if role in ParticipantRole.values:
        found = found.filter(role=role)
    if words:
        found = found.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    return found.order_by("person__name", "pk")


def count_participants(programme: Programme) -> dict[str, int]:
    """People taking part, by role. One query."""
    rows = programme.participants.filter(state=ParticipantState.ACTIVE).values_list("role").annotate(Count("pk"))
    return dict(rows)


def places_of_mentors(programme: Programme) -> int:
    """How many mentees the programme's mentors can take together (S11)."""
    mentors = programme.participants.filter(state=ParticipantState.ACTIVE, role=ParticipantRole.MENTOR)
    return mentors.aggregate(places=Sum("capacity"))["places"] or 0


def same_address(application: Application) -> QuerySet[Application]:
    """Other applications of the same programme from the same address."""
    return applications_in(application.programme).filter(email=application.email).exclude(pk=application.pk)


def imports_of(programme: Programme) -> QuerySet[Import]:
    """Lists that were uploaded, the latest first."""
    return programme.imports.select_related("created_by").order_by("-created_at")
