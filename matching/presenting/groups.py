"""What changes for people between two outcomes of a model in which several come together, in words."""

from collections import defaultdict
from collections.abc import Callable, Collection

from matching.asking.gathering import Gathered
from matching.asking.shaping import find_shared
from matching.engine import Company, Outcome
from mentoring.wording import listed, plural
from programmes.models import Model

Call = Callable[[str], str]
Partners = dict[str, frozenset[str]]
FEW = 3


def partners_in(outcome: Outcome, *, pool: bool) -> Partners:
    """For each mentee everybody's ids on the other side of their group; of peers for both."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in outcome.pairs:
        found[one].add(other)
        if pool:
            found[other].add(one)
    return {id: frozenset(partners) for id, partners in found.items()}


def say_changes(old: Partners, new: Partners, leave_out: Collection[str], call: Call) -> list[str]:
    """A sentence for each change that several share, those who lose everybody first; of many the first few."""
    moves: dict[tuple[frozenset[str], frozenset[str]], list[str]] = defaultdict(list)
    for id in sorted(old.keys() | new.keys(), key=call):
        before, after = old.get(id, frozenset()), new.get(id, frozenset())
        if before != after and id not in leave_out:
            moves[before, after].append(call(id))
    order = sorted(moves, key=lambda move: (bool(move[1]), moves[move]))
    said = [say_change(moves[move], *move, call) for move in order[:FEW]]
    if more := sum(len(moves[move]) for move in order[FEW:]):
        said.append(f"{plural(more, 'other')} would change too")
    return said + say_idle(old, new, call)


def say_change(names: list[str], before: frozenset[str], after: frozenset[str], call: Call) -> str:
    """What these have after it, and what they give up for it."""
    gained, lost = (listed(sorted(map(call, ids))) for ids in (after - before, before - after))
    if not after:
        return f"{listed(names)} would have nobody"
    if not gained:
        return f"{listed(names)} would no longer have {lost}"
    return f"{listed(names)} would have {gained}" + (f" instead of {lost}" if lost else " too" if before else "")


def say_idle(old: Partners, new: Partners, call: Call) -> list[str]:
    """Mentors who would have nobody any more."""
    before, after = (frozenset[str]().union(*found.values()) for found in (old, new))
    idle = before - after - new.keys() - old.keys()
    return [f"{listed(sorted(map(call, idle)))} would have nobody"] if idle else []


def say_company(gathered: Gathered, company: Company) -> str:
    """Why somebody for whom there are mentors is in no group or circle: how many could come together around them."""
    question = find_shared(gathered.questions) if gathered.programme.model == Model.CIRCLE else None
    if company.mentor is None:
        if not question:
            return f"Nobody whom the rules leave has places for {company.least}, who are needed to begin"
        return f"Nobody who could lead a circle shares one of their answers under “{question.label.rstrip('?.: ')}”"
    around = f" around “{dict(question.choices).get(company.topic, company.topic)}”" if question else ""
    place = (
        f"{'a circle' if gathered.programme.model == Model.CIRCLE else 'a group'} with {gathered.call(company.mentor)}"
    )
    if company.together >= company.least:
        return f"Could be in {place}{around}, but then fewer people or fewer points came together in all"
    found = f"only {plural(company.together, 'mentee')} could be in it" if company.together > 1 else "nobody else could"
    return f"Would fit {place}{around}, but {found}, and {company.least} are needed to begin"
