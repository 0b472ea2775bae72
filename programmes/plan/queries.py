"""Reading the plan: its sections, its money, and whether what stands now has been approved."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from programmes.models import Programme
from programmes.needs.models import NeedStatement, Objective
from programmes.steps import know

from .models import Approval, BudgetLine, Plan

PLAN_FIELDS = (
    "purpose", "supporter", "supporter_role", "recruitment_opens_on", "recruitment_closes_on", "training_on", "reviewed_on",
)  # fmt: skip
SECTIONS = {
    "need": "why the programme should exist",
    "objectives": "the objectives",
    "purpose": "what will be done",
    "dates": "the dates",
    "supporter": "the supporter",
    "budget": "the budget",
}


def plan_of(programme: Programme) -> Plan:
    """The plan; an empty one that is not saved when nothing has been written."""
    return Plan.objects.filter(programme=programme).first() or Plan(programme=programme)


def budget_of(programme: Programme) -> QuerySet[BudgetLine]:
    """The lines of the budget in their order."""
    return BudgetLine.objects.filter(programme=programme).order_by("position")


def approvals_of(programme: Programme) -> QuerySet[Approval]:
    """Every approval, the latest first."""
    return Approval.objects.filter(programme=programme).select_related("approved_by").order_by("-created_at")


@dataclass(frozen=True)
class Budget:
    """Lines with their totals, in pounds."""

    lines: list[BudgetLine]

    @property
    def planned(self) -> Decimal:
        return sum((line.planned for line in self.lines), Decimal(0))

    @property
    def spent(self) -> Decimal:
        return sum((line.spent for line in self.lines), Decimal(0))

    @property
    def left(self) -> Decimal:
        return self.planned - self.spent


@dataclass(frozen=True)
class Standing:
    """What the plan says, section by section as plain values, and what of it was approved last.

    Spending is no part of it: money may be spent without a new approval.
    """

    content: dict[str, Any]
    approved: dict[str, Any] | None
    approved_on: datetime.date | None

    @property
    def missing(self) -> list[str]:
        """What a plan needs before anybody can approve it."""
        needed = {
            "what will be done": self.content["purpose"],
            "when recruitment opens and closes": all(self.content["dates"][:2]),
            "when training is": self.content["dates"][2],
            "a named supporter": self.content["supporter"][0],
            "a budget": self.content["budget"],
        }
        return [words for words, there in needed.items() if not there]

    @property
    def changed(self) -> list[str]:
        """The sections that are not as they were approved."""
        if self.approved is None:
            return []
        return [words for key, words in SECTIONS.items() if self.approved.get(key) != self.content[key]]

    @property
    def is_approved(self) -> bool:
        return self.approved is not None and not self.changed


def plan_facts() -> dict[str, Any]:
    """Every section of the plan and the last approval, as expressions on Programme."""
    here = {"programme": OuterRef("pk")}
    objectives = Objective.objects.filter(**here, removed_at=None).order_by("position", "created_at")
    lines = BudgetLine.objects.filter(**here, planned__gt=0).order_by("position")
    approvals = Approval.objects.filter(**here).order_by("-created_at")
    return {
        "plan_words": Subquery(as_json(Plan.objects.filter(**here), *PLAN_FIELDS)[:1]),
        "plan_need": Subquery(as_json(NeedStatement.objects.filter(**here), "why", "target_group")[:1]),
        "plan_objectives": ArraySubquery(as_json(objectives, "wording", "measure", "target", "unit", "due_on")),
        "plan_budget": ArraySubquery(as_json(lines, "what", "planned")),
        "plan_approval": Subquery(as_json(approvals, "content", "approved_on")[:1]),
    }


def standing_of(programme: Programme) -> Standing:
    """How the plan stands. One query at most."""
    known = know(programme, plan_facts())
    approval = known.plan_approval or {}
    approved_on = approval.get("approved_on")
    return Standing(
        content=content_from(known),
        approved=approval.get("content"),
        approved_on=datetime.date.fromisoformat(approved_on) if approved_on else None,
    )


def as_json(rows: QuerySet[Any], *fields: str) -> QuerySet[Any]:
    """Each row as one JSON object, for a subquery."""
    return rows.values(json=JSONObject(**{name: name for name in fields}))


def content_from(known: Any) -> dict[str, Any]:
    """The sections of a plan, from a programme that comes with `plan_facts`."""
    plan = known.plan_words or dict.fromkeys(PLAN_FIELDS, None)
    return {
        "need": known.plan_need,
        "objectives": known.plan_objectives,
        "purpose": plan["purpose"],
        "dates": [
            plan["recruitment_opens_on"], plan["recruitment_closes_on"], plan["training_on"], known.starts_on.isoformat(),
            plan["reviewed_on"], known.ends_on.isoformat(),
        ],
        "supporter": [plan["supporter"], plan["supporter_role"]],
        "budget": known.plan_budget,
    }  # fmt: skip
