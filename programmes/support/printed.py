"""What the PDFs that partners take away say, as data that travels inside them: nothing that is not printed."""

from collections.abc import Iterable
from typing import Any

from mentoring.accounts.models import Person
from programmes.models import Partnership, Programme
from programmes.support.development.queries import NeedStory
from programmes.support.plans.queries import Story
from programmes.support.recognition.queries import Log

PRINTED_OF_A_GOAL = ("measure", "now", "steps", "learn", "milestones", "success", "people", "if_not", "comments")
PRINTED_OF_A_NEED = ("why", "support", "success")


def partners_in(partnership: Partnership) -> list[dict[str, str]]:
    return [{"name": str(one.person), "role": one.role} for one in partnership.ordered_members()]


def record_as_data(partnership: Partnership, entries: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Meetings in order of date, each with its record."""
    return {
        "partners": partners_in(partnership),
        "meetings": [
            {"on": meeting.met_on.isoformat(), "minutes": meeting.minutes, "by": meeting.medium, "record": dict(kept)}
            for meeting, kept in entries
        ],
    }


def plan_as_data(partnership: Partnership, stories: Iterable[tuple[Story, list[str]]]) -> dict[str, Any]:
    """Goals with what they strengthen, as the action plan shows them."""
    goals = [{**told(story, PRINTED_OF_A_GOAL), "strengthens": known} for story, known in stories]
    return {"partners": partners_in(partnership), "goals": goals}


def development_as_data(
    owner: Person, answers: list[tuple[str, str]], points: list[Any], needs: Iterable[tuple[NeedStory, list[str]]]
) -> dict[str, Any]:
    """Where somebody stands, and what they need to learn."""
    return {
        "of": str(owner),
        "stands": dict(answers),
        "scale": [{"what": point.label, "now": point.now, "wanted": point.wanted} for point in points],
        "needs": [
            {
                **told(need, PRINTED_OF_A_NEED),
                "how": need.ways,
                "strengthens": known,
                "goals": [goal.title for goal in need.goals],
            }
            for need, known in needs
        ],
    }


def told(story: Story, printed: tuple[str, ...]) -> dict[str, Any]:
    """A goal or something to learn: its words, its day, its reviews."""
    words = story.plan
    return {
        "title": story.title,
        "state": story.aim.state,
        "due_on": story.aim.due_on.isoformat() if story.aim.due_on else "",
        **{name: words[name] for name in printed if words.get(name)},
        "reviews": [
            {
                "on": review.written_at.date().isoformat(),
                **{name: review.words.get(name, "") for name in ("progress", "evidence")},
            }
            for review in story.reviews
        ],
    }


def hours_as_data(programme: Programme, person: Person, role: str, log: Log, code: str) -> dict[str, Any]:
    """Day by day: minutes and what they were, and nothing of what was said."""
    return {
        "document": code,
        "name": str(person),
        "role": role,
        "programme": str(programme),
        "organisation": str(programme.organisation),
        "days": [{"on": f"{line.on}", "what": line.certified, "minutes": line.minutes} for line in reversed(log.lines)],
    }
