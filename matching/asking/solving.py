"""Asking the engine, and checking what it says."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from matching.engine import (
    Company,
    Fault,
    Instance,
    Outcome,
    Repairs,
    check,
    explain_pair,
    explain_unmatched,
    find_companies,
    read_instance,
    solve,
)  # fmt: skip
from mentoring.refusal import Refused

Watch = Callable[[str, float], None]
Call = Callable[[str], str]

PATIENCE = 8  # seconds that somebody waits for a page at most; then the best found so far
MOST_REPAIRED, REPAIRED = 12, 40_000  # people, and pairs (200 mentees with 200 mentors)


@dataclass(frozen=True)
class Apart:
    """A pair by hand, although rules that are not firm speak against it; the engine matches the others around it."""

    mentee: str
    mentor: str
    points: list[int]
    although: list[str]


@dataclass(frozen=True)
class Answer:
    """What the engine was asked and found: its outcome, whether the checker agrees, and what reasons are made of."""

    instance: dict[str, Any]
    outcome: dict[str, Any]
    is_proved: bool
    criteria: list[str]
    most: int
    nobody: dict[str, Any]
    companies: dict[str, Company]
    apart: list[Apart]
    repairs: dict[str, list[dict[str, Any]]]


def ask_engine(
    document: dict[str, Any], *, call: Call = str, seconds: float | None = None, watch: Watch | None = None
) -> Answer:
    """Solve and check. The checker is other code than the solver's, and works in whole numbers.

    With `seconds` the best found in that time is taken, and is not proved. `watch` is told how far it is, and may raise.
    `call` turns an id into a name for the words of repairs.
    """
    try:
        document, apart = set_apart(document)
        instance = read_instance(document)
    except Fault as fault:
        if fault.path.startswith("locked"):
            raise Refused("What is locked cannot all be kept together. Unlock some of it, then run matching again.")
        raise Refused(f"Matching could not start, because {fault}. Look at what counts in matching, then run it again.")
    try:
        outcome = solve(instance, seconds=seconds, watch=watch)
    except Fault as fault:
        raise Refused(f"Matching could not be done, because {fault.message}. Unlock some of them, then run it again.")
    return Answer(
        instance=document,
        outcome=outcome.as_document(),
        is_proved=outcome.proved and not check(instance, outcome),
        criteria=[criterion.name for criterion in instance.criteria],
        most=sum(criterion.most for criterion in instance.criteria),
        nobody={mentee: explain_unmatched(instance, mentee, outcome.loads) for mentee in outcome.unmatched},
        companies=find_companies(instance, outcome.unmatched),
        apart=apart,
        repairs=look_for_repairs(instance, outcome, call),
    )


def set_apart(document: dict[str, Any]) -> tuple[dict[str, Any], list[Apart]]:
    """Take locks out that the engine would refuse: of pairs that break a rule, and beyond a mentor's places.

    Where only rules are broken that are not firm, the pair stays together apart from the others.
    """
    instance = read_instance(document | {"locked": []})
    if not instance.model.is_pairs:
        return document | {"locked": [pair for pair in document["locked"] if may_be(instance, *pair)]}, []
    left = {mentor.id: mentor.capacity for mentor in instance.mentors}
    locked, apart = [], []
    for mentee, mentor in document["locked"]:
        broken = list_broken(instance, mentee, mentor)
        if not left[mentor] or any(rule.firm for rule in broken):
            continue
        left[mentor] -= 1
        if broken:
            points = [one["points"] for one in explain_pair(instance, mentee, mentor)["criteria"]]
            apart.append(Apart(mentee, mentor, points, [rule.reason for rule in broken]))
        else:
            locked.append([mentee, mentor])
    gone, taken = {one.mentee for one in apart}, Counter(one.mentor for one in apart)
    rest = {
        "mentees": [person for person in document["mentees"] if person["id"] not in gone],
        "mentors": [person | {"capacity": person["capacity"] - taken[person["id"]]} for person in document["mentors"]],
        "excluded": [pair for pair in document["excluded"] if pair[0] not in gone],
        "rules": [without(rule, gone) for rule in document["rules"]],
        "locked": locked,
    }
    return document | rest, apart


def may_be(instance: Instance, mentee: str, mentor: str) -> bool:
    """Whether no rule refuses a pair; of two peers, whoever is named first."""
    return explain_pair(instance, mentee, mentor)["allowed"]


def without(rule: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    """A rule that names pairs, without those of people who are not in the instance."""
    return rule | {"pairs": [pair for pair in rule["pairs"] if pair[0] not in gone]} if "pairs" in rule else rule


def list_broken(instance: Instance, mentee: str, mentor: str) -> list[Any]:
    """The rules that refuse a pair."""
    two = [instance.find_mentee(mentee)], [instance.find_mentor(mentor)]
    return [rule for rule in instance.rules if not rule.compare(*two)(slice(0, 1))[0, 0]]


def is_same_but_locks(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two instances ask the same of the same people, whatever is locked."""
    return one | {"locked": []} == other | {"locked": []}


def can_be_tried(instance: Instance) -> bool:
    """Whether solving again and again is possible, and quick."""
    return (
        instance.model.is_pairs
        and instance.objective != "stable"
        and len(instance.mentees) * len(instance.mentors) <= REPAIRED
    )


def read_answer(answer: Answer) -> tuple[Instance, Outcome]:
    """What was asked and found, as the engine's own."""
    return read_instance(answer.instance), read_outcome(answer.outcome)


def read_outcome(document: dict[str, Any]) -> Outcome:
    """The engine's outcome, from what was kept of it."""
    pairs = tuple((mentee, mentor) for mentee, mentor in document["pairs"])
    points = tuple(map(tuple, document["points"]))
    known = {each.name: document[each.name] for each in fields(Outcome)}
    return Outcome(**known | {"pairs": pairs, "points": points, "unmatched": tuple(document["unmatched"])})


def look_for_repairs(instance: Instance, outcome: Outcome, call: Call) -> dict[str, list[dict[str, Any]]]:
    """What would give each of those who wait a mentor. Each is found by solving again: for a few, where that is quick."""
    waiting = outcome.unmatched[:MOST_REPAIRED]
    if not can_be_tried(instance):
        return {}
    repairs = Repairs(instance, outcome)
    return {mentee: [repair.as_document(call) for repair in repairs.find(mentee)] for mentee in waiting}


@dataclass(frozen=True)
class Judged:
    """What hard rules do: for each rule by name how many pairs it removes and for whom it leaves nobody; all together."""

    rules: dict[str, tuple[int, list[str]]]
    alone: list[str]
    matched: int


def judge_rules(document: dict[str, Any]) -> Judged:
    """Look at every pair, and match as many people as the rules allow."""
    instance = read_instance(document)
    mentees, mentors = instance.mentees, instance.mentors
    allowed = np.ones((len(mentees), len(mentors)), dtype=bool)
    rules = {}
    for rule in instance.rules:
        passes = rule.compare(mentees, mentors)(slice(0, len(mentees)))
        leaves = [mentees[row].id for row in np.flatnonzero(~passes.any(axis=1))]
        rules[rule.name] = int((~passes).sum()), leaves
        allowed &= passes
    alone = [mentees[row].id for row in np.flatnonzero(~allowed.any(axis=1))]
    return Judged(rules, alone, solve(instance, objective="total", seconds=PATIENCE).matched)
