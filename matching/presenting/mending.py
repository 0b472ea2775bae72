"""What would give somebody a group, where several come together: other sizes, one more place, a rule that gives way, or that
others give way. Each is found by solving again, as many as there is time for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.asking.barring import why_not
from matching.asking.gathering import Gathered
from matching.asking.instances import name
from matching.asking.solving import MOST_REPAIRED, read_answer, set_apart
from matching.engine import Fault, Instance, Outcome, explain_pair, read_instance, solve
from matching.together import SIZES, is_pool, sizes_of
from mentoring.wording import listed, plural
from programmes.models import MOST_PLACES, MOST_TOGETHER, Model, Participant

from .groups import partners_in

if TYPE_CHECKING:
    from matching.asking.solving import Answer

BUDGET = 4  # seconds for all of it
TRIED = 3  # partners who are tried for one of those
WAITING = 3  # so many of those who wait are asked for by name: a place, and others who give way

SMALLER = {
    Model.GROUP: "Let {many} begin with one mentor",
    Model.CIRCLE: "Let a circle of {number} begin",
    Model.TEAM: "Let {number} mentor{s} do for a team",
}
LARGER = {
    Model.GROUP: "Let a mentor have {many}",
    Model.CIRCLE: "Let a circle have {number} people",
    Model.TEAM: "Let a team have {number} mentors",
}


@dataclass(frozen=True)
class Idea:
    """One thing to do: what it is called, the instance that it makes, and what an action needs to do it. `mentee` where it
    is for them alone."""

    kind: str
    words: str
    document: dict[str, Any]
    about: dict[str, Any] = field(default_factory=dict)
    mentee: str = ""


def mend(gathered: Gathered, answer: "Answer") -> dict[str, list[dict[str, Any]]]:
    """For each of those who wait what would give them a group, the cheapest for everybody first."""
    instance, before = read_answer(answer)
    waiting = before.unmatched[:MOST_REPAIRED]
    until = monotonic() + BUDGET
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {mentee: [] for mentee in waiting}
    for idea in list_ideas(gathered, answer.instance, instance, waiting) if waiting else ():
        if (left := until - monotonic()) <= 0:
            break
        try:
            after = solve(read_instance(idea.document), seconds=left)
        except Fault:
            continue
        for mentee in [idea.mentee] if idea.mentee else waiting:
            if mentee not in after.unmatched and not is_known(idea, found[mentee]):
                found[mentee].append((-after.matched, describe(gathered, idea, mentee, before, after)))
    return {
        mentee: [repair for _, repair in sorted(repairs, key=lambda one: one[0])] for mentee, repairs in found.items()
    }


def is_known(idea: Idea, known: list[tuple[int, dict[str, Any]]]) -> bool:
    """One way to make others give way is enough."""
    return idea.kind == "swap" and any(repair["kind"] == "swap" for _, repair in known)


def list_ideas(
    gathered: Gathered, document: dict[str, Any], instance: Instance, waiting: Iterable[str]
) -> Iterator[Idea]:
    few = [one for one in gathered.mentees if name(one) in set(waiting)][:WAITING]
    yield from change_sizes(gathered, document)
    yield from loosen(document, instance, waiting)
    if gathered.programme.model in (Model.TEAM, Model.TWO_BY_TWO):
        yield from add_places(gathered, document, instance, few)
    yield from insist(gathered, instance, few)


def change_sizes(gathered: Gathered, document: dict[str, Any]) -> Iterator[Idea]:
    """One fewer may begin, one more may join."""
    model = Model(gathered.programme.model)
    if model not in SIZES:
        return
    least, most = sizes_of(gathered.programme)
    if least > 1:
        yield size(document, SMALLER[model], "least", least - 1)
    if most < MOST_TOGETHER:
        yield size(document, LARGER[model], "most", most + 1)


def size(document: dict[str, Any], words: str, bound: str, number: int) -> Idea:
    changed = document | {"model": document["model"] | {bound: number}}
    if document["model"]["kind"] in ("group", "circle") and bound == "most":
        changed["mentors"] = [mentor | {"capacity": number} for mentor in document["mentors"]]
    said = words.format(number=number, many=plural(number, "mentee"), s="" if number == 1 else "s")
    return Idea("size", said, changed, {"bound": bound, "to": number})


def loosen(document: dict[str, Any], instance: Instance, waiting: Iterable[str]) -> Iterator[Idea]:
    """Each rule that is not firm gives way: a distance as far as somebody who waits needs, any other altogether."""
    rows = [row for row, person in enumerate(instance.mentees) if person.id in set(waiting)]
    for rule in (one for one in instance.rules if not one.firm):
        others = [one for one in document["rules"] if one.get("name") != rule.name]
        (named,) = [one for one in document["rules"] if one.get("name") == rule.name] or [{}]
        if named.get("kind") != "distance":
            yield Idea(
                "relax", f"Match people although {rule.reason}", document | {"rules": others}, {"rule": rule.name}
            )
            continue
        gaps = rule.measure(instance.mentees, instance.mentors)(slice(0, len(instance.mentees)))[rows]
        needed = [gap for gap in gaps[gaps > named["at_most"]].tolist() if np.isfinite(gap)]
        for far in sorted({int(np.ceil(gap)) for gap in needed})[:1]:
            wider = document | {"rules": [*others, named | {"at_most": far}]}
            words = f"Allow {far} {named['unit']} instead of {named['at_most']}"
            yield Idea("widen", words, wider, {"rule": rule.name, "to": far})


def add_places(
    gathered: Gathered, document: dict[str, Any], instance: Instance, few: list[Participant]
) -> Iterator[Idea]:
    """The mentor who fits best takes one more team, or is in one more foursome."""
    for mentee in few:
        mentor = next(iter(fits_best(gathered, instance, mentee)), None)
        if mentor is None or mentor.capacity >= MOST_PLACES:
            continue
        mentors = [one | {"capacity": one["capacity"] + (one["id"] == name(mentor))} for one in document["mentors"]]
        changed = lock(gathered, document | {"mentors": mentors}, mentee, mentor)
        yield Idea("place", f"Ask {mentor.name} to take one more", changed, {"mentor": name(mentor)}, name(mentee))


def insist(gathered: Gathered, instance: Instance, few: list[Participant]) -> Iterator[Idea]:
    """Others give way for them."""
    for mentee in few:
        for other in fits_best(gathered, instance, mentee):
            document = set_apart(gathered.with_lock(mentee, other).instance)[0]
            words = f"Put {mentee.name} with {other.name}"
            yield Idea("swap", words, document, {"mentor": name(other)}, name(mentee))


def lock(gathered: Gathered, document: dict[str, Any], mentee: Participant, mentor: Participant) -> dict[str, Any]:
    return document | {"locked": set_apart(gathered.with_lock(mentee, mentor).instance)[0]["locked"]}


def fits_best(gathered: Gathered, instance: Instance, mentee: Participant) -> list[Participant]:
    """With whom this mentee would have most points, of those whom no rule refuses: the best few."""
    fitting = [one for one in gathered.hosts if one != mentee and not why_not(gathered, instance, mentee, one)]
    worth = {one: explain_pair(instance, name(mentee), name(one))["score"] for one in fitting}
    return sorted(fitting, key=lambda one: (-worth[one], one.name))[:TRIED]


def describe(gathered: Gathered, idea: Idea, mentee: str, before: Outcome, after: Outcome) -> dict[str, Any]:
    return {"kind": idea.kind, "words": idea.words, "effect": say_effect(gathered, mentee, before, after), **idea.about}


def say_effect(gathered: Gathered, mentee: str, before: Outcome, after: Outcome) -> str:
    """Whom this mentee would have, and what happens to the others."""
    call, pool = gathered.call, is_pool(gathered.programme)
    old, new = (partners_in(outcome, pool=pool) for outcome in (before, after))
    said = [f"{call(mentee)} would have {listed(sorted(map(call, new[mentee])))}"]
    others = sorted((old.keys() | new.keys()) - {mentee}, key=call)
    joined = [call(one) for one in others if one not in old]
    left = [call(one) for one in others if one not in new]
    moved = [one for one in others if one in old and one in new and old[one] != new[one]]
    if joined:
        said.append(f"{listed(joined)} would be matched too")
    if left:
        said.append(f"{listed(left)} would have nobody")
    if moved:
        said.append(f"{plural(len(moved), 'other')} would change partners")
    return ", ".join(said)
