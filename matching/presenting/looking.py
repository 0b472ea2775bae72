"""What the desk shows beside a proposal: what the mentee wants, notes of conversations, places used, and why to look twice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from matching.asking.gathering import asked_questions
from matching.models import Proposal
from mentoring.wording import listed
from programmes.models import Model, Participant, Programme
from programmes.recruitment.kinds import say
from programmes.recruitment.models import Answer, Application, Question

# What somebody who has nobody is offered; what one match is called, and those who come to a host.
WORDS = {
    Model.ONE_TO_ONE: {"choose": "Choose a mentor", "heading": "A mentor for", "one": "match", "left": "mentees"},
    Model.SPOT: {"choose": "Choose a mentor", "heading": "A mentor for", "one": "match", "left": "mentees"},
    Model.GROUP: {"choose": "Choose a mentor", "heading": "A mentor for", "one": "group", "left": "mentees"},
    Model.CIRCLE: {"choose": "Choose a circle", "heading": "A circle for", "one": "circle", "left": "members"},
    Model.TEAM: {"choose": "Choose a mentor", "heading": "A mentor for the team of", "one": "team", "left": "team"},
    Model.TWO_BY_TWO: {"choose": "Choose a mentor", "heading": "A mentor for", "one": "foursome", "left": "mentees"},
    Model.PEER_PAIR: {"choose": "Choose a partner", "heading": "A partner for", "one": "pair", "left": "peers"},
}
WEAKEST = 10  # one in so many matches is looked at twice for being the weakest


def count_places(proposals: Sequence[Proposal]) -> None:
    """Give each mentor the number of their places that the round takes, as `used`."""
    mentors = [mentor for proposal in proposals for mentor in proposal.mentors]
    taken = Counter(mentor.pk for mentor in mentors)
    for mentor in mentors:
        mentor.used = taken[mentor.pk]  # type: ignore[attr-defined]


def doubt(proposals: Sequence[Proposal]) -> None:
    """Give each match why to look at it twice, as `doubt`; empty where there is no reason."""
    matches = sorted((one for one in proposals if one.is_match), key=lambda one: one.points)
    weakest = {one.pk for one in matches[: -(-len(matches) // WEAKEST)] if one.points < matches[-1].points}
    for one in proposals:
        one.doubt = say_doubt(one, one.pk in weakest) if one.is_match else ""  # type: ignore[attr-defined]


def tell_by_pair(proposals: Sequence[Proposal]) -> None:
    """Give each its reasons as `told`: about whom (in a group of several), how many speak for it, and the reasons."""
    for one in proposals:
        parts = groupby(one.reasons, key=lambda reason: reason.get("about", ""))
        told = [(about, list(reasons)) for about, reasons in parts]
        one.told = [(about, sum(each["good"] for each in reasons), reasons) for about, reasons in told]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Part:
    """Somebody in a group whose place can be changed, a team as a whole, and from whom they can be parted."""

    who: Participant
    names: str
    others: list[Participant]


def offer_changes(programme: Programme, proposals: Sequence[Proposal]) -> None:
    """Give each group of more than two its `parts`; where it is a pair, the card's own buttons are enough."""
    for one in proposals:
        one.parts = list_parts(programme, one) if len(one.people) > 2 else []  # type: ignore[attr-defined]


def list_parts(programme: Programme, proposal: Proposal) -> list[Part]:
    if programme.model == Model.TEAM:
        return [Part(proposal.left[0], listed([one.name for one in proposal.left]), proposal.right)]
    return [Part(mentee, mentee.name, proposal.right) for mentee in proposal.left]


def say_doubt(match: Proposal, is_weak: bool) -> str:
    if match.although:
        return f"You put them together although {'; '.join(match.although)}."
    if not any(reason["good"] for reason in match.reasons):
        return "Nothing that they answered speaks for it."
    return "One of the weakest matches of this round." if is_weak else ""


def add_words(programme: Programme, proposals: Sequence[Proposal]) -> None:
    """Give each person on the page what they want (`wants`) and the notes of a conversation with them (`note`, S7)."""
    people = [person for proposal in proposals for person in proposal.people]
    wants = wants_of(programme, people)
    notes = dict(Application.objects.filter(participant__in=people).exclude(note="").values_list("participant", "note"))
    for person in people:
        person.wants = wants.get(person.pk, "")  # type: ignore[attr-defined]
        person.note = notes.get(person.pk, "")  # type: ignore[attr-defined]


def wants_of(programme: Programme, people: Sequence[Participant]) -> dict[UUID, str]:
    """What mentees answered to the questions that are compared with what mentors offer, in words."""
    asked = {one.key: one for one in asked_questions(programme) if is_wish(one)}
    rows = Answer.objects.filter(application__participant__in=people, question__key__in=asked)
    said: dict[UUID, list[str]] = {}
    values: Any = rows.order_by("question__position").values_list("application__participant", "question__key", "value")
    for person, key, value in values:
        said.setdefault(person, []).append(say(asked[key], value).replace("; ", ", "))
    return {person: ", ".join(words) for person, words in said.items()}


def is_wish(question: Question) -> bool:
    return question.matching.get("comparison") == "wants_offers"
