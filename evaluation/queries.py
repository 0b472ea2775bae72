"""Reading surveys and results."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from mentoring.wording import plural
from programmes.models import Participant, ParticipantState, PartnershipState, Programme, Reading
from programmes.needs.models import Measure, Objective
from programmes.needs.queries import objectives_of
from programmes.support.queries import with_signs

from .links import sha256
from .models import AskedRole, Measurement, QuestionKind, Survey, SurveyInvitation, SurveyQuestion, SurveyResponse
from .results import Figure, Result, judge
from .tallies import FEWEST, Tally, tally

BEGUN = (PartnershipState.ACTIVE, PartnershipState.PAUSED, PartnershipState.ENDED)
ONE_PLACE = Decimal("0.1")


def questions_of(programme: Programme) -> list[SurveyQuestion]:
    """The survey's questions: mentees' first, each in the order they are asked."""
    return list(SurveyQuestion.objects.filter(programme=programme).order_by("role", "position"))


def asked(questions: Iterable[SurveyQuestion], role: str) -> list[SurveyQuestion]:
    return [question for question in questions if question.role == role]


def latest_survey(programme: Programme) -> Survey | None:
    """The survey that was opened last, whether it is still open or not."""
    return Survey.objects.filter(programme=programme).order_by("-opened_at").first()


def people_to_ask(programme: Programme) -> QuerySet[Participant]:
    """Mentors and mentees taking part who are or were in a partnership."""
    taking_part = programme.participants.filter(state=ParticipantState.ACTIVE, role__in=AskedRole.values)
    return taking_part.filter(memberships__isnull=False).select_related("person").distinct().order_by("joined_at")


def find_invitation(programme: Programme, secret: str) -> SurveyInvitation | None:
    """The invitation that this link's secret belongs to, in this programme alone."""
    found = SurveyInvitation.objects.filter(survey__programme=programme, secret_sha256=sha256(secret))
    return found.select_related("survey", "participant").first()


@dataclass(frozen=True)
class Rate:
    """How many of those who were asked have answered: never who."""

    role: str
    invited: int
    answered: int


def rates_of(survey: Survey) -> list[Rate]:
    """The response rate by role. One query."""
    counts = survey.invitations.order_by().values("role").annotate(invited=Count("pk"), answered=Count("answered_on"))
    return [Rate(AskedRole(row["role"]).label, row["invited"], row["answered"]) for row in counts.order_by("role")]


@dataclass(frozen=True)
class Answers:
    """Everything that was answered to one survey, ready to be counted."""

    survey: Survey | None
    questions: list[SurveyQuestion]
    given: list[dict[str, Any]]
    names: list[str | None]
    fewest: int

    def tallies(self, *kinds: str) -> list[Tally]:
        """The counted questions of these kinds."""
        return [self.tally(question) for question in self.questions if question.kind in kinds]

    def tally(self, question: SurveyQuestion) -> Tally:
        return tally(question, self.given, self.fewest)

    def share(self, key: str, at_least: int) -> Figure:
        """The share of answers to a scale that are high enough."""
        question = next((question for question in self.questions if question.key == key), None)
        counted = self.tally(question) if question and self.survey else None
        value = counted.share(at_least) if counted else None
        if counted and counted.answered and value is None:
            return Figure(None, f"Fewer than {self.fewest} answers, so not shown", counted.answered)
        base = counted.answered if counted else 0
        return Figure(rounded(value), f"Survey, {base} answers" if base else "The survey has not been answered", base)

    def texts(self) -> list[tuple[SurveyQuestion, list["Said"]]]:
        """What was written, in no order of time; nothing of a question that too few answered."""
        wordy = [question for question in self.questions if question.kind == QuestionKind.TEXT]
        written = [(question, self.said(question.key)) for question in wordy]
        return [(question, texts) for question, texts in written if texts and len(texts) >= self.fewest]

    def said(self, key: str) -> list["Said"]:
        pairs = zip(self.given, self.names, strict=True)
        return sorted(Said(given[key], name or "") for given, name in pairs if given.get(key))


class Said(NamedTuple):
    """A free answer, with a name where the survey asked for names."""

    text: str
    who: str


def answers_to(survey: Survey | None, programme: Programme, *, guarded: bool) -> Answers:
    """The answers to a survey. `guarded` keeps every figure of fewer than five people back, as anonymity always does."""
    hides = guarded or survey is None or survey.is_anonymous
    responses = SurveyResponse.objects.filter(survey=survey).values_list("answers", "participant__person__name")
    rows = list(responses) if survey else []
    given = [row[0] for row in rows]
    names: list[str | None] = [row[1] for row in rows]
    return Answers(survey, questions_of(programme), given, names, FEWEST if hides else 1)


def latest_measurements(programme: Programme) -> dict[Any, Measurement]:
    """For each objective the figure that is true of the latest day."""
    found = Measurement.objects.filter(programme=programme).order_by("objective", "-measured_on", "-entered_at")
    return {figure.objective_id: figure for figure in found.distinct("objective")}


def results_of(programme: Programme, answers: Answers, today: datetime.date, *, guarded: bool) -> list[Result]:
    """Every objective beside what came of it. Four queries however many there are."""
    objectives = list(objectives_of(programme))
    held = meetings_held(programme) if any(one.measure == Measure.MEETINGS_SHARE for one in objectives) else []
    measured = latest_measurements(programme)
    return [judge(one, figure_for(one, answers, held, measured, guarded=guarded), today) for one in objectives]


def figure_for(
    objective: Objective,
    answers: Answers,
    held: list[int],
    measured: dict[Any, Measurement],
    *,
    guarded: bool,
) -> Figure:
    """What was found for an objective, by its way of measuring."""
    if objective.measure == Measure.MEETINGS_SHARE:
        return meetings_share(held, objective.meetings or 1, guarded=guarded)
    if objective.measure == Measure.ANSWERS_SHARE:
        return answers.share(objective.question, objective.at_least or 4)
    found = measured.get(objective.pk)
    return Figure(found.value, f"{found.source}, {found.measured_on:%-d %B %Y}") if found else Figure(None, "")


def meetings_held(programme: Programme) -> list[int]:
    """How often each partnership that has begun has met; those that show nobody when they meet are not counted."""
    begun = with_signs(programme.partnerships.filter(state__in=BEGUN).exclude(reading=Reading.NOTHING)).order_by()
    return list(begun.values_list("meetings_held", flat=True))


def meetings_share(held: list[int], enough: int, *, guarded: bool) -> Figure:
    """The share of partnerships that met often enough."""
    if not held:
        return Figure(None, "No partnership has begun", 0)
    if guarded and len(held) < FEWEST:
        return Figure(None, f"Fewer than {FEWEST} partnerships, so not shown", len(held))
    met = sum(1 for meetings in held if meetings >= enough)
    return Figure(rounded(100 * met / len(held)), f"Meeting logs of {plural(len(held), 'partnership')}", len(held))


def rounded(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(ONE_PLACE)
