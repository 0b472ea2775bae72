"""Questions, and people who answered them, for tests of matching."""

from random import Random

from django.utils import timezone

from mentoring.demo.sample.answers import make_answer
from programmes.blueprints import load_blueprint
from programmes.recruitment.actions import copy_questions
from programmes.recruitment.models import Answer, Application, Question
from programmes.recruitment.queries import questions_of
from tests import cast

YORK = {"name": "York", "region": "Yorkshire", "latitude": 53.96, "longitude": -1.08}
LEEDS = {"name": "Leeds", "region": "Yorkshire", "latitude": 53.8, "longitude": -1.55}
WANTS = [{"key": "confidence", "label": "Confidence"}, {"key": "career", "label": "Career moves"}]
AIMS = [{"key": "return", "label": "Coming back"}, {"key": "lead", "label": "Leading"}]


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


def join_many(programme, mentees, mentors, places=1):
    """People who answered every question of the blueprint, each as chance would have it; the first three mentors take more."""
    random = Random(7)
    copy_questions(programme, load_blueprint("ukrc")["questions"])
    asked = list(questions_of(programme))
    for role, count in (("mentee", mentees), ("mentor", mentors)):
        mine = {question.key: question for question in asked if question.asked_of in (role, "both")}
        for number in range(count):
            capacity = places if role == "mentor" and number < 3 else 1
            answers = {key: make_answer(question, random, capacity) for key, question in mine.items()}
            given = {key: value for key, value in answers.items() if value is not None and key != "capacity"}
            join(programme, mine, f"{role.title()} {number:02}", role, capacity, **given)


def make_questions_for_groups(programme):
    """The same, what circles share, and a team."""
    more = [
        ("aims", "both", "many", "What would you like to work on with others?", AIMS, {"comparison": "overlap", "weight": 60}),
        ("team", "both", "text", "Which team do you work in?", [], {}),
    ]  # fmt: skip
    return make_questions(programme) | {
        key: Question.objects.create(
            programme=programme, key=key, asked_of=role, kind=kind, label=label, options=options, matching=matching
        )
        for key, role, kind, label, options, matching in more
    }


def set_model(programme, model, **sizes):
    for name, value in {"model": model, **sizes}.items():
        setattr(programme, name, value)
    programme.save()


def mentee(programme, questions, name, *, wants="confidence", **answers):
    return join(programme, questions, name, "mentee", wants=[wants], based=YORK, **answers)


def mentor(programme, questions, name, *, role="mentor", offers="confidence", **answers):
    return join(programme, questions, name, role, offers=[offers], based=YORK, **answers)
