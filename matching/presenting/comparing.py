"""Two rounds side by side: who is matched differently, and what the totals say in words."""

from dataclasses import dataclass
from uuid import UUID

from matching.models import Proposal, Round
from matching.queries import proposals_of
from matching.together import seeking_roles
from mentoring.wording import listed, plural


@dataclass(frozen=True)
class Difference:
    """One mentee (or peer), and whom they have in either round; empty for nobody, None where the round did not know them."""

    name: str
    first: str | None
    second: str | None


@dataclass(frozen=True)
class Comparison:
    first: Round
    second: Round
    differences: list[Difference]
    same: int
    words: list[str]

    @property
    def rounds(self) -> tuple[Round, Round]:
        return self.first, self.second


def compare(first: Round, second: Round) -> Comparison:
    """What differs from the earlier round to the later one."""
    before, after = (index(one, list(proposals_of(one))) for one in (first, second))
    names = {key: name for found in (before, after) for key, (name, _, _) in found.items()}
    differences = [
        Difference(names[key], partner_in(before, key), partner_in(after, key))
        for key in sorted(names, key=lambda key: names[key].casefold())
        if partner_in(before, key) != partner_in(after, key)
    ]
    words = say_totals(first, second, list(before.values()), list(after.values()))
    return Comparison(first, second, differences, len(names) - len(differences), words)


Entry = tuple[str, str, Proposal]


def index(round: Round, proposals: list[Proposal]) -> dict[UUID, Entry]:
    """For each for whom a partner is sought: their name, everybody they are with, and the proposal."""
    roles = seeking_roles(round.programme)
    return {
        one.pk: (one.name, listed([each.name for each in proposal.partners_of(one)]), proposal)
        for proposal in proposals
        for one in proposal.people
        if one.role in roles
    }


def partner_in(found: dict[UUID, Entry], key: UUID) -> str | None:
    return found[key][1] if key in found else None


def say_totals(first: Round, second: Round, before: list[Entry], after: list[Entry]) -> list[str]:
    """People matched, the one matched worst, and everybody together, from the earlier round to the later one."""
    old, new = ([entry[2] for entry in entries if entry[2].is_match] for entries in (before, after))
    said = [say_count(first, second, len(old), len(new))]
    if old and new:
        said.append(say_worst(second, min(one.percent for one in old), min(one.percent for one in new)))
        said.append(say_average(second, average(old), average(new)))
    return said


def say_count(first: Round, second: Round, old: int, new: int) -> str:
    if old == new:
        return f"Both match {plural(new, 'mentee')}."
    more, count = (second, new - old) if new > old else (first, old - new)
    return f"{more} matches {plural(count, 'mentee')} more: {max(old, new)}, not {min(old, new)}."


def say_worst(second: Round, old: int, new: int) -> str:
    if old == new:
        return "The person matched worst is matched equally well in both."
    return f"The person matched worst is matched {'better' if new > old else 'worse'} in {str(second).lower()}."


def say_average(second: Round, old: float, new: float) -> str:
    if round(old) == round(new):
        return "All matches taken together are about as good in both."
    return f"All matches taken together are {'better' if new > old else 'less good'} in {str(second).lower()}."


def average(proposals: list[Proposal]) -> float:
    return sum(one.percent for one in proposals) / len(proposals)
