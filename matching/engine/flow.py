"""Can some people all be matched? A question of flow, without prices."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from .assignment import Duties
from .scoring import Edges, Integers


def can_fulfil(edges: Edges, capacity: Integers, duties: Duties) -> bool:
    """Whether one assignment on these edges matches every mentee and fills every place that has to be.

    Where one assignment does the first and another the second, some assignment does both (Mendelsohn and Dulmage), so
    the two are asked one by one.
    """
    mentees = duties.mentees.astype(np.int64)
    places = np.where(duties.mentors, capacity, 0)
    return bool(
        find_flow(edges, mentees, capacity) == mentees.sum()
        and find_flow(edges, np.ones_like(mentees), places) == places.sum()
    )


def find_flow(edges: Edges, mentees: Integers, places: Integers) -> int:
    """The most that can flow from the mentees to the places."""
    useful = (mentees[edges.mentee] > 0) & (places[edges.mentor] > 0)
    edges = edges.keep(useful)
    if not len(edges):
        return 0
    source, sink = 0, 1 + len(mentees) + len(places)
    from_source, to_sink = np.flatnonzero(mentees), np.flatnonzero(places)
    rows = [np.full(len(from_source), source), 1 + edges.mentee, 1 + len(mentees) + to_sink]
    columns = [1 + from_source, 1 + len(mentees) + edges.mentor, np.full(len(to_sink), sink)]
    room = [mentees[from_source], np.ones(len(edges), dtype=np.int64), places[to_sink]]
    rows_, columns_, room_ = (np.concatenate(part) for part in (rows, columns, room))
    graph = csr_array((room_.astype(np.int32), (rows_, columns_)), shape=(sink + 1, sink + 1))
    graph.indices, graph.indptr = graph.indices.astype(np.int32), graph.indptr.astype(np.int32)
    return int(maximum_flow(graph, source, sink).flow_value)
