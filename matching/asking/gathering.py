"""Everything a round is made of, read at one moment: people, places, questions, answers, locks, exclusions, wishes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from matching.models import Proposal, Round
from matching.queries import (
    earlier_pairs,
    exclusions_in,
    mentees_to_match,
    mentors_with_places,
    proposals_of,
    proposed_round,
)
from matching.together import is_pool, matches_pairs
from programmes.models import Model, Participant, Programme
from programmes.recruitment.models import Question
from programmes.recruitment.queries import answers_of, questions_of

from .instances import Answers, build_instance, name
from .shaping import find_experienced, teams_of
from .wishing import Wishes, wishes_in

Pairs = list[tuple[Participant, Participant]]


@dataclass(frozen=True)
class Gathered:
    """Who can be matched, with how many places, and what they answered; `instance` is all of it in the engine's terms."""

    programme: Programme
    mentees: list[Participant]
    places: dict[Participant, int]
    questions: list[Question]
    answers: Answers
    locked: Pairs
    excluded: Pairs
    wishes: Wishes

    @property
    def locked_mentees(self) -> set[UUID]:
        """Of peers both."""
        return {one.pk for pair in self.locked for one in (pair if is_pool(self.programme) else pair[:1])}

    @property
    def mentors(self) -> list[Participant]:
        return list(self.places)

    @property
    def hosts(self) -> list[Participant]:
        """Whom somebody can be put together with: mentors with a place; of peers everybody."""
        return list(self.mentees if is_pool(self.programme) else self.places)

    @cached_property
    def teams(self) -> dict[Participant, str]:
        """Everybody's team, where teams are matched."""
        if self.programme.model != Model.TEAM:
            return {}
        return teams_of([*self.mentees, *self.places], self.questions, self.answers)

    @cached_property
    def experienced(self) -> set[str]:
        """The names of mentors who have been one before."""
        return find_experienced(self.programme, self.places, self.answers)

    def moved_with(self, mentee: Participant) -> list[Participant]:
        """Who goes wherever this mentee goes, the mentee first: a team stays together, anybody else is alone."""
        team = self.teams.get(mentee)
        mates = [one for one in self.mentees if team and one != mentee and self.teams.get(one) == team]
        return [mentee, *mates]

    def without_locks_of(self, mentee: Participant) -> "Gathered":
        """The same with this mentee, and whoever goes with them, open again."""
        moved = set(self.moved_with(mentee))
        return replace(self, locked=[pair for pair in self.locked if not moved.intersection(pair)])

    def with_lock(self, mentee: Participant, other: Participant) -> "Gathered":
        """These two locked besides, in the place of what was locked for the mentee; of peers for both."""
        free = self.without_locks_of(mentee)
        if is_pool(self.programme):
            free = free.without_locks_of(other)
        return replace(free, locked=[*free.locked, (mentee, other)])

    def call(self, id: str) -> str:
        """The name of somebody in the instance."""
        return next(one.name for one in [*self.mentees, *self.places] if name(one) == id)

    @property
    def instance(self) -> dict[str, Any]:
        instance = build_instance(
            self.programme, self.mentees, self.places, self.questions, self.answers,
            locked=self.locked, excluded=self.excluded,
        )  # fmt: skip
        return self.wishes.add_to(instance) if matches_pairs(self.programme) else instance


def gather(programme: Programme, wanted: Iterable[Iterable[str]] = ()) -> Gathered:
    """As things stand now, with the locks of the round that is proposed, and pairs (of ids) that are wanted besides."""
    mentees, places = mentees_to_match(programme), mentors_with_places(programme)
    excluded = excluded_pairs(programme, mentees, places)
    found = Gathered(
        programme=programme,
        mentees=mentees,
        places=places,
        questions=asked_questions(programme),
        answers=answers_of([*mentees, *places]),
        locked=without(locked_pairs(proposed_round(programme), mentees, places), excluded),
        excluded=excluded,
        wishes=wishes_in(programme),
    )
    by_key = {str(one.pk): one for one in [*mentees, *places]}
    for one, other in wanted:
        if {one, other} <= by_key.keys():
            found = found.with_lock(by_key[one], by_key[other])
    return found


def without(locked: Pairs, excluded: Pairs) -> Pairs:
    """A pair that is parted is not kept, whoever is named first."""
    parted = {frozenset(pair) for pair in excluded}
    return [pair for pair in locked if frozenset(pair) not in parted]


def excluded_pairs(programme: Programme, mentees: list[Participant], places: Collection[Participant]) -> Pairs:
    """Pairs that the co-ordinator ruled out, and those who have parted before (S10), as far as both can be matched."""
    never = {(one.mentee_id, one.mentor_id) for one in exclusions_in(programme)} | earlier_pairs(programme)
    mentee_by_id, mentor_by_id = {one.pk: one for one in mentees}, {one.pk: one for one in places or mentees}
    return [
        (mentee_by_id[mentee], mentor_by_id[mentor])
        for mentee, mentor in sorted(never, key=str)
        if mentee in mentee_by_id and mentor in mentor_by_id
    ]


def asked_questions(programme: Programme) -> list[Question]:
    """The questions that are asked now; those without a rule for matching are here because others are compared with them."""
    return [question for question in questions_of(programme) if question.is_asked]


def locked_pairs(round: Round | None, mentees: list[Participant], places: Iterable[Participant]) -> Pairs:
    """Pairs the co-ordinator locked, as far as both can still be matched. Of a group every mentee with every mentor."""
    kept = [pair for one in proposals_of(round).filter(is_locked=True) for pair in pairs_of(one)] if round else []
    return [pair for pair in kept if pair[0] in mentees and pair[1] in (list(places) or mentees)]


def pairs_of(proposal: Proposal) -> Pairs:
    mentees = proposal.mentees
    others = [one for one in proposal.people if one not in mentees]
    if mentees and others:
        return [(mentee, other) for mentee in mentees for other in others]
    first, second = proposal.people
    return [(first, second)]
