"""What belongs to the visitor: their part in the programme, and requests that are theirs."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from matching.asking.instances import Answers
from matching.choosing import queries
from matching.choosing.models import Choosing, Request
from mentoring.visit import Visit
from programmes.models import Participant, ParticipantRole, Programme
from programmes.recruitment.models import Question


def own_parts(request: Visit, programme: Programme, choosing: Choosing | None = None) -> list[Participant]:
    """The visitor's parts as mentee and as mentor, with what they said so far in this choosing."""
    found = queries.parts_of(request.person, programme)
    parts = list(queries.with_answers(found, choosing) if choosing else found)
    for part in parts:
        part.programme = programme
    return parts


def own_mentee(request: Visit, programme: Programme) -> Participant:
    """The visitor as a mentee, or a page that is not there."""
    for part in own_parts(request, programme):
        if part.role == ParticipantRole.MENTEE:
            return part
    raise Http404


@dataclass(frozen=True)
class Mentors:
    """Whom a mentee can ask, with their free places, and what everybody answered."""

    places: dict[Participant, int]
    questions: list[Question]
    answers: Answers


def open_to(mentee: Participant) -> Mentors:
    """The mentors whom nobody and no rule keeps from this mentee, who are shown and have a place."""
    from matching.choosing.asking import fitting, gather  # loads SciPy

    places = queries.mentors_for(mentee)
    if not places:
        return Mentors({}, [], {})
    pool = gather(mentee.programme, [mentee], places, apart=[])
    return Mentors({one: places[one] for one in fitting(pool)}, pool.questions, pool.answers)


def own_request(request: Visit, programme: Programme, pk: Any) -> tuple[Request, Participant]:
    """A request that the visitor makes or is asked, and the visitor's part in it; anybody else's is not there."""
    parts = {part.pk: part for part in own_parts(request, programme)}
    found = queries.requests_of(programme, parts.values()).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.programme = found.choosing.programme = programme
    found.mentee.programme = found.mentor.programme = programme
    return found, parts.get(found.mentee_id) or parts[found.mentor_id]
