"""Why somebody is in no group or circle although no rule is against it: too few could come together around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ..instance import Instance
from .gatherings import open_groups
from .tables import Tables

WITH_LEAST = ("group", "circle")


@dataclass(frozen=True)
class Company:
    """The most mentees, this one among them, who could come together with one mentor, and how many are needed (`least`).

    `mentor` is None, and nobody `together`, where no mentor whom the rules leave has room and shares a topic with them.
    """

    mentor: str | None
    topic: str
    together: int
    least: int

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def find_companies(instance: Instance, mentees: Iterable[str]) -> dict[str, Company]:
    """For each of these mentees, by id; nothing for models whose groups have no least size of mentees."""
    mentees = list(mentees)
    if instance.model.kind not in WITH_LEAST or not mentees:
        return {}
    tables = Tables(instance)
    rooms = open_groups(tables)
    can_open = rooms.most >= rooms.least
    sizes = rooms.allowed.sum(axis=1)
    found = {}
    for id in mentees:
        open_ = np.flatnonzero(rooms.allowed[:, tables.rows[id]] & can_open)
        best = max(open_.tolist(), key=lambda room: int(sizes[room]), default=None)
        found[id] = Company(None, "", 0, instance.model.least)
        if best is not None:
            mentor = tables.mentors[int(rooms.host[best])].id
            found[id] = Company(mentor, rooms.topics[best], int(sizes[best]), instance.model.least)
    return found
