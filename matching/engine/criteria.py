"""What makes a good match: each criterion compares one mentee with one mentor and gives whole points.

A comparison gives 0 to FULL points (explicit scores say their own), times the criterion's weight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .people import (
    Named,
    People,
    Person,
    encode_codes,
    encode_numbers,
    encode_places,
    encode_sets,
    list_answers,
    measure_distances,
)
from .words import count_words, find_words

FULL = 1000
# So many pairs are compared at once where each with each is the only way.
FEW = 64
Points = NDArray[np.int64]
Rows = Callable[[slice], Points]


@dataclass(frozen=True)
class Criterion:
    """`side` says whose wish it is; only the stable objective asks."""

    name: str
    weight: int
    side: str

    @property
    def most(self) -> int:
        """The points of a perfect answer, weight included."""
        return FULL * self.weight

    @property
    def largest(self) -> int:
        """No pair has more points than this, above nought or below."""
        return self.most

    def compare(self, mentees: People, mentors: People) -> Rows:
        """A function from rows of mentees to their weighted points with every mentor."""
        raise NotImplementedError

    def compare_each(self, mentees: People, mentors: People) -> Points:
        """The weighted points of the first mentee with the first mentor, of the second with the second, and so on."""
        parts = [slice(start, start + FEW) for start in range(0, len(mentees), FEW)]
        found = [self.compare(mentees[part], mentors[part])(slice(0, FEW)).diagonal() for part in parts]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def say(self, mentee: Person, mentor: Person) -> str:
        """How the two compare, in a few words that stand after the criterion's name."""
        raise NotImplementedError


@dataclass(frozen=True)
class NamedPairs(Criterion):
    """A criterion that names its pairs one by one; every other pair gets `missing`."""

    missing: int

    def list_points(self, mentees: People, mentors: People) -> Mapping[tuple[str, str], int]:
        raise NotImplementedError

    def find_named(self, mentees: People, mentors: People) -> Named:
        """What the named pairs have more, or less, than every other pair."""
        points = self.list_points(mentees, mentors)
        more = {pair: (worth - self.missing) * self.weight for pair, worth in points.items()}
        return Named.find(more, mentees, mentors)

    def compare(self, mentees: People, mentors: People) -> Rows:
        named = self.find_named(mentees, mentors)
        base = self.missing * self.weight
        return lambda part: base + named.spread(part, (len(mentees[part]), len(mentors)))

    def compare_each(self, mentees: People, mentors: People) -> Points:
        points, pairs = self.list_points(mentees, mentors), zip(mentees, mentors, strict=True)
        found = [points.get((mentee.id, mentor.id), self.missing) for mentee, mentor in pairs]
        return np.array(found, dtype=np.int64) * self.weight


@dataclass(frozen=True)
class Scores(NamedPairs):
    """Explicit points for pairs of ids (kind `pairs`)."""

    scores: Mapping[tuple[str, str], int]

    @property
    def most(self) -> int:
        return self.weight * max([*self.scores.values(), self.missing])

    @property
    def largest(self) -> int:
        return self.weight * max(abs(points) for points in [*self.scores.values(), self.missing])

    def list_points(self, mentees: People, mentors: People) -> Mapping[tuple[str, str], int]:
        return self.scores

    def say(self, mentee: Person, mentor: Person) -> str:
        return f"{self.scores.get((mentee.id, mentor.id), self.missing)}"


@dataclass(frozen=True)
class Choices(NamedPairs):
    """A ranked list of people: `points` for the first, second, … choice."""

    attribute: str
    points: tuple[int, ...]

    @property
    def most(self) -> int:
        return self.weight * max(self.points)

    def list_points(self, mentees: People, mentors: People) -> Mapping[tuple[str, str], int]:
        askers = mentees if self.side == "mentee" else mentors
        points = {}
        for asker, ranking in zip(askers, list_answers(askers, self.attribute), strict=True):
            for asked, worth in zip(ranking or (), self.points, strict=False):
                points[(asker.id, asked) if self.side == "mentee" else (asked, asker.id)] = worth
        return points

    def say(self, mentee: Person, mentor: Person) -> str:
        asker, asked = (mentee, mentor) if self.side == "mentee" else (mentor, mentee)
        ranking = asker.values.get(self.attribute) or ()
        return f"choice {ranking.index(asked.id) + 1} of {len(ranking)}" if asked.id in ranking else "not chosen"


@dataclass(frozen=True)
class Comparison(Criterion):
    """A criterion that reads one attribute of the mentee and one of the mentor."""

    mentee: str
    mentor: str

    def list_columns(self, mentees: People, mentors: People) -> tuple[list, list]:
        return list_answers(mentees, self.mentee), list_answers(mentors, self.mentor)

    def say(self, mentee: Person, mentor: Person) -> str:
        theirs, others = mentee.values.get(self.mentee), mentor.values.get(self.mentor)
        return "not answered" if theirs is None or others is None else self.say_answers(theirs, others)

    def say_answers(self, theirs: Any, others: Any) -> str:
        """In words, where both have answered."""
        return f"both {theirs}" if theirs == others else f"{theirs} and {others}"


@dataclass(frozen=True)
class Same(Comparison):
    """Full points when both gave the same answer."""

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = self.encode(mentees, mentors)
        return lambda part: (theirs[part, None] == others) * np.int64(self.most)

    def compare_each(self, mentees: People, mentors: People) -> Points:
        theirs, others = self.encode(mentees, mentors)
        return (theirs == others) * np.int64(self.most)

    def encode(self, mentees: People, mentors: People) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Equal answers as equal numbers; no answer equals none."""
        theirs, others = encode_codes(*self.list_columns(mentees, mentors))
        return theirs, np.where(others < 0, -2, others)


@dataclass(frozen=True)
class Overlap(Comparison):
    """The share of what the mentee asks for that the mentor has (kinds `overlap` and `wants-offers`).

    Every item wanted is worth the same; points left over by the division go one each to the first in the alphabet.
    """

    def compare(self, mentees: People, mentors: People) -> Rows:
        worth, offers = self.factor(mentees, mentors)
        return lambda part: (worth[part] @ offers.T).astype(np.int64)

    def compare_each(self, mentees: People, mentors: People) -> Points:
        worth, offers = self.factor(mentees, mentors)
        return (worth * offers).sum(axis=1).astype(np.int64)

    def factor(self, mentees: People, mentors: People) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What each item is worth to a mentee, and whether a mentor has it."""
        wants, offers = encode_sets(*self.list_columns(mentees, mentors))
        return self.spread(wants), offers

    def spread(self, wants: NDArray[np.float64]) -> NDArray[np.float64]:
        wanted = np.maximum(wants.sum(axis=1, keepdims=True), 1)
        each, left = np.divmod(self.most, wanted)
        return wants * (each + (np.cumsum(wants, axis=1) <= left))

    def say_answers(self, theirs: Any, others: Any) -> str:
        shared = sorted(theirs & others)
        return f"{len(shared)} of {len(theirs)}" + (f": {', '.join(shared)}" if shared else "")


@dataclass(frozen=True)
class SharedWords(Comparison):
    """How many words two free texts have in common, for their length (kind `text`)."""

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = self.factor(mentees, mentors)
        return lambda part: (theirs[part] @ others.T).astype(np.int64)

    def compare_each(self, mentees: People, mentors: People) -> Points:
        theirs, others = self.factor(mentees, mentors)
        return (theirs * others).sum(axis=1).astype(np.int64)

    def factor(self, mentees: People, mentors: People) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        theirs, others = self.list_columns(mentees, mentors)
        return count_words(theirs, self.most), count_words(others, self.most)

    def say_answers(self, theirs: Any, others: Any) -> str:
        shared = sorted(find_words(theirs) & find_words(others))
        return f"both mention {', '.join(shared[:5])}" if shared else "no words in common"


@dataclass(frozen=True)
class Distance(Comparison):
    """Full points up to `near`, none from `far`, evenly falling between; whole miles or kilometres."""

    near: float
    far: float
    unit: str

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = (encode_places(column) for column in self.list_columns(mentees, mentors))
        return lambda part: self.give_points(measure_distances(theirs[part], others, self.unit))

    def give_points(self, distance: NDArray[np.float64]) -> Points:
        left = np.clip(np.nan_to_num(self.far - distance), 0, self.far - self.near)
        return np.floor(self.most * left / (self.far - self.near)).astype(np.int64)

    def say_answers(self, theirs: Any, others: Any) -> str:
        here, there = encode_places([theirs]), encode_places([others])
        return f"{measure_distances(here, there, self.unit)[0, 0]:.0f} {self.unit} apart"


@dataclass(frozen=True)
class Gap(Comparison):
    """Full points when the mentor is `least` to `most` steps ahead; outside, falling to none over `fade` steps."""

    lowest: float
    highest: float
    fade: float

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = (encode_numbers(column) for column in self.list_columns(mentees, mentors))
        return lambda part: self.give_points(others - theirs[part, None])

    def compare_each(self, mentees: People, mentors: People) -> Points:
        theirs, others = (encode_numbers(column) for column in self.list_columns(mentees, mentors))
        return self.give_points(others - theirs)

    def give_points(self, gap: NDArray[np.float64]) -> Points:
        outside = np.maximum(np.maximum(self.lowest - gap, gap - self.highest), 0)
        if not self.fade:
            return (outside == 0) * np.int64(self.most)
        left = np.clip(np.nan_to_num(self.fade - outside), 0, self.fade)
        return np.floor(self.most * left / self.fade).astype(np.int64)

    def say_answers(self, theirs: Any, others: Any) -> str:
        gap = float(others) - float(theirs)
        return "level with each other" if gap == 0 else f"{abs(gap):g} {'ahead' if gap > 0 else 'behind'}"


@dataclass(frozen=True)
class Table(Comparison):
    """Points, 0 to FULL, for pairs of answers; `missing` where a pair of answers is not listed."""

    points: Mapping[tuple[Any, Any], int]
    missing: int = 0

    def compare(self, mentees: People, mentors: People) -> Rows:
        table, rows, columns = self.spread(mentees, mentors)
        return lambda part: table[rows[part, None], columns]

    def compare_each(self, mentees: People, mentors: People) -> Points:
        table, rows, columns = self.spread(mentees, mentors)
        return table[rows, columns]

    def spread(self, mentees: People, mentors: People) -> tuple[Points, NDArray[np.int64], NDArray[np.int64]]:
        """The points as a table, the rows of the mentees' answers in it and the columns of the mentors'."""
        firsts, seconds = (sorted({answers[side] for answers in self.points}) for side in (0, 1))
        listed = [find_places([answers[side] for answers in self.points], (firsts, seconds)[side]) for side in (0, 1)]
        table = np.full((len(firsts) + 2, len(seconds) + 2), self.missing, dtype=np.int64)
        table[listed[0], listed[1]] = list(self.points.values())
        table[-1, :] = table[:, -1] = 0
        theirs, others = self.list_columns(mentees, mentors)
        return table * self.weight, find_places(theirs, firsts), find_places(others, seconds)


def find_places(answers: list, listed: list) -> NDArray[np.int64]:
    """The place of each answer in the list; one past the end where it is not listed, two where there is none."""
    places = {None: len(listed) + 1} | {answer: place for place, answer in enumerate(listed)}
    return np.array([places.get(answer, len(listed)) for answer in answers], dtype=np.int64)
