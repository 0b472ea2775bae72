"""Running a round, changing what it proposes, and confirming it."""

import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.refusal import Refused
from programmes.models import Member, Participant, Partnership, Programme
from programmes.recruitment.models import Question
from programmes.recruitment.queries import answers_of, questions_of

from .instances import Answers, build_instance, name
from .models import Exclusion, ExclusionReason, Proposal, Round, RoundState
from .queries import exclusions_in, free_slot, mentees_to_match, mentors_with_places, proposals_of, proposed_round
from .reasons import reasons_for, why_nobody

if TYPE_CHECKING:
    from .asking import Answer


@transaction.atomic
def run_round(programme: Programme, *, by: Person, now: datetime.datetime) -> Round:
    """Ask the engine for the best round: most people matched, then the best for the worst off, then the highest total.

    Keeps locked pairs of the round before, and replaces it. Refused when nobody can be matched.
    """
    from .asking import ask_engine  # loads SciPy, which only a run needs

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
    answer = ask_engine(instance)
    round = replace_round(
        programme, before, instance=instance, outcome=answer.outcome, is_proved=answer.is_proved, run_by=by, run_at=now
    )
    propose(round, answer, mentees, list(places), questions, answers, {mentee.pk for mentee, _ in locked})
    audit.record("matching run", on=round, by=by, at=now, matched=answer.outcome["matched"], mentees=len(mentees))
    return round


def asked_questions(programme: Programme) -> list[Question]:
    """The questions that are asked now; those without a rule for matching are here because others are compared with them."""
    return [question for question in questions_of(programme) if question.is_asked]


def locked_pairs(
    round: Round | None, mentees: list[Participant], places: dict[Participant, int]
) -> list[tuple[Participant, Participant]]:
    """Pairs the co-ordinator locked, as far as both can still be matched."""
    kept = proposals_of(round).filter(is_locked=True) if round else []
    return [(one.mentee, one.mentor) for one in kept if one.mentor and one.mentee in mentees and one.mentor in places]


def replace_round(programme: Programme, before: Round | None, **found: Any) -> Round:
    if before:
        before.state = RoundState.REPLACED
        before.save(update_fields=["state"])
    last = programme.rounds.aggregate(Max("number"))["number__max"] or 0
    return Round.objects.create(programme=programme, number=last + 1, **found)


def propose(
    round: Round,
    answer: "Answer",
    mentees: list[Participant],
    mentors: list[Participant],
    questions: list[Question],
    answers: Answers,
    locked: set[UUID],
) -> None:
    """Write the round's proposals: one for each mentee, with reasons, or why there is nobody."""
    by_name = {name(mentor): mentor for mentor in mentors}
    pairs = zip(answer.outcome["pairs"], answer.outcome["points"], strict=True)
    found = {mentee: (by_name[mentor], points) for (mentee, mentor), points in pairs}
    proposals = []
    for mentee in mentees:
        mentor, points = found.get(name(mentee), (None, ()))
        if mentor:
            worth = dict(zip(answer.criteria, points, strict=True))
            reasons = reasons_for(questions, worth, answers.get(mentee.pk, {}), answers.get(mentor.pk, {}))
        else:
            reasons = why_nobody(answer.nobody[name(mentee)])
        proposals.append(
            Proposal(
                round=round,
                mentee=mentee,
                mentor=mentor,
                points=sum(points),
                most_points=answer.most,
                reasons=reasons,
                is_locked=mentee.pk in locked,
            )
        )
    Proposal.objects.bulk_create(proposals)


@transaction.atomic
def lock_pair(proposal: Proposal, *, by: Person, now: datetime.datetime, locked: bool) -> Proposal:
    """Keep this pair in later rounds, or let it be open again. Refused once the round is confirmed."""
    hold(proposal.round)
    if proposal.mentor is None:
        raise Refused("There is no pair to lock: this mentee has no mentor yet.")
    proposal.is_locked = locked
    proposal.save(update_fields=["is_locked"])
    audit.record("pair locked" if locked else "pair unlocked", on=proposal, by=by, at=now)
    return proposal


@transaction.atomic
def exclude_pair(
    proposal: Proposal, *, by: Person, now: datetime.datetime, reason: str = ExclusionReason.JUDGEMENT
) -> Round:
    """Not these two: remembered for this programme. The other pairs are found anew."""
    round = hold(proposal.round)
    if proposal.mentor is None:
        raise Refused("There is no pair to part: this mentee has no mentor yet.")
    add_exclusion(round.programme, proposal.mentee, proposal.mentor, reason=reason, by=by, now=now)
    Proposal.objects.filter(pk=proposal.pk).update(is_locked=False)
    return run_round(round.programme, by=by, now=now)


@transaction.atomic
def add_exclusion(
    programme: Programme, mentee: Participant, mentor: Participant, *, reason: str, by: Person, now: datetime.datetime
) -> Exclusion:
    """Note that these two are never to be matched. Saying it twice changes nothing. Refused for one person and themselves."""
    if mentee.person_id == mentor.person_id:
        raise Refused("This is one and the same person, who is never matched with themselves.")
    exclusion, created = Exclusion.objects.get_or_create(
        mentee=mentee, mentor=mentor, defaults={"programme": programme, "reason": reason, "made_by": by, "made_at": now}
    )
    if created:
        audit.record("pair excluded", on=exclusion, by=by, at=now, reason=reason)
    return exclusion


@transaction.atomic
def remove_exclusion(exclusion: Exclusion, *, by: Person, now: datetime.datetime) -> None:
    """These two may be matched again."""
    audit.record("pair allowed again", on=exclusion, by=by, at=now)
    exclusion.delete()


@transaction.atomic
def confirm_round(round: Round, *, by: Person, now: datetime.datetime) -> list[Partnership]:
    """Make the proposed pairs partnerships, and promise each partner a message. All of them, or none.

    Refused when the round is no longer proposed, or when a place has been taken meanwhile.
    """
    round = hold(round)
    pairs = [one for one in proposals_of(round) if one.mentor]
    if not pairs:
        raise Refused("This round proposes no pair.")
    try:
        with transaction.atomic():
            partnerships = [begin_partnership(pair, by=by, now=now) for pair in pairs]
    except IntegrityError:
        raise Refused("Somebody’s place has been taken since this round was run. Run matching again.")
    round.state, round.confirmed_by, round.confirmed_at = RoundState.CONFIRMED, by, now
    round.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    audit.record("matches confirmed", on=round, by=by, at=now, partnerships=len(partnerships))
    return partnerships


def begin_partnership(pair: Proposal, *, by: Person, now: datetime.datetime) -> Partnership:
    programme = pair.round.programme
    today = now.date()
    partnership = Partnership.objects.create(
        programme=programme,
        model=programme.model,
        starts_on=max(today, programme.starts_on),
        ends_on=max(today, programme.ends_on),
        cadence_days=programme.cadence_weeks * 7,
        grace_days=programme.grace_days,
        created_at=now,
    )
    for participant in pair.both:
        Member.objects.create(
            partnership=partnership,
            participant=participant,
            person=participant.person,
            role=participant.role,
            slot=free_slot(participant),
            joined_at=now,
        )
    audit.record("partnership begun", on=partnership, by=by, at=now)
    for reader, partner in (pair.both, pair.both[::-1]):
        outbox.write(
            matched_letter(partnership, reader, partner, by),
            to=reader.person,
            kind="matched",
            key=f"matched|{partnership.pk}|{reader.role}",
            programme=programme,
            signed_by=by,
            draft=programme.sends_drafts,
        )
    return partnership


def matched_letter(partnership: Partnership, reader: Participant, partner: Participant, by: Person) -> outbox.Letter:
    """What a partner is told: who, how to go on, and that they may say no without blame."""
    context = {
        "programme": partnership.programme,
        "reader": reader,
        "partner": partner,
        "coordinator": by,
        "url": absolute(partnership.url("support:partnership")),
    }
    return outbox.compose("matching/emails/matched.txt", context)


def hold(round: Round) -> Round:
    """The round as it is now, held until the transaction ends. Refused unless it still waits for the co-ordinator."""
    held = Round.objects.select_for_update(of=("self",)).select_related("programme__organisation").get(pk=round.pk)
    if not held.is_proposed:
        raise Refused(f"{held} is {held.get_state_display().lower()} and cannot be changed.")
    return held
