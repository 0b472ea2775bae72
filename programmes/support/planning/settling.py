"""A log settles what was planned for its day."""

from ..models import Meeting, PlannedMeeting, PlannedState


def settle(meeting: Meeting) -> None:
    """Let the meeting that was planned for this day be the one that was logged, or the one that was missed."""
    planned = PlannedMeeting.objects.filter(partnership_id=meeting.partnership_id)
    state = PlannedState.HELD if meeting.is_held else PlannedState.MISSED
    settled = planned.filter(meeting=meeting).first()
    if settled is None:
        open_ones = planned.filter(state=PlannedState.PLANNED).order_by("starts_at")
        settled = next((one for one in open_ones if one.day == meeting.met_on), None)
    if settled:
        settled.state, settled.meeting = state, meeting
        settled.save(update_fields=["state", "meeting"])


def unsettle(meeting: Meeting) -> None:
    """A log that moves to another day lets go of what was planned for the old one."""
    PlannedMeeting.objects.filter(meeting=meeting).update(state=PlannedState.PLANNED, meeting=None)
