"""Does an outcome hold? All is recomputed from the instance, in whole numbers, by other code than the solver's.

The proof is linear-programming duality. A stage gives every person a price. If no pair still open is worth more than
the prices of its two people, then no assignment is worth more than all prices together; and this one is worth exactly
that. Pairs worth less than their two prices are in no best assignment, people with a price are in every one: so the
next stage goes on with the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocking import find_blocking_pair
from .floors import MOST_FLOORS, NONE, count_few, find_limit, find_step, is_limited
from .groups.bounds import Refuted, demand
from .groups.checking import check_groups
from .instance import Instance, Pair, dump
from .outcome import Outcome
from .people import Person
from .ranking import put_choices_first
from .reading import At, Fault
from .scoring import BLOCK
from .single_pairs import judge_pairs, score_pairs

Integers = NDArray[np.int64]
LARGEST_PRICE = 2**60
AIMS = {"matched": (), "best": ("match",), "floor": ("level",), "total": ()}


@dataclass(frozen=True)
class Stage:
    """A stage of the certificate, read back. Who has a floor below this stage's `level` has it in `lower`."""

    aim: str
    level: int
    match: Mapping[str, str]
    mentees: Integers
    mentors: Integers
    lower: tuple[Integers, Integers] | None = None

    def find_open(self, scores: Integers, part: slice) -> NDArray[np.bool_] | bool:
        """Which pairs reach the floors (and, where a floor is proved, rise above it)."""
        return True if self.lower is None else scores >= np.minimum(self.lower[0][part, None], self.lower[1])

    def find_bound(self, capacity: list[int]) -> int:
        """All prices together: no assignment still in the running counts more."""
        rents = zip(self.mentors.tolist(), capacity, strict=True)
        return sum(self.mentees.tolist()) + sum(rent * places for rent, places in rents)


def check(instance: Instance, outcome: Outcome | Mapping[str, Any], objective: str | None = None) -> list[str]:
    """The reason why the outcome does not hold for the instance; empty when it holds and its proof is complete."""
    instance = replace(instance, objective=objective) if objective else instance
    document = asdict(outcome) if isinstance(outcome, Outcome) else outcome
    try:
        at = At(plain(document))
        if not instance.model.is_pairs:
            check_groups(instance, at)
        elif instance.objective == "ranked":
            check_ranked(instance, at)
        else:
            Checking(instance, at).run()
    except (Refuted, Fault) as fault:
        return [str(fault)]
    return []


def check_ranked(instance: Instance, at: At) -> None:
    """The figures are those of the instance; the proof is of the total where choices outweigh everything else."""
    checking = Checking(instance, at)
    checking.check_outcome()
    demand(at["proved"].value is True and at.get("bound", None).value is None, "by ranked choices it is always proved")
    lifted = put_choices_first(instance)
    points = score_pairs(lifted, checking.people)
    scores = [sum(each) for each in points]
    claim = {"objective": "total", "points": points, "total": sum(scores), "worst": min(scores, default=None)}
    Checking(lifted, At(plain(at.value | claim))).run()


def plain(value: Any) -> Any:
    """The document with lists for tuples, as JSON would give it back."""
    if isinstance(value, Mapping):
        return {name: plain(entry) for name, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, (list, tuple)) else value


class Checking:
    """One check, step by step."""

    def __init__(self, instance: Instance, at: At) -> None:
        self.instance = instance
        self.at = at.fields(
            *("pairs", "matched", "total", "worst", "proved", "bound"),
            *("objective", "loads", "unmatched", "points", "certificate"),
            needed=["pairs", "matched", "total", "worst", "proved", "certificate"],
        )
        self.pairs: list[Pair] = []
        for entry in at["pairs"].items():
            mentee, mentor = entry.row(2)
            self.pairs.append((mentee.name(), mentor.name()))
        self.mentees = {person.id: person for person in instance.mentees}
        self.mentors = {person.id: person for person in instance.mentors}
        self.taken = Counter(mentor for _, mentor in instance.locked)

    def check_outcome(self) -> At:
        """Everything but the proof. Returns the certificate."""
        certificate = self.at["certificate"].fields("input", "stages", needed=["input", "stages"])
        demand(certificate["input"].value == self.instance.digest, "the outcome belongs to another instance")
        self.check_claim("objective", self.instance.objective)
        self.check_people()
        self.check_rules()
        self.check_figures()
        return certificate

    def run(self) -> None:
        certificate = self.check_outcome()
        proved = self.at["proved"].value
        demand(isinstance(proved, bool), "proved is neither true nor false")
        demand(not proved or self.at.get("bound", None).value is None, "what is proved needs no bound")
        if self.instance.objective == "stable":
            demand(proved and not certificate["stages"].items(), "a stable outcome is proved and has no stages")
            pair = find_blocking_pair(self.instance, dict(self.pairs))
            demand(pair is None, f"{pair} would both rather have each other")
        else:
            stages = [self.read_stage(entry) for entry in certificate["stages"].items()]
            (self.check_stages if proved else self.check_bound)(stages)

    def check_claim(self, name: str, found: Any) -> None:
        claimed = self.at.get(name, found).value
        demand(dump(claimed) == dump(found), f"{name}: the outcome says {claimed!r}, but it is {found!r}")

    def check_people(self) -> None:
        for mentee, mentor in self.pairs:
            demand(mentee in self.mentees, f"no mentee has the id {mentee!r}")
            demand(mentor in self.mentors, f"no mentor has the id {mentor!r}")
        twice = [mentee for mentee, times in Counter(mentee for mentee, _ in self.pairs).items() if times > 1]
        demand(not twice, f"matched twice: {twice}")
        for mentor, load in Counter(mentor for _, mentor in self.pairs).items():
            capacity = self.mentors[mentor].capacity
            demand(load <= capacity, f"the mentor {mentor!r} has {capacity} places and {load} mentees")
        for pair in self.instance.locked:
            demand(pair in self.pairs, f"the locked pair {pair} is missing")

    @property
    def people(self) -> list[tuple[Person, Person]]:
        return [(self.mentees[mentee], self.mentors[mentor]) for mentee, mentor in self.pairs]

    def check_rules(self) -> None:
        for pair, broken in zip(self.pairs, judge_pairs(self.instance, self.people), strict=True):
            demand(not broken, f"{pair} breaks a hard rule: {broken}")

    def check_figures(self) -> None:
        points = score_pairs(self.instance, self.people)
        self.scores = {pair: sum(each) for pair, each in zip(self.pairs, points, strict=True)}
        loads = Counter(mentor for _, mentor in self.pairs)
        self.check_claim("points", points)
        self.check_claim("matched", len(self.pairs))
        self.check_claim("total", sum(self.scores.values()))
        self.check_claim("worst", min(self.scores.values(), default=None))
        self.check_claim("loads", {mentor: loads[mentor] for mentor in self.mentors})
        self.check_claim("unmatched", sorted(set(self.mentees) - {mentee for mentee, _ in self.pairs}))

    def read_stage(self, at: At) -> Stage:
        aim = at.fields("aim", "match", "level", "mentees", "mentors", needed=["aim"])["aim"].choice(*AIMS)
        known = {"aim", "mentees", "mentors", *AIMS[aim]}
        demand(set(at.value) == known, f"{at.path} has not the fields of a stage")
        return Stage(
            aim=aim,
            level=at["level"].whole(-LARGEST_PRICE, LARGEST_PRICE) if "level" in known else 0,
            match={mentee: mentor.name() for mentee, mentor in at["match"].entries()} if "match" in known else {},
            mentees=self.read_prices(at["mentees"], [person.id for person in self.free_mentees]),
            mentors=self.read_prices(at["mentors"], list(self.mentors)),
        )

    @property
    def free_mentees(self) -> list:
        locked = {mentee for mentee, _ in self.instance.locked}
        return [person for person in self.instance.mentees if person.id not in locked]

    def read_prices(self, at: At, ids: list[str]) -> Integers:
        prices = {id: price.whole(-LARGEST_PRICE, LARGEST_PRICE) for id, price in at.entries()}
        unknown = sorted(set(prices) - set(ids))
        demand(not unknown, f"{at.path} names {unknown}, who are not to be matched")
        return np.array([prices.get(id, 0) for id in ids], dtype=np.int64)

    def check_stages(self, stages: list[Stage]) -> None:
        matched, *points = stages
        free = sorted(score for pair, score in self.scores.items() if pair not in self.instance.locked)
        fair = self.instance.objective == "fair"
        wanted = ["matched", *(["best"] if fair and is_limited(len(free)) else [])]
        floors = points[len(wanted) - 1 : -1]
        demand(
            [stage.aim for stage in stages] == [*wanted, *["floor"] * len(floors), "total"],
            "the stages are not: matched, the best where it is asked for, floors, total",
        )
        demand(fair or not floors, "this objective has no floors")
        if fair:
            stages = [*stages[: len(wanted)], *self.check_floors(floors, stages[-1], len(free))]
        self.scan(stages)
        self.check_prices(matched, np.zeros(len(matched.mentees), bool), np.zeros(len(matched.mentors), bool))
        for stage in points:
            self.check_prices(stage, matched.mentees > 0, matched.mentors > 0)
        self.check_reached(matched, len(free))
        self.check_reached(stages[-1], sum(free))
        best = self.check_best(points[0], len(free)) if "best" in wanted else 0
        limit = find_limit(len(free), best, self.largest)
        demand(not fair or sum(free) >= limit, f"the floors leave {sum(free)}, which is less than {limit}")
        for floor in floors:
            high = floor.level < self.largest and floor.find_bound(self.capacity) >= limit
            demand(not high, f"the floor of {floor.level} can be higher")

    @property
    def largest(self) -> int:
        return sum(criterion.largest for criterion in self.instance.criteria)

    @property
    def capacity(self) -> list[int]:
        """The places that are not locked."""
        return [mentor.capacity - self.taken[mentor.id] for mentor in self.mentors.values()]

    def check_reached(self, stage: Stage, worth: int) -> None:
        price = stage.find_bound(self.capacity)
        demand(price == worth, f"the {stage.aim}: its prices allow {price}, the outcome reaches {worth}")

    def check_best(self, stage: Stage, matched: int) -> int:
        """The best total there is without floors: the prices allow no more, and an assignment reaches it."""
        free, loads = {person.id: person for person in self.free_mentees}, Counter(stage.match.values())
        demand(len(stage.match) == matched, "the best: it does not match as many")
        demand(set(stage.match) <= set(free) and set(loads) <= set(self.mentors), "the best: it names strangers")
        room = all(loads[id] <= places for id, places in zip(self.mentors, self.capacity, strict=True))
        demand(room, "the best: there are not so many places")
        people = [(free[mentee], self.mentors[mentor]) for mentee, mentor in stage.match.items()]
        demand(not any(judge_pairs(self.instance, people)), "the best: it breaks a hard rule")
        self.check_reached(stage, total := sum(map(sum, score_pairs(self.instance, people))))
        return total

    def check_bound(self, stages: list[Stage]) -> None:
        """Nothing is proved, but nobody can do better than the bound: no pair is worth more than its prices."""
        demand([stage.aim for stage in stages] == ["matched", "total"], "the stages are not: matched, total")
        self.scan(stages, narrow=False)
        for stage in stages:
            self.check_prices(stage, np.zeros(len(stage.mentees), bool), np.zeros(len(stage.mentors), bool))
        locked = [self.scores[pair] for pair in self.instance.locked]
        matched, total = (stage.find_bound(self.capacity) for stage in stages)
        self.check_claim("bound", {"matched": matched + len(locked), "total": total + sum(locked)})

    def check_prices(self, stage: Stage, mentees: NDArray[np.bool_], mentors: NDArray[np.bool_]) -> None:
        """Nobody but those who are matched, or full, in any case has a price below nought."""
        below = (stage.mentees[~mentees] < 0).any() or (stage.mentors[~mentors] < 0).any()
        demand(not below, f"the {stage.aim}: a price below nought")

    def check_floors(self, floors: list[Stage], total: Stage, matched: int) -> list[Stage]:
        """The stages with everybody's floors: raised under all who are not apart, for as long as more are set apart."""
        mentees, mentors = (np.full(len(prices), NONE) for prices in (total.mentees, total.mentors))
        apart = [np.zeros(len(mentees), dtype=bool), np.zeros(len(mentors), dtype=bool)]
        best = self.find_best_scores() if floors else []
        found, goes_on = [], matched > 0
        for floor in floors:
            demand(goes_on, "there is a floor too many")
            above = [np.where(few, own, floor.level + 1) for few, own in zip(apart, (mentees, mentors), strict=True)]
            found.append(replace(floor, lower=(above[0], above[1])))
            mentees, mentors = (
                np.where(few, own, floor.level) for few, own in zip(apart, (mentees, mentors), strict=True)
            )
            isolated = [(each < find_step(floor.level)) & (each > NONE) for each in best]
            wider = [
                few if np.count_nonzero(few) <= count_few(matched) else before
                for few, before in zip(isolated, apart, strict=True)
            ]
            more = any((one & ~other).any() for one, other in zip(wider, apart, strict=True))
            apart, goes_on = wider, more and len(found) < MOST_FLOORS
        demand(not goes_on, "the floor can be raised again")
        self.check_on_floors(mentees, mentors)
        return [*found, replace(total, lower=(mentees, mentors))]

    def check_on_floors(self, mentees: Integers, mentors: Integers) -> None:
        rows = dict(zip((person.id for person in self.free_mentees), mentees.tolist(), strict=True))
        columns = dict(zip(self.mentors, mentors.tolist(), strict=True))
        for (mentee, mentor), score in self.scores.items():
            floor = min(rows[mentee], columns[mentor]) if mentee in rows else score
            demand(score >= floor, f"{mentee!r} with {mentor!r} has {score}, below the floor of {floor}")

    def find_best_scores(self) -> list[Integers]:
        """What every mentee, and every mentor, could have with anybody; NONE where there is nobody."""
        mentees, mentors = np.full(len(self.free_mentees), NONE), np.full(len(self.mentors), NONE)
        for part, scores, allowed in self.list_blocks():
            worth = np.where(allowed, scores, NONE)
            mentees[part] = worth.max(axis=1, initial=NONE)
            mentors = np.maximum(mentors, worth.max(axis=0, initial=NONE))
        return [mentees, mentors]

    def list_blocks(self) -> Iterator[tuple[slice, Integers, NDArray[np.bool_]]]:
        """The scores of some mentees with every mentor, and which of these pairs are allowed."""
        mentees, mentors = self.free_mentees, list(self.mentors.values())
        room = np.array([places > 0 for places in self.capacity], dtype=bool)
        criteria = [criterion.compare(mentees, mentors) for criterion in self.instance.criteria]
        rules = [rule.compare(mentees, mentors) for rule in self.instance.rules]
        height = max(1, BLOCK // max(1, len(mentors)))
        for start in range(0, len(mentees), height):
            part = slice(start, start + height)
            shape = len(mentees[part]), len(mentors)
            allowed = np.broadcast_to(room, shape)
            for rule in rules:
                allowed = allowed & rule(part)
            scores = np.zeros(shape, dtype=np.int64)
            for criterion in criteria:
                scores += criterion(part)
            yield part, scores, allowed

    def scan(self, stages: list[Stage], *, narrow: bool = True) -> None:
        """Every allowed pair against every stage's prices; what counts fewer people than its prices is out after that."""
        for part, scores, still_open in self.list_blocks():
            for stage in stages:
                counted = np.ones_like(scores) if stage.aim == "matched" else scores
                slack = stage.mentees[part, None] + stage.mentors - counted
                here = still_open & stage.find_open(scores, part)
                demand(not (here & (slack < 0)).any(), f"the {stage.aim}: a pair is worth more than its prices")
                if narrow and stage.aim == "matched":
                    still_open = still_open & (slack == 0)
