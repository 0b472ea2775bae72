"""Where else somebody could go in a model in which several come together. Each is found by solving again with the two locked."""

from dataclasses import dataclass, replace
from functools import cached_property
from time import monotonic

from matching.asking.barring import why_not
from matching.asking.gathering import Gathered, gather
from matching.asking.instances import name
from matching.asking.solving import PATIENCE, is_same_but_locks, read_outcome, set_apart
from matching.engine import Change, Fault, Instance, Outcome, explain_pair, read_instance, solve
from matching.models import Round
from matching.together import is_pool
from mentoring.wording import listed
from programmes.models import Participant

from .choices import FEW, Alternative, Choices
from .groups import partners_in, say_changes
from .reasons import Reason, reasons_for

BUDGET = 5  # seconds in which so many are tried as can be, and one in any case
NO_ROOM = "too few others fit, or what is locked takes the places"


def moves_for(
    round: Round, who: Participant, current: list[Participant], *, first: Participant | None = None
) -> Choices:
    """Everybody whom they could come together with, as things stand now. `first` is worked out before any other."""
    asked = ask_about(round, gather(round.programme), who)
    refused = {one: asked.why_not(one) for one in asked.gathered.hosts if one != who and one not in current}
    fitting = [one for one, why in refused.items() if not why]
    fitting.sort(key=lambda one: (one != first, -asked.score(one), one.name.casefold()))
    tried = try_few(asked, fitting)
    possible = sorted((one for one in tried if one.change), key=by_cost)
    never = [Alternative(one, asked.reasons(one), against=why) for one, why in refused.items() if why]
    never += [one for one in tried if not one.change]
    rest = [Alternative(one, asked.reasons(one)) for one in fitting[len(tried) :]]
    return Choices(current, possible, len(rest), [], never, asked.before.total, rest)


def try_few(asked: "Asked", fitting: list[Participant]) -> list[Alternative]:
    until = monotonic() + BUDGET
    tried: list[Alternative] = []
    for one in fitting[:FEW]:
        if tried and monotonic() > until:
            break
        tried.append(asked.describe(one))
    return tried


def by_cost(one: Alternative) -> tuple[int, int]:
    """What costs everybody least comes first."""
    return (-one.change.matched, -one.change.total) if one.change else (0, 0)


@dataclass(frozen=True)
class Asked:
    """One person's question: everything without a lock of theirs, and everybody's groups before."""

    gathered: Gathered
    who: Participant
    instance: Instance
    before: Outcome

    @cached_property
    def moved(self) -> list[Participant]:
        return self.gathered.moved_with(self.who)

    def why_not(self, other: Participant) -> list[str]:
        return why_not(self.gathered, self.instance, self.who, other)

    def worth(self, one: Participant, other: Participant) -> dict[str, int]:
        criteria = explain_pair(self.instance, name(one), name(other))["criteria"]
        return {each["name"]: each["points"] for each in criteria}

    def score(self, other: Participant) -> int:
        return sum(sum(self.worth(one, other).values()) for one in self.moved)

    def reasons(self, other: Participant) -> list[Reason]:
        """Of a team what its people share."""
        answers = self.gathered.answers
        said = [
            reason
            for one in self.moved
            for reason in reasons_for(
                self.gathered.questions, self.worth(one, other), answers.get(one.pk, {}), answers.get(other.pk, {})
            )
        ]
        return sorted({each["words"]: each for each in said}.values(), key=lambda each: not each["good"])

    def describe(self, other: Participant) -> Alternative:
        """With what happens to everybody else."""
        with_lock = set_apart(self.gathered.with_lock(self.who, other).instance)[0]["locked"]
        locked = tuple((one, another) for one, another in with_lock)
        try:
            after = solve(replace(self.instance, locked=locked), seconds=PATIENCE)
        except Fault:
            return Alternative(other, self.reasons(other), against=[NO_ROOM])
        pool = is_pool(self.gathered.programme)
        old, new = (partners_in(outcome, pool=pool) for outcome in (self.before, after))
        apart = {name(one) for one in (*self.moved, *([other] if pool else []))}
        said = say_changes(old, new, apart, self.gathered.call)
        change = Change(
            matched=after.matched - self.before.matched,
            total=after.total - self.before.total,
            worst=(after.worst or 0) - (self.before.worst or 0),
            moves=(),
        )
        company = self.name_company(after, other)
        return Alternative(other, self.reasons(other), change, said or ["Nobody else changes"], company=company)

    def name_company(self, after: Outcome, other: Participant) -> str:
        """Who else would be there."""
        known = {name(one) for one in (*self.moved, other)}
        groups = ({*group.mentees, *group.mentors} for group in getattr(after, "groups", ()))
        here = next((group for group in groups if name(self.who) in group), set())
        return listed(sorted(self.gathered.call(id) for id in here - known))


def ask_about(round: Round, gathered: Gathered, who: Participant) -> Asked:
    document, _ = set_apart(gathered.without_locks_of(who).instance)
    instance = read_instance(document)
    same = is_same_but_locks(round.instance, document)
    return Asked(gathered, who, instance, read_outcome(round.outcome) if same else solve(instance, seconds=PATIENCE))
