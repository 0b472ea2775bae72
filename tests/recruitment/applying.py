"""People who apply, for tests of recruitment."""

import datetime
from typing import Any

from django.utils import timezone

from programmes.blueprints import load_blueprint
from programmes.models import Participant, Programme
from programmes.recruitment import actions
from programmes.recruitment.models import Application, ApplicationState, Opening, Question
from programmes.recruitment.queries import questions_of

YORK = {"name": "York", "region": "yorkshire", "latitude": 53.96, "longitude": -1.08}
ANSWERS: dict[str, Any] = {
    "background": "I work in a laboratory.",
    "wants": "Somebody who has moved field.",
    "aims": ["confidence", "promotion"],
    "experience": "Twenty years of building bridges.",
    "offers": ["promotion", "leadership"],
    "trained": "recent",
    "capacity": "2",
    "sector": "university",
    "specialism": ["biology", "software"],
    "career_stage": "early",
    "based": YORK,
    "medium": ["video"],
    "available": ["mon-morning", "thu-evening"],
    "commitment": ["training", "period", "meetings", "contact", "records", "evaluation"],
}


def ask_questions(programme: Programme) -> dict[str, Question]:
    """The programme asks the questions of the UKRC blueprint."""
    actions.copy_questions(programme, load_blueprint("ukrc")["questions"])
    return {question.key: question for question in questions_of(programme)}


def open_for(programme: Programme, *roles: str) -> None:
    for role in roles:
        Opening.objects.create(
            programme=programme, role=role, opens_on=timezone.localdate() - datetime.timedelta(days=1)
        )


def make_application(
    programme: Programme, role: str = "mentee", name: str = "Ana Applicant", email: str = "", submitted: bool = True
) -> Application:
    """An application with an answer to every question of its role that ANSWERS knows."""
    application = Application.objects.create(
        programme=programme,
        role=role,
        name=name,
        email=email or f"{name.lower().replace(' ', '.')}@example.org",
        state=ApplicationState.SUBMITTED if submitted else ApplicationState.STARTED,
        submitted_at=timezone.now() if submitted else None,
    )
    for question in questions_of(programme, role):
        if question.key in ANSWERS:
            application.answers.create(question=question, value=ANSWERS[question.key])
    return application


def accept(application: Application, by: Any) -> Participant:
    return actions.accept_application(application, by=by, now=timezone.now())
