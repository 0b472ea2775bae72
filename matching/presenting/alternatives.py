"""Whom else a mentee could have, and what each choice would mean for the others: found by solving again with the pair locked."""

from collections.abc import Callable
from dataclasses import dataclass

from matching.asking.gathering import Gathered, gather
from matching.asking.instances import name
from matching.asking.solving import is_same_but_locks, list_broken, read_outcome, set_apart
from matching.engine import Alternatives, Change, Fault, Instance, Outcome, insist, read_instance, solve
from matching.engine.explanation import explain_pair
from matching.models import Round
from mentoring.wording import plural
from programmes.models import Participant

from .choices import FEW, MANY, Alternative, Choices
from .reasons import Reason, reasons_for, say_wishes


def choices_for(round: Round, mentee: Participant, current: list[Participant], *, many: bool = False) -> Choices:
    """Every mentor with a free place, as things stand now. What each would change is worked out for few, or for many."""
    gathered = gather(round.programme)
    asked = ask_about(round, gathered, mentee)
    costs = asked.costs
    mentors = [mentor for mentor in gathered.places if mentor not in current]
    cheapest = sorted(
        (one for one in mentors if name(one) in costs), key=lambda one: (*costs[name(one)], one.name.casefold())
    )
    fitting = [asked.describe(mentor) for mentor in cheapest[: MANY if many else FEW]]
    others = [asked.refuse(mentor) for mentor in mentors if name(mentor) not in costs]
    never = [one for one, firm in others if firm]
    against = [one for one, firm in others if not firm]
    return Choices(current, fitting, len(cheapest) - len(fitting), against, never, asked.before.total)


@dataclass(frozen=True)
class Asked:
    """One mentee's question: the instance without a lock of theirs, and everybody's matches before."""

    gathered: Gathered
    mentee: Participant
    instance: Instance
    before: Outcome

    @property
    def costs(self) -> dict[str, tuple[int, int]]:
        """For every mentor whom no rule refuses: people, then points, that the best for everybody loses."""
        found = Alternatives(self.instance).cost_mentors(name(self.mentee))
        return {mentor: (cost.matched, cost.total) for mentor, cost in found.items()}

    def describe(self, mentor: Participant) -> Alternative:
        try:
            change = insist(self.instance, self.before, name(self.mentee), name(mentor))
        except Fault:
            return Alternative(mentor, self.reasons(mentor), against=["Every place is locked for somebody else."])
        return Alternative(
            mentor, self.reasons(mentor), change, say_change(change, name(self.mentee), self.gathered.call)
        )

    def refuse(self, mentor: Participant) -> tuple[Alternative, bool]:
        """Why this mentor does not fit, and whether nobody may choose them all the same."""
        broken = list_broken(self.instance, name(self.mentee), name(mentor))
        firm = not broken or any(rule.firm for rule in broken)
        why = [rule.reason for rule in broken] or ["every place is locked for somebody else"]
        return Alternative(mentor, self.reasons(mentor), against=why), firm

    def reasons(self, mentor: Participant) -> list[Reason]:
        criteria = explain_pair(self.instance, name(self.mentee), name(mentor))["criteria"]
        worth = {one["name"]: one["points"] for one in criteria}
        answers = (self.gathered.answers.get(one.pk, {}) for one in (self.mentee, mentor))
        return say_wishes(self.gathered.wishes, self.mentee, mentor) + reasons_for(
            self.gathered.questions, worth, *answers
        )


def ask_about(round: Round, gathered: Gathered, mentee: Participant) -> Asked:
    document, _ = set_apart(gathered.without_locks_of(mentee).instance)
    instance = read_instance(document)
    same = is_same_but_locks(round.instance, document)
    return Asked(gathered, mentee, instance, read_outcome(round.outcome) if same else solve(instance))


def say_change(change: Change, mentee: str, call: Callable[[str], str]) -> list[str]:
    """What happens to the others, a sentence for each of the first few."""
    others = [move for move in change.moves if move[0] != mentee]
    others.sort(key=lambda move: (move[2] is not None, call(move[0])))
    said = [say_move(*move, call) for move in others[:3]]
    if len(others) > 3:
        said.append(f"{plural(len(others) - 3, 'other pair')} would change too")
    return said or ["Nobody else changes"]


def say_move(mentee: str, old: str | None, new: str | None, call: Callable[[str], str]) -> str:
    if new is None:
        return f"{call(mentee)} would have nobody"
    return f"{call(mentee)} would have {call(new)}" + (f" instead of {call(old)}" if old else "")
