"""Is a round as good for one group of mentees as for another? Figures of five people or more, never of fewer.

Groups are answers to a question of the application form, first to those that are asked for equality. People who did not
answer are a group of their own: their silence is not guessed at.

Who runs matching sees everybody's match, and so could find somebody's answer in an exact figure: a group's middle match is
one person's, and one more in a group is whoever has just joined. So of equality data counts are given to the nearest five
and scores to the nearest ten, and who has no match is broken down only where five people have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles
from typing import Any

from matching.models import Round
from matching.queries import proposals_of
from matching.together import seeking_roles
from programmes.models import Participant
from programmes.recruitment.models import AskedOf, Question, QuestionKind
from programmes.recruitment.queries import answers_of
from programmes.support.queries import FEWEST_ANSWERS

NO_ANSWER, TOGETHER = "No answer", "Smaller groups together"
NEAREST_PEOPLE, NEAREST_SCORE = 5, 10
FAR_APART = 10  # hundredths between two groups' middle matches, from which on it is worth asking why


@dataclass(frozen=True)
class Group:
    """So many mentees, how many of them are matched, and how well, in hundredths of a perfect match: the middle one, and
    the bounds between which the middle half lie. `matched` is None where it would tell who has no match."""

    label: str
    people: int
    matched: int | None
    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Fairness:
    groups: list[Group]
    hidden: int
    words: str
    is_rough: bool = False
    all_matched: bool = False


def groupable(questions: Sequence[Question]) -> list[Question]:
    """The questions that put mentees into groups, those asked for equality first."""
    kinds = (QuestionKind.CHOICE, QuestionKind.MANY)
    found = [one for one in questions if one.kind in kinds and one.asked_of != AskedOf.MENTOR]
    return sorted(found, key=lambda one: not one.is_equality)


def look_at(round: Round, question: Question) -> Fairness:
    """How well each group is matched. `hidden` counts groups too small to be shown."""
    roles = seeking_roles(round.programme)
    scores = {
        person: one.percent if one.is_match else None
        for one in proposals_of(round)
        for person in one.people
        if person.role in roles
    }
    groups = put_together(question, scores, answers_of(scores))
    if question.kind == QuestionKind.CHOICE:
        groups = join_small(groups)
    shown = {label: found for label, found in groups.items() if len(found) >= FEWEST_ANSWERS}
    described = [describe(label, found) for label, found in shown.items()]
    words, hidden = say_difference(described), len(groups) - len(shown)
    unmatched = sum(score is None for score in scores.values())
    if question.is_equality:
        described = [blur(group, tells_matched=unmatched >= FEWEST_ANSWERS) for group in described]
    return Fairness(described, hidden, words, question.is_equality, not unmatched)


def blur(group: Group, *, tells_matched: bool) -> Group:
    """Near enough to compare groups by, and too rough to know a person by."""
    return replace(
        group,
        people=to_nearest(NEAREST_PEOPLE, group.people),
        matched=to_nearest(NEAREST_PEOPLE, group.matched or 0) if tells_matched else None,
        low=to_nearest(NEAREST_SCORE, group.low),
        middle=to_nearest(NEAREST_SCORE, group.middle),
        high=to_nearest(NEAREST_SCORE, group.high),
    )


def to_nearest(step: int, figure: int) -> int:
    return step * round_off(figure / step)


def put_together(
    question: Question, scores: Mapping[Participant, int | None], answers: Mapping[Any, Mapping[str, Any]]
) -> dict[str, list[int | None]]:
    """The scores of each group; somebody who gave several answers is in several."""
    labels = dict(question.choices)
    groups: dict[str, list[int | None]] = {}
    for mentee, score in scores.items():
        given = answers[mentee.pk].get(question.key) or []
        for key in given if isinstance(given, list) else [given]:
            groups.setdefault(labels.get(key, str(key)), []).append(score)
        if not given:
            groups.setdefault(NO_ANSWER, []).append(score)
    return groups


def join_small(groups: dict[str, list[int | None]]) -> dict[str, list[int | None]]:
    """Where everybody is in one group, the small ones are joined, with a larger one if need be: a single gap could be
    filled by subtracting from the total."""
    order = sorted(groups, key=lambda label: len(groups[label]))
    small = [label for label in order if len(groups[label]) < FEWEST_ANSWERS]
    while small and sum(len(groups[label]) for label in small) < FEWEST_ANSWERS and len(small) < len(order):
        small.append(order[len(small)])
    if not small:
        return groups
    rest = {label: found for label, found in groups.items() if label not in small}
    return rest | {TOGETHER: [score for label in small for score in groups[label]]}


def describe(label: str, scores: list[int | None]) -> Group:
    found = [score for score in scores if score is not None]
    low, middle, high = 0, 0, 0
    if found:
        low, _, high = map(round_off, quantiles(found, n=4, method="inclusive") if len(found) > 1 else found * 3)
        middle = round_off(median(found))
    return Group(label, len(scores), len(found), low, middle, high)


def round_off(figure: float) -> int:
    return int(figure + 0.5)


def say_difference(groups: list[Group]) -> str:
    """Whether the groups' middle matches, and the shares that are matched, lie close together."""
    if len(groups) < 2:
        return "There are not two groups of five people or more to compare."
    best, worst = (choose(groups, key=lambda group: group.middle) for choose in (max, min))
    if best.middle - worst.middle < FAR_APART:
        return "The groups are matched about equally well."
    return f"“{worst.label}” is matched less well than “{best.label}”. Ask why before you confirm."
