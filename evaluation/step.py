"""How step 7 begins and how it stands."""

import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from mentoring.accounts.models import Person
from programmes.models import Programme
from programmes.needs.models import Measure, Objective
from programmes.steps import Need, State, Status, Step

from .actions import copy_questions
from .models import Survey, SurveyInvitation

DAYS_BEFORE_END = 30


def start(programme: Programme, blueprint: dict[str, Any], by: Person, now: datetime.datetime) -> None:
    """The programme gets its own survey."""
    copy_questions(programme, blueprint)


def status(programme: Programme, today: datetime.date) -> Status:
    """From a month before the end the survey should be asked; then every figure should be there. One query."""
    row = annotated(programme, today)
    survey, needs = row.survey, figure_needs(programme, row.due)
    if survey and survey["closed_at"] is None and survey["closes_on"] >= today.isoformat():
        return Status(
            State.IN_PROGRESS, f"Survey open: {row.answered or 0} of {row.invited or 0} answered", needs=needs
        )
    if survey and not row.due:
        return Status(State.COMPLETED, f"{row.answered or 0} of {row.invited or 0} answered, every figure is there")
    if survey:
        return Status(State.IN_PROGRESS, f"Survey closed; {figures(row.due)} to enter", needs=needs)
    return before_survey(programme, today, needs)


def before_survey(programme: Programme, today: datetime.date, needs: list[Need]) -> Status:
    asks_from = programme.ends_on - datetime.timedelta(days=DAYS_BEFORE_END)
    if today < asks_from:
        return Status(State.NOT_STARTED, f"The survey is due from {asks_from:%-d %B %Y}", needs=needs)
    return Status(
        state=State.IN_PROGRESS,
        sentence="The programme is ending: time to ask how it was",
        needs=needs,
        action="Open the survey",
        url=programme.url("evaluation:survey"),
        why="A few questions to everybody who took part. What they answer stands beside your objectives.",
        minutes=5,
    )


def annotated(programme: Programme, today: datetime.date) -> Any:
    """The programme with its latest survey, how many were asked and answered, and how many figures are due."""
    surveys = Survey.objects.filter(programme=OuterRef("pk")).order_by("-opened_at")
    newest = Survey.objects.filter(programme=OuterRef("survey__programme")).order_by("-opened_at").values("pk")[:1]
    asked = SurveyInvitation.objects.filter(survey__programme=OuterRef("pk"), survey=Subquery(newest))
    return Programme.objects.annotate(
        survey=Subquery(surveys.values(json=JSONObject(closed_at="closed_at", closes_on="closes_on"))[:1]),
        invited=Subquery(counted(asked, Count("pk"))),
        answered=Subquery(counted(asked, Count("answered_on"))),
        due=Subquery(counted(due_figures(today), Count("pk"), by="programme")),
    ).get(pk=programme.pk)


def due_figures(today: datetime.date) -> QuerySet[Objective]:
    """Objectives measured by a number, due within a month, for which nobody has entered one."""
    soon = today + datetime.timedelta(days=DAYS_BEFORE_END)
    here = Objective.objects.filter(programme=OuterRef("pk"), removed_at=None, measure=Measure.NUMBER)
    return here.filter(Q(due_on__lte=soon), measurements=None)


def counted(rows: QuerySet[Any], count: Count, by: str = "survey") -> QuerySet[Any]:
    return rows.order_by().values(by).annotate(count=count).values("count")


def figure_needs(programme: Programme, due: int | None) -> list[Need]:
    if not due:
        return []
    return [Need(f"{figures(due)} to enter", programme.url("evaluation:home"), "For objectives that are due")]


def figures(count: int) -> str:
    return f"{count} figure{'' if count == 1 else 's'}"


STEP = Step(number=7, slug="evaluation", verb="Evaluate", start=start, status=status)
