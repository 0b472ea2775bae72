"""Questions about planned meetings."""

from uuid import UUID

from django.db.models import QuerySet

from programmes.models import Partnership, Programme

from ..boxes import boxes_of
from ..models import PlannedMeeting, PlannedState, ProgressRecord


def planned_of(partnership: Partnership) -> QuerySet[PlannedMeeting]:
    """Meetings that are still to be held, earliest first."""
    return partnership.planned_meetings.filter(state=PlannedState.PLANNED).order_by("starts_at")


def find_planned(partnership: Partnership, pk: UUID) -> PlannedMeeting | None:
    """One planned meeting with its agenda, for a partner."""
    found = partnership.planned_meetings.filter(pk=pk).select_related("kept__key").first()
    if found:
        found.partnership = partnership
    return found


def open_points(partnership: Partnership) -> list[str]:
    """What the last record left for the next meeting, and actions that are open (G5): for a partner's eyes. Two queries."""
    records = ProgressRecord.objects.filter(partnership=partnership).order_by("-meeting__met_on")
    last = records.first()
    points = partnership.action_points.filter(done_at=None).select_related("kept__key", "person").order_by("noted_at")
    actions = [f"{point.person or 'All of us'}: {point.kept.words.get('what', '')}" for point in points]
    if last is None:
        return actions
    step = [f"Next step: {last.next_step}"] if last.next_step else []
    return [*carried_by(last, partnership.programme), *step, *actions]


def carried_by(record: ProgressRecord, programme: Programme) -> list[str]:
    """The lines of those boxes that are carried to the next agenda."""
    texts = [record.answers.get(box.key, "") for box in boxes_of(programme) if box.carried]
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]
