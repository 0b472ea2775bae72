"""What each row of a list would do: make somebody new, change or leave somebody known, or wait to be mended."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import prefetch_related_objects

from mentoring.accounts.models import normalise_email
from programmes.models import ParticipantState
from programmes.recruitment.kinds import Unreadable, read
from programmes.recruitment.models import Application, ApplicationState, Import

from .columns import EMAIL, FIRST_NAME, LAST_NAME, NAME, PEOPLE, Target, targets_for

LONGEST_NAME, LONGEST_ADDRESS = 120, 254


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: its column (None for the row as a whole), what was found, and what is expected."""

    column: int | None
    label: str
    found: str
    expected: str


@dataclass
class Row:
    """A row of the list, read. `number` is its number in the spreadsheet, `place` among the rows kept."""

    place: int
    number: int
    cells: list[str]
    name: str = ""
    email: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    known: Application | None = None
    outcome: Outcome = Outcome.NEW


@dataclass(frozen=True)
class Reading:
    """A list, read: its rows, and how many have which outcome."""

    targets: dict[str, Target]
    rows: list[Row]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    def with_outcome(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]


def read_import(found: Import) -> Reading:
    """Read every row of an import as its columns are matched now. Writes nothing; six queries, however long the list."""
    targets = targets_for(found.programme, found.role)
    columns = {targets[key]: int(index) for index, key in found.columns.items() if key in targets}
    rows = [
        read_row(place, number, cells, columns, len(found.headers)) for place, (number, cells) in enumerate(found.cells)
    ]
    find_twins(rows, columns)
    known, joined = applications_by_address(found, rows), addresses_taking_part(found)
    for row in rows:
        row.known = known.get(row.email)
        if row.known is None and row.email in joined:
            column = column_of(EMAIL, columns)
            row.faults.append(
                Fault(column, PEOPLE[EMAIL], row.email, f"somebody who is not a {found.role} in this programme yet")
            )
        row.outcome = outcome_of(row)
    return Reading(targets, rows)


def read_row(place: int, number: int, cells: list[str], columns: dict[Target, int], width: int) -> Row:
    row = Row(place, number, cells)
    said = {target.key: cells[index] for target, index in columns.items()}
    row.name = " ".join((said.get(NAME) or f"{said.get(FIRST_NAME, '')} {said.get(LAST_NAME, '')}").split())
    row.email = normalise_email(said.get(EMAIL, ""))
    row.faults += faults_of_person(row, columns)
    if len(cells) > width:
        row.faults.append(
            Fault(None, "Whole row", f"{len(cells)} cells", f"{width} cells, as many as there are columns")
        )
    for target, index in columns.items():
        if target.question:
            row.faults += read_answer(row, target, index)
    return row


def faults_of_person(row: Row, columns: dict[Target, int]) -> Iterator[Fault]:
    at_name = column_of(NAME, columns, FIRST_NAME, LAST_NAME)
    if not row.name:
        yield Fault(at_name, PEOPLE[NAME], "", "a name")
    elif len(row.name) > LONGEST_NAME:
        yield Fault(at_name, PEOPLE[NAME], row.name, f"at most {LONGEST_NAME} characters, not {len(row.name)}")
    try:
        validate_email(row.email)
    except ValidationError:
        yield Fault(column_of(EMAIL, columns), PEOPLE[EMAIL], row.email, "an address like name@example.org")
    else:
        if len(row.email) > LONGEST_ADDRESS:
            yield Fault(column_of(EMAIL, columns), PEOPLE[EMAIL], row.email, f"at most {LONGEST_ADDRESS} characters")


def read_answer(row: Row, target: Target, index: int) -> Iterator[Fault]:
    """Note what a cell answers; a cell that cannot be read, or is empty where an answer is needed, is a fault."""
    question, cell = target.question, row.cells[index]
    assert question
    try:
        value = read(question, cell)
    except Unreadable as reason:
        yield Fault(index, target.label, cell, str(reason))
        return
    if value in (None, []) and question.required:
        yield Fault(index, target.label, "", "an answer: this question needs one")
    row.values[question.key] = value


def column_of(key: str, columns: dict[Target, int], *others: str) -> int | None:
    """The column that holds this, or one of the others."""
    by_key = {target.key: index for target, index in columns.items()}
    return next((by_key[each] for each in (key, *others) if each in by_key), None)


def find_twins(rows: list[Row], columns: dict[Target, int]) -> None:
    """The same address twice in one list is a mistake in the second place."""
    first: dict[str, int] = {}
    for row in rows:
        if row.email and first.setdefault(row.email, row.number) != row.number:
            said = f"another address: row {first[row.email]} has this one"
            row.faults.append(Fault(column_of(EMAIL, columns), PEOPLE[EMAIL], row.email, said))


def applications_by_address(found: Import, rows: list[Row]) -> dict[str, Application]:
    """The latest application of each address in the list that was sent in and not withdrawn, with its answers."""
    standing = found.programme.applications.filter(role=found.role, email__in={row.email for row in rows})
    standing = standing.exclude(state__in=[ApplicationState.STARTED, ApplicationState.WITHDRAWN])
    latest = {application.email: application for application in standing.order_by("submitted_at")}
    prefetch_related_objects(list(latest.values()), "answers__question")
    return latest


def addresses_taking_part(found: Import) -> set[str]:
    joined = found.programme.participants.filter(role=found.role, state=ParticipantState.ACTIVE)
    return set(joined.values_list("person__email", flat=True))


def outcome_of(row: Row) -> Outcome:
    if row.faults:
        return Outcome.FAULTY
    if row.known is None:
        return Outcome.NEW
    return Outcome.CHANGED if changes_of(row, row.known) else Outcome.SAME


def changes_of(row: Row, known: Application) -> dict[str, Any]:
    """What of a row differs from what is kept: answers by key, and the name. An empty cell changes nothing."""
    kept = {
        answer.question.key: answer.value
        for answer in sorted(known.answers.all(), key=lambda each: each.question.version)
    }
    changes = {key: value for key, value in row.values.items() if value not in (None, []) and kept.get(key) != value}
    return changes | ({NAME: row.name} if row.name != known.name else {})
