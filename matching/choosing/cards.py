"""What one possible partner may read of another: what that person agreed to show, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from matching.asking.instances import Answers
from matching.presenting.reasons import reasons_for
from programmes.models import Participant, Programme
from programmes.recruitment.kinds import say
from programmes.recruitment.models import Answer, Question
from programmes.recruitment.queries import questions_of

from .models import Profile

# Asked so that the co-ordinator can choose, and never shown to a partner.
NEVER_SHOWN = {"line_manager", "capacity", "commitment", "trained", "circumstances"}


@dataclass(frozen=True)
class Card:
    """A person as far as they show themselves: their name or another word for them, own words, answers."""

    participant: Participant
    name: str
    about: str = ""
    answers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.about and not self.answers


def questions_to_show(programme: Programme, role: str) -> list[Question]:
    """The questions whose answers somebody in this role may choose to show."""
    return [one for one in questions_of(programme, role) if one.key not in NEVER_SHOWN and not one.is_equality]


def profile_of(participant: Participant) -> Profile | None:
    """What somebody shows; nobody's when it is withdrawn."""
    profile: Profile | None = getattr(participant, "profile", None)
    return profile if profile and profile.is_shown else None


def cards_of(participants: Iterable[Participant], words: dict[UUID, str] | None = None) -> dict[UUID, Card]:
    """A card for each, by id; `words` are what those are called who show no name. One query, however many they are."""
    people = list(participants)
    shown = {one.pk: profile_of(one) for one in people}
    answers = answers_shown(shown)
    return {
        one.pk: card(one, shown[one.pk], answers[one.pk], (words or {}).get(one.pk) or called(one)) for one in people
    }


def cards_from(participants: Iterable[Participant], questions: list[Question], answers: Answers) -> dict[UUID, Card]:
    """The same from answers that have been read already."""
    shown = {one: profile_of(one) for one in participants}
    return {
        one.pk: card(one, profile, said_by(one, profile, questions, answers), called(one))
        for one, profile in shown.items()
    }


def said_by(
    one: Participant, profile: Profile | None, questions: list[Question], answers: Answers
) -> list[tuple[str, str]]:
    shown = [question for question in questions if profile and question.key in profile.shows]
    said = [(question.label, say(question, answers.get(one.pk, {}).get(question.key))) for question in shown]
    return [(label, words) for label, words in said if words]


def answers_shown(shown: dict[UUID, Profile | None]) -> dict[UUID, list[tuple[str, str]]]:
    """Of each person the questions they agreed to show, with their answers in words."""
    found: dict[UUID, dict[str, tuple[str, str]]] = {pk: {} for pk in shown}
    rows = Answer.objects.filter(application__participant__in=[pk for pk, profile in shown.items() if profile])
    rows = rows.select_related("question", "application").order_by("question__position", "question__version")
    for row in rows:
        profile = shown.get(row.application.participant_id) if row.application.participant_id else None
        if profile and row.question.key in profile.shows and (words := say(row.question, row.value)):
            found[profile.participant_id][row.question.key] = (row.question.label, words)
    return {pk: list(answers.values()) for pk, answers in found.items()}


def card(participant: Participant, profile: Profile | None, answers: list[tuple[str, str]], word: str) -> Card:
    if profile is None:
        return Card(participant, word)
    return Card(participant, participant.name if profile.shows_name else word, profile.about, answers)


def called(participant: Participant) -> str:
    """What somebody is called who shows no name: the same every time, and nobody's."""
    return f"{participant.get_role_display()} {str(participant.pk)[-4:].upper()}"


def reasons_with_questions(
    questions: list[Question], points: dict[str, int], mentee: dict[str, Any], mentor: dict[str, Any]
) -> list[dict[str, Any]]:
    """The reasons for a pair, each with the mentee's and the mentor's question that it gives away."""
    partner = {question.key: question.matching.get("with") or question.key for question in questions}
    return [
        reason | {"mentee": key, "mentor": partner[key]}
        for key, worth in points.items()
        if key in partner
        for reason in reasons_for(questions, {key: worth}, mentee, mentor)
    ]


def reasons_shown(reasons: list[dict[str, Any]], of: Participant) -> list[dict[str, Any]]:
    """Those that give away only what this person shows."""
    profile = profile_of(of)
    return [one for one in reasons if profile and one[of.role] in profile.shows]
