"""Stable matching: nobody can find somebody else who would also rather have them (deferred acceptance, mentees ask)."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from .assignment import NOBODY
from .instance import Instance
from .scoring import Field, Integers


def sum_side(field: Field, instance: Instance, side: str) -> Integers:
    """The points that count for one side: its own criteria and those of both."""
    points = np.zeros((len(field.mentees), len(field.mentors)), dtype=np.int64)
    for criterion in instance.criteria:
        if criterion.side in ("both", side):
            points += criterion.compare(field.mentees, field.mentors)(slice(0, len(field.mentees)))
    return points


def find_stable(field: Field, instance: Instance, draws: Integers) -> NDArray[np.int64]:
    """Each mentee's mentor. Equal points are told apart by the draw of the pair (mentee by mentor)."""
    everyone = slice(0, len(field.mentees))
    allowed = field.score(everyone) > field.lowest
    wished, ranked = (sum_side(field, instance, side) for side in ("mentee", "mentor"))
    order = np.lexsort((draws, wished))[:, ::-1]
    queues = [iter([mentor for mentor in order[mentee] if allowed[mentee, mentor]]) for mentee in range(len(order))]
    held: list[list[tuple[int, int, int]]] = [[] for _ in field.mentors]
    match = np.full(len(order), NOBODY, dtype=np.int64)
    free = list(range(len(order)))
    while free:
        mentee = free.pop()
        mentor = next(queues[mentee], None)
        if mentor is None:
            continue
        offer = (int(ranked[mentee, mentor]), int(draws[mentee, mentor]), mentee)
        heapq.heappush(held[mentor], offer)
        match[mentee] = mentor
        if len(held[mentor]) > field.capacity[mentor]:
            dropped = heapq.heappop(held[mentor])[2]
            match[dropped] = NOBODY
            free.append(dropped)
    return match
