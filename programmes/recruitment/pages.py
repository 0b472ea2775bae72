"""The pages of an application form: a few questions each, under one heading."""

from dataclasses import dataclass, field
from itertools import groupby

from .models import Question

MOST_ON_A_PAGE = 3  # questions, where the programme names no page


@dataclass(frozen=True)
class FormPage:
    heading: str
    questions: list[Question] = field(default_factory=list)


def pages_of(questions: list[Question]) -> list[FormPage]:
    """Neighbours that name the same page stand together; those that name none stand three by three."""
    pages = []
    for heading, together in groupby(questions, key=lambda question: question.page):
        group = list(together)
        size = len(group) if heading else MOST_ON_A_PAGE
        pages += [FormPage(heading, group[start : start + size]) for start in range(0, len(group), size)]
    return [FormPage(page.heading or f"Part {number}", page.questions) for number, page in enumerate(pages, start=1)]
