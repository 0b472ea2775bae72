"""Writing down what the engine found: who is proposed with whom and why, and for whom there is nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matching.asking.gathering import Gathered
from matching.asking.instances import name
from matching.asking.shaping import find_shared
from matching.models import Proposal, ProposalMember, Round
from matching.presenting.groups import say_company
from matching.presenting.lacking import why_no_group
from matching.presenting.reasons import Reason, reasons_for, say_wishes, why_nobody
from matching.together import is_pool, matches_pairs
from programmes.models import Participant

if TYPE_CHECKING:
    from matching.asking.solving import Answer


def propose(round: Round, answer: "Answer", gathered: Gathered) -> None:
    """Write the round's proposals: each mentee with a mentor and reasons, or alone and why there is nobody."""
    if not matches_pairs(gathered.programme):
        write_proposals(list_groups(round, answer, gathered))
        return
    by_name = {name(mentor): mentor for mentor in gathered.mentors}
    pairs = zip(answer.outcome["pairs"], answer.outcome["points"], strict=True)
    found = {mentee: Found(by_name[mentor], points) for (mentee, mentor), points in pairs}
    found |= {one.mentee: Found(by_name[one.mentor], one.points, one.although) for one in answer.apart}
    drafts = []
    for mentee in gathered.mentees:
        match = found.get(name(mentee))
        about = describe_match(answer, gathered, mentee, match) if match else describe_lack(answer, gathered, mentee)
        people = [mentee, match.mentor] if match else [mentee]
        drafts.append((Proposal(round=round, most_points=answer.most, **about), people))
    write_proposals(drafts)


Draft = tuple[Proposal, list[Participant]]


def list_groups(round: Round, answer: "Answer", gathered: Gathered) -> list[Draft]:
    """A proposal for each group that the engine found, and for everybody who is in none."""
    by_name = {name(one): one for one in [*gathered.mentees, *gathered.mentors]}
    pairs = [(one, other) for one, other in answer.outcome["pairs"]]
    points = dict(zip(pairs, answer.outcome["points"], strict=True))
    drafts = []
    for group in answer.outcome["groups"]:
        people = [by_name[id] for id in (*group["mentees"], *group["mentors"])]
        here = [pair for pair in pairs if {by_name[id] for id in pair} <= set(people)]
        worth = {(by_name[one], by_name[other]): points[one, other] for one, other in here}
        about = describe_group(answer, gathered, worth, group["topic"])
        drafts.append((Proposal(round=round, **about), people))
    alone = [by_name[id] for id in answer.outcome["unmatched"]]
    for one in alone:
        about = describe_lack(answer, gathered, one)
        about["reasons"] += why_no_group(gathered, one)
        drafts.append((Proposal(round=round, most_points=answer.most, **about), [one]))
    return drafts


def describe_group(
    answer: "Answer", gathered: Gathered, worth: dict[tuple[Participant, Participant], Sequence[int]], topic: str
) -> dict[str, Any]:
    """The points of all pairs in it together, and each pair's reasons, which say `about` whom where there are several."""
    both_ways = 2 if is_pool(gathered.programme) else 1
    reasons = say_shared(gathered, topic)
    for (mentee, other), points in worth.items():
        by_criterion = dict(zip(answer.criteria, points, strict=True))
        said = reasons_for(
            gathered.questions, by_criterion, *(gathered.answers.get(one.pk, {}) for one in (mentee, other))
        )
        about = {"about": f"{mentee.name} with {other.name}"} if len(worth) > 1 else {}
        reasons += [reason | about for reason in said]
    return {
        "points": sum(sum(points) for points in worth.values()),
        "most_points": answer.most * len(worth) * both_ways,
        "reasons": reasons,
        "is_locked": any(mentee.pk in gathered.locked_mentees for mentee, _ in worth),
    }


def say_shared(gathered: Gathered, topic: str) -> list[Reason]:
    """What a circle has in common."""
    question = find_shared(gathered.questions) if topic else None
    return [{"good": True, "words": f"All said {dict(question.choices).get(topic, topic)}"}] if question else []


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
        "reasons": say_wishes(gathered.wishes, mentee, match.mentor) + reasons_for(gathered.questions, worth, *answers),
        "is_locked": mentee.pk in gathered.locked_mentees,
    }


def describe_lack(answer: "Answer", gathered: Gathered, mentee: Participant) -> dict[str, Any]:
    explained = answer.nobody[name(mentee)]
    company = answer.companies.get(name(mentee)) if explained["fitting"] else None
    alone: list[Reason] = [{"good": False, "words": say_company(gathered, company)}] if company else []
    return {
        "reasons": alone + why_nobody(explained),
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
