"""OR-Tools' cheapest flow, where it is installed (the extra `fast`): a mentor with four places is one node, not four."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .scoring import Edges, Integers

NOBODY = -1
# More steps than anybody is moved by in practice, each worth what a pair falls short of its prices at most.
MANY_STEPS = 64


@cache
def load_solver() -> Any:
    """OR-Tools' class, or None; loaded by the first who solves, since it takes its time."""
    try:
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
    except ImportError:
        return None
    return SimpleMinCostFlow


def find_match(edges: Edges, value: Integers, capacity: Integers, mentees: int) -> NDArray[np.int64] | None:
    """The assignment of the highest total value; None without OR-Tools, or where the values are too large for it."""
    free = np.zeros(mentees, dtype=np.int64), np.zeros(len(capacity), dtype=np.int64)
    return send(edges, -value, free, capacity)


def find_match_near(
    edges: Edges, slack: Integers, left: Integers, prices: Integers, capacity: Integers
) -> NDArray[np.int64] | None:
    """The same from prices that are nearly right: from what the pairs fall short of them (`slack`), which is quicker.

    `left` is what a mentee loses by staying without, a mentor's price what an empty place loses. Where these are large
    they are cut, since the flow's time grows with them; None where the flow found a use for one that was cut.
    """
    most = MANY_STEPS * (int(slack.max(initial=0)) + 1)
    match = send(edges, slack, (np.minimum(left, most), -np.minimum(prices, most)), capacity)
    if match is None:
        return None
    empty = np.bincount(match[match != NOBODY], minlength=len(capacity)) < capacity
    cut = ((match == NOBODY) & (left > most)).any() or (empty & (prices > most)).any()
    return None if cut else match


def send(
    edges: Edges, costs: Integers, others: tuple[Integers, Integers], capacity: Integers
) -> NDArray[np.int64] | None:
    """The cheapest flow of all mentees to the outside, by a mentor or not; `others` cost to leave a mentee, a mentor."""
    solver, mentees = load_solver(), len(others[0])
    if solver is None or not mentees:
        return None
    everyone, mentors = np.arange(mentees), mentees + np.arange(len(capacity))
    outside = mentees + len(capacity)
    flow = solver()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([edges.mentee, everyone, mentors]).astype(np.int32),
        np.concatenate([mentees + edges.mentor, np.full(mentees + len(capacity), outside)]).astype(np.int32),
        np.concatenate([np.ones(len(edges) + mentees, dtype=np.int64), capacity]),
        np.concatenate([costs, *others]),
    )
    supply = np.zeros(outside + 1, dtype=np.int64)
    supply[:mentees], supply[outside] = 1, -mentees
    flow.set_nodes_supplies(np.arange(outside + 1, dtype=np.int32), supply)
    if flow.solve() != solver.OPTIMAL:
        return None
    taken = flow.flows(arcs[: len(edges)]) > 0
    match = np.full(mentees, NOBODY, dtype=np.int64)
    match[edges.mentee[taken]] = edges.mentor[taken]
    return match
