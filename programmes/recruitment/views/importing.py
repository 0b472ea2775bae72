"""Importing a list: upload, match columns, look, mend, confirm, receipt, undo (interface A2)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.recruitment.actions import importing as actions
from programmes.recruitment.forms.importing import ColumnsForm, MendForm, UploadForm, make_mend_form, name_of
from programmes.recruitment.importing.checking import Outcome, Reading, Row, changes_of, read_import
from programmes.recruitment.importing.columns import (
    FIRST_NAME,
    LAST_NAME,
    NAME,
    PEOPLE,
    Target,
    missing_columns,
    targets_for,
)
from programmes.recruitment.importing.decoding import write_table
from programmes.recruitment.kinds import say
from programmes.recruitment.models import AppliesAs, Import
from programmes.recruitment.queries import imports_of

A_PAGE, FAULTY_ON_A_PAGE = 50, 20
WORDS = {Outcome.FAULTY: "Needs fixing", Outcome.NEW: "New", Outcome.CHANGED: "Changed", Outcome.SAME: "Same"}


@programme_page("participant", "C")
def upload(request: Visit, programme: Programme) -> HttpResponse:
    """Choose a file. What cannot be read is explained; nothing is imported yet."""
    too_large = getattr(request, "upload_too_large", False)
    posted = request.method == "POST"
    form = (
        UploadForm(request.POST, request.FILES, too_large=too_large)
        if posted
        else UploadForm(initial=role_asked(request))
    )
    if posted and form.is_valid():
        begun = actions.begin_import(
            programme,
            form.cleaned_data["role"],
            form.cleaned_data["file"],
            file_name=str(request.FILES["file"]),
            by=request.person,
            now=timezone.now(),
        )
        return redirect(programme.url("recruitment:import_columns", pk=begun.pk))
    context = {"form": form, "roles": AppliesAs, "earlier": imports_of(programme)[:10]}
    return render(request, "recruitment/import_upload.html", context)


def role_asked(request: Visit) -> dict[str, str]:
    return {"role": request.GET.get("role", AppliesAs.MENTEE)}


@programme_page("participant", "C")
def template(request: Visit, programme: Programme, role: str) -> HttpResponse:
    """An empty list with the right columns."""
    if role not in AppliesAs.values:
        raise Http404
    headers = [
        target.label for key, target in targets_for(programme, role).items() if key not in (FIRST_NAME, LAST_NAME)
    ]
    return download(write_table(headers, []), f"{programme.slug}-{role}s.csv")


@programme_page("participant", "C")
def columns(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """What each column holds: guessed, and to be corrected."""
    found = find_import(programme, pk)
    targets = targets_for(programme, found.role)
    form = ColumnsForm(request.POST or None, found=found, targets=targets)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.match_columns(found, form.columns())
            return redirect(programme.url("recruitment:import", pk=pk))
    context = {"form": form, "found": found, "guessed": len(found.columns), "of": len(found.headers)}
    return render(request, "recruitment/import_columns.html", context)


@programme_page("participant", "C")
def look(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """What the list would do, row by row; after it was imported, the receipt."""
    found = find_import(programme, pk)
    if not found.imported_at and missing_columns(list(found.columns.values())):
        return redirect(programme.url("recruitment:import_columns", pk=pk))
    reading = read_import(found)
    if found.imported_at:
        return render(request, "recruitment/import_receipt.html", receipt(found, reading))
    return show(request, found, reading)


def show(request: Visit, found: Import, reading: Reading, form: MendForm | None = None) -> HttpResponse:
    counts = reading.counts
    outcome = chosen_outcome(request.GET.get("show", ""), reading)
    size = FAULTY_ON_A_PAGE if outcome == Outcome.FAULTY else A_PAGE
    page = Paginator(reading.with_outcome(outcome), size).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    if outcome == Outcome.FAULTY:
        form = form or make_mend_form(rows, targets_by_column(found, reading))
    context = {
        "found": found,
        "page": page,
        "outcome": outcome,
        "chips": chips(reading, outcome),
        "form": form,
        "broken": [row for row in rows if any(fault.column is None for fault in row.faults)],
        "rows": [describe(row, reading) for row in rows],
        "numbers": actions.numbers_of(reading),
        "coming": counts[Outcome.NEW] + counts[Outcome.CHANGED],
        "left_out": counts[Outcome.FAULTY],
    }
    return render(request, "recruitment/import.html", context)


def chosen_outcome(asked: str, reading: Reading) -> str:
    if asked in WORDS:
        return asked
    return next((outcome for outcome in WORDS if reading.counts[outcome]), Outcome.NEW)


def chips(reading: Reading, chosen: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "count": reading.counts[outcome], "url": f"?show={outcome}", "current": outcome == chosen}
        for outcome, label in WORDS.items()
    ]


def targets_by_column(found: Import, reading: Reading) -> dict[int, Target]:
    return {int(index): reading.targets[key] for index, key in found.columns.items() if key in reading.targets}


def describe(row: Row, reading: Reading) -> dict[str, Any]:
    """A row for the table; of a changed one also what changes, in words."""
    changes = []
    if row.outcome == Outcome.CHANGED and row.known:
        kept = {answer.question.key: say(answer.question, answer.value) for answer in row.known.answers.all()}
        for key, value in changes_of(row, row.known).items():
            question = None if key == NAME else reading.targets[f"answer:{key}"].question
            changes.append(
                {
                    "label": question.label if question else PEOPLE[NAME],
                    "before": kept.get(key, "") if question else row.known.name,
                    "after": say(question, value) if question else value,
                }
            )
    return {"number": row.number, "name": row.name, "email": row.email, "changes": changes}


@programme_page("participant", "C")
@require_POST
def mend(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Keep what was typed into faulty cells, and read the list again."""
    found = find_import(programme, pk)
    reading = read_import(found)
    posted = [row for row in reading.rows if any(name_of(row, fault) in request.POST for fault in row.faults)]
    form = MendForm(request.POST, rows=posted, targets=targets_by_column(found, reading))
    if not form.is_valid():
        return show(request, found, reading, form)
    with refusals_on(request):
        actions.mend_cells(found, form.cells())
    return redirect(programme.url("recruitment:import", pk=pk))


@programme_page("participant", "C")
@require_POST
def carry_out(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    found = find_import(programme, pk)
    seen = {outcome.value: number(request.POST.get(outcome.value, "")) for outcome in Outcome}
    with refusals_on(request):
        actions.carry_out_import(found, seen=seen, by=request.person, now=timezone.now())
    return redirect(programme.url("recruitment:import", pk=pk))


def number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else -1


def receipt(found: Import, reading: Reading) -> dict[str, Any]:
    left_out = reading.counts[Outcome.FAULTY]
    until = found.imported_at + actions.TIME_TO_UNDO if found.imported_at else None
    may_undo = bool(until and not found.undone_at and timezone.now() <= until)
    made = found.applications.count()
    return {
        "found": found,
        "made": made,
        "changed": len(found.before),
        "left_out": left_out,
        "until": until,
        "may_undo": may_undo,
    }


@programme_page("participant", "C")
def left_out(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """The rows that need fixing, as a file, each with what is wrong."""
    found = find_import(programme, pk)
    rows = read_import(found).with_outcome(Outcome.FAULTY)
    faults = ["; ".join(f"{fault.label}: expected {fault.expected}" for fault in row.faults) for row in rows]
    width = max([len(found.headers), *(len(row.cells) for row in rows)])
    headers = [*found.headers, *[""] * (width - len(found.headers)), "What to fix"]
    cells = [[*row.cells, *[""] * (width - len(row.cells)), fault] for row, fault in zip(rows, faults, strict=True)]
    return download(write_table(headers, cells), f"{programme.slug}-left-out.csv")


@programme_page("participant", "C")
@require_POST
def undo(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    found = find_import(programme, pk)
    with refusals_on(request):
        actions.undo_import(found, by=request.person, now=timezone.now())
        messages.success(request, "The import is undone. Everything is as it was before.")
    return redirect(programme.url("recruitment:import", pk=pk))


def find_import(programme: Programme, pk: UUID) -> Import:
    found = get_object_or_404(imports_of(programme), pk=pk)
    found.programme = programme
    return found


def download(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
