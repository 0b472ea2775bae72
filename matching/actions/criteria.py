"""Saying what counts in matching."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from matching.asking.criteria import Choice, comparable, matching_for
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Programme
from programmes.recruitment.actions import change_matching
from programmes.recruitment.models import Question
from programmes.recruitment.queries import questions_of


@transaction.atomic
def change_criteria(
    programme: Programme, choices: Mapping[str, Choice], *, by: Person, now: datetime.datetime
) -> list[Question]:
    """Keep on each question how it counts. Returns the questions that count differently now; the next round uses them.

    Refused for a question that is no longer asked, or cannot be compared.
    """
    known = {question.key: question for question in comparable(questions_of(programme)) if question.is_asked}
    gone = choices.keys() - known.keys()
    if gone:
        raise Refused("The questions have changed meanwhile. Look at this page again.")
    return [
        known[key]
        for key, choice in choices.items()
        if change_matching(known[key], matching_for(known[key], choice), by=by, now=now)
    ]
