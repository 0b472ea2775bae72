"""Saying why a programme should exist, and setting its objectives."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Programme

from .models import Measure, NeedStatement, Objective
from .queries import need_of, objectives_of

MOST_OBJECTIVES = 20
OWN_FIELDS = {
    Measure.MEETINGS_SHARE: {"meetings"},
    Measure.ANSWERS_SHARE: {"question", "at_least"},
    Measure.NUMBER: set(),
}
EMPTY = {"meetings": None, "question": "", "at_least": None}


@transaction.atomic
def state_need(programme: Programme, *, by: Person, now: datetime.datetime, **words: str) -> NeedStatement:
    """Write, or rewrite, why the programme should exist (P1, P3, P4). Earlier words stay in its history."""
    statement, _ = NeedStatement.objects.update_or_create(programme=programme, defaults=words)
    audit.record("need stated", on=statement, by=by, at=now)
    return statement


@transaction.atomic
def add_objective(programme: Programme, *, by: Person, now: datetime.datetime, **fields: Any) -> Objective:
    """Set an objective after the others (P5, P6). Refused past twenty, which nobody could follow."""
    found = objectives_of(Programme.objects.select_for_update().get(pk=programme.pk))
    if found.count() >= MOST_OBJECTIVES:
        raise Refused(f"There are {MOST_OBJECTIVES} objectives already. Take one away before you add another.")
    position = (found.aggregate(last=Max("position"))["last"] or 0) + 1
    objective = Objective.objects.create(
        programme=programme, position=position, created_at=now, **only_own_fields(fields)
    )
    audit.record("objective set", on=objective, by=by, at=now, target=str(objective.target))
    return objective


@transaction.atomic
def change_objective(objective: Objective, *, by: Person, now: datetime.datetime, **fields: Any) -> Objective:
    """Change an objective; what it was stays in its history. Refused once it has been taken away."""
    objective = lock(objective)
    for name, value in only_own_fields(fields).items():
        setattr(objective, name, value)
    objective.save()
    audit.record("objective changed", on=objective, by=by, at=now, target=str(objective.target))
    return objective


@transaction.atomic
def move_objective(objective: Objective, *, up: bool, by: Person, now: datetime.datetime) -> None:
    """Exchange an objective with its neighbour. At the end of the list nothing happens."""
    objectives = list(objectives_of(objective.programme).select_for_update())
    place = [each.pk for each in objectives].index(lock(objective).pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(objectives):
        return
    objectives[place], objectives[other] = objectives[other], objectives[place]
    for position, each in enumerate(objectives, start=1):
        each.position = position
    Objective.objects.bulk_update(objectives, ["position"])
    audit.record("objective moved", on=objective, by=by, at=now)


@transaction.atomic
def remove_objective(objective: Objective, *, because: str, by: Person, now: datetime.datetime) -> None:
    """Take an objective away with a reason. It stays readable; refused when it is already away."""
    objective = lock(objective)
    objective.removed_at, objective.removed_by, objective.removed_because = now, by, because
    objective.save(update_fields=["removed_at", "removed_by", "removed_because"])
    audit.record("objective removed", on=objective, by=by, at=now)


def copy_from_previous(programme: Programme, by: Person, now: datetime.datetime) -> None:
    """Begin with last year's need and objectives; every date moves by as much as the programme's end."""
    previous = programme.previous
    if previous is None:
        return
    if statement := need_of(previous):
        NeedStatement.objects.create(programme=programme, **copied(statement))
    shift = programme.ends_on - previous.ends_on
    for objective in objectives_of(previous):
        fields = copied(objective) | {"due_on": objective.due_on + shift, "created_at": now}
        Objective.objects.create(programme=programme, **fields)


def copied(record: NeedStatement | Objective) -> dict[str, Any]:
    """The words and figures of a record, without what ties it to its programme."""
    left_out = {"id", "organisation", "programme", "removed_at", "removed_by", "removed_because"}
    return {field.name: getattr(record, field.name) for field in record._meta.fields if field.name not in left_out}


def lock(objective: Objective) -> Objective:
    """The objective as it is now, held for this transaction. Refused when it has been taken away."""
    objective = Objective.objects.select_for_update(of=("self",)).select_related("programme").get(pk=objective.pk)
    if objective.removed_at:
        raise Refused("This objective has been taken away.")
    return objective


def only_own_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Forget what belongs to another way of measuring."""
    own = OWN_FIELDS[Measure(fields["measure"])]
    return fields | {name: empty for name, empty in EMPTY.items() if name not in own}
