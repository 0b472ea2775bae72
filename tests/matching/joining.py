"""Questions, and people who answered them, for tests of matching."""

from django.utils import timezone

from programmes.recruitment.models import Answer, Application, Question
from tests import cast

YORK = {"name": "York", "region": "Yorkshire", "latitude": 53.96, "longitude": -1.08}
LEEDS = {"name": "Leeds", "region": "Yorkshire", "latitude": 53.8, "longitude": -1.55}
WANTS = [{"key": "confidence", "label": "Confidence"}, {"key": "career", "label": "Career moves"}]


def make_questions(programme):
    asked = [
        ("wants", "mentee", "many", "What do you want?", WANTS, {"comparison": "wants_offers", "weight": 40, "with": "offers"}),
        ("offers", "mentor", "many", "What do you offer?", WANTS, {}),
        ("based", "both", "place", "Where are you based?", [], {"comparison": "distance", "weight": 10, "near": 5, "far": 60}),
    ]  # fmt: skip
    return {
        key: Question.objects.create(
            programme=programme, key=key, asked_of=role, kind=kind, label=label, options=options, matching=matching
        )
        for key, role, kind, label, options, matching in asked
    }


def join(programme, questions, name, role, capacity=1, **answers):
    """Somebody who applied with these answers, and was accepted."""
    participant = cast.make_participant(programme, role, cast.make_person(name), capacity)
    application = Application.objects.create(
        programme=programme, role=role, name=name, email=participant.person.email, person=participant.person,
        participant=participant, state="accepted", submitted_at=timezone.now(), decided_at=timezone.now(),
        decided_by=programme.created_by,
    )  # fmt: skip
    for key, value in answers.items():
        Answer.objects.create(application=application, question=questions[key], value=value)
    return participant
