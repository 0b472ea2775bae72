"""Importing a list of people: nothing is written before it is confirmed, then all of it or nothing, and it can be undone."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Programme
from programmes.recruitment.importing.checking import Outcome, Reading, Row, changes_of, read_import
from programmes.recruitment.importing.columns import NAME, guess_columns, missing_columns, targets_for
from programmes.recruitment.importing.decoding import Table
from programmes.recruitment.models import Answer, Application, ApplicationState, Import, Question

from .applications import put_answer

TIME_TO_UNDO = datetime.timedelta(hours=24)


@transaction.atomic
def begin_import(
    programme: Programme, role: str, table: Table, *, file_name: str, by: Person, now: datetime.datetime
) -> Import:
    """Keep a list that was uploaded, with a guess of what its columns hold. Nobody applies by it yet."""
    columns = guess_columns(table.headers, targets_for(programme, role))
    begun = Import.objects.create(
        programme=programme,
        role=role,
        file_name=file_name[:200],
        headers=table.headers,
        cells=table.rows,
        columns=columns,
        created_by=by,
        created_at=now,
    )
    audit.record("list uploaded", on=begun, by=by, at=now, rows=len(table.rows))
    return begun


@transaction.atomic
def match_columns(found: Import, columns: dict[str, str]) -> Import:
    """Say what each column holds. Refused where something is said twice, or who people are is not said."""
    found = _lock(found)
    chosen = list(columns.values())
    labels = {key: target.label for key, target in targets_for(found.programme, found.role).items()}
    for key in chosen:
        if chosen.count(key) > 1:
            raise Refused(f"Two columns are matched to “{labels[key]}”. Choose one of them.")
    if missing := missing_columns(chosen):
        raise Refused(f"No column is matched to “{missing[0]}”. Without it nobody can be imported.")
    found.columns = columns
    found.save(update_fields=["columns"])
    return found


@transaction.atomic
def mend_cells(found: Import, cells: dict[tuple[int, int], str]) -> Import:
    """Write other words into cells of the list, by (place of the row, column). The file itself stays as it was."""
    found = _lock(found)
    for (place, column), words in cells.items():
        if 0 <= place < len(found.cells) and 0 <= column < len(found.headers):
            found.cells[place][1][column] = words.strip()
    found.save(update_fields=["cells"])
    return found


@transaction.atomic
def carry_out_import(found: Import, *, seen: dict[str, int], by: Person, now: datetime.datetime) -> dict[str, int]:
    """Make and change applications as the check page said; rows that need mending are left out.

    `seen` are the numbers the co-ordinator was shown, by outcome. Refused when they no longer hold.
    """
    # Two lists of one programme at once could make the same person twice.
    Programme.objects.select_for_update().get(pk=found.programme_id)
    found = _lock(found)
    reading = read_import(found)
    if seen != numbers_of(reading):
        raise Refused("The programme has changed since you looked. Look at the numbers again, then import.")
    if not seen[Outcome.NEW] + seen[Outcome.CHANGED]:
        raise Refused("There is nobody new and nothing changed in this list.")
    questions = {target.question.key: target.question for target in reading.targets.values() if target.question}
    _make_applications(found, reading.with_outcome(Outcome.NEW), questions, now)
    for row in reading.with_outcome(Outcome.CHANGED):
        found.before |= _change_application(row, questions)
    found.imported_at = now
    found.save(update_fields=["imported_at", "before"])
    audit.record("list imported", on=found, by=by, at=now, **seen)
    return seen


def numbers_of(reading: Reading) -> dict[str, int]:
    """How many rows have which outcome."""
    counts = reading.counts
    return {outcome.value: counts[outcome] for outcome in Outcome}


@transaction.atomic
def undo_import(found: Import, *, by: Person, now: datetime.datetime) -> Import:
    """Take back everything that an import did. Refused after 24 hours, and once any of its people has been decided on."""
    found = Import.objects.select_for_update().get(pk=found.pk)
    if not found.imported_at or found.undone_at:
        raise Refused("There is nothing to undo.")
    if now > found.imported_at + TIME_TO_UNDO:
        raise Refused("An import can be undone for 24 hours. This one is older.")
    made = list(found.applications.select_for_update())
    decided = sum(not application.is_submitted for application in made)
    if decided:
        people = "1 person has" if decided == 1 else f"{decided} people have"
        raise Refused(
            f"{people} been decided on already or withdrawn, and may have been written to. Decide on the others singly."
        )
    for pk, before in found.before.items():
        _restore_application(pk, before)
    found.applications.all().delete()
    found.undone_at = now
    found.save(update_fields=["undone_at"])
    audit.record("import undone", on=found, by=by, at=now, people=len(made))
    return found


def _make_applications(found: Import, rows: list[Row], questions: dict[str, Question], now: datetime.datetime) -> None:
    made = Application.objects.bulk_create(
        (
            Application(
                programme=found.programme,
                role=found.role,
                name=row.name,
                email=row.email,
                imported_by=found,
                state=ApplicationState.SUBMITTED,
                started_at=now,
                submitted_at=now,
            )
            for row in rows
        ),
        batch_size=1000,
    )
    answers = (
        Answer(application=application, question=questions[key], value=value)
        for application, row in zip(made, rows, strict=True)
        for key, value in row.values.items()
        if value not in (None, [])
    )
    Answer.objects.bulk_create(answers, batch_size=2000)


def _change_application(row: Row, questions: dict[str, Question]) -> dict[str, Any]:
    """Change what differs; gives back what undoing needs, by the application's id."""
    known = row.known
    assert known
    changes = changes_of(row, known)
    keys = [key for key in changes if key != NAME]
    kept = known.answers.filter(question__key__in=keys).values_list("question", "value")
    before = {"name": known.name, "keys": keys, "answers": [[str(question), value] for question, value in kept]}
    for key in keys:
        put_answer(known, questions[key], changes[key])
    if NAME in changes:
        known.name = changes[NAME]
        known.save(update_fields=["name"])
    return {str(known.pk): before}


def _restore_application(pk: str, before: dict[str, Any]) -> None:
    Application.objects.filter(pk=pk).update(name=before["name"])
    Answer.objects.filter(application_id=pk, question__key__in=before["keys"]).delete()
    Answer.objects.bulk_create(
        Answer(application_id=pk, question_id=question, value=value) for question, value in before["answers"]
    )


def _lock(found: Import) -> Import:
    """The import as it is now, held until the transaction ends. Refused once it has been carried out."""
    held = Import.objects.select_for_update(of=("self",)).select_related("programme__organisation").get(pk=found.pk)
    if held.imported_at:
        raise Refused("This list has been imported already.")
    return held
