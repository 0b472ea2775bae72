"""Who meets whom at an event, when and where. Knows nothing of Django.

First the meetings: as many as there can be, nobody in more than there are rounds, evenly spread over people, and of
equally even ones those that fit best. That is a flow, so the linear programme's corner has whole numbers. Then the
rounds: meetings of which nobody has more than there are rounds can always be coloured with so many colours (König),
and colours can be evened out until each round fits the tables.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

Pair = tuple[str, str]
End = tuple[int, str]  # a side (0 mentee, 1 mentor) and a person: somebody may be both
EVENNESS = 10  # how much an even spread counts beside a perfect fit


@dataclass(frozen=True)
class Plan:
    """How many rounds there are, and how many tables in each."""

    rounds: int
    tables: int


@dataclass(frozen=True)
class Meeting:
    """Two people at a table in a round; both count from 1."""

    round: int
    table: int
    mentee: str
    mentor: str


def make_plan(worth: Mapping[Pair, int], plan: Plan) -> list[Meeting]:
    """The timetable for the pairs that may meet, with their worth. Empty where nobody may meet anybody."""
    pairs = choose_meetings(worth, plan)
    rounds = even_out(colour(pairs, plan.rounds), plan)
    return list(seat(rounds))


def choose_meetings(worth: Mapping[Pair, int], plan: Plan) -> list[Pair]:
    """The meetings, round by round still open: the most there can be, then evenly spread, then the best."""
    pairs = sorted(worth)
    if not pairs:
        return []
    people = sorted({(side, pair[side]) for pair in pairs for side in (0, 1)})
    steps = len(people) * plan.rounds
    most = max(max(worth.values()), 1)
    # The nth meeting of a person costs more than the one before; a meeting is worth more than all that can cost.
    cost = EVENNESS * np.tile(2 * np.arange(plan.rounds) + 1.0, len(people))
    meeting = 2 * EVENNESS * (2 * plan.rounds + 1) + 2 * len(people)
    gain = meeting + np.array([worth[pair] / most for pair in pairs])
    found = linprog(
        np.concatenate([-gain, cost]),
        A_ub=np.concatenate([np.ones(len(pairs)), np.zeros(steps)])[None, :],
        b_ub=[plan.rounds * plan.tables],
        A_eq=meetings_add_up(pairs, people, plan.rounds),
        b_eq=np.zeros(len(people)),
        bounds=(0, 1),
        method="highs-ds",
    )
    return [pair for pair, taken in zip(pairs, found.x[: len(pairs)], strict=True) if taken > 0.5]


def meetings_add_up(pairs: list[Pair], people: list[End], rounds: int) -> coo_matrix:
    """Each person's meetings are as many as the steps they have taken."""
    row = {person: place for place, person in enumerate(people)}
    meets = [(row[side, pair[side]], column) for column, pair in enumerate(pairs) for side in (0, 1)]
    steps = [(place, len(pairs) + place * rounds + step) for place in range(len(people)) for step in range(rounds)]
    at = np.array(meets + steps)
    values: NDArray[np.float64] = np.concatenate([np.ones(len(meets)), -np.ones(len(steps))])
    return coo_matrix((values, (at[:, 0], at[:, 1])), shape=(len(people), len(pairs) + len(people) * rounds))


Coloured = dict[End, dict[int, str]]  # for each person, whom they meet in which round


def colour(pairs: list[Pair], rounds: int) -> Coloured:
    """A round for every meeting, so that nobody is in two at once. Nobody has more meetings than there are rounds."""
    meets: Coloured = defaultdict(dict)
    for mentee, mentor in pairs:
        one, other = (0, mentee), (1, mentor)
        free = next(round for round in range(rounds) if round not in meets[one])
        theirs = next(round for round in range(rounds) if round not in meets[other])
        if free in meets[other]:
            # Along the path of these two rounds that begins at the mentor; it cannot reach the mentee.
            swap(meets, other, free, theirs)
        meets[one][free], meets[other][free] = mentor, mentee
    return meets


def swap(meets: Coloured, start: End, first: int, second: int) -> None:
    """Exchange two rounds along the path of meetings that leads away from somebody."""
    path = list(follow(meets, start, first, second))
    for one, other, round in path:
        del meets[one][round], meets[other][round]
    for one, other, round in path:
        changed = second if round == first else first
        meets[one][changed], meets[other][changed] = other[1], one[1]


def follow(meets: Coloured, start: End, first: int, second: int) -> Iterator[tuple[End, End, int]]:
    """The meetings one after the other, in turn of the first round and of the second."""
    here, round = start, first
    while round in meets[here]:
        there = (1 - here[0], meets[here][round])
        yield here, there, round
        here, round = there, second if round == first else first


def even_out(meets: Coloured, plan: Plan) -> list[list[Pair]]:
    """The rounds, none with more meetings than there are tables."""
    while True:
        rounds = list_rounds(meets, plan.rounds)
        sizes = [len(one) for one in rounds]
        full, empty = sizes.index(max(sizes, default=0)), sizes.index(min(sizes, default=0))
        if sizes[full] <= plan.tables:
            return rounds
        # A path with one meeting more in the full round than in the empty one: it begins with somebody who is busy in
        # the full round alone, and ends so.
        for person in sorted(meets):
            if full in meets[person] and empty not in meets[person]:
                path = list(follow(meets, person, full, empty))
                if len(path) % 2:
                    swap(meets, person, full, empty)
                    break


def list_rounds(meets: Coloured, rounds: int) -> list[list[Pair]]:
    mentees = [(name, plan) for (side, name), plan in sorted(meets.items()) if side == 0]
    return [[(name, plan[round]) for name, plan in mentees if round in plan] for round in range(rounds)]


def seat(rounds: list[list[Pair]]) -> Iterator[Meeting]:
    """Mentors keep their table from round to round as far as there is room; mentees move."""
    usual: dict[str, int] = {}
    for number, pairs in enumerate(rounds, start=1):
        kept = {mentor: usual[mentor] for _, mentor in pairs if mentor in usual}
        taken: dict[int, str] = {}
        for mentor in sorted(kept, key=lambda one: (kept[one], one)):
            taken.setdefault(kept[mentor], mentor)
        sitting = {mentor: table for table, mentor in taken.items()}
        free = (table for table in range(1, len(pairs) + len(usual) + 1) if table not in taken)
        for mentee, mentor in pairs:
            table = sitting[mentor] if mentor in sitting else next(free)
            usual[mentor] = table
            yield Meeting(number, table, mentee, mentor)
