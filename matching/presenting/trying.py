"""What criteria would do, tried out on the people who wait now, before anything is saved."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace

from matching.asking.criteria import Choice, is_must, matching_for
from matching.asking.gathering import Gathered, gather
from matching.asking.instances import name
from programmes.models import Programme
from programmes.recruitment.models import Question


@dataclass(frozen=True)
class Effect:
    """What one question that must fit does by itself: pairs it removes, and for whom it leaves nobody."""

    question: str
    removes: int
    leaves: list[str]


@dataclass(frozen=True)
class Trial:
    """All of it together. `matched` of so many `mentees`, by what is said now and by what is saved (`before`)."""

    mentees: int
    pairs: int
    effects: list[Effect]
    matched: int
    before: int
    alone: list[str]

    @property
    def fewer(self) -> int:
        return max(0, self.before - self.matched)

    @property
    def more(self) -> int:
        return max(0, self.matched - self.before)


def try_out(programme: Programme, choices: Mapping[str, Choice]) -> Trial:
    """The effect of these choices, by the key of their question, on everybody who waits. Locks are left out."""
    from matching.asking.solving import judge_rules  # loads SciPy

    now = replace(gather(programme), locked=[])
    then = replace(now, questions=[chosen(question, choices) for question in now.questions])
    called = {name(mentee): mentee.name for mentee in now.mentees}
    judged = judge_rules(then.instance)
    effects = [
        Effect(question.label, removes, sorted(called[mentee] for mentee in leaves))
        for question in then.questions
        if is_must(question)
        for removes, leaves in [judged.rules[question.key]]
    ]
    before = judge_rules(now.instance).matched if differ(now, then) else judged.matched
    alone = sorted(called[mentee] for mentee in judged.alone)
    return Trial(len(now.mentees), len(now.mentees) * len(now.places), effects, judged.matched, before, alone)


def chosen(question: Question, choices: Mapping[str, Choice]) -> Question:
    """A copy of the question as it would be; nothing is saved."""
    changed = copy(question)
    if question.key in choices:
        changed.matching = matching_for(question, choices[question.key])
    return changed


def differ(now: Gathered, then: Gathered) -> bool:
    return [one.matching for one in now.questions] != [one.matching for one in then.questions]
