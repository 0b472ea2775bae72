"""How step 7 begins and how it stands."""

import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from mentoring.accounts.models import Person
from programmes.models import Programme
from programmes.needs.models import Measure, Objective
from programmes.steps import Need, State, Status, Step, know

from .actions import copy_questions
from .models import Survey, SurveyInvitation

DAYS_BEFORE_END = 30


def start(programme: Programme, blueprint: dict[str, Any], by: Person, now: datetime.datetime) -> None:
    """The programme gets its own survey."""
    copy_questions(programme, blueprint)


def status(programme: Programme, today: datetime.date) -> Status:
    """From a month before the end the survey should be asked; then every figure should be there."""
    known = know(programme, facts(today))
    survey, due, needs = known.survey_latest, known.figures_due, figure_needs(programme, known.figures_due)
    answered = f"{known.survey_answered} of {known.survey_invited} answered"
    if survey and survey["closed_at"] is None and survey["closes_on"] >= today.isoformat():
        return Status(State.IN_PROGRESS, f"Survey open: {answered}", needs=needs)
    if survey and due:
        return Status(State.IN_PROGRESS, f"Survey closed; {figures(due)} to enter", needs=needs)
    if survey:
        return Status(State.COMPLETED, f"{answered}, every figure is there")
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


def facts(today: datetime.date) -> dict[str, Any]:
    """The latest survey, how many were asked and answered, and how many figures are due."""
    surveys = Survey.objects.filter(programme=OuterRef("pk")).order_by("-opened_at")
    newest = Survey.objects.filter(programme=OuterRef("survey__programme")).order_by("-opened_at").values("pk")[:1]
    asked = SurveyInvitation.objects.filter(survey__programme=OuterRef("pk"), survey=Subquery(newest))
    return {
        "survey_latest": Subquery(surveys.values(json=JSONObject(closed_at="closed_at", closes_on="closes_on"))[:1]),
        "survey_invited": counted(asked, Count("pk")),
        "survey_answered": counted(asked, Count("answered_on")),
        "figures_due": counted(due_figures(today), Count("pk"), by="programme"),
    }


def due_figures(today: datetime.date) -> QuerySet[Objective]:
    """Objectives measured by a number, due within a month, for which nobody has entered one."""
    soon = today + datetime.timedelta(days=DAYS_BEFORE_END)
    here = Objective.objects.filter(programme=OuterRef("pk"), removed_at=None, measure=Measure.NUMBER)
    return here.filter(Q(due_on__lte=soon), measurements=None)


def counted(rows: QuerySet[Any], count: Count, by: str = "survey") -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(count=count).values("count")), 0)


def figure_needs(programme: Programme, due: int) -> list[Need]:
    if not due:
        return []
    return [Need(f"{figures(due)} to enter", programme.url("evaluation:home"), "For objectives that are due")]


def figures(count: int) -> str:
    return f"{count} figure{'' if count == 1 else 's'}"


STEP = Step(number=7, slug="evaluation", verb="Evaluate", start=start, status=status, facts=facts)
