"""Writing down what the engine found: who is proposed with whom and why, and for whom there is nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matching.gathering import Gathered
from matching.instances import name
from matching.models import Proposal, ProposalMember, Round
from matching.reasons import reasons_for, why_nobody
from programmes.models import Participant

if TYPE_CHECKING:
    from matching.asking import Answer


def propose(round: Round, answer: "Answer", gathered: Gathered) -> None:
    """Write the round's proposals: each mentee with a mentor and reasons, or alone and why there is nobody."""
    by_name = {name(mentor): mentor for mentor in gathered.mentors}
    pairs = zip(answer.outcome["pairs"], answer.outcome["points"], strict=True)
    found = {mentee: Found(by_name[mentor], points) for (mentee, mentor), points in pairs}
    found |= {one.mentee: Found(by_name[one.mentor], one.points, one.although) for one in answer.apart}
    drafts = []
    for mentee in gathered.mentees:
        match = found.get(name(mentee))
        about = describe_match(answer, gathered, mentee, match) if match else describe_lack(answer, mentee)
        people = [mentee, match.mentor] if match else [mentee]
        drafts.append((Proposal(round=round, most_points=answer.most, **about), people))
    write_proposals(drafts)


@dataclass(frozen=True)
class Found:
    """Whom a mentee has: points by criterion, and rules that the co-ordinator set aside for it."""

    mentor: Participant
    points: Sequence[int]
    although: Sequence[str] = ()


def describe_match(answer: "Answer", gathered: Gathered, mentee: Participant, match: Found) -> dict[str, Any]:
    worth = dict(zip(answer.criteria, match.points, strict=True))
    answers = (gathered.answers.get(one.pk, {}) for one in (mentee, match.mentor))
    return {
        "points": sum(match.points),
        "although": list(match.although),
        "reasons": gathered.wishes.reasons(mentee, match.mentor) + reasons_for(gathered.questions, worth, *answers),
        "is_locked": mentee.pk in gathered.locked_mentees,
    }


def describe_lack(answer: "Answer", mentee: Participant) -> dict[str, Any]:
    return {
        "reasons": why_nobody(answer.nobody[name(mentee)]),
        "repairs": answer.repairs.get(name(mentee), []),
    }


def write_proposals(drafts: Iterable[tuple[Proposal, list[Participant]]]) -> None:
    """Keep proposals with their people, each in the role they take part in."""
    drafts = list(drafts)
    Proposal.objects.bulk_create([proposal for proposal, _ in drafts])
    ProposalMember.objects.bulk_create(
        ProposalMember(proposal=proposal, round=proposal.round, participant=participant, role=participant.role)
        for proposal, people in drafts
        for participant in people
    )
