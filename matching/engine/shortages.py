"""Why people have to wait, for all of them together: too many mentees who can only go to the same few mentors.

Nobody who waits can get a place by any chain of others giving way. So everybody along these chains can use no mentor
but those on them, and all their places are taken: by Hall's theorem that many have to wait, whoever they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from .instance import Instance
from .outcome import Outcome
from .repairs import say_list
from .scoring import Field, Integers


@dataclass(frozen=True)
class Shortage:
    """These mentees can use only these mentors, with so many places: the rest must wait. Locked pairs are not counted."""

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    places: int

    @property
    def waiting(self) -> int:
        return len(self.mentees) - self.places

    def as_document(self, call: Callable[[str], str] = str) -> dict[str, Any]:
        people = {"mentees": list(self.mentees), "mentors": list(self.mentors)}
        return people | {"places": self.places, "waiting": self.waiting, "words": say_shortage(self, call)}


def find_shortages(instance: Instance, outcome: Outcome) -> list[Shortage]:
    """One for each set of people who compete for the same mentors, the largest first; none where nobody has to wait."""
    field = Field(instance)
    rows = {person.id: row for row, person in enumerate(field.mentees)}
    columns = {person.id: column for column, person in enumerate(field.mentors)}
    match = {rows[mentee]: columns[mentor] for mentee, mentor in outcome.pairs if mentee in rows}
    theirs: dict[int, list[int]] = {}
    for row, column in match.items():
        theirs.setdefault(column, []).append(row)
    links = follow(field, [row for row in range(len(field.mentees)) if row not in match], theirs)
    found = [describe(field, *group) for group in group_links(links, field)]
    return sorted((one for one in found if one.waiting > 0), key=lambda one: (-one.waiting, one.mentees))


def follow(field: Field, waiting: list[int], theirs: dict[int, list[int]]) -> dict[int, list[int]]:
    """For everybody on a chain that begins with those who wait: the mentors they may have."""
    links: dict[int, list[int]] = {}
    reached: set[int] = set()
    queue = list(waiting)
    while queue:
        row = queue.pop()
        block = field.score(slice(row, row + 1))[0]
        links[row] = np.flatnonzero(block > field.lowest).tolist()
        for column in links[row]:
            if column not in reached:
                reached.add(column)
                queue += theirs.get(column, [])
    return links


def group_links(links: dict[int, list[int]], field: Field) -> list[tuple[list[int], list[int]]]:
    """Mentees and mentors who hang together."""
    if not links:
        return []
    size = len(field.mentees) + len(field.mentors)
    ends = [(row, len(field.mentees) + column) for row, columns in links.items() for column in columns]
    starts, stops = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    table = csr_array((np.ones(len(ends)), (starts, stops)), shape=(size, size))
    labels: Integers = connected_components(table, directed=False)[1]
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for row in sorted(links):
        groups.setdefault(int(labels[row]), ([], []))[0].append(row)
    for column in sorted({column for columns in links.values() for column in columns}):
        groups[int(labels[len(field.mentees) + column])][1].append(column)
    return list(groups.values())


def describe(field: Field, rows: list[int], columns: list[int]) -> Shortage:
    return Shortage(
        mentees=tuple(sorted(field.mentees[row].id for row in rows)),
        mentors=tuple(sorted(field.mentors[column].id for column in columns)),
        places=sum(field.mentors[column].capacity for column in columns),
    )


def say_shortage(shortage: Shortage, call: Callable[[str], str] = str) -> str:
    """In a sentence that anybody can check by counting."""
    names = say_list([call(id) for id in shortage.mentees]) if len(shortage.mentees) <= 3 else ""
    who = names or f"these {len(shortage.mentees)} mentees"
    if not shortage.mentors:
        return f"There is no mentor whom {who} may have."
    mentors, places = len(shortage.mentors), shortage.places
    use = f"{mentors} mentor{'s' * (mentors > 1)} with {places} place{'s' * (places > 1)}"
    must = f"{shortage.waiting} must wait"
    return f"{who[0].upper()}{who[1:]} can use only {use}, so {must}."
