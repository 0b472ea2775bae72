"""The best assignment on a list of pairs, and the prices that prove it.

Everything is a whole number. Values stay far below 2^53, so SciPy's doubles hold them exactly. Where OR-Tools is at hand,
its flow finds the assignment in less time; the prices, and with them every later step, are the same either way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from . import cheapest_flow
from .scoring import Edges, Integers

NOBODY = -1
# From so many pairs on, a flow is quicker than SciPy's shortest paths even where prices are nearly right.
MANY = 50_000


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


@dataclass(frozen=True)
class Hint:
    """Mentor prices to begin with, and about how far off a pair is by them: None, nobody knows. Only the time depends on it."""

    prices: Integers
    reach: int | None = None


def assign(edges: Edges, value: Integers, capacity: Integers, duties: Duties, hint: Hint | None = None) -> Solution:
    """The assignment of the highest total value that fulfils the duties (which some assignment must be able to)."""
    # A duty is a bonus larger than all values together; it is taken out of the prices again.
    needed = duties.mentees.any() or duties.mentors.any()
    bonus = 1 + 2 * len(duties.mentees) * int(np.abs(value).max(initial=0)) if needed else 0
    raised = value + bonus * (duties.mentees[edges.mentee].astype(np.int64) + duties.mentors[edges.mentor])
    if hint and hint.reach is not None:
        start = Hint(np.maximum(hint.prices + bonus * duties.mentors, 0), hint.reach)
        found = assign_near(edges, raised, capacity, len(duties.mentees), start)
    else:
        match = find_match(edges, raised, capacity, len(duties.mentees), hint.prices if hint else None)
        found = Solution(match, *find_prices(edges, raised, match, capacity))
    return Solution(
        found.match, found.mentee_prices - bonus * duties.mentees, found.mentor_prices - bonus * duties.mentors
    )


def assign_near(edges: Edges, value: Integers, capacity: Integers, mentees: int, hint: Hint) -> Solution:
    """The same with the pairs within reach of the prices; others join when the prices that result ask for them."""
    near = find_slack(edges, value, hint.prices, mentees)[1] <= (hint.reach or 0)
    while True:
        few, worth = edges.keep(near), value[near]
        match = find_match_near(few, worth, capacity, mentees, hint.prices)
        left, prices = find_prices(few, worth, match, capacity)
        missed = left[edges.mentee] + prices[edges.mentor] < value
        if not missed.any():
            return Solution(match, left, prices)
        near |= missed


def find_match(
    edges: Edges, value: Integers, capacity: Integers, mentees: int, prices: Integers | None
) -> NDArray[np.int64]:
    """Highest total, by whatever is quickest; a pair worth nothing or less is left out."""
    edges, value = keep_worthy(edges, value)
    match = cheapest_flow.find_match(edges, value, capacity, mentees)
    if match is not None:
        return match
    places = Places.of(edges, capacity)
    # Where many places stay empty, prices to begin with cost more than they save.
    if prices is not None and len(places.owner) <= 1.25 * mentees:
        return match_best_from(prices, edges, value, places, mentees)
    return match_best(edges, value, places, mentees)


def find_match_near(
    edges: Edges, value: Integers, capacity: Integers, mentees: int, prices: Integers
) -> NDArray[np.int64]:
    """Highest total where the prices are nearly right. Among few pairs SciPy is the quicker."""
    edges, value = keep_worthy(edges, value)
    if len(edges) > MANY:
        left, slack = find_slack(edges, value, prices, mentees)
        match = cheapest_flow.find_match_near(edges, slack, left, prices, capacity)
        if match is not None:
            return match
    return match_best_from(prices, edges, value, Places.of(edges, capacity), mentees)


def keep_worthy(edges: Edges, value: Integers) -> tuple[Edges, Integers]:
    return (edges, value) if (value > 0).all() else (edges.keep(value > 0), value[value > 0])


def find_slack(edges: Edges, value: Integers, prices: Integers, mentees: int) -> tuple[Integers, Integers]:
    """What prices leave each mentee at most, and how far each pair falls short of that."""
    left = np.zeros(mentees, dtype=np.int64)
    gain = value - prices[edges.mentor]
    np.maximum.at(left, edges.mentee, gain)
    return left, left[edges.mentee] - gain


@dataclass(frozen=True)
class Places:
    """Each mentor as many columns as there are places that can be used."""

    owner: NDArray[np.int64]
    edge: NDArray[np.int64]
    column: NDArray[np.int64]

    @classmethod
    def of(cls, edges: Edges, capacity: Integers) -> Places:
        """Every edge once for every place of its mentor."""
        places = np.minimum(capacity, np.bincount(edges.mentor, minlength=len(capacity)))
        first = np.cumsum(places) - places
        copies = places[edges.mentor]
        edge = np.repeat(np.arange(len(edges)), copies)
        within = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
        return cls(np.repeat(np.arange(len(capacity)), places), edge, first[edges.mentor][edge] + within)


def match_best(edges: Edges, value: Integers, places: Places, mentees: int) -> NDArray[np.int64]:
    """From nothing."""
    everyone = np.arange(mentees)
    worst = int(value.max(initial=0)) + 1
    # Each mentee has a column of their own for "unmatched": it makes a full matching trivial, which SciPy's own check
    # (exponential on ladders) would otherwise search for.
    rows = np.concatenate([everyone, edges.mentee[places.edge]])
    columns = np.concatenate([len(places.owner) + everyone, places.column])
    costs = np.concatenate([np.full(mentees, worst), worst - value[places.edge]])
    return match_cheapest(costs, rows, columns, (mentees, len(places.owner) + mentees), places.owner)


def match_best_from(prices: Integers, edges: Edges, value: Integers, places: Places, mentees: int) -> NDArray[np.int64]:
    """The same, quicker where the mentor prices are nearly right: costs are what prices leave to be decided.

    That needs a full matching on both sides, so an empty place is matched too: with a row of its own, or with the
    "unmatched" of a mentee who could have had it.
    """
    left, slack = find_slack(edges, value, prices, mentees)
    slack = slack[places.edge]
    everyone, every_place, row = np.arange(mentees), np.arange(len(places.owner)), edges.mentee[places.edge]
    rows = np.concatenate([row, everyone, mentees + every_place, mentees + places.column])
    columns = np.concatenate([places.column, len(places.owner) + everyone, every_place, len(places.owner) + row])
    costs = np.concatenate([slack, left, prices[places.owner], np.zeros_like(slack)])
    size = mentees + len(places.owner)
    return match_cheapest(costs, rows, columns, (size, size), places.owner)[:mentees]


def match_cheapest(
    costs: Integers, rows: Integers, columns: Integers, shape: tuple[int, int], owner: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The mentor of each row in the cheapest matching that covers all rows."""
    if not shape[0]:
        return np.zeros(0, dtype=np.int64)
    # SciPy drops entries of nought, so every cost is raised by one.
    table = csr_array(((costs + 1).astype(np.float64), (rows.astype(np.int32), columns.astype(np.int32))), shape=shape)
    chosen = min_weight_full_bipartite_matching(table)[1]
    return np.concatenate([owner, np.full(max(0, shape[1] - len(owner)), NOBODY)])[chosen]


def find_prices(
    edges: Edges, value: Integers, match: NDArray[np.int64], capacity: Integers
) -> tuple[Integers, Integers]:
    """The lowest mentor prices at which nobody would rather be elsewhere: longest paths over the matched pairs.

    They are the same whichever of the best assignments `match` is.
    """
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
