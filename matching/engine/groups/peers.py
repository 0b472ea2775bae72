"""Peer pairs: everybody in one pool, two by two.

The best pairs of one pool are a matching in a graph that has odd circles, where prices of people alone leave a gap: of
three friends only two can pair. So odd sets of people have a price as well (Edmonds); they are looked for one by one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from .prices import SCALE, Gathering, IsLate, Prices, Quest, floor_points, round_prices
from .programs import Program
from .tables import Flags, Integers, Tables

ROUNDS = 60
TOLERANCE = 1e-6


class Peers:
    """The best pairs by a program with prices for odd sets, whole where these do not make it whole by themselves."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.size = tables, len(tables.mentees)
        self.settled = np.zeros(self.size, dtype=bool)
        for row, column in tables.locked:
            self.settled[[row, column]] = True
        self.first, self.second = np.nonzero(np.triu(tables.allowed, 1) & ~self.settled[:, None] & ~self.settled)
        self.score = tables.scores[self.first, self.second]
        self.sets: dict[Quest, list[tuple[int, ...]]] = {}

    def keep(self, quest: Quest) -> Flags:
        return np.full(len(self.score), True) if quest.floor is None else self.score >= quest.floor

    def choose(self, quest: Quest, seconds: float | None = None) -> list[Gathering] | None:
        _, amounts = self.solve(quest)
        keep = np.flatnonzero(self.keep(quest))
        chosen = np.asarray(amounts > 0.5)
        if (np.abs(amounts - chosen) > TOLERANCE).any():
            whole = self.write_program(quest).choose(seconds)
            if whole is None:
                return None
            chosen = whole
        pairs = [(int(self.first[index]), int(self.second[index])) for index in keep[chosen]]
        locked = [(min(pair), max(pair)) for pair in self.tables.locked]
        return [Gathering(pair, ()) for pair in [*locked, *pairs]]

    def count_people(self, found: list[Gathering]) -> int:
        return 2 * len(found)

    def sum_points(self, found: list[Gathering]) -> int:
        return sum(int(self.tables.scores[each.mentees]) for each in found)

    @property
    def held(self) -> list[Gathering]:
        return [Gathering(pair, ()) for pair in self.tables.locked]

    def write_program(self, quest: Quest) -> Program:
        """A row for each person, one for each odd set found so far, and one for how many people there have to be."""
        keep = self.keep(quest)
        first, second, score = self.first[keep], self.second[keep], self.score[keep]
        every, two = np.arange(len(score)), np.full(len(score), 2.0)
        program = Program(two if quest.people is None else score.astype(np.float64))
        program.add(np.concatenate([first, second]), np.concatenate([every, every]), 1.0, np.ones(self.size))
        for people in self.sets.get(quest, []):
            within = np.isin(first, people) & np.isin(second, people)
            program.add(np.zeros(int(within.sum()), dtype=np.int64), every[within], 1.0, np.array([len(people) // 2]))
        if quest.people is not None:
            need = quest.people - 2 * len(self.tables.locked)
            program.add(np.zeros_like(every), every, -two, np.array([-float(need)]))
        return program

    def solve(self, quest: Quest) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The prices of the rows and the amounts, with as many odd sets as help."""
        keep = self.keep(quest)
        if not keep.any():
            return np.zeros(self.size), np.zeros(0)
        for _ in range(ROUNDS):
            relaxed = self.write_program(quest).relax()
            if relaxed is None:
                raise ArithmeticError("no choice of pairs has so many people")
            amounts, prices = relaxed
            more = self.find_odd_sets(self.first[keep], self.second[keep], amounts, quest)
            if not more:
                break
            self.sets.setdefault(quest, []).extend(more)
        return prices, amounts

    def find_odd_sets(
        self, first: Integers, second: Integers, amounts: NDArray[np.float64], quest: Quest
    ) -> list[tuple[int, ...]]:
        """Odd sets of people with more pairs among them than can be, as they hang together by part pairs."""
        found = set(self.sets.get(quest, []))
        more = []
        for least in (TOLERANCE, 0.1, 0.3, 0.45):
            part = (amounts > least) & (amounts < 1 - TOLERANCE)
            table = csr_array((np.ones(int(part.sum())), (first[part], second[part])), shape=(self.size, self.size))
            count, labels = connected_components(table, directed=False)
            sizes = np.bincount(labels, minlength=count)
            for label in np.flatnonzero((sizes % 2 == 1) & (sizes > 1)):
                people = tuple(np.flatnonzero(labels == label).tolist())
                within = np.isin(first, people) & np.isin(second, people)
                if amounts[within].sum() > len(people) // 2 + TOLERANCE and people not in found:
                    found.add(people)
                    more.append(people)
        return more

    def prove(self, quest: Quest, reached: int, found: list[Gathering], is_late: IsLate) -> tuple[Prices, int]:
        """Prices of people and of odd sets, and the bound they give."""
        rows, _ = self.solve(quest)
        sets = self.sets.get(quest, [])
        worth = round_prices(rows[self.size :]).tolist()
        each = round(max(0.0, float(rows[-1])) * SCALE) if quest.people is not None and len(rows) > self.size else 0
        prices = Prices(
            round_prices(rows[: self.size]),
            np.zeros(self.size, dtype=np.int64),
            each,
            tuple((people, price) for people, price in zip(sets, worth, strict=False) if price),
        )
        return prices, self.find_bound(quest, prices)

    def find_bound(self, quest: Quest, prices: Prices) -> int:
        """All prices together, and what pairs are worth beyond them (nothing, but for rounding)."""
        keep = self.keep(quest)
        first, second = self.first[keep], self.second[keep]
        points = self.score[keep] * SCALE + 2 * prices.each if quest.people is not None else np.int64(2 * SCALE)
        over = points - prices.mentees[first] - prices.mentees[second]
        rent = sum(prices.mentees[~self.settled].tolist())
        for people, price in prices.sets:
            over = over - price * (np.isin(first, people) & np.isin(second, people))
            rent += price * (len(people) // 2)
        beyond = np.zeros(self.size, dtype=np.int64)
        np.maximum.at(beyond, first, over)
        free = floor_points(rent + sum(beyond.tolist()) - prices.each * self.count_needed(quest))
        return free + (self.count_people(self.held) if quest.people is None else self.sum_points(self.held))

    def count_needed(self, quest: Quest) -> int:
        return 0 if quest.people is None else quest.people - 2 * len(self.tables.locked)
