"""Questions about goals, and about whatever else is told as a story: for partners' eyes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from programmes.models import Partnership

from ..models import EntryKind, GoalEntry
from ..models.stories import PLAN, REVIEW


@dataclass(frozen=True)
class Story:
    """A goal, or something to learn, with its pages: newest first."""

    aim: Any
    entries: list[Any] = field(default_factory=list)

    @property
    def current(self) -> Any:
        """The plan as it stands."""
        return next((entry for entry in self.entries if entry.kind == PLAN), None)

    @property
    def plan(self) -> dict[str, Any]:
        """The words of the plan as it stands; none where they were erased."""
        return self.current.words if self.current else {}

    @property
    def version(self) -> str:
        return str(self.current.number if self.current else 0)

    @property
    def title(self) -> str:
        return self.plan.get("goal", "") or "A goal"

    @property
    def reviews(self) -> list[Any]:
        return [entry for entry in self.entries if entry.kind == REVIEW]

    @property
    def moved(self) -> str:
        """What moved last, in the words of the newest review."""
        return self.reviews[0].words.get("progress", "") if self.reviews else ""

    @property
    def scaled(self) -> list[GoalEntry]:
        """Where somebody stood and wanted to stand, oldest first."""
        found = [entry for entry in self.entries if entry.kind == EntryKind.OSKAR]
        return [entry for entry in reversed(found) if entry.words.get("now") and entry.words.get("wanted")]


S = TypeVar("S", bound=Story)


def stories_of(partnership: Partnership) -> list[Story]:
    """All goals with their entries, open ones first. One query, however many there are."""
    entries = GoalEntry.objects.filter(partnership=partnership).select_related("key", "written_by", "goal")
    by_goal = groupby(entries.order_by("goal", "-number"), key=lambda entry: entry.goal_id)
    found = (list(its) for _, its in by_goal)
    return in_order(Story(its[0].goal, its) for its in found)


def in_order(stories: Iterable[S]) -> list[S]:
    """Open ones first, then as they were made; none whose plan its reader is not shown."""
    told = [story for story in stories if story.current]
    return sorted(told, key=lambda story: (not story.aim.is_open, story.aim.made_at))


def find_story(partnership: Partnership, pk: UUID) -> Story | None:
    """One goal with its entries; none where its plan was made before the reader joined."""
    goal = partnership.goals.filter(pk=pk).first()
    if goal is None:
        return None
    goal.partnership = partnership
    entries = goal.entries.select_related("key", "written_by").order_by("-number")
    story = Story(goal, list(entries))
    return story if story.current else None
