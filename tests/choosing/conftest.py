"""Programmes in which people choose, and what they do there by hand."""

import datetime

import pytest
from django.utils import timezone

from matching.choosing import actions
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.models import Degree
from programmes.recruitment.models import Answer, Application, Question
from tests import cast
from tests.visitor import Visitor

AIMS = [{"key": "confidence", "label": "Confidence"}, {"key": "career", "label": "Career moves"}]


@pytest.fixture
def questions(programme):
    asked = [
        ("aims", "mentee", "many", "What do you want to work on?", {"comparison": "wants_offers", "weight": 40, "with": "offers"}),
        ("offers", "mentor", "many", "What can you help with?", {}),
        ("secret", "mentor", "text", "What nobody should read", {}),
    ]  # fmt: skip
    return {
        key: Question.objects.create(
            programme=programme, key=key, asked_of=role, kind=kind, label=label,
            options=AIMS if kind == "many" else [], matching=matching,
        )
        for key, role, kind, label, matching in asked
    }  # fmt: skip


@pytest.fixture
def join(programme, questions, coordinator):
    """`join("Nia", "mentor", offers=["career"], shows=["offers"])`: somebody takes part, and shows these answers."""

    def joined(name, role, *, capacity=1, shows=None, shows_name=False, about="", **answers):
        participant = cast.make_participant(programme, role, cast.make_person(name), capacity)
        application = Application.objects.create(
            programme=programme, role=role, name=name, email=participant.person.email, person=participant.person,
            participant=participant, state="accepted", submitted_at=timezone.now(), decided_at=timezone.now(),
            decided_by=coordinator,
        )  # fmt: skip
        for key, value in answers.items():
            Answer.objects.create(application=application, question=questions[key], value=value)
        if shows is not None or about:
            actions.change_profile(
                participant, by=participant.person, now=timezone.now(), is_shown=True, shows_name=shows_name,
                shows=shows or [], about=about,
            )  # fmt: skip
        return participant

    return joined


@pytest.fixture
def people(join):
    """Two mentees and two mentors who show what they offer; Nia shows her name too."""
    return {
        "Ellen": join("Ellen", "mentee", aims=["confidence"]),
        "Dai": join("Dai", "mentee", aims=["career"]),
        "Nia": join("Nia", "mentor", offers=["confidence"], secret="I may leave", shows=["offers"], shows_name=True),
        "Tom": join("Tom", "mentor", offers=["career"], secret="I am tired", shows=["offers"]),
    }


@pytest.fixture
def in_degree(programme, coordinator):
    """`in_degree("directory")` sets who chooses."""

    def set_to(degree):
        actions.set_degree(programme, Degree(degree), by=coordinator, now=timezone.now())
        programme.refresh_from_db(fields=["degree"])

    return set_to


@pytest.fixture
def opened(programme, coordinator, in_degree, people):
    """`opened("directory", answer_days=3)` opens it."""

    def open_it(degree, **settings):
        in_degree(degree)
        return actions.open_choosing(programme, by=coordinator, now=timezone.now(), **settings)

    return open_it


@pytest.fixture
def visit(sign_in):
    """`visit(person)` is somebody at a keyboard, signed in."""

    def visiting(person):
        visitor = Visitor()
        sign_in(visitor.client, getattr(person, "person", person))
        return visitor

    return visiting


@pytest.fixture
def as_person(organisation):
    """`with as_person(participant):` the database knows who asks, as on their own pages."""
    return lambda one: tenancy.tenant(organisation, one.person)


@pytest.fixture
def letters():
    """`letters()` lists who was written what since it was last asked: (name, kind), by name."""
    seen = set()

    def written():
        new = [one for one in Message.objects.order_by("name", "kind") if one.pk not in seen]
        seen.update(one.pk for one in new)
        return [(one.name, one.kind) for one in new]

    return written


@pytest.fixture
def later():
    """`later(8)` is so many days from now."""
    return lambda days: timezone.now() + datetime.timedelta(days=days)
