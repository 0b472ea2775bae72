"""Groups, circles and teams: hosts open a room each or none, and members come to rooms of a least and a most size.

In a group the mentor is the host and mentees are the members. A circle's facilitator has a room for each thing that
mentees share. A team of mentees is the host of its mentors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .prices import NEVER, SCALE, Gathering, IsLate, Prices, Quest, floor_points, round_prices
from .programs import Floats, Program
from .tables import Flags, Integers, Tables

# Prices are looked for until so many in turn are not better by one part in so many. The last question, the total, may
# have all the time there is: nothing waits for its proof.
PATIENCE, WORTHWHILE = 60, 100_000
LAST_PATIENCE, LAST_WORTHWHILE = 200, 10_000_000


@dataclass(frozen=True)
class Rooms:
    """Rooms by members. `counts` are the people whom a member (`by_member`) or an open room (`by_room`) stands for."""

    host: Integers
    scores: Integers
    lowest: Integers
    allowed: Flags
    forced: Flags
    least: Integers
    most: Integers
    by_member: int
    by_room: Integers
    places: Integers
    topics: tuple[str, ...]
    hosts: tuple[tuple[int, ...], ...]
    hosts_mentor: bool


def open_rooms(tables: Tables) -> Rooms:
    return {"group": open_groups, "circle": open_groups, "team": open_teams}[tables.instance.model.kind](tables)


def open_groups(tables: Tables) -> Rooms:
    """One room for each mentor; for a facilitator one for each topic, of which one can open."""
    model = tables.instance.model
    rooms = [(column, topic) for column in range(len(tables.mentors)) for topic in list_topics(tables, column)]
    host = np.array([column for column, _ in rooms], dtype=np.int64)
    sharing = {topic: [shares(tables, row, topic) for row in range(len(tables.mentees))] for _, topic in rooms}
    fits = np.array([sharing[topic] for _, topic in rooms], dtype=bool).reshape(len(rooms), len(tables.mentees))
    forced = np.zeros((len(tables.mentors), len(tables.mentees)), dtype=bool)
    for row, column in tables.locked:
        forced[column, row] = True
    scores = tables.scores.T[host]
    return Rooms(
        host=host,
        scores=scores,
        lowest=scores,
        allowed=tables.allowed.T[host] & fits & ~(forced.any(axis=0) & ~forced[host]),
        forced=forced,
        least=np.full(len(rooms), model.least),
        most=np.array([min(model.most, tables.mentors[column].capacity) for column in host], dtype=np.int64),
        by_member=1,
        by_room=np.zeros(len(rooms), dtype=np.int64),
        places=np.ones(len(tables.mentees), dtype=np.int64),
        topics=tuple(topic for _, topic in rooms),
        hosts=tuple((column,) for column in range(len(tables.mentors))),
        hosts_mentor=True,
    )


def list_topics(tables: Tables, column: int) -> list[str]:
    """What a circle with this facilitator may be about: what they said, or else what any mentee said."""
    attribute = tables.instance.model.attribute
    if not attribute:
        return [""]
    own = as_set(tables.mentors[column].values.get(attribute))
    return sorted(own or set().union(*(as_set(mentee.values.get(attribute)) for mentee in tables.mentees)))


def shares(tables: Tables, row: int, topic: str) -> bool:
    attribute = tables.instance.model.attribute
    return not attribute or topic in as_set(tables.mentees[row].values.get(attribute))


def as_set(answer: object) -> frozenset[str]:
    return answer if isinstance(answer, frozenset) else frozenset() if answer is None else frozenset([str(answer)])


def open_teams(tables: Tables) -> Rooms:
    """One room for each team; somebody without a team is one alone. A mentor comes from outside the team."""
    model, teams = tables.instance.model, list_teams(tables)
    outside = [
        [mentor.values.get(model.attribute) != name or name is None for mentor in tables.mentors] for name, _ in teams
    ]
    allowed = [tables.allowed[list(rows)].all(axis=0) for _, rows in teams]
    size = len(teams), len(tables.mentors)
    forced = np.zeros(size, dtype=bool)
    for row, column in tables.locked:
        forced[next(index for index, (_, rows) in enumerate(teams) if row in rows), column] = True
    return Rooms(
        host=np.arange(len(teams)),
        scores=np.array([tables.scores[list(rows)].sum(axis=0) for _, rows in teams], dtype=np.int64).reshape(size),
        lowest=np.array([tables.scores[list(rows)].min(axis=0) for _, rows in teams], dtype=np.int64).reshape(size),
        allowed=np.array(allowed, dtype=bool).reshape(size) & np.array(outside, dtype=bool).reshape(size),
        forced=forced,
        least=np.full(len(teams), model.least),
        most=np.full(len(teams), model.most),
        by_member=0,
        by_room=np.array([len(rows) for _, rows in teams], dtype=np.int64),
        places=np.array([mentor.capacity for mentor in tables.mentors], dtype=np.int64),
        topics=("",) * len(teams),
        hosts=tuple(rows for _, rows in teams),
        hosts_mentor=False,
    )


def list_teams(tables: Tables) -> list[tuple[object, tuple[int, ...]]]:
    teams: dict[object, list[int]] = {}
    for row, mentee in enumerate(tables.mentees):
        name = mentee.values.get(tables.instance.model.attribute)
        teams.setdefault(("alone", row) if name is None else name, []).append(row)
    return [(None if isinstance(name, tuple) else name, tuple(rows)) for name, rows in teams.items()]


class Gatherings:
    """The best gatherings by a whole-number program, and prices that bound what any could reach."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.rooms = tables, open_rooms(tables)

    def is_open(self, quest: Quest) -> Flags:
        """Which members may come to which rooms."""
        rooms = self.rooms
        forced = rooms.forced[rooms.host]
        high = rooms.allowed if quest.floor is None else rooms.allowed & (rooms.lowest >= quest.floor)
        return high | (rooms.allowed & forced)

    def choose(self, quest: Quest, seconds: float | None = None) -> list[Gathering] | None:
        """The best gatherings; None where there are none."""
        program, room, member = self.write_program(quest)
        chosen = program.choose(seconds)
        if chosen is None:
            return None
        coming: dict[int, list[int]] = {}
        for index in np.flatnonzero(chosen[: len(room)]).tolist():
            coming.setdefault(int(room[index]), []).append(int(member[index]))
        return [self.gather(index, members) for index, members in sorted(coming.items())]

    def gather(self, room: int, members: list[int]) -> Gathering:
        hosts = self.rooms.hosts[int(self.rooms.host[room])]
        mentees, mentors = (members, hosts) if self.rooms.hosts_mentor else (hosts, members)
        return Gathering(tuple(mentees), tuple(mentors), self.rooms.topics[room])

    def count_people(self, found: list[Gathering]) -> int:
        return sum(len(each.mentees) for each in found)

    def sum_points(self, found: list[Gathering]) -> int:
        return sum(int(self.tables.scores[np.ix_(each.mentees, each.mentors)].sum()) for each in found)

    def write_program(self, quest: Quest) -> tuple[Program, Integers, Integers]:
        """Amounts: whether a member comes to a room, for every open pair, and then whether each room opens."""
        rooms = self.rooms
        room, member = np.nonzero(self.is_open(quest))
        pairs, opens = np.arange(len(room)), len(room) + np.arange(len(rooms.host))
        people = np.concatenate([np.full(len(room), rooms.by_member), rooms.by_room]).astype(np.float64)
        points = np.concatenate([rooms.scores[room, member], np.zeros(len(rooms.host))])
        program = Program(people if quest.people is None else points.astype(np.float64))
        program.add(member, pairs, 1.0, rooms.places.astype(np.float64))
        each = np.arange(len(rooms.host))
        sizes = np.concatenate([room, each]), np.concatenate([pairs, opens])
        ones = np.ones(len(room))
        program.add(*sizes, np.concatenate([-ones, rooms.least]), np.zeros(len(each)))
        program.add(*sizes, np.concatenate([ones, -rooms.most]), np.zeros(len(each)))
        program.add(rooms.host, opens, 1.0, np.ones(len(rooms.hosts)))
        if rooms.forced.any():
            number = np.cumsum(rooms.forced.ravel()).reshape(rooms.forced.shape) - 1
            held = rooms.forced[rooms.host[room], member]
            limit = np.ones(int(rooms.forced.sum()))
            program.add(number[rooms.host[room], member][held], pairs[held], 1.0, limit, exact=True)
        if quest.people is not None:
            columns = np.arange(len(people))
            program.add(np.zeros(len(people), dtype=np.int64), columns, -people, np.array([-float(quest.people)]))
        return program, room, member

    def prove(self, quest: Quest, reached: int, found: list[Gathering], is_late: IsLate) -> tuple[Prices, int]:
        """Prices and the bound they give, as near to what was reached as they get."""
        columns = Columns(self, quest, found)
        bounds = {
            guess: self.find_bound(quest, columns.write_prices(guess)) for guess in (columns.free, columns.prices)
        }
        best = min(bounds, key=lambda guess: bounds[guess])
        bound = bounds[best]
        last, idle = quest.people is not None, 0
        patience, worthwhile = (LAST_PATIENCE, LAST_WORTHWHILE) if last else (PATIENCE, WORTHWHILE)
        while bound > reached and idle < patience and not is_late() and columns.grow():
            columns.price()
            # Half way back to the best prices so far: those of a few companies jump to and fro.
            for prices in (columns.prices.move_to(best), columns.prices):
                columns.look_at(prices)
                better = self.find_bound(quest, columns.write_prices(prices))
                idle = 0 if better < bound - abs(bound) // worthwhile else idle + 1
                if better < bound:
                    best, bound = prices, better
        return columns.write_prices(best), bound

    def find_bound(self, quest: Quest, prices: Prices) -> int:
        """What no choice of gatherings can exceed: everybody's price, and what each host's best room is worth beyond."""
        members = prices.mentees if self.rooms.hosts_mentor else prices.mentors
        worth, _ = self.value_rooms(quest, members, prices.each, SCALE)
        best = np.full(len(self.rooms.hosts), NEVER)
        np.maximum.at(best, self.rooms.host, worth)
        free = ~self.rooms.forced.any(axis=1)
        best[free] = np.maximum(best[free], 0)
        rent = sum((members * self.rooms.places).tolist()) - prices.each * (quest.people or 0)
        return floor_points(rent + sum(best.tolist()))

    def value_rooms(self, quest: Quest, prices: NDArray, each: float, scale: int) -> tuple[NDArray, NDArray[np.int64]]:
        """What each room's best company is worth beyond its members' prices, and how many these are; NEVER if there is none."""
        rooms = self.rooms
        open_, forced = self.is_open(quest), rooms.forced[rooms.host]
        points = rooms.scores * scale + each * rooms.by_member if quest.people is not None else rooms.by_member * scale
        gain = np.where(open_, points - prices, NEVER)
        must = np.where(forced, np.maximum(gain, NEVER // 128), 0).sum(axis=1)
        held = forced.sum(axis=1)
        rest = -np.sort(-np.where(forced, NEVER, gain), axis=1)[:, : int(rooms.most.max(initial=0))]
        sums = np.concatenate(
            [np.zeros((len(rooms.host), 1), rest.dtype), np.cumsum(np.maximum(rest, NEVER // 128), axis=1)], axis=1
        )
        size = held[:, None] + np.arange(sums.shape[1])
        fits = (size >= rooms.least[:, None]) & (size <= rooms.most[:, None])
        sums = np.where(fits, sums, NEVER)
        count = sums.argmax(axis=1)
        opening = rooms.by_room * (scale if quest.people is None else each)
        worth = np.take_along_axis(sums, count[:, None], axis=1)[:, 0] + must + opening
        return np.where(worth < NEVER // 256, NEVER, worth), count


@dataclass(frozen=True, eq=False)
class Guess:
    """Prices in points while they are looked for: of members, of hosts, and of every person matched."""

    members: Floats
    hosts: Floats
    each: float

    def move_to(self, other: Guess) -> Guess:
        """Half way."""
        return Guess((self.members + other.members) / 2, self.hosts, (self.each + other.each) / 2)


class Columns:
    """The same question as a choice among whole companies, a few of them at a time: its prices give a sharper bound."""

    def __init__(self, gatherings: Gatherings, quest: Quest, found: list[Gathering]) -> None:
        self.gatherings, self.rooms, self.quest = gatherings, gatherings.rooms, quest
        self.open = gatherings.is_open(quest)
        self.companies: dict[tuple[int, tuple[int, ...]], None] = {}
        self.fresh: list[tuple[int, tuple[int, ...]]] = [self.find_key(each) for each in found]
        size = len(self.rooms.places)
        self.free = self.prices = Guess(np.zeros(size), np.zeros(len(self.rooms.hosts)), 0.0)
        program, _, _ = gatherings.write_program(quest)
        relaxed = program.relax()
        if relaxed is not None:
            each = max(0.0, float(relaxed[1][-1])) if quest.people is not None else 0.0
            self.prices = Guess(np.maximum(relaxed[1][:size], 0), self.prices.hosts, each)
        self.look_at(self.prices)

    def find_key(self, each: Gathering) -> tuple[int, tuple[int, ...]]:
        rooms = self.rooms
        members, host = (each.mentees, each.mentors) if rooms.hosts_mentor else (each.mentors, each.mentees)
        named = [(rooms.hosts[column], topic) for column, topic in zip(rooms.host, rooms.topics, strict=True)]
        return named.index((host, each.topic)), tuple(sorted(members))

    def write_prices(self, guess: Guess) -> Prices:
        tables = self.gatherings.tables
        mentees, mentors = (np.zeros(len(side), dtype=np.int64) for side in (tables.mentees, tables.mentors))
        members, each = round_prices(guess.members), round(guess.each * SCALE)
        return Prices(members, mentors, each) if self.rooms.hosts_mentor else Prices(mentees, members, each)

    def look_at(self, guess: Guess) -> None:
        """Note each room's best company at these prices, where it is worth more than its host's own price."""
        worth, counts = self.gatherings.value_rooms(self.quest, guess.members, guess.each, 1)
        for room in np.flatnonzero(worth > guess.hosts[self.rooms.host] + 1e-6).tolist():
            self.fresh.append((room, self.find_company(room, int(counts[room]), guess)))

    def grow(self) -> bool:
        """Take in what was noted; whether there was anything new."""
        before = len(self.companies)
        self.companies.update(dict.fromkeys(self.fresh))
        self.fresh = []
        return len(self.companies) > before

    def find_company(self, room: int, count: int, guess: Guess) -> tuple[int, ...]:
        rooms, forced = self.rooms, self.rooms.forced[self.rooms.host[room]]
        points = rooms.scores[room] if self.quest.people is not None else np.zeros(len(forced))
        gain = np.where(self.open[room] & ~forced, points - guess.members, -np.inf)
        best = np.argsort(-gain, kind="stable")[:count]
        return tuple(sorted([*np.flatnonzero(forced).tolist(), *best.tolist()]))

    def price(self) -> None:
        """The prices at which the companies so far are chosen best."""
        rooms, quest = self.rooms, self.quest
        companies = list(self.companies)
        sizes = np.array([len(members) for _, members in companies])
        room = np.array([room for room, _ in companies])
        rows = np.concatenate([np.array(members, dtype=np.int64) for _, members in companies])
        columns = np.repeat(np.arange(len(companies)), sizes)
        people = (rooms.by_member * sizes + rooms.by_room[room]).astype(np.float64)
        points = np.bincount(columns, rooms.scores[room[columns], rows], len(companies)).astype(np.float64)
        program = Program(people if quest.people is None else points, top=np.inf)
        of_members = program.add(rows, columns, 1.0, rooms.places.astype(np.float64))
        hosts, every = rooms.host[room], np.arange(len(companies))
        held: Flags = np.asarray(rooms.forced.any(axis=1))
        place = np.where(held, np.cumsum(held), np.cumsum(~held)) - 1
        of_free = program.add(place[hosts][~held[hosts]], every[~held[hosts]], 1.0, np.ones(int((~held).sum())))
        of_held = program.add(place[hosts][held[hosts]], every[held[hosts]], 1.0, np.ones(int(held.sum())), exact=True)
        if quest.people is not None:
            program.add(np.zeros_like(every), every, -people, np.array([-float(quest.people)]))
        relaxed = program.relax()
        if relaxed is not None:
            prices, own = relaxed[1], np.zeros(len(held))
            own[~held], own[held] = prices[of_free], prices[of_held]
            each = max(0.0, float(prices[-1])) if quest.people is not None else 0.0
            self.prices = Guess(np.maximum(prices[of_members], 0), own, each)
