"""The best assignment on a list of pairs, and the prices that prove it.

Everything is a whole number. Values stay far below 2^53, so SciPy's doubles hold them exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from .scoring import Edges, Integers

NOBODY = -1


@dataclass(frozen=True)
class Solution:
    """`match[mentee]` is a mentor or NOBODY. A pair's two prices add up to its value or more; matched, exactly."""

    match: NDArray[np.int64]
    mentee_prices: Integers
    mentor_prices: Integers


@dataclass(frozen=True)
class Duties:
    """Who has to be matched (mentees) and whose places have to be full (mentors), by what was proved before."""

    mentees: NDArray[np.bool_]
    mentors: NDArray[np.bool_]

    @classmethod
    def none(cls, mentees: int, mentors: int) -> Duties:
        return cls(np.zeros(mentees, dtype=bool), np.zeros(mentors, dtype=bool))


def assign(edges: Edges, value: Integers, capacity: Integers, duties: Duties) -> Solution:
    """The assignment of the highest total value that fulfils the duties (which some assignment must be able to)."""
    # A duty is a bonus larger than all values together; it is taken out of the prices again.
    needed = duties.mentees.any() or duties.mentors.any()
    bonus = 1 + 2 * len(duties.mentees) * int(np.abs(value).max(initial=0)) if needed else 0
    raised = value + bonus * (duties.mentees[edges.mentee].astype(np.int64) + duties.mentors[edges.mentor])
    match = match_best(edges, raised, capacity, len(duties.mentees))
    mentees, mentors = find_prices(edges, raised, match, capacity)
    return Solution(match, mentees - bonus * duties.mentees, mentors - bonus * duties.mentors)


def match_best(edges: Edges, value: Integers, capacity: Integers, mentees: int) -> NDArray[np.int64]:
    """Highest total; a pair worth nothing or less is left out."""
    edges, value = edges.keep(value > 0), value[value > 0]
    if not len(edges):
        return np.full(mentees, NOBODY, dtype=np.int64)
    # Each mentor is as many columns as can be used, and each mentee has a column of their own for "unmatched":
    # it makes a full matching trivial, which SciPy's own check (exponential on ladders) would otherwise search for.
    places = np.minimum(capacity, np.bincount(edges.mentor, minlength=len(capacity)))
    first = np.cumsum(places) - places
    copies = places[edges.mentor]
    start = np.cumsum(copies) - copies
    column = np.repeat(first[edges.mentor] - start, copies) + np.arange(copies.sum())
    owner = np.repeat(np.arange(len(capacity)), places)
    everyone, worst = np.arange(mentees), int(value.max()) + 1
    rows = np.concatenate([everyone, np.repeat(edges.mentee, copies)])
    columns = np.concatenate([len(owner) + everyone, column])
    # SciPy drops entries of nought, so every cost is at least one.
    costs = np.concatenate([np.full(mentees, worst), worst - np.repeat(value, copies)]).astype(np.float64)
    table = csr_array((costs, (rows, columns)), shape=(mentees, len(owner) + mentees))
    chosen = min_weight_full_bipartite_matching(table)[1]
    return np.concatenate([owner, np.full(mentees, NOBODY)])[chosen]


def find_prices(
    edges: Edges, value: Integers, match: NDArray[np.int64], capacity: Integers
) -> tuple[Integers, Integers]:
    """The lowest mentor prices at which nobody would rather be elsewhere: longest paths over the matched pairs."""
    order = np.argsort(edges.mentor, kind="stable")
    mentee, mentor, value = edges.mentee[order], edges.mentor[order], value[order]
    named, first = np.unique(mentor, return_index=True)
    gain = np.zeros(len(match), dtype=np.int64)
    taken = mentor == match[mentee]
    gain[mentee[taken]] = value[taken]
    prices = np.zeros(len(capacity) + 1, dtype=np.int64)
    if not len(named):
        return gain, prices[:-1]
    for _ in range(len(capacity) + 2):
        left = gain - prices[match]  # NOBODY is the last entry, and free
        asked = np.maximum(np.maximum.reduceat(value - left[mentee], first), prices[named])
        if np.array_equal(asked, prices[named]):
            return left, prices[:-1]
        prices[named] = asked
    raise ArithmeticError("the assignment is not optimal: its prices do not settle")
