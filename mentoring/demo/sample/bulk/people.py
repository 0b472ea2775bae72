"""The people of a large programme: each applied, answered, was accepted and written to, and came to the training."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from allauth.account.models import EmailAddress

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from mentoring.demo.sample.answers import make_answer
from mentoring.demo.sample.moments import days
from mentoring.organisations import tenancy
from mentoring.organisations.models import Membership, Role
from mentoring.outbox.models import Message, MessageState
from programmes.models import Participant
from programmes.recruitment.letters import compose_welcome
from programmes.recruitment.models import Answer, Application
from programmes.recruitment.queries import questions_of
from programmes.training.models import Attendance, TrainingSession

from .letters import Form
from .names import name_of
from .scene import Scene

KINDS_OF_ANSWERS = 20  # in a role: people share whole sets of answers, which are slow to make up
DAYS_TO_APPLY = 40


@dataclass(frozen=True)
class Somebody:
    """A participant, in the few words that other rows repeat."""

    participant: UUID
    person: UUID
    name: str
    email: str
    role: str
    capacity: int


def gather(scene: Scene, role: str, capacities: Iterable[int]) -> list[Somebody]:
    """Accepted people in one role, one for each capacity."""
    answers = {capacity: make_up_answers(scene, role, capacity) for capacity in sorted(set(capacities))}
    form = Form(compose_welcome(Participant(programme=scene.programme, person=Form.reader(), role=role)))
    return [join(scene, role, capacity, answers[capacity], form) for capacity in capacities]


def make_up_answers(scene: Scene, role: str, capacity: int) -> list[list[tuple[UUID, str]]]:
    """Sets of answers that the application form would take: question and value."""
    questions = list(questions_of(scene.programme, role))
    sets = [
        [(question.pk, make_answer(question, scene.random, capacity)) for question in questions]
        for _ in range(KINDS_OF_ANSWERS)
    ]
    return [[(pk, json.dumps(value)) for pk, value in answers if value not in ("", [], None)] for answers in sets]


def join(scene: Scene, role: str, capacity: int, answers: list[list[tuple[UUID, str]]], form: Form) -> Somebody:
    """One person, from the application to the welcome."""
    applied_at = scene.moment(scene.programme.starts_on - days(90 - scene.random.randrange(DAYS_TO_APPLY)))
    accepted_at = applied_at + datetime.timedelta(days=3)
    name, email = introduce(scene)
    somebody = Somebody(scene.key(accepted_at), scene.key(accepted_at), name, email, role, capacity)
    add_person(scene, somebody, accepted_at)
    scene.batch.add(
        Participant,
        id=somebody.participant,
        programme_id=scene.programme.pk,
        person_id=somebody.person,
        role=role,
        capacity=capacity,
        joined_at=accepted_at,
    )
    apply(scene, role, name, email, applied_at, scene.random.choice(answers), accepted_at, somebody)
    subject, body = form.fill(reader=name)
    add_letter(scene, somebody, "welcome", f"welcome|{somebody.participant}", subject, body, accepted_at)
    return somebody


def introduce(scene: Scene) -> tuple[str, str]:
    """A name, which others may have too, and an address nobody else has."""
    name = name_of(scene.random)
    plain = name.lower().replace(" ", ".").encode("ascii", "ignore").decode()
    return name, f"{plain}.{scene.reference().lower()}@{scene.story.domain}"


def add_person(scene: Scene, somebody: Somebody, at: datetime.datetime) -> None:
    scene.batch.add(
        Person,
        id=somebody.person,
        email=somebody.email,
        name=somebody.name,
        password=scene.story.hashed,
        joined_at=at,
    )
    scene.batch.add(EmailAddress, user_id=somebody.person, email=somebody.email, verified=True, primary=True)
    scene.batch.add(Membership, id=scene.key(at), person_id=somebody.person, role=Role.MEMBER, since_at=at)


def apply(
    scene: Scene,
    role: str,
    name: str,
    email: str,
    at: datetime.datetime,
    answers: list[tuple[UUID, str]],
    accepted_at: datetime.datetime | None = None,
    somebody: Somebody | None = None,
) -> None:
    """An application with its answers and its trail; accepted, or waiting to be read."""
    application = scene.key(at)
    scene.batch.add(
        Application,
        id=application,
        programme_id=scene.programme.pk,
        role=role,
        name=name,
        email=email,
        person_id=somebody and somebody.person,
        participant_id=somebody and somebody.participant,
        state="accepted" if somebody else "submitted",
        reference=scene.reference(),
        started_at=at,
        submitted_at=at + datetime.timedelta(minutes=20),
        decided_at=accepted_at,
        decided_by_id=scene.coordinator.pk if somebody else None,
    )
    for question, value in answers:
        scene.batch.add(Answer, id=scene.key(at), application_id=application, question_id=question, value=value)
    label = f"{name}, {role}"
    trace(scene, "application started", "application", application, label, None, at)
    trace(scene, "application sent in", "application", application, label, None, at + datetime.timedelta(minutes=20))
    if accepted_at:
        trace(
            scene,
            "application accepted",
            "application",
            application,
            label,
            scene.coordinator.pk,
            accepted_at,
            {"role": role},
        )


def leave_unread(scene: Scene, role: str, count: int) -> None:
    """Applications of the last days that nobody has read yet."""
    answers = make_up_answers(scene, role, 1)
    for _ in range(count):
        name, email = introduce(scene)
        at = scene.moment(scene.today - days(1 + scene.random.randrange(14)))
        apply(scene, role, name, email, at, scene.random.choice(answers))


def write_people(scene: Scene) -> None:
    """People's own tables are no organisation's: they are written as sign-in and invitations write them."""
    with tenancy.directory():
        scene.batch.write(Person, EmailAddress)


def attend(scene: Scene, session: TrainingSession, people: list[Somebody]) -> int:
    """Nine in ten came. Returns how many."""
    came = 0
    for somebody in people:
        absent = scene.random.random() < 0.1
        came += not absent
        at = session.starts_at + datetime.timedelta(hours=4)
        scene.batch.add(
            Attendance,
            id=scene.key(at),
            session_id=session.pk,
            participant_id=somebody.participant,
            state="excused" if absent else "attended",
            recorded_by_id=scene.coordinator.pk,
            recorded_at=at,
        )
    return came


def trace(
    scene: Scene,
    what: str,
    kind: str,
    record: UUID,
    label: str,
    by: UUID | None,
    at: datetime.datetime,
    details: Mapping[str, object] | None = None,
) -> None:
    """What `audit.record` would have written."""
    scene.batch.add(
        Event,
        id=scene.key(at),
        programme_id=scene.programme.pk,
        what=what,
        kind=kind,
        object_id=record,
        label=label,
        person_id=by,
        at=at,
        details=json.dumps(details or {}),
    )


def add_letter(scene: Scene, to: Somebody, kind: str, key: str, subject: str, body: str, at: datetime.datetime) -> None:
    """A message that was promised and has been sent."""
    pk = scene.key(at)
    scene.batch.add(
        Message,
        id=pk,
        kind=kind,
        key=key,
        programme_id=scene.programme.pk,
        to_id=to.person,
        address=to.email,
        name=to.name,
        signed_by_id=scene.coordinator.pk,
        subject=subject,
        body=body,
        state=MessageState.SENT,
        due_at=at,
        attempts=1,
        message_id=f"<{pk.hex}@{scene.story.domain}>",
        created_at=at,
        sent_at=at + datetime.timedelta(minutes=11),
    )
