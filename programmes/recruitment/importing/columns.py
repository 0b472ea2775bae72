"""Which column of a list is what."""

import difflib
import re
from dataclasses import dataclass

from programmes.models import Programme
from programmes.recruitment.models import Question
from programmes.recruitment.queries import questions_of

NAME, FIRST_NAME, LAST_NAME, EMAIL = "name", "first_name", "last_name", "email"
PEOPLE = {NAME: "Full name", FIRST_NAME: "First name", LAST_NAME: "Last name", EMAIL: "E-mail address"}
OTHER_NAMES = {
    NAME: ["name", "participant", "mentor", "mentee", "mentor name", "mentee name"],
    FIRST_NAME: ["forename", "given name", "firstname"],
    LAST_NAME: ["surname", "family name", "lastname"],
    EMAIL: ["email", "e mail", "mail", "email address", "work email"],
}
ANSWER = "answer:"  # before a question's key
ALIKE = 0.85  # how alike a column's name and a question must be, from 0 to 1


@dataclass(frozen=True)
class Target:
    """Something a column may hold: part of who somebody is, or the answer to a question."""

    key: str
    label: str
    question: Question | None = None


def targets_for(programme: Programme, role: str) -> dict[str, Target]:
    """Everything that a list of this role may hold, in the form's order."""
    found = {key: Target(key, label) for key, label in PEOPLE.items()}
    for question in questions_of(programme, role):
        found[f"{ANSWER}{question.key}"] = Target(f"{ANSWER}{question.key}", question.label, question)
    return found


def guess_columns(headers: list[str], targets: dict[str, Target]) -> dict[str, str]:
    """For each column (its index as a word) what it seems to hold; nothing twice, and nothing where it is not clear."""
    names = {name: key for key, target in targets.items() for name in names_of(target)}
    found: dict[str, str] = {}
    for index, header in enumerate(headers):
        key = names.get(fold(header)) or nearest(fold(header), names)
        if key and key not in found.values():
            found[str(index)] = key
    return found


def nearest(header: str, names: dict[str, str]) -> str | None:
    close = difflib.get_close_matches(header, names, n=1, cutoff=ALIKE) if len(header) > 3 else []
    return names[close[0]] if close else None


def names_of(target: Target) -> list[str]:
    return [fold(name) for name in (target.label, target.key.removeprefix(ANSWER), *OTHER_NAMES.get(target.key, []))]


def fold(name: str) -> str:
    """Case, punctuation and underscores make no difference."""
    return " ".join(re.findall(r"\w+", name.casefold().replace("_", " ")))


def missing_columns(chosen: list[str]) -> list[str]:
    """What a list cannot do without and none of the columns holds."""
    missing = [] if EMAIL in chosen else [PEOPLE[EMAIL]]
    if NAME not in chosen and not {FIRST_NAME, LAST_NAME} <= set(chosen):
        missing.append(PEOPLE[NAME])
    return missing
