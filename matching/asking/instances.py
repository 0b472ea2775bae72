"""From a programme's people and their answers to the instance that the engine is asked.

People are named by their person's id on both sides, so that nobody is matched with themselves. Only answers to
questions that count in matching leave the programme's tables.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from programmes.models import Participant, Programme
from programmes.recruitment.models import Question

from .criteria import SETS, counts, rules_of, weight_of
from .managing import REASON, find_managed
from .shaping import more_answers, shape

Answers = dict[UUID, dict[str, Any]]


def build_instance(
    programme: Programme,
    mentees: list[Participant],
    places: dict[Participant, int],
    questions: list[Question],
    answers: Answers,
    *,
    locked: Iterable[tuple[Participant, Participant]],
    excluded: Iterable[tuple[Participant, Participant]],
) -> dict[str, Any]:
    """The document for `matching.engine.solve`. `places` are the mentors with the places they have free (S8)."""
    counted = [question for question in questions if counts(question)]
    attributes = {question.key: attribute(question) for question in attribute_questions(counted, questions)}
    managed = [
        [name(mentee), name(mentor)] for mentee, mentor in find_managed(mentees, places or mentees, questions, answers)
    ]
    line = {"kind": "conflict", "name": "line", "pairs": managed, "reason": REASON}
    document = {
        "name": str(programme.pk),
        "key": str(programme.pk),
        "objective": "fair",
        "attributes": attributes,
        "mentees": [{"id": name(mentee), "values": values(mentee, attributes, answers)} for mentee in mentees],
        "mentors": [
            {"id": name(mentor), "capacity": free, "values": values(mentor, attributes, answers)}
            for mentor, free in places.items()
        ],
        "criteria": [criterion(question) for question in counted if weight_of(question)],
        "rules": [{"kind": "oneself"}, *([line] if managed else []), *rules_of(questions)],
        "locked": [[name(mentee), name(mentor)] for mentee, mentor in locked],
        "excluded": [[name(mentee), name(mentor)] for mentee, mentor in excluded],
    }
    return shape(document, programme, questions, more_answers(programme, mentees, places, questions, answers))


def name(participant: Participant) -> str:
    return str(participant.person_id)


def attribute_questions(counted: list[Question], questions: list[Question]) -> list[Question]:
    """The questions that count, and those they are compared with."""
    others = {question.matching.get("with") for question in counted}
    return counted + [question for question in questions if question.key in others and question not in counted]


def attribute(question: Question) -> dict[str, Any]:
    """The engine's type for a question's answers."""
    if question.kind in SETS:
        return {"kind": "set"}
    if question.kind == "place":
        return {"kind": "place"}
    if question.kind == "scale":
        return {"kind": "number"}
    if question.matching.get("comparison") == "gap":
        return {"kind": "level", "order": [key for key, _ in question.choices]}
    return {"kind": "category"}


def values(participant: Participant, attributes: dict[str, Any], answers: Answers) -> dict[str, Any]:
    """A person's answers in the engine's terms. What was not answered is left out."""
    given = answers.get(participant.pk, {})
    found = {
        key: in_terms_of(declared, given[key])
        for key, declared in attributes.items()
        if given.get(key) not in (None, "", [])
    }
    return {key: value for key, value in found.items() if value is not None}


def in_terms_of(declared: dict[str, Any], value: Any) -> Any:
    """None for what the engine could not read: a place nobody knows, a step that is no longer among the choices."""
    kind = declared["kind"]
    if kind == "place":
        known = isinstance(value, dict) and value.get("latitude") is not None
        return {"lat": value["latitude"], "lon": value["longitude"]} if known else None
    if kind == "set":
        return sorted(set(value)) if isinstance(value, list) else [value]
    if kind == "level":
        return value if value in declared["order"] else None
    return value


def criterion(question: Question) -> dict[str, Any]:
    """How two answers compare, with the question's key as the criterion's name."""
    rule, key = question.matching, question.key
    common = {"name": key, "weight": weight_of(question)}
    comparison = rule["comparison"]
    if comparison == "wants_offers":
        return common | {"kind": "wants-offers", "wants": key, "offers": rule["with"]}
    if comparison == "distance":
        return common | {
            "kind": "distance",
            "attribute": key,
            "near": rule.get("near", 0),
            "far": rule["far"],
            "unit": "miles",
        }
    if comparison == "gap":
        return common | {
            "kind": "gap",
            "attribute": key,
            "from": rule["lowest"],
            "to": rule["highest"],
            "fade": rule.get("fade", 2),
        }
    kind = "overlap" if question.kind in SETS else comparison
    return common | {"kind": kind, "attribute": key}
