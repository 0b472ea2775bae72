"""The programme's model of mentoring in the engine's terms: what it is called there, sizes, and answers of its own kind."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from matching.together import PAIRS, SIZES, is_pool, sizes_of
from programmes.models import Member, Model, Participant, ParticipantRole, PartnershipState, Programme
from programmes.recruitment.models import Question

KINDS = {
    Model.ONE_TO_ONE: "one-to-one",
    Model.SPOT: "spot",
    Model.GROUP: "group",
    Model.CIRCLE: "circle",
    Model.TEAM: "team",
    Model.TWO_BY_TWO: "two-by-two",
    Model.PEER_PAIR: "peers",
}
# The key of the question that says which team somebody works in, and what it is called in an instance.
TEAM = "team"
TEAM_KINDS = ("text", "choice")
# The questions, by their key, that say whether a mentor has done this before.
BEFORE = ("experienced", "before")
EXPERIENCED = "experienced mentor"


def shape(
    document: dict[str, Any], programme: Programme, questions: list[Question], more: Mapping[str, Any]
) -> dict[str, Any]:
    """The instance for the programme's model; `more` are answers of its own kind, by attribute and by person."""
    model = Model(programme.model)
    if model in PAIRS:
        return document | {"model": KINDS[model]}
    asked: dict[str, Any] = {"kind": KINDS[model]}
    if model in SIZES:
        asked["least"], asked["most"] = sizes_of(programme)
    if model == Model.CIRCLE and (shared := find_shared(questions)):
        asked["shared"] = shared.key
    if model == Model.TEAM:
        asked["team"] = TEAM
    if model == Model.TWO_BY_TWO:
        asked |= {"experienced": EXPERIENCED, "among": ["yes"]}
    attributes = document["attributes"] | {key: {"kind": "category"} for key in more}
    people = {side: [with_answers(person, more) for person in document[side]] for side in ("mentees", "mentors")}
    shaped = document | people | {"model": asked, "attributes": attributes}
    if model in (Model.GROUP, Model.CIRCLE):
        shaped["mentors"] = [person | {"capacity": asked["most"]} for person in shaped["mentors"]]
    if is_pool(programme):
        shaped["people"] = shaped.pop("mentees")
        del shaped["mentors"]
    return shaped


def with_answers(person: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    own = {attribute: given[person["id"]] for attribute, given in more.items() if given.get(person["id"])}
    return person | {"values": person["values"] | own}


def find_shared(questions: Iterable[Question]) -> Question | None:
    """What the members of a circle have in common: of the questions with several answers, the one that counts most."""
    found = [one for one in questions if one.kind == "many" and one.matching.get("comparison") == "overlap"]
    return max(found, key=lambda one: one.matching.get("weight", 0), default=None)


def find_team(questions: Iterable[Question]) -> Question | None:
    """The question that says which team somebody works in."""
    return next((one for one in questions if one.key == TEAM and one.kind in TEAM_KINDS), None)


def find_before(questions: Iterable[Question]) -> Question | None:
    """The question that says whether a mentor has been one before."""
    return next((one for one in questions if one.key in BEFORE), None)


def teams_of(
    people: Iterable[Participant], questions: Iterable[Question], answers: Mapping[UUID, Mapping[str, Any]]
) -> dict[Participant, str]:
    """The team of everybody who said one, however they write it."""
    question = find_team(questions)
    said = {one: answers.get(one.pk, {}).get(question.key) for one in people} if question else {}
    return {one: team for one, words in said.items() if isinstance(words, str) and (team := fold(words))}


def more_answers(
    programme: Programme,
    mentees: list[Participant],
    mentors: Iterable[Participant],
    questions: Iterable[Question],
    answers: Mapping[UUID, Mapping[str, Any]],
) -> dict[str, dict[str, str]]:
    """What only this model asks for: everybody's team, or which mentors are experienced."""
    if programme.model == Model.TEAM:
        teams = teams_of([*mentees, *mentors], questions, answers)
        return {TEAM: {str(one.person_id): team for one, team in teams.items()}}
    if programme.model == Model.TWO_BY_TWO:
        return {EXPERIENCED: dict.fromkeys(find_experienced(programme, mentors, answers), "yes")}
    return {}


def fold(said: str) -> str:
    return " ".join(said.casefold().split())[:200]


def find_experienced(
    programme: Programme, mentors: Iterable[Participant], answers: Mapping[UUID, Mapping[str, Any]]
) -> set[str]:
    """Mentors who have been partners before, here or in another programme, or say that they have."""
    mentors = list(mentors)
    earlier = Member.objects.filter(role=ParticipantRole.MENTOR, person__in=[one.person_id for one in mentors]).filter(
        ~Q(partnership__programme=programme) | Q(partnership__state=PartnershipState.ENDED)
    )
    said = {one.person_id for one in mentors if any(answers.get(one.pk, {}).get(key) == "yes" for key in BEFORE)}
    return {str(person) for person in {*earlier.values_list("person", flat=True), *said}}
