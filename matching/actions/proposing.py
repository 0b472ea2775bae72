"""Writing down what the engine found: who is proposed with whom and why, and for whom there is nobody."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

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
    found = {mentee: (by_name[mentor], points) for (mentee, mentor), points in pairs}
    locked, drafts = gathered.locked_mentees, []
    for mentee in gathered.mentees:
        mentor, points = found.get(name(mentee), (None, ()))
        if mentor:
            worth = dict(zip(answer.criteria, points, strict=True))
            answers = (gathered.answers.get(one.pk, {}) for one in (mentee, mentor))
            reasons = gathered.wishes.reasons(mentee, mentor) + reasons_for(gathered.questions, worth, *answers)
        else:
            reasons = why_nobody(answer.nobody[name(mentee)])
        proposal = Proposal(
            round=round,
            points=sum(points),
            most_points=answer.most,
            reasons=reasons,
            is_locked=bool(mentor) and mentee.pk in locked,
        )
        drafts.append((proposal, [mentee, mentor] if mentor else [mentee]))
    write_proposals(drafts)


def write_proposals(drafts: Iterable[tuple[Proposal, list[Participant]]]) -> None:
    """Keep proposals with their people, each in the role they take part in."""
    drafts = list(drafts)
    Proposal.objects.bulk_create([proposal for proposal, _ in drafts])
    ProposalMember.objects.bulk_create(
        ProposalMember(proposal=proposal, round=proposal.round, participant=participant, role=participant.role)
        for proposal, people in drafts
        for participant in people
    )
