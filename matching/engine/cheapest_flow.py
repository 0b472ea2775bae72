"""OR-Tools' cheapest flow, where it is installed (the extra `fast`): a mentor with four places is one node, not four."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .scoring import Edges, Integers

NOBODY = -1


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
    solver = load_solver()
    if solver is None or not mentees:
        return None
    everyone, mentors = np.arange(mentees), mentees + np.arange(len(capacity))
    outside = mentees + len(capacity)
    flow = solver()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([edges.mentee, everyone, mentors]).astype(np.int32),
        np.concatenate([mentees + edges.mentor, np.full(mentees + len(capacity), outside)]).astype(np.int32),
        np.concatenate([np.ones(len(edges) + mentees, dtype=np.int64), capacity]),
        np.concatenate([-value, np.zeros(mentees + len(capacity), dtype=np.int64)]),
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
