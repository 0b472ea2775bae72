"""Putting two people together by hand, and repairs for those who have nobody."""

import datetime
from typing import Any

from django.db import transaction

from matching.asking.criteria import Choice, Level, choice_of, matching_for
from matching.asking.gathering import gather
from matching.asking.instances import name
from matching.models import Proposal, Round
from matching.queries import proposals_of
from matching.together import matches_pairs
from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.refusal import Refused
from programmes.models import MOST_PLACES, Participant, Programme
from programmes.recruitment.actions import change_matching, change_places
from programmes.recruitment.queries import questions_of

from .holding import hold
from .running import run_round


@transaction.atomic
def choose_mentor(
    round: Round, mentee: Participant, mentor: Participant, *, anyway: bool = False, by: Person, now: datetime.datetime
) -> Round:
    """Put these two together, locked, and find the others anew around them.

    Refused where a firm rule forbids it (one manages the other; they were excluded) or no place is left. Where another
    rule speaks against it, refused unless the co-ordinator says `anyway`.
    """
    held = hold(round)
    if not matches_pairs(held.programme):
        raise Refused("People are matched several together here. Lock the groups that you want to keep, and run again.")
    check_choice(held.programme, mentee, mentor, anyway)
    names = {"mentee": mentee.name, "mentor": mentor.name}
    audit.record("pair chosen by hand", on=held, by=by, at=now, although_a_rule_says_no=anyway, **names)
    return run_round(held.programme, by=by, now=now, wanted=[(mentee, mentor)])


def check_choice(programme: Programme, mentee: Participant, mentor: Participant, anyway: bool) -> None:
    from matching.asking.solving import list_broken, read_instance  # loads SciPy

    gathered = gather(programme)
    if mentee not in gathered.mentees:
        raise Refused(f"{mentee.name} has a partner already.")
    taken = [one for other, one in gathered.locked if other != mentee].count(mentor)
    if gathered.places.get(mentor, 0) <= taken:
        raise Refused(
            f"Every place with {mentor.name} is taken or locked. Ask for one more place, or unlock a pair first."
        )
    instance = read_instance(gathered.instance | {"locked": []})
    broken = list_broken(instance, name(mentee), name(mentor))
    for rule in broken:
        if rule.firm:
            raise Refused(f"{mentee.name} and {mentor.name} are never matched, because {rule.reason}.")
    if broken and not anyway:
        why = "; ".join(rule.reason for rule in broken)
        raise Refused(
            f"{mentee.name} and {mentor.name} do not fit, because {why}. Choose them all the same if you are sure."
        )


@transaction.atomic
def repair(proposal: Proposal, number: int, *, by: Person, now: datetime.datetime) -> Round:
    """Do what the engine said would give this mentee a mentor, then find everybody's match anew.

    One more place is given at once, and a message that asks the mentor waits for the co-ordinator to read it. Refused
    when the round has changed meanwhile.
    """
    round = hold(proposal.round)
    if proposal.is_match or not 0 <= number < len(proposal.repairs):
        raise Refused("This has changed meanwhile. Look at the matches again.")
    (mentee,), chosen = proposal.people, proposal.repairs[number]
    mentor = round.programme.participants.select_related("person").get(person_id=chosen["mentor"], role="mentor")
    REPAIRS[chosen["kind"]](round, mentee, mentor, chosen, by=by, now=now)
    audit.record("match repaired", on=round, by=by, at=now, how=chosen["words"], mentee=mentee.name)
    return run_round(round.programme, by=by, now=now, wanted=[(mentee, mentor)])


def add_place(round: Round, mentee: Participant, mentor: Participant, chosen: Any, *, by: Person, now: Any) -> None:
    if mentor.capacity >= MOST_PLACES:
        raise Refused(f"{mentor.name} has {MOST_PLACES} places, which is the most.")
    change_places(mentor, mentor.capacity + 1, by=by, now=now)
    url = absolute(round.programme.url("programmes:home"))
    context = {"programme": round.programme, "mentor": mentor, "mentee": mentee, "coordinator": by, "url": url}
    letter = outbox.compose("matching/emails/one_more.txt", context)
    key = f"one more|{round.pk}|{mentor.pk}|{mentee.pk}"
    outbox.write(
        letter, to=mentor.person, kind="one more", key=key, programme=round.programme, signed_by=by, draft=True
    )


def loosen(round: Round, mentee: Participant, mentor: Participant, chosen: Any, *, by: Person, now: Any) -> None:
    """A distance that must fit goes up; any other answer that must fit helps a lot from now on."""
    question = questions_of(round.programme).filter(key=chosen["rule"]).first()
    if question is None:
        raise Refused("The questions have changed meanwhile. Look at what counts in matching.")
    said = choice_of(question)
    if chosen["kind"] == "widen":
        changed = Choice(said.level, far=chosen["to"], lowest=said.lowest, highest=said.highest)
    else:
        changed = Choice(Level.LOT, said.far, said.lowest, said.highest)
    change_matching(question, matching_for(question, changed), by=by, now=now)


def unlock(round: Round, mentee: Participant, mentor: Participant, chosen: Any, *, by: Person, now: Any) -> None:
    for proposal in proposals_of(round).filter(is_locked=True):
        if proposal.pair and [name(one) for one in proposal.pair] == chosen["locked"]:
            proposal.is_locked = False
            proposal.save(update_fields=["is_locked"])


def change_nothing(
    round: Round, mentee: Participant, mentor: Participant, chosen: Any, *, by: Person, now: Any
) -> None:
    """Only the pair is put together."""
    check_choice(round.programme, mentee, mentor, anyway=False)


REPAIRS = {"place": add_place, "widen": loosen, "relax": loosen, "release": unlock, "swap": change_nothing}
