"""How step 5 stands."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from programmes.models import ParticipantRole, Programme
from programmes.steps import Need, State, Status, Step, know

from .models import TrainingSession
from .queries import count_trained


def facts(today: datetime.date) -> dict[str, Any]:
    """Whether a session is planned, and whether one is over without a word of who came."""
    sessions = TrainingSession.objects.filter(programme=OuterRef("pk"), cancelled_at=None)
    over = sessions.filter(starts_at__lt=timezone.now(), attendance=None)
    return {"training_is_planned": Exists(sessions), "register_is_missing": Exists(over)}


def status(programme: Programme, today: datetime.date) -> Status:
    """Completed when every participant came to a session: training is not optional (T1)."""
    home = programme.url("training:home")
    counts = count_trained(programme)
    known = know(programme, facts(today))
    planned = known.training_is_planned
    if not counts:
        sentence = (
            "A session is planned." if planned else "Starts when you have accepted people; you can plan a session now."
        )
        return Status(State.IN_PROGRESS if planned else State.NOT_STARTED, sentence, url=home)
    done, everybody = (sum(each) for each in zip(*counts.values(), strict=True))
    sentence = "; ".join(
        f"{trained} of {total} {role}s trained" for role, (trained, total) in sorted(counts.items(), reverse=True)
    )
    if done == everybody:
        return Status(State.COMPLETED, f"{sentence}.", url=home)
    if not planned:
        why = "People meet with more confidence when they have been trained, together if you can."
        return Status(
            State.NOT_STARTED,
            f"{sentence}.",
            action="Plan a session",
            url=programme.url("training:plan"),
            why=why,
            minutes=10,
        )
    people = programme.url("training:people")
    needs = [Need("Record who came to training", home)] if known.register_is_missing else []
    return Status(State.IN_PROGRESS, f"{sentence}.", needs=[*needs, *untrained(counts, people)], url=home)


def untrained(counts: dict[str, tuple[int, int]], people: str) -> list[Need]:
    missing = [(role, total - trained) for role, (trained, total) in counts.items() if trained < total]
    order = list(ParticipantRole.values)
    return [
        Need(f"{count} {role}{'' if count == 1 else 's'} not trained yet", f"{people}?role={role}&trained=no")
        for role, count in sorted(missing, key=lambda one: order.index(one[0]))
    ]


STEP = Step(number=5, slug="training", verb="Train, induct and launch", status=status, facts=facts)
