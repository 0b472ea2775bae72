"""Two by two: an experienced and a new mentor together with two mentees; all four pairs count.

There are too many foursomes to write them all down. A few are chosen among at a time; prices of people say which are
missing, as long as any is. Those prices bound what any choice can reach, and only foursomes within that bound of what has
been found can be part of anything better: where they are not too many, the best of them all is found.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..reading import Fault
from .prices import NEVER, SCALE, Gathering, IsLate, Prices, Quest, floor_points, round_prices
from .programs import Program
from .tables import Flags, Tables

ROUNDS = 120
# So many foursomes at most are chosen among in whole numbers.
MOST_FOURSOMES = 60_000
LARGEST = 20_000_000
# What it costs, in best scores, to leave a lock or the number of people open while prices are looked for.
DEAR = 256.0
Foursome = tuple[int, int, int, int]


class Quartets:
    """`old` and `new` are the columns of mentors with and without experience. A foursome: two mentees, old, new."""

    def __init__(self, tables: Tables) -> None:
        self.tables, model = tables, tables.instance.model
        is_old = np.array([mentor.values.get(model.attribute) in model.among for mentor in tables.mentors], dtype=bool)
        self.old, self.new = np.flatnonzero(is_old), np.flatnonzero(~is_old)
        if len(tables.mentees) * len(self.old) * len(self.new) > LARGEST:
            raise Fault("model", f"two-by-two is for at most {LARGEST:,} ways to put a mentee with two mentors")
        self.places = np.array([mentor.capacity for mentor in tables.mentors], dtype=np.int64)
        self.allowed = tables.allowed.copy()
        self.must = np.zeros(len(tables.mentees), dtype=bool)
        self.forced = np.zeros_like(self.allowed)
        for row, column in tables.locked:
            others = self.old if is_old[column] else self.new
            self.allowed[row, others[others != column]] = False
            self.must[row] = self.forced[row, column] = True
        self.found: dict[Quest, list[Foursome]] = {}

    def is_open(self, quest: Quest) -> Flags:
        if quest.floor is None:
            return self.allowed
        return self.allowed & ((self.tables.scores >= quest.floor) | self.forced)

    def count_people(self, found: list[Gathering]) -> int:
        return 2 * len(found)

    def sum_points(self, found: list[Gathering]) -> int:
        return sum(int(self.tables.scores[np.ix_(each.mentees, each.mentors)].sum()) for each in found)

    def value(self, quest: Quest, prices: NDArray, each: float, scale: int) -> tuple[NDArray, NDArray, NDArray]:
        """For every old and new mentor: what each mentee would bring with them beyond their price; the two best of these."""
        open_, scores = self.is_open(quest), self.tables.scores
        counted = scores * scale if quest.people is not None else np.zeros_like(scores)
        side = np.where(open_, counted, NEVER // 128)
        once = each if quest.people is not None else scale
        gain = side[:, self.old, None] + side[:, None, self.new] + once - prices[:, None, None]
        if len(gain) < 2:
            return gain, np.full(gain.shape[1:], NEVER // 128), np.zeros((2, *gain.shape[1:]), dtype=np.int64)
        order = np.argpartition(-gain, 1, axis=0)[:2]
        best = np.take_along_axis(gain, order, axis=0).sum(axis=0)
        return gain, best, order

    def find_bound(self, quest: Quest, prices: Prices) -> int:
        """What no choice of foursomes can exceed: everybody's price, and what the best with each old mentor is worth beyond."""
        _, best, _ = self.value(quest, prices.mentees, prices.each, SCALE)
        beyond = (best - prices.mentors[self.new]).max(axis=1, initial=0)
        rent = sum(prices.mentees.tolist()) + sum((prices.mentors * self.places)[self.new].tolist())
        rent += sum((beyond * self.places[self.old]).tolist())
        return floor_points(rent - prices.each * (quest.people or 0))

    def find_prices(self, quest: Quest) -> tuple[Prices, int]:
        """Prices at which no foursome is missing, or the best that so many rounds give; and their bound."""
        columns = self.found.setdefault(quest, self.start(quest))
        known = set(columns)
        best, bound = self.write_prices(np.zeros(len(self.must)), np.zeros(len(self.places)), 0.0), None
        for _ in range(ROUNDS):
            mentees, mentors, each = self.price(quest, columns)
            prices = self.write_prices(mentees, mentors, each)
            reached = self.find_bound(quest, prices)
            if bound is None or reached < bound:
                best, bound = prices, reached
            more = [one for one in self.list_missing(quest, mentees, mentors, each) if one not in known]
            if not more:
                break
            known.update(more)
            columns.extend(more)
        return best, bound if bound is not None else 0

    def write_prices(self, mentees: NDArray, mentors: NDArray, each: float) -> Prices:
        rounded = np.rint(mentees * SCALE).astype(np.int64)
        of_new = round_prices(mentors)
        of_new[self.old] = 0  # what an old mentor's place is worth, the bound finds by itself
        return Prices(np.where(self.must, rounded, np.maximum(rounded, 0)), of_new, round(each * SCALE))

    def start(self, quest: Quest) -> list[Foursome]:
        """Where there is a choice for most people already, begin with that; else with nothing."""
        most = self.found.get(quest._replace(people=None), [])
        scores = self.is_open(quest)
        return [one for one in most if scores[np.ix_(one[:2], one[2:])].all()]

    def list_missing(self, quest: Quest, mentees: NDArray, mentors: NDArray, each: float) -> list[Foursome]:
        """The best foursome for every two mentors, where it is worth more than all their prices."""
        _, best, order = self.value(quest, mentees, each, 1)
        over = best - mentors[self.old][:, None] - mentors[self.new]
        return [self.name(order[:, old, new], old, new) for old, new in np.argwhere(over > 1e-6).tolist()]

    def name(self, two: NDArray, old: int, new: int) -> Foursome:
        first, second = sorted(two.tolist())
        return first, second, int(self.old[old]), int(self.new[new])

    def price(self, quest: Quest, columns: list[Foursome]) -> tuple[NDArray, NDArray, float]:
        """What everybody's place is worth among the foursomes so far. Where they are not enough, whoever is missing is dear."""
        program, of_free, of_held, of_new = self.write_program(quest, columns, short=True)
        if not len(program.worth):
            return np.zeros(len(self.must)), np.zeros(len(self.places)), 0.0
        relaxed = program.relax()
        if relaxed is None:
            raise ArithmeticError("the prices of foursomes do not settle")
        prices = relaxed[1]
        mentees, mentors = np.zeros(len(self.must)), np.zeros(len(self.places))
        mentees[~self.must], mentees[self.must] = np.maximum(prices[of_free], 0), prices[of_held]
        mentors[:] = np.maximum(prices[of_new], 0)
        each = max(0.0, float(prices[-1])) if quest.people is not None else 0.0
        return mentees, mentors, each

    def write_program(
        self, quest: Quest, columns: list[Foursome], *, short: bool = False
    ) -> tuple[Program, slice, slice, slice]:
        """A row for each mentee, each mentor, and the number of people. `short`: these may fall short, at a high price."""
        scores, every = self.tables.scores, np.arange(len(columns))
        held, table = int(self.must.sum()), np.array(columns, dtype=np.int64).reshape(-1, 4)
        points = np.array([scores[np.ix_(one[:2], one[2:])].sum() for one in columns], dtype=np.float64)
        dear = DEAR * max(1, int(np.abs(scores).max(initial=0)))
        extra = (held + (quest.people is not None)) * short
        worth = points if quest.people is not None else np.full(len(columns), 2.0)
        program = Program(np.concatenate([worth, np.full(extra, -dear)]), top=np.inf if short else 1.0)
        rows, both = table[:, :2].ravel(), np.repeat(every, 2)
        wanted, place = self.must[rows], np.where(self.must, np.cumsum(self.must), np.cumsum(~self.must)) - 1
        of_free = program.add(place[rows[~wanted]], both[~wanted], 1.0, np.ones(len(self.must) - held))
        short_of = np.arange(held if short else 0)
        of_held = program.add(
            np.concatenate([place[rows[wanted]], short_of]),
            np.concatenate([both[wanted], len(columns) + short_of]),
            1.0,
            np.ones(held),
            exact=True,
        )
        of_mentors = program.add(table[:, 2:].ravel(), both, 1.0, self.places.astype(np.float64))
        if quest.people is not None:
            counted = np.concatenate([every, np.full(int(short), len(columns) + held)])
            program.add(np.zeros_like(counted), counted, -2.0, np.array([-float(quest.people)]))
        return program, of_free, of_held, of_mentors

    def choose(self, quest: Quest, seconds: float | None = None) -> list[Gathering] | None:
        """The best foursomes among those that prices brought up; among all that matter, where these are not too many."""
        prices, bound = self.find_prices(quest)
        columns = self.found[quest]
        chosen = self.pick(quest, columns, seconds)
        reached = -1 if chosen is None else self.count(quest, chosen)
        if reached < bound:
            within = self.list_within(quest, prices, bound - reached)
            if within is not None:
                chosen = self.pick(quest, sorted({*columns, *within}), seconds) or chosen
        return None if chosen is None else [Gathering(one[:2], one[2:]) for one in chosen]

    def count(self, quest: Quest, chosen: list[Foursome]) -> int:
        found = [Gathering(one[:2], one[2:]) for one in chosen]
        return self.count_people(found) if quest.people is None else self.sum_points(found)

    def pick(self, quest: Quest, columns: list[Foursome], seconds: float | None) -> list[Foursome] | None:
        program, *_ = self.write_program(quest, columns)
        chosen = program.choose(seconds)
        return None if chosen is None else [columns[index] for index in np.flatnonzero(chosen).tolist()]

    def list_within(self, quest: Quest, prices: Prices, gap: int) -> list[Foursome] | None:
        """Every foursome that could be part of something better than what was found; None where they are too many."""
        gain, best, _ = self.value(quest, prices.mentees, prices.each, SCALE)
        beyond = np.maximum((best - prices.mentors[self.new]).max(axis=1, initial=0), 0)
        found: list[Foursome] = []
        for old in range(len(self.old)):
            for new in range(len(self.new)):
                least = beyond[old] + prices.mentors[self.new[new]] - (gap + 1) * SCALE
                if best[old, new] < least:
                    continue
                here = gain[:, old, new]
                near = np.flatnonzero(here + here.max() >= least)
                first, second = np.nonzero(np.triu(here[near, None] + here[near] >= least, 1))
                if len(found) + len(first) > MOST_FOURSOMES:
                    return None
                two = zip(near[first].tolist(), near[second].tolist(), strict=True)
                found += [(one, other, int(self.old[old]), int(self.new[new])) for one, other in two]
        return found

    def prove(self, quest: Quest, reached: int, found: list[Gathering], is_late: IsLate) -> tuple[Prices, int]:
        return self.find_prices(quest)
