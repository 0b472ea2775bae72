"""Running a round: asking the engine, and writing down what it proposes."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from matching.instances import Answers, build_instance, name
from matching.models import Proposal, ProposalMember, Round, RoundState
from matching.queries import exclusions_in, mentees_to_match, mentors_with_places, proposals_of, proposed_round
from matching.reasons import reasons_for, why_nobody
from matching.wishing import Wishes, wishes_in
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Participant, Programme
from programmes.recruitment.models import Question
from programmes.recruitment.queries import answers_of, questions_of

if TYPE_CHECKING:
    from matching.asking import Answer


@transaction.atomic
def run_round(programme: Programme, *, by: Person, now: datetime.datetime) -> Round:
    """Ask the engine for the best round: most people matched, then the best for the worst off, then the highest total.

    Keeps locked pairs of the round before, and replaces it. Refused when nobody can be matched.
    """
    from matching.asking import ask_engine  # loads SciPy, which only a run needs

    Programme.objects.select_for_update().get(pk=programme.pk)
    mentees, places = mentees_to_match(programme), mentors_with_places(programme)
    if not mentees:
        raise Refused("Every mentee has a partner. There is nobody to match.")
    if not places:
        raise Refused("No mentor has a free place. Recruit another mentor, or ask one to take one more mentee.")
    before = proposed_round(programme)
    locked = locked_pairs(before, mentees, places)
    questions, answers = asked_questions(programme), answers_of([*mentees, *places])
    excluded = [
        (one.mentee, one.mentor) for one in exclusions_in(programme) if one.mentee in mentees and one.mentor in places
    ]
    instance = build_instance(programme, mentees, places, questions, answers, locked=locked, excluded=excluded)
    wishes = wishes_in(programme)
    answer = ask_engine(wishes.add_to(instance))
    round = replace_round(
        programme,
        before,
        instance=answer.instance,
        outcome=answer.outcome,
        is_proved=answer.is_proved,
        run_by=by,
        run_at=now,
    )
    propose(round, answer, mentees, list(places), questions, answers, wishes, {mentee.pk for mentee, _ in locked})
    audit.record("matching run", on=round, by=by, at=now, matched=answer.outcome["matched"], mentees=len(mentees))
    return round


def asked_questions(programme: Programme) -> list[Question]:
    """The questions that are asked now; those without a rule for matching are here because others are compared with them."""
    return [question for question in questions_of(programme) if question.is_asked]


def locked_pairs(
    round: Round | None, mentees: list[Participant], places: dict[Participant, int]
) -> list[tuple[Participant, Participant]]:
    """Pairs the co-ordinator locked, as far as both can still be matched."""
    kept = [one.pair for one in proposals_of(round).filter(is_locked=True)] if round else []
    return [pair for pair in kept if pair and pair[0] in mentees and pair[1] in places]


def replace_round(programme: Programme, before: Round | None, **found: Any) -> Round:
    if before:
        before.state = RoundState.REPLACED
        before.save(update_fields=["state"])
    last = programme.rounds.aggregate(Max("number"))["number__max"] or 0
    return Round.objects.create(programme=programme, number=last + 1, state=RoundState.PROPOSED, **found)


def propose(
    round: Round,
    answer: "Answer",
    mentees: list[Participant],
    mentors: list[Participant],
    questions: list[Question],
    answers: Answers,
    wishes: Wishes,
    locked: set[UUID],
) -> None:
    """Write the round's proposals: each mentee with a mentor and reasons, or alone and why there is nobody."""
    by_name = {name(mentor): mentor for mentor in mentors}
    pairs = zip(answer.outcome["pairs"], answer.outcome["points"], strict=True)
    found = {mentee: (by_name[mentor], points) for (mentee, mentor), points in pairs}
    drafts = []
    for mentee in mentees:
        mentor, points = found.get(name(mentee), (None, ()))
        if mentor:
            worth = dict(zip(answer.criteria, points, strict=True))
            reasons = wishes.reasons(mentee, mentor)
            reasons += reasons_for(questions, worth, answers.get(mentee.pk, {}), answers.get(mentor.pk, {}))
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
