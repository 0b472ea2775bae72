"""The questions of a programme: copied once from its blueprint, then its own."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Programme
from programmes.recruitment.models import Question
from programmes.recruitment.ready_made import not_yet_among, ready_made

COPIED = (
    "key",
    "kind",
    "label",
    "hint",
    "why",
    "required",
    "options",
    "most",
    "low",
    "high",
    "matching",
    "source",
    "page",
)
WORDS = ("label", "hint", "why", "required")


@transaction.atomic
def copy_questions(programme: Programme, questions: list[dict[str, Any]]) -> None:
    """Give a new programme the questions of its blueprint. A running programme never changes when the file does."""
    Question.objects.bulk_create(
        Question(
            programme=programme,
            asked_of=question["role"],
            position=position,
            **{name: question[name] for name in COPIED if name in question},
        )
        for position, question in enumerate(questions)
    )


@transaction.atomic
def add_question(programme: Programme, key: str, *, by: Person, now: datetime.datetime) -> Question:
    """Ask one of the ready-made questions besides, after all others. Refused for one that the form has already."""
    held = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    chosen = ready_made(key)
    known = list(held.questions.filter(replaced_at=None))
    if chosen is None or chosen not in not_yet_among(known):
        raise Refused("Your form has this question already. Change it, or ask it again, below.")
    last = max((one.position for one in known), default=-1)
    question = Question.objects.create(programme=held, position=last + 1, created_at=now, **chosen.as_fields())
    audit.record("question added", on=question, by=by, at=now, key=key)
    return question


@transaction.atomic
def change_question(
    question: Question, *, label: str, hint: str, why: str, required: bool, by: Person, now: datetime.datetime
) -> Question:
    """Change a question's words. Once answered it stays as it was, and the new words are a new version."""
    question = _current(question)
    if required and question.is_equality:
        raise Refused("Equality data are given freely. Nobody can be made to answer this.")
    words = {"label": label, "hint": hint, "why": why, "required": required}
    if all(getattr(question, name) == value for name, value in words.items()):
        return question
    if question.answers.exists():
        question = _replace(question, now)
    for name, value in words.items():
        setattr(question, name, value)
    question.save()
    audit.record("question changed", on=question, by=by, at=now, key=question.key, version=question.version)
    return question


@transaction.atomic
def set_asked(question: Question, is_asked: bool, *, by: Person, now: datetime.datetime) -> Question:
    """Ask a question from now on, or no longer. Answers given stay."""
    question = _current(question)
    question.is_asked = is_asked
    question.save(update_fields=["is_asked"])
    audit.record(
        "question switched on" if is_asked else "question switched off", on=question, by=by, at=now, key=question.key
    )
    return question


@transaction.atomic
def change_matching(question: Question, matching: dict[str, Any], *, by: Person, now: datetime.datetime) -> bool:
    """Change how a question's answers count when people are matched. False when nothing changes."""
    question = _current(question)
    if question.matching == matching:
        return False
    question.matching = matching
    question.save(update_fields=["matching"])
    audit.record("question counts differently", on=question, by=by, at=now, key=question.key, matching=matching)
    return True


def _current(question: Question) -> Question:
    held = Question.objects.select_for_update().get(pk=question.pk)
    if held.replaced_at:
        raise Refused("Somebody changed this question meanwhile. Look at it again.")
    return held


def _replace(question: Question, now: datetime.datetime) -> Question:
    """Retire a question, and give back its next version, not yet saved."""
    Question.objects.filter(pk=question.pk).update(replaced_at=now)
    fields = {field.attname: getattr(question, field.attname) for field in question._meta.concrete_fields}
    fields |= {"version": question.version + 1, "created_at": now}
    return Question(
        **{name: value for name, value in fields.items() if name not in ("id", "organisation_id", "replaced_at")}
    )
