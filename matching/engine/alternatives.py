"""What else could be: the exact cost of insisting on a pair, and what one more place would bring.

The prices of the best assignment say what everybody's place is worth to the others. Insisting on a pair sets off a chain:
somebody gives way, moves to another mentor, somebody there gives way, until a place is free or somebody is left without.
The cheapest chain is a shortest path, and its length is the exact cost: the same as solving again with the pair locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from .assignment import NOBODY
from .instance import Instance
from .objectives import plan_total
from .people import Person
from .pricing import search_field
from .scoring import Field, Integers
from .solving import draw_match

FAR = np.int64(2**62)
# The quick way looks at steps as short as the nearest so many of a mentee, in the middle of a sample.
NEAREST, SAMPLE = 40, 200


@dataclass(frozen=True)
class Cost:
    """What the best assignment loses: people matched, then points. Points can be below nought when people are lost."""

    matched: int
    total: int


@dataclass(frozen=True)
class Chains:
    """Steps between mentors (and outside) that cost no more than `reach`. A chain no longer than that has no other steps."""

    steps: csr_array
    reach: int

    @classmethod
    def over(cls, nodes: int, reach: int, start: Integers, end: Integers, cost: Integers) -> Chains:
        """The cheapest step between any two nodes."""
        order = np.lexsort((cost, end, start))
        start, end, cost = start[order], end[order], cost[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
        first &= start != end
        table = (cost[first].astype(np.float64), (start[first], end[first]))
        return cls(csr_array(table, shape=(nodes, nodes)), reach)

    def find_from(self, start: int, end: int) -> int | None:
        """The length of the shortest chain; None where it is longer than the reach."""
        length = dijkstra(self.steps, indices=start, limit=self.reach)[end]
        return int(length) if np.isfinite(length) else None

    def find_all_to(self, end: int) -> Integers:
        """The same from everywhere; FAR where it is longer than the reach."""
        lengths = dijkstra(self.steps.T.tocsr(), indices=end, limit=self.reach)
        return np.where(np.isfinite(lengths), np.nan_to_num(lengths, posinf=0), FAR).astype(np.int64)


class Alternatives:
    """Best by "total" once, then any number of questions about it."""

    def __init__(self, instance: Instance) -> None:
        self.instance = replace(instance, locked=(), mentees=list_unlocked(instance))
        self.field = Field(instance)
        found = search_field(self.field, plan_total)
        self.match = draw_match(self.field, found, instance.key)
        self.bonus = found.best.bonus
        self.mentee_prices, self.mentor_prices = found.best.mentee_prices, found.best.mentor_prices
        self.loads = np.bincount(self.match[self.match != NOBODY], minlength=len(self.field.mentors))
        self.columns = {person.id: column for column, person in enumerate(self.field.mentors)}
        self.rows = {person.id: row for row, person in enumerate(self.field.mentees)}
        self.home = np.where(self.match == NOBODY, len(self.loads), self.match)
        self.width = min(NEAREST, max(0, len(self.loads) - 1))

    def value_places(self) -> dict[str, Cost]:
        """What one more place with each mentor would bring, exactly."""
        empty = [mentor for mentor in self.field.mentors if not mentor.capacity]
        prices = zip(self.field.mentors, self.mentor_prices.tolist(), strict=True)
        worth = {mentor.id: self.split(price) for mentor, price in prices}
        return worth | self.value_mentors(empty)

    def value_mentors(self, mentors: Sequence[Person]) -> dict[str, Cost]:
        """What each of these, who have no places yet, would bring with one: people who may join, or whom to look for."""
        newcomers = tuple(replace(mentor, capacity=1) for mentor in mentors)
        field = Field(replace(self.instance, mentors=newcomers))
        gain = np.zeros(len(newcomers), dtype=np.int64)
        for part in field.list_blocks():
            block = field.score(part)
            more = self.bonus + block.astype(np.int64) - self.mentee_prices[part, None]
            gain = np.maximum(gain, np.where(block > field.lowest, more, 0).max(axis=0, initial=0))
        return {mentor.id: self.split(worth) for mentor, worth in zip(newcomers, gain.tolist(), strict=True)}

    def cost_pair(self, mentee_id: str, mentor_id: str) -> Cost | None:
        """What insisting on this pair costs everybody together; None where a hard rule refuses it."""
        row, column = self.rows[mentee_id], self.columns[mentor_id]
        slack = self.find_slack_of_mentee(row)[column]
        if slack >= FAR // 4:
            return None
        chain = self.chains.find_from(column, self.find_home(row))
        return self.split(int(slack + (self.find_chains(row, column)[column] if chain is None else chain)))

    def cost_mentors(self, mentee_id: str) -> dict[str, Cost]:
        """For every mentor this mentee may have: what insisting on them costs everybody together."""
        row = self.rows[mentee_id]
        slack = self.find_slack_of_mentee(row)
        allowed = np.flatnonzero(slack < FAR // 4)
        chains = self.chains.find_all_to(self.find_home(row))
        if (chains[allowed] >= FAR).any():
            chains = self.find_chains(row)
        return {self.field.mentors[column].id: self.split(int(slack[column] + chains[column])) for column in allowed}

    def find_home(self, row: int) -> int:
        """The mentor whose place this mentee leaves; outside where there is none."""
        return len(self.loads) if self.match[row] == NOBODY else int(self.match[row])

    @cached_property
    def chains(self) -> Chains:
        """The short steps between all mentors, found in one look at all pairs and used for every question."""
        height = len(self.field.mentees) if len(self.loads) else 0
        sample = np.linspace(0, max(0, height - 1), min(height, SAMPLE)).astype(int)
        nearest = [np.partition(self.find_slack_of_mentee(row), self.width)[self.width] for row in sample]
        reach = min(int(np.median(nearest)) if nearest else 0, self.bonus)
        short = [self.list_short_steps(part, reach) for part in self.field.list_blocks()]
        outside = len(self.loads)
        leave = np.flatnonzero(self.mentee_prices <= reach)
        spare = np.flatnonzero(self.loads < self.field.capacity)
        empty = np.flatnonzero((self.loads > 0) & (self.mentor_prices <= reach))
        steps = [
            *short,
            (self.home[leave], np.full(len(leave), outside), self.mentee_prices[leave]),
            (spare, np.full(len(spare), outside), np.zeros(len(spare), dtype=np.int64)),
            (np.full(len(empty), outside), empty, self.mentor_prices[empty]),
        ]
        return Chains.over(outside + 1, reach, *(np.concatenate(part) for part in zip(*steps, strict=True)))

    def list_short_steps(self, part: slice, reach: int) -> tuple[Integers, Integers, Integers]:
        """Who could move from their mentor to another for no more than this."""
        block = self.field.score(part)
        slack = self.mentee_prices[part, None] + (self.mentor_prices - self.bonus) - block.astype(np.int64)
        mentee, mentor = np.nonzero((slack <= reach) & (block > self.field.lowest))
        return self.home[part][mentee], mentor, slack[mentee, mentor]

    def split(self, worth: int) -> Cost:
        people = (worth + self.bonus // 2) // self.bonus
        return Cost(people, worth - people * self.bonus)

    def find_slack_of_mentee(self, row: int) -> Integers:
        """What a mentee's pair with every mentor falls short of its two prices."""
        scores = self.field.score(slice(row, row + 1))[0]
        slack = self.mentee_prices[row] + self.mentor_prices - self.bonus - scores.astype(np.int64)
        return np.where(scores > self.field.lowest, slack, FAR // 4)

    def find_slack_of_mentor(self, column: int) -> Integers:
        scores = self.field.score_mentor(column)
        slack = self.mentee_prices + self.mentor_prices[column] - self.bonus - scores.astype(np.int64)
        return np.where(scores > self.field.lowest, slack, FAR // 4)

    def find_chains(self, row: int, wanted: int | None = None) -> Integers:
        """The cheapest chain from every mentor, made to take one more, back to the place this mentee leaves.

        Dijkstra's paths, backwards from that place. The node after the last mentor is outside: whoever is unmatched,
        and whatever place is free.
        """
        outside = len(self.loads)
        distance = np.full(outside + 1, FAR, dtype=np.int64)
        settled = np.zeros(outside + 1, dtype=bool)
        distance[self.find_home(row)] = 0
        while not settled.all():
            node = int(np.argmin(np.where(settled, FAR, distance)))
            if settled[node] or distance[node] >= FAR:
                break
            settled[node] = True
            if node == wanted:
                break
            np.minimum(distance, distance[node] + self.find_steps_to(node, row), out=distance)
        return distance[:outside]

    def find_steps_to(self, node: int, row: int) -> Integers:
        """The cheapest step from every node to this one: one of its mentees moves here, or a place is left free."""
        outside = len(self.loads)
        steps = np.full(outside + 1, FAR // 4, dtype=np.int64)
        if node == outside:
            moves = self.mentee_prices.copy()
            steps[:outside][self.loads < self.field.capacity] = 0
        else:
            moves = self.find_slack_of_mentor(node)
            if self.loads[node]:
                steps[outside] = self.mentor_prices[node]
        moves[row] = FAR // 4
        np.minimum.at(steps, self.home, moves)
        return steps


def list_unlocked(instance: Instance) -> tuple[Person, ...]:
    locked = {mentee for mentee, _ in instance.locked}
    return tuple(mentee for mentee in instance.mentees if mentee.id not in locked)
