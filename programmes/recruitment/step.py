"""How recruitment describes itself."""

import datetime
from typing import Any

from mentoring.accounts.models import Person
from programmes.models import Programme
from programmes.steps import Need, State, Status, Step

from .actions import copy_questions
from .models import ApplicationState, AppliesAs, Opening
from .queries import count_and_age, count_participants, openings_of


def start(programme: Programme, blueprint: dict[str, Any], by: Person, now: datetime.datetime) -> None:
    """Copy the blueprint's questions."""
    copy_questions(programme, blueprint.get("questions", []))


def status(programme: Programme, today: datetime.date) -> Status:
    """Not started before anybody could apply; completed when both roles are closed, filled and nothing waits."""
    (counts, oldest), openings, people = count_and_age(programme), openings_of(programme), count_participants(programme)
    unread = sum(counts.get((ApplicationState.SUBMITTED, role), 0) for role in AppliesAs.values)
    applied = sum(count for (state, _), count in counts.items() if state != ApplicationState.STARTED)
    if not openings and not applied and not people:
        return not_started(programme)
    if unread:
        return to_read(programme, today, oldest, unread, applied)
    return progress(programme, today, openings, people, applied)


def not_started(programme: Programme) -> Status:
    return Status(
        State.NOT_STARTED,
        "Nobody can apply yet. Mentees come first, then mentors who fit them.",
        action="Open recruitment",
        url=programme.url("recruitment:opening"),
        why="The questions are ready. Say from when to when people may apply.",
        minutes=5,
    )


def to_read(
    programme: Programme, today: datetime.date, oldest: datetime.datetime | None, unread: int, applied: int
) -> Status:
    url = programme.url("recruitment:applications") + "?state=submitted"
    days = (today - oldest.date()).days if oldest else 0
    hint = f"Oldest: {days} day{'' if days == 1 else 's'}" if days else "Sent in today"
    return Status(
        State.IN_PROGRESS,
        f"{applied} applied, {unread} to read",
        needs=[Need(f"{unread} application{'' if unread == 1 else 's'} to read", url, hint)],
        action="Read applications",
        url=url,
        why=f"{unread} {'person waits' if unread == 1 else 'people wait'} for your answer.",
        minutes=5 * min(unread, 12),
    )


def progress(
    programme: Programme, today: datetime.date, openings: dict[str, Opening], people: dict[str, int], applied: int
) -> Status:
    mentees, mentors = (people.get(role, 0) for role in (AppliesAs.MENTEE, AppliesAs.MENTOR))
    sentence = (
        f"{mentees} mentee{'' if mentees == 1 else 's'} and {mentors} mentor{'' if mentors == 1 else 's'} take part"
    )
    still_open = [opening for opening in openings.values() if not opening.is_over(today)]
    if mentees and mentors and not still_open:
        return Status(State.COMPLETED, sentence)
    if not still_open:
        return Status(
            State.IN_PROGRESS,
            f"{applied} applied; recruitment is closed",
            action="Open recruitment",
            url=programme.url("recruitment:opening"),
            why=f"{sentence}. Both are needed.",
            minutes=5,
        )
    return Status(State.IN_PROGRESS, f"{applied} applied. {sentence}.")


STEP = Step(number=3, slug="recruitment", verb="Recruit mentees, then mentors", start=start, status=status)
