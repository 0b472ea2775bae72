"""From an instance to its outcome."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assignment import NOBODY
from .groups.solving import solve_groups
from .instance import OBJECTIVES, Instance, hash_id
from .objectives import plan_fair, plan_total
from .outcome import Outcome, describe_outcome, write_certificate
from .people import People
from .pricing import Found, Start, search_field
from .progress import Progress, Watch, ignore
from .ranking import put_choices_first
from .reading import Fault
from .scoring import Field, Integers
from .stability import find_stable
from .stages import Stage


def solve(
    instance: Instance,
    objective: str | None = None,
    seconds: float | None = None,
    watch: Watch | None = None,
    start: Outcome | Mapping[str, Any] | None = None,
) -> Outcome:
    """The best outcome by the instance's objective (or the one given: fair, total, ranked or stable), with its proof.

    After so many seconds a large instance ends with the best found so far and how much better the best can be at most:
    the round that is going on is finished first, so it takes longer than that. By `ranked` it is always finished.

    `watch(words, share)` is told now and then what is being done and how far everything is (0 to 1, never going back).
    Whatever it raises ends the solving and reaches the caller: that is how to cancel.

    `start` is an outcome from before something changed (or its document). Its prices are a good guess: the answer and
    the proof are as good without, but take several times as long.
    """
    progress = Progress(watch or ignore)
    progress.begin()
    if objective is not None:
        instance = replace(instance, objective=objective)
    if not instance.model.is_pairs:
        return solve_groups(instance, seconds, progress)
    if instance.objective not in OBJECTIVES:
        raise Fault("objective", f"expected one of {', '.join(OBJECTIVES)}; found {instance.objective!r}")
    if instance.objective == "ranked":
        best = solve(put_choices_first(instance), watch=watch)
        return describe_outcome(instance, list(best.pairs), best.certificate, None)
    field = Field(instance)
    if instance.objective == "stable":
        return write_outcome(instance, field, match_stably(field, instance), [], progress)
    deadline = math.inf if seconds is None else time.monotonic() + seconds
    plan = plan_fair if instance.objective == "fair" else plan_total
    found = search_field(field, plan, deadline, progress, read_start(field, start) if start else None)
    match = draw_match(field, found, instance.key)
    return write_outcome(instance, field, match, found.stages, progress, proved=found.complete)


def read_start(field: Field, outcome: Outcome | Mapping[str, Any]) -> Start | None:
    """The prices of those who are still here; none from an outcome without prices."""
    certificate = outcome.certificate if isinstance(outcome, Outcome) else outcome["certificate"]
    if not certificate["stages"]:
        return None
    people, points = (
        np.array(
            [certificate["stages"][place]["mentors"].get(mentor.id, 0) for mentor in field.mentors], dtype=np.int64
        )
        for place in (0, -1)
    )
    return Start(np.clip(people, 0, 1), np.clip(points, -field.factors.largest * 4, field.factors.largest * 4))


def write_outcome(
    instance: Instance,
    field: Field,
    match: NDArray[np.int64],
    stages: list[Stage],
    progress: Progress,
    *,
    proved: bool = True,
) -> Outcome:
    progress.write()
    found = [(field.mentees[row].id, field.mentors[column].id) for row, column in enumerate(match) if column != NOBODY]
    certificate = write_certificate(instance, field, stages)
    bound = None if proved else {stage.aim: stage.find_bound(field.capacity) for stage in stages}
    outcome = describe_outcome(instance, [*instance.locked, *found], certificate, bound)
    progress.end()
    return outcome


def draw_match(field: Field, found: Found, key: str) -> NDArray[np.int64]:
    """One of the equally good assignments, by lot."""
    mentees, mentors = draw_lots(field, key)
    draws = combine(mentees[found.ties.mentee], mentors[found.ties.mentor])
    return found.break_ties(draws, field.capacity)


def match_stably(field: Field, instance: Instance) -> NDArray[np.int64]:
    mentees, mentors = draw_lots(field, instance.key)
    return find_stable(field, instance, combine(mentees[:, None], mentors))


def draw_lots(field: Field, key: str) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    def draw(role: str, people: People) -> NDArray[np.uint64]:
        return np.array([hash_id(f"{role} {person.id}", key) for person in people], dtype=np.uint64)

    return draw("mentee", field.mentees), draw("mentor", field.mentors)


def combine(mentees: NDArray[np.uint64], mentors: NDArray[np.uint64]) -> Integers:
    """A draw for each pair, 1 to 2^20, from the draws of its two people (the finaliser of splitmix64)."""
    mixed = mentees ^ (mentors * np.uint64(0x9E3779B97F4A7C15))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(44)).astype(np.int64) + 1
