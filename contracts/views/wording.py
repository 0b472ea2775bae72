"""What new agreements say: the same pages for a programme's own words and for the organisation's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from contracts import actions, parties
from contracts.clauses import Clause
from contracts.forms import ClauseForm, PartyForm
from contracts.preview import preview_of
from contracts.wordings import MODELS, Wording, organisation_wording, own_wordings, wording_of
from mentoring.documents.answers import pdf_answer
from mentoring.organisations.gates import organisation_page
from mentoring.organisations.models import Organisation
from mentoring.refusal import Refused, refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Model, Programme

NEW = "new"


@dataclass(frozen=True)
class Desk:
    """Where words are changed: a programme's, or the organisation's for a model of mentoring."""

    wording: Wording
    model: str
    address: Callable[..., str]
    programme: Programme | None = None

    def url(self, page: str, **address: Any) -> str:
        return self.address(page, **address)


def programme_desk(programme: Programme) -> Desk:
    def address(page: str, **parts: Any) -> str:
        return programme.url(f"contracts:{page}", **parts)

    return Desk(wording_of(programme), programme.model, address, programme)


def organisation_desk(organisation: Organisation, model: str) -> Desk:
    if model not in dict(MODELS):
        raise Http404

    def address(page: str, **parts: Any) -> str:
        return reverse(f"wording:{page}", kwargs={"organisation": organisation.slug, "model": model, **parts})

    return Desk(organisation_wording(model), model, address)


@programme_page("agreement template", "R")
def template(request: Visit, programme: Programme) -> HttpResponse:
    """What new agreements of this programme say, and who is named in them beside the partners."""
    party = PartyForm(initial={"partner": parties.party_of(programme)})
    return show(request, programme_desk(programme), party=party)


@programme_page("agreement template", "U")
@require_POST
def party(request: Visit, programme: Programme) -> HttpResponse:
    """Name a partner organisation as a party."""
    form = PartyForm(request.POST)
    if not form.is_valid():
        return show(request, programme_desk(programme), party=form)
    actions.name_party(programme, partner=form.cleaned_data["partner"], by=request.person, now=timezone.now())
    messages.success(request, "Saved. Agreements that partners open from now on follow it.")
    return redirect(programme.url("contracts:template"))


@programme_page("agreement template", "U")
def clause(request: Visit, programme: Programme, key: str) -> HttpResponse:
    """Change one clause of a programme's agreements, or write a new one."""
    return change(request, programme_desk(programme), key)


@programme_page("agreement template", "U")
@require_POST
def arrange(request: Visit, programme: Programme) -> HttpResponse:
    """Begin or give up a programme's own words; move or remove a clause."""
    return rearrange(request, programme_desk(programme))


@programme_page("agreement template", "R")
def preview(request: Visit, programme: Programme) -> HttpResponse:
    """A programme's agreement as partners would get it, with nothing filled in."""
    return draw(request, programme_desk(programme))


@organisation_page("organisation agreements", "R")
def organisation_templates(request: Visit, organisation: Organisation) -> HttpResponse:
    """For which models of mentoring the organisation has words of its own."""
    own = own_wordings()
    rows = [
        {"label": label, "is_own": model in own, "url": organisation_desk(organisation, model).url("template")}
        for model, label in MODELS
    ]
    return render(request, "contracts/templates.html", {"rows": rows})


@organisation_page("organisation agreements", "R")
def organisation_template(request: Visit, organisation: Organisation, model: str) -> HttpResponse:
    """What the organisation's new agreements say for one model of mentoring."""
    return show(request, organisation_desk(organisation, model))


@organisation_page("organisation agreements", "U")
def organisation_clause(request: Visit, organisation: Organisation, model: str, key: str) -> HttpResponse:
    """Change one clause of the organisation's agreements, or write a new one."""
    return change(request, organisation_desk(organisation, model), key)


@organisation_page("organisation agreements", "U")
@require_POST
def organisation_arrange(request: Visit, organisation: Organisation, model: str) -> HttpResponse:
    """Begin or give up the organisation's own words; move or remove a clause."""
    return rearrange(request, organisation_desk(organisation, model))


@organisation_page("organisation agreements", "R")
def organisation_preview(request: Visit, organisation: Organisation, model: str) -> HttpResponse:
    """The organisation's agreement with nothing filled in."""
    return draw(request, organisation_desk(organisation, model))


def show(request: Visit, desk: Desk, **context: Any) -> HttpResponse:
    """The clauses in their order, with what can be done with each."""
    rows = [
        {"clause": clause, "url": desk.url("clause", key=clause.key) if desk.wording.is_own else ""}
        for clause in desk.wording.clauses
    ]
    context |= {
        "rows": rows,
        "wording": desk.wording,
        "model": Model(desk.model).label,
        "arrange": desk.url("arrange"),
        "preview": desk.url("preview"),
        "add": desk.url("clause", key=NEW),
    }
    return render(request, "contracts/template.html", context)


def change(request: Visit, desk: Desk, key: str) -> HttpResponse:
    clauses = desk.wording.clauses
    old = next((clause for clause in clauses if clause.key == key), None)
    if old is None and key != NEW:
        raise Http404
    if not desk.wording.is_own:
        messages.error(request, "Begin with a copy of these words, then change it.")
        return redirect(desk.url("template"))
    taken = {clause.key for clause in clauses} | {NEW}
    form = ClauseForm(request.POST or None, clause=old, taken=taken, initial={"seen": desk.wording.seen})
    if request.method == "POST" and form.is_valid():
        made = form.made()
        changed = [made if clause == old else clause for clause in clauses] if old else [*clauses, made]
        with refusals_on(form):
            save(desk, changed, form.cleaned_data["seen"], request)
            messages.success(request, f"“{made.title}” is saved. Agreements opened from now on have it.")
            return redirect(desk.url("template"))
    return render(request, "contracts/clause.html", {"form": form, "clause": old, "back_url": desk.url("template")})


def save(desk: Desk, clauses: list[Clause], seen: str, request: Visit) -> None:
    actions.change_clauses(desk.wording, clauses, seen=seen, by=request.person, now=timezone.now())


def rearrange(request: Visit, desk: Desk) -> HttpResponse:
    """One button of the page of clauses was pressed: `do` says which, `clause` where."""
    with refusals_on(request):
        done = press(request, desk, request.POST.get("do", ""), request.POST.get("clause", ""))
        messages.success(request, done)
    return redirect(desk.url("template"))


def press(request: Visit, desk: Desk, do: str, key: str) -> str:
    now, by, clauses = timezone.now(), request.person, list(desk.wording.clauses)
    if do == "own":
        actions.own_clauses(desk.wording, by=by, now=now)
        return "These words are now your own to change."
    if do == "follow":
        actions.follow(desk.wording, by=by, now=now)
        return "Your own words are given up. Agreements that partners have opened keep them."
    place = next((number for number, clause in enumerate(clauses) if clause.key == key), None)
    if place is None or not desk.wording.is_own or do not in ("up", "down", "remove"):
        raise Refused("This clause is no longer there. Look at the clauses again.")
    moved = clauses.pop(place)
    if do != "remove":
        clauses.insert(max(place - 1, 0) if do == "up" else place + 1, moved)
    save(desk, clauses, request.POST.get("seen", ""), request)
    return f"“{moved.title}” is {'removed' if do == 'remove' else 'moved'}."


def draw(request: Visit, desk: Desk) -> HttpResponse:
    return pdf_answer(preview_of(request.organisation, desk.programme, desk.model, desk.wording), "Agreement preview")
