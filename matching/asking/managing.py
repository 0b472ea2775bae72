"""Nobody is matched with somebody who manages them (S9): whom mentees named as their manager, found among the mentors."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from programmes.models import Participant
from programmes.recruitment.models import Question

SOURCE = "S9"  # the requirement that such a question comes from
REASON = "one of them manages the other"


def find_managed(
    mentees: Iterable[Participant],
    mentors: Iterable[Participant],
    questions: Iterable[Question],
    answers: Mapping[UUID, Mapping[str, Any]],
) -> list[tuple[Participant, Participant]]:
    """Each mentee with a mentor whom they named as their manager, by full name or by e-mail address."""
    keys = [question.key for question in questions if question.source == SOURCE]
    known = [(mentor, fold(mentor.name), mentor.person.email.casefold()) for mentor in mentors] if keys else []
    found = []
    for mentee in mentees if keys else ():
        said = " ".join(str(answers.get(mentee.pk, {}).get(key, "")) for key in keys)
        words, plain = fold(said), said.casefold()
        found += [(mentee, mentor) for mentor, name, email in known if email in plain or f" {name} " in f" {words} "]
    return found


def fold(words: str) -> str:
    """Lower case, without accents, one blank between words."""
    letters = unicodedata.normalize("NFKD", words).casefold()
    return " ".join(re.findall(r"\w+", "".join(one for one in letters if not unicodedata.combining(one))))
