"""What counts in matching, question by question: must, helps a lot, helps, no. It is kept on the question itself.

`question.matching` holds {"comparison", "weight"} with what the comparison needs, and {"must": true} where pairs that do
not fit are never proposed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from programmes.recruitment.models import AskedOf, Question, QuestionKind

SETS = {QuestionKind.MANY, QuestionKind.AVAILABILITY, QuestionKind.RANKED}
A_LOT = 20  # from this weight on


class Level(models.TextChoices):
    MUST = "must", "Must fit"
    LOT = "lot", "Helps a lot"
    HELPS = "helps", "Helps"
    NO = "no", "No"


WEIGHTS = {Level.MUST: 30, Level.LOT: 30, Level.HELPS: 10, Level.NO: 0}

# How answers to a question that both are asked are compared, where the blueprint does not say.
USUAL: dict[str, dict[str, Any]] = {
    QuestionKind.CHOICE: {"comparison": "same"},
    QuestionKind.MANY: {"comparison": "overlap"},
    QuestionKind.AVAILABILITY: {"comparison": "overlap"},
    QuestionKind.RANKED: {"comparison": "overlap"},
    QuestionKind.SCALE: {"comparison": "same"},
    QuestionKind.PLACE: {"comparison": "distance", "near": 10, "far": 60},
}


@dataclass(frozen=True)
class Choice:
    """What a co-ordinator says of one question. `far` in miles, `lowest` and `highest` in steps, where they apply."""

    level: str
    far: int | None = None
    lowest: int | None = None
    highest: int | None = None


def comparable(questions: Iterable[Question]) -> list[Question]:
    """The questions whose answers can be compared: those with a comparison, and those that both sides are asked."""
    return [one for one in questions if comparison_of(one)]


def comparison_of(question: Question) -> dict[str, Any]:
    """How answers are compared, without whether it counts; empty for a question that cannot be compared."""
    if question.is_equality:
        return {}
    if question.matching.get("comparison"):
        return question.matching
    return USUAL.get(question.kind, {}) if question.asked_of == AskedOf.BOTH else {}


def weight_of(question: Question) -> int:
    """How much it counts; 0 for not at all."""
    return int(question.matching.get("weight", 0)) if question.matching.get("comparison") else 0


def is_must(question: Question) -> bool:
    return bool(question.matching.get("comparison")) and bool(question.matching.get("must"))


def counts(question: Question) -> bool:
    return bool(weight_of(question)) or is_must(question)


def level_of(question: Question) -> Level:
    if is_must(question):
        return Level.MUST
    weight = weight_of(question)
    return Level.NO if not weight else Level.LOT if weight >= A_LOT else Level.HELPS


def choice_of(question: Question) -> Choice:
    """What is said of a question now."""
    compared = comparison_of(question)
    return Choice(level_of(question), compared.get("far"), compared.get("lowest"), compared.get("highest"))


def matching_for(question: Question, choice: Choice) -> dict[str, Any]:
    """What the question holds once this is chosen. An exact weight stays while the level stays."""
    level = Level(choice.level)
    stays = level == level_of(question) or (level == Level.MUST and weight_of(question))
    weight = weight_of(question) if stays else WEIGHTS[level]
    said = {name: value for name in ("far", "lowest", "highest") if (value := getattr(choice, name)) is not None}
    chosen = {name: value for name, value in comparison_of(question).items() if name != "must"} | said
    if "far" in chosen:
        chosen["near"] = min(chosen.get("near", 0), chosen["far"] - 1)
    return chosen | {"weight": weight} | ({"must": True} if level == Level.MUST else {})


def rules_of(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """The engine's rules for questions that must fit; the question's key is the rule's name."""
    return [rule(question) | {"name": question.key} for question in questions if is_must(question)]


def rule(question: Question) -> dict[str, Any]:
    compared = question.matching
    return RULES.get(compared["comparison"], rule_same)(question, compared)


def rule_wanted(question: Question, compared: dict[str, Any]) -> dict[str, Any]:
    reason = f"they offer nothing of what was asked for under “{question.label}”"
    return {"kind": "overlap", "mentee": question.key, "mentor": compared["with"], "reason": reason}


def rule_same(question: Question, compared: dict[str, Any]) -> dict[str, Any]:
    if question.kind in SETS:
        reason = f"they have nothing in common under “{question.label}”"
        return {"kind": "overlap", "attribute": question.key, "reason": reason}
    return {"kind": "same", "attribute": question.key, "reason": f"they answered “{question.label}” differently"}


def rule_distance(question: Question, compared: dict[str, Any]) -> dict[str, Any]:
    far = compared["far"]
    reason = f"they are more than {far} miles apart"
    return {"kind": "distance", "attribute": question.key, "at_most": far, "unit": "miles", "reason": reason}


def rule_gap(question: Question, compared: dict[str, Any]) -> dict[str, Any]:
    lowest, highest = compared["lowest"], compared["highest"]
    reason = f"they are not {lowest} to {highest} steps ahead under “{question.label}”"
    return {"kind": "gap", "attribute": question.key, "from": lowest, "to": highest, "reason": reason}


RULES: dict[str, Callable[[Question, dict[str, Any]], dict[str, Any]]] = {
    "wants_offers": rule_wanted,
    "overlap": rule_same,
    "same": rule_same,
    "distance": rule_distance,
    "gap": rule_gap,
}
