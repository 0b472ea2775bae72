"""Questions about topics, turns, attendance and words alone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from mentoring.accounts.models import Person
from programmes.models import Member, Participant, ParticipantState, Partnership
from programmes.steps import Need
from programmes.waiting import waits

from ..models import Attendance, Meeting, OneToOneRequest, PlannedMeeting, PlannedState, RequestState, Topic
from .sizes import is_larger


@dataclass(frozen=True)
class Proposed:
    """A topic that waits for its session, how many wish for it, and whether the reader does."""

    topic: Topic
    wishes: int
    is_wished: bool


def topics_of(partnership: Partnership, person: Person) -> list[Proposed]:
    """Topics that wait, most wished for first. One query."""
    found = (
        partnership.topics.filter(chosen_for=None)
        .select_related("kept__key", "proposed_by")
        .annotate(wishes=Count("votes"), own=Count("votes", filter=Q(votes__person=person)))
        .order_by("-wishes", "proposed_at")
    )
    return [Proposed(topic, topic.wishes, bool(topic.own)) for topic in found]


def next_in_turn(partnership: Partnership) -> Person | None:
    """Whose questions come first next time: whoever has not had the first turn for longest; then by name."""
    planned = PlannedMeeting.objects.filter(partnership=partnership, first_turn__isnull=False)
    turns = planned.exclude(state=PlannedState.CANCELLED).order_by("starts_at")
    last: dict[Any, Any] = dict(turns.values_list("first_turn", "starts_at"))
    here = [member.person for member in partnership.present_members()]
    return min(here, key=lambda person: (person.pk in last, last.get(person.pk, 0), str(person)), default=None)


def attendance_of(meeting: Meeting) -> tuple[set[object], list[str]]:
    """The people who came, by id, and visitors by name."""
    rows = list(Attendance.objects.filter(meeting=meeting))
    return {row.person_id for row in rows if row.person_id}, [row.visitor for row in rows if row.visitor]


def requests_for(partnership: Partnership, person: Person) -> QuerySet[OneToOneRequest]:
    """Words alone that this person asked for or was asked for, newest first."""
    found = partnership.one_to_ones.select_related("asked_by", "asked_of").order_by("-asked_at")
    return found.filter(Q(asked_by=person) | Q(asked_of=person))


@waits
def words_to_answer(person: Person, partnerships: list[Partnership]) -> list[Need]:
    """Those who asked this person for a word alone and wait for an answer."""
    several = {one.pk: one for one in partnerships if one.is_live and is_larger(one.model)}
    if not several:
        return []
    asked = OneToOneRequest.objects.filter(asked_of=person, state=RequestState.ASKED, partnership__in=several)
    return [
        Need(
            f"{one.asked_by} asks for a word alone",
            several[one.partnership_id].url("support:circle"),
            several[one.partnership_id].programme.name,
        )
        for one in asked.select_related("asked_by").order_by("asked_at")
    ]


def who_may_join(partnership: Partnership) -> QuerySet[Participant]:
    """Participants of the programme with a place free, who are not in it now; by name."""
    here = Member.objects.filter(partnership=partnership, left_at=None).values("person_id")
    return (
        Participant.objects.filter(programme_id=partnership.programme_id, state=ParticipantState.ACTIVE)
        .exclude(person__in=here)
        .annotate(taken=Count("memberships", filter=Q(memberships__live=True)))
        .filter(taken__lt=F("capacity"))
        .select_related("person")
        .order_by("person__name")
    )
