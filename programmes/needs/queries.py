"""Reading why a programme exists and what it should achieve."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programmes.models import Programme

from .models import NeedStatement, Objective


def need_of(programme: Programme) -> NeedStatement | None:
    """The statement of need, if it has been written."""
    return NeedStatement.objects.filter(programme=programme).first()


def objectives_of(programme: Programme) -> QuerySet[Objective]:
    """The objectives that count, in the order the co-ordinator gave them."""
    return Objective.objects.filter(programme=programme, removed_at=None).order_by("position", "created_at")


def needs_facts() -> dict[str, Any]:
    """Whether the need is stated, and how many objectives are set: on any programme, without a query of their own."""
    objectives = Objective.objects.filter(programme=OuterRef("pk"), removed_at=None).order_by().values("programme")
    return {
        "needs_is_stated": Exists(NeedStatement.objects.filter(programme=OuterRef("pk"))),
        "needs_objectives": Coalesce(Subquery(objectives.annotate(count=Count("pk")).values("count")), 0),
    }


def removed_objectives_of(programme: Programme) -> QuerySet[Objective]:
    """The objectives that were taken away, the latest first, with who did it."""
    removed = Objective.objects.filter(programme=programme, removed_at__isnull=False)
    return removed.select_related("removed_by").order_by("-removed_at")


def scales_of(programme: Programme) -> dict[str, str]:
    """The survey's questions that are answered from 1 to 5: key and words, with whose question it is."""
    survey: list[dict[str, Any]] = programme.blueprint.get("survey", [])
    return {
        question["key"]: f"{question['role'].capitalize()}s: {question['label']}"
        for question in survey
        if question["kind"] == "scale"
    }


def examples_for(programme: Programme, objectives: list[Objective]) -> list[dict[str, Any]]:
    """Objectives that the blueprint offers and nobody has taken yet."""
    taken = {objective.wording for objective in objectives}
    return [example for example in programme.blueprint.get("objectives", []) if example["wording"] not in taken]
