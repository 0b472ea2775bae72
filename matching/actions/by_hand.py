"""Putting two people together by hand, and repairs for those who have nobody."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction

from matching.asking.criteria import Choice, Level, choice_of, matching_for
from matching.asking.gathering import Gathered, gather
from matching.asking.instances import name
from matching.models import Proposal, Round, RoundState
from matching.queries import proposals_of
from matching.together import host_roles, is_pool, matches_pairs
from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.refusal import Refused
from programmes.actions import change_settings
from programmes.models import MOST_PLACES, Model, Participant, Programme
from programmes.recruitment.actions import change_matching, change_places
from programmes.recruitment.queries import questions_of

from .holding import hold
from .running import run_round


@transaction.atomic
def choose_mentor(
    round: Round, mentee: Participant, mentor: Participant, *, anyway: bool = False, by: Person, now: datetime.datetime
) -> Round:
    """Put these two together, locked, and find the others anew around them. Of a team everybody comes along.

    Refused where a firm rule forbids it (one manages the other; they were excluded), no place is left, or what is locked
    leaves no room. Where another rule speaks against a pair, refused unless the co-ordinator says `anyway`; where several
    come together, refused in any case.
    """
    held = hold(round)
    check_choice(held.programme, mentee, mentor, anyway)
    names = {"mentee": mentee.name, "mentor": mentor.name}
    audit.record("pair chosen by hand", on=held, by=by, at=now, although_a_rule_says_no=anyway, **names)
    return run_with(held.programme, mentee, mentor, by=by, now=now)


def run_with(
    programme: Programme, mentee: Participant, mentor: Participant, *, by: Person, now: datetime.datetime
) -> Round:
    """Run matching with these two together. Nothing has changed where it cannot be done."""
    found = run_round(programme, by=by, now=now, wanted=[(mentee, mentor)])
    if found.state == RoundState.FAILED:
        raise Refused(found.failure)
    return found


def check_choice(programme: Programme, mentee: Participant, mentor: Participant, anyway: bool) -> None:
    gathered = gather(programme)
    if mentee not in gathered.mentees:
        raise Refused(f"{mentee.name} has a partner already.")
    check = check_pair if matches_pairs(programme) else check_company
    check(gathered, mentee, mentor, anyway)


def check_company(gathered: Gathered, mentee: Participant, other: Participant, anyway: bool) -> None:
    from matching.asking.barring import why_not  # loads SciPy
    from matching.engine import read_instance

    if other not in gathered.hosts or other == mentee:
        raise Refused(f"{other.name} has no free place.")
    why = why_not(gathered, read_instance(gathered.instance | {"locked": []}), mentee, other)
    if why:
        raise Refused(f"{mentee.name} and {other.name} cannot be put together, because {'; '.join(why)}.")


def check_pair(gathered: Gathered, mentee: Participant, mentor: Participant, anyway: bool) -> None:
    from matching.asking.solving import list_broken, read_instance  # loads SciPy

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
    mentor = find_partner(round.programme, chosen)
    REPAIRS[chosen["kind"]](round, mentee, mentor, chosen, by=by, now=now)
    audit.record("match repaired", on=round, by=by, at=now, how=chosen["words"], mentee=mentee.name)
    if mentor is None:
        return run_round(round.programme, by=by, now=now)
    return run_with(round.programme, mentee, mentor, by=by, now=now)


def find_partner(programme: Programme, chosen: Any) -> Participant | None:
    """Whom the mentee would have, where the repair names somebody; of peers whoever is not only a mentor."""
    if not chosen.get("mentor"):
        return None
    people = programme.participants.select_related("person").filter(person_id=chosen["mentor"])
    roles = ("mentee", "mentor") if is_pool(programme) else host_roles(programme)
    return min(people.filter(role__in=roles), key=lambda one: one.role)


def add_place(round: Round, mentee: Participant, mentor: Participant, chosen: Any, *, by: Person, now: Any) -> None:
    if mentor.capacity >= MOST_PLACES:
        raise Refused(f"{mentor.name} has {MOST_PLACES} places, which is the most.")
    change_places(mentor, mentor.capacity + 1, by=by, now=now)
    url = absolute(round.programme.url("programmes:home"))
    what = "team" if round.programme.model == Model.TEAM else "mentee"
    context = {
        "programme": round.programme, "mentor": mentor, "mentee": mentee, "what": what, "coordinator": by, "url": url,
    }  # fmt: skip
    letter = outbox.compose("matching/emails/one_more.txt", context)
    key = f"one more|{round.pk}|{mentor.pk}|{mentee.pk}"
    outbox.write(
        letter, to=mentor.person, kind="one more", key=key, programme=round.programme, signed_by=by, draft=True
    )


def loosen(round: Round, mentee: Participant, mentor: Participant | None, chosen: Any, *, by: Person, now: Any) -> None:
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


def change_size(round: Round, mentee: Participant, mentor: None, chosen: Any, *, by: Person, now: Any) -> None:
    """Fewer may begin, or more may join, in all groups of the programme."""
    change_settings(round.programme, by=by, now=now, **{f"group_{chosen['bound']}": chosen["to"]})
    round.programme.refresh_from_db()


REPAIRS: dict[str, Callable[..., None]] = {
    "place": add_place,
    "widen": loosen,
    "relax": loosen,
    "release": unlock,
    "swap": change_nothing,
    "size": change_size,
}
