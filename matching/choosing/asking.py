"""Asking the engine on behalf of those who choose: lists, suggestions, and who may sit with whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from matching.asking.gathering import excluded_pairs
from matching.asking.instances import Answers, build_instance, name
from matching.engine import Instance, read_instance, solve, suggest
from matching.engine.single_pairs import score_pairs
from programmes.models import Participant, Programme
from programmes.recruitment.models import Question
from programmes.recruitment.queries import questions_and_answers

from .cards import reasons_with_questions

Pair = tuple[UUID, UUID]
Both = tuple[Participant, Participant]


@dataclass(frozen=True)
class Pool:
    """People to choose among, ready for the engine: on both sides they go by their person's id."""

    instance: Instance
    questions: list[Question]
    answers: Answers
    mentees: dict[str, Participant]
    mentors: dict[str, Participant]

    def explain(self, pairs: list[Both]) -> list[list[dict[str, Any]]]:
        """Why each of these pairs, every reason with the questions it is made of."""
        names = [criterion.name for criterion in self.instance.criteria]
        people = (
            {person.id: person for person in self.instance.mentees},
            {person.id: person for person in self.instance.mentors},
        )
        points = score_pairs(self.instance, [(people[0][name(one)], people[1][name(other)]) for one, other in pairs])
        return [
            reasons_with_questions(
                self.questions,
                dict(zip(names, worth, strict=True)),
                self.answers.get(mentee.pk, {}),
                self.answers.get(mentor.pk, {}),
            )
            for (mentee, mentor), worth in zip(pairs, points, strict=True)
        ]


def gather(
    programme: Programme,
    mentees: list[Participant],
    places: dict[Participant, int],
    tried: Iterable[Pair] = (),
    apart: list[Both] | None = None,
) -> Pool:
    """Read the people's answers into an instance. Pairs that were tried or have parted before, or may never be, are out;
    `apart` names the latter where they are known."""
    questions, answers = questions_and_answers(programme, [*mentees, *places])
    known = {one.pk: one for one in (*mentees, *places)}
    never = excluded_pairs(programme, mentees, places) if apart is None else apart
    again = [
        (known[mentee], known[mentor]) for mentee, mentor in sorted(set(tried)) if mentee in known and mentor in known
    ]
    excluded = list(dict.fromkeys([*never, *again]))
    document = build_instance(programme, mentees, places, questions, answers, locked=[], excluded=excluded)
    return Pool(
        read_instance(document),
        questions,
        answers,
        {name(mentee): mentee for mentee in mentees},
        {name(mentor): mentor for mentor in places},
    )


def fitting(pool: Pool) -> list[Participant]:
    """Those of the mentors whom no rule keeps from the first mentee."""
    people = pool.instance.mentees[:1], pool.instance.mentors
    allowed = np.ones(len(pool.instance.mentors), dtype=bool)
    for rule in pool.instance.rules:
        allowed &= rule.compare(*people)(slice(0, 1))[0]
    names = {one.id for one, may in zip(pool.instance.mentors, allowed, strict=True) if may}
    return [mentor for id, mentor in pool.mentors.items() if id in names]


def list_mentors(pool: Pool, count: int) -> dict[Participant, list[Participant]]:
    """For each mentee so many mentors, spread so that together the lists leave nobody out who need not be."""
    return {
        pool.mentees[mentee]: [pool.mentors[one.mentor] for one in chosen]
        for mentee, chosen in suggest(pool.instance, count).items()
    }


def pair_up(pool: Pool) -> list[Both]:
    """The best pairs for everybody together: as many as can be, and no mentor over their places."""
    return [(pool.mentees[mentee], pool.mentors[mentor]) for mentee, mentor in solve(pool.instance).pairs]


def worth_of_pairs(pool: Pool) -> dict[tuple[str, str], int]:
    """The points of every pair that may be matched, by person; those who may not are not there."""
    everybody = max(len(pool.mentors), 1)
    return {
        (mentee, one.mentor): one.points for mentee, found in suggest(pool.instance, everybody).items() for one in found
    }
