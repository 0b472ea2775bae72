"""Questions about development plans: for their owners, and for whom they show them to."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from mentoring.accounts.models import Person
from mentoring.wording import listed
from programmes.models import Member, ParticipantRole, Partnership, Programme

from ..boxes import STRENGTHENED
from ..models import DevelopmentEntry, DevelopmentPlan, Goal, Reflection
from ..models.stories import PLAN
from ..plans.capabilities import Capability, capabilities_in
from ..plans.queries import Story, in_order, stories_of
from ..plans.scale import Point
from .asked import questions_of


@dataclass(frozen=True)
class NeedStory(Story):
    """Something to learn with its pages, newest first, and the goals of the action plan that came from it."""

    goals: list[Story] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.plan.get("need", "") or "Something to learn"

    @property
    def ways(self) -> list[str]:
        return self.current.ways


@dataclass(frozen=True)
class Development:
    """A development plan as somebody reads it: where its owner stood, newest first, and what they need to learn."""

    plan: DevelopmentPlan
    standings: list[DevelopmentEntry] = field(default_factory=list)
    needs: list[NeedStory] = field(default_factory=list)

    @property
    def open_needs(self) -> list[NeedStory]:
        return [need for need in self.needs if need.aim.is_open]


def may_own(member: Member) -> bool:
    """Whether this part in a partnership comes with a development plan: a mentee's does, and both do in a peer pair."""
    return member.role == ParticipantRole.MENTEE


def developments_of(partnership: Partnership, member: Member) -> list[Development]:
    """The plans of a partnership that this member reads, their own first. Four queries, however many there are."""
    kept = partnership.development_plans.select_related("person").prefetch_related("needs")
    plans = [plan for plan in kept if plan.is_shown_to(member)]
    if not plans:
        return []
    entries = DevelopmentEntry.objects.filter(plan__in=plans).select_related("written_by").order_by("need", "-number")
    pages: dict[Any, list[DevelopmentEntry]] = defaultdict(list)
    for entry in entries:
        pages[entry.plan_id, entry.need_id].append(entry)
    goals = [story for story in stories_of(partnership) if story.aim.need_id]
    plans.sort(key=lambda plan: (plan.person_id != member.person_id, plan.person.name))
    return [Development(plan, pages[plan.pk, None], needs_of(plan, partnership, pages, goals)) for plan in plans]


def needs_of(
    plan: DevelopmentPlan,
    partnership: Partnership,
    pages: dict[Any, list[DevelopmentEntry]],
    goals: list[Story],
) -> list[NeedStory]:
    plan.partnership = partnership
    found = []
    for need in plan.needs.all():
        need.plan, need.partnership = plan, partnership
        came = [goal for goal in goals if goal.aim.need_id == need.pk]
        found.append(NeedStory(need, pages[plan.pk, need.pk], came))
    return in_order(found)


def find_plan(partnership: Partnership, member: Member, pk: UUID) -> Development | None:
    """One plan, if this member reads it."""
    return next((one for one in developments_of(partnership, member) if one.plan.pk == pk), None)


def find_need(partnership: Partnership, member: Member, pk: UUID) -> tuple[Development, NeedStory] | None:
    """One need with the plan it stands in, if this member reads it."""
    for development in developments_of(partnership, member):
        for need in development.needs:
            if need.aim.pk == pk:
                return development, need
    return None


def need_behind(goal: Goal) -> str:
    """What somebody wants to learn by a goal; nothing where its reader is not shown that. One query at most."""
    if goal.need_id is None:
        return ""
    plan = DevelopmentEntry.objects.filter(need=goal.need_id, kind=PLAN).order_by("-number").first()
    return plan.words.get("need", "") if plan else ""


def read_by(plan: DevelopmentPlan) -> str:
    """Everybody who reads a plan beside its owner, by name."""
    here = plan.partnership.present_members()
    return listed([one.person.name for one in here if one.person_id != plan.person_id and plan.is_shown_to(one)])


def say_readers(plan: DevelopmentPlan, person: Person) -> str:
    """Who reads a plan, to one of those who do: "Only you read this.", "You and Nia read this." """
    here = plan.partnership.present_members()
    others = [one.person.first_name for one in here if one.person_id != person.pk and plan.is_shown_to(one)]
    return f"You and {listed(others)} read this." if others else "Only you read this."


def read_standing(programme: Programme, entry: DevelopmentEntry) -> list[tuple[str, str]]:
    """Questions and what was answered, in the programme's order."""
    answers = entry.words.get("answers", {})
    return [(one.label, answers[one.key]) for one in questions_of(programme) if answers.get(one.key)]


def profile(programme: Programme, development: Development) -> list[Point]:
    """Every capability that its owner judged last, with where they were the time before."""
    scales = [entry.words.get("scale", {}) for entry in development.standings]
    found = []
    for one in capabilities_in(programme):
        judged = [scale[one.key] for scale in scales if one.key in scale]
        if judged and one.key in scales[0]:
            now, wanted = judged[0]
            found.append(Point(one.label, now, wanted, before=judged[1][0] if len(judged) > 1 else None))
    return found


def rising(development: Development, capability: str) -> list[Point]:
    """One capability day by day, oldest first."""
    judged = [entry for entry in reversed(development.standings) if capability in entry.words.get("scale", {})]
    return [Point(date_format(one.written_at, "j M Y"), *one.words["scale"][capability]) for one in judged]


def noted_after_meetings(partnership: Partnership, person: Person) -> list[tuple[str, int]]:
    """What somebody noted, for themselves alone, that meetings strengthened: how often, the most first. One query."""
    own = Reflection.objects.filter(meeting__partnership=partnership, person=person)
    noted = Counter(key for one in own for key in one.answers.get(STRENGTHENED.key, "").split(",") if key)
    labels = {one.key: one.label for one in capabilities_in(partnership.programme)}
    return [(labels[key], many) for key, many in noted.most_common() if key in labels]


def strengthened_by(programme: Programme, need: NeedStory) -> list[Capability]:
    return [one for one in capabilities_in(programme) if one.key in need.plan.get("capabilities", [])]
