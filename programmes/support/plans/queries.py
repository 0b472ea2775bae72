"""Questions about goals: for partners' eyes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from programmes.models import Partnership

from ..models import EntryKind, Goal, GoalEntry


@dataclass(frozen=True)
class Story:
    """A goal with its entries, newest first."""

    goal: Goal
    entries: list[GoalEntry] = field(default_factory=list)

    @property
    def current(self) -> GoalEntry | None:
        """The plan as it stands."""
        return next((entry for entry in self.entries if entry.kind == EntryKind.PLAN), None)

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
    def reviews(self) -> list[GoalEntry]:
        return [entry for entry in self.entries if entry.kind == EntryKind.REVIEW]

    @property
    def scaled(self) -> list[GoalEntry]:
        """Where somebody stood and wanted to stand, oldest first."""
        found = [entry for entry in self.entries if entry.kind == EntryKind.OSKAR]
        return [entry for entry in reversed(found) if entry.words.get("now") and entry.words.get("wanted")]


def stories_of(partnership: Partnership) -> list[Story]:
    """All goals with their entries, open ones first. Two queries, however many there are."""
    goals = list(partnership.goals.order_by("closed_at", "made_at"))
    entries = GoalEntry.objects.filter(goal__in=goals).select_related("key", "written_by").order_by("goal", "-number")
    found = {goal: list(its) for goal, its in groupby(entries, key=lambda entry: entry.goal_id)}
    stories = (Story(goal, found.get(goal.pk, [])) for goal in goals)
    return sorted(
        (story for story in stories if story.current),  # none of a plan that was made before the reader joined
        key=lambda story: (not story.goal.is_open, story.goal.made_at),
    )


def find_story(partnership: Partnership, pk: UUID) -> Story | None:
    """One goal with its entries; none where its plan was made before the reader joined."""
    goal = partnership.goals.filter(pk=pk).first()
    if goal is None:
        return None
    goal.partnership = partnership
    entries = goal.entries.select_related("key", "written_by").order_by("-number")
    story = Story(goal, list(entries))
    return story if story.current else None


def due_for_review(goals: Iterable[Goal], today: Any) -> list[Goal]:
    return [goal for goal in goals if goal.is_open and goal.review_on and goal.review_on <= today]
