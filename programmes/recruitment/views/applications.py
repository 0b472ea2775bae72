"""Applications: the list, one of them, and deciding."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import Refused, refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.recruitment import actions
from programmes.recruitment.actions.decisions import TIME_TO_UNDO, letter_of
from programmes.recruitment.forms import NoteForm
from programmes.recruitment.kinds import say
from programmes.recruitment.letters import compose_declined
from programmes.recruitment.models import Application, ApplicationState, AppliesAs
from programmes.recruitment.queries import applications_in, count_applications, same_address, search_applications

SHOWN = [state for state in ApplicationState if state != ApplicationState.STARTED]
A_PAGE = 50


@programme_page("application", "R")
def applications(request: Visit, programme: Programme) -> HttpResponse:
    counts = count_applications(programme)
    role = request.GET.get("role", "")
    role = role if role in AppliesAs.values else ""
    state = chosen_state(request.GET.get("state", ""), counts)
    words = request.GET.get("q", "").strip()[:200]
    found = applications_in(programme)
    found = found.filter(state=state) if state else found
    found = found.filter(role=role) if role else found
    page = Paginator(search_applications(found, words), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "role": role,
        "state": state,
        "words": words,
        "chips": chips(counts, state, role),
        "roles": role_chips(state, role),
        "any": any(state != ApplicationState.STARTED for state, _ in counts),
        "unfinished": sum(counts.get((ApplicationState.STARTED, role), 0) for role in AppliesAs),
    }
    return render(request, "recruitment/applications.html", context)


def chosen_state(asked: str, counts: dict[tuple[str, str], int]) -> str:
    """The state asked for; without one, what waits to be read; else all (an empty word)."""
    if asked in SHOWN or asked == "all":
        return "" if asked == "all" else asked
    waiting = any(counts.get((ApplicationState.SUBMITTED, role)) for role in AppliesAs)
    return ApplicationState.SUBMITTED if waiting else ""


def chips(counts: dict[tuple[str, str], int], chosen: str, role: str) -> list[dict[str, Any]]:
    wanted = [role] if role else AppliesAs.values
    numbers = {state: sum(counts.get((state, role), 0) for role in wanted) for state in SHOWN}
    keep = f"&role={role}" if role else ""
    found = [
        {"label": state.label, "count": numbers[state], "url": f"?state={state}{keep}", "current": state == chosen}
        for state in SHOWN
    ]
    return [*found, {"label": "All", "count": sum(numbers.values()), "url": f"?state=all{keep}", "current": not chosen}]


def role_chips(state: str, chosen: str) -> list[dict[str, Any]]:
    names = [("", "Everybody"), *((role, f"{role.label}s") for role in AppliesAs)]
    return [
        {"label": label, "count": None, "url": f"?state={state or 'all'}&role={role}", "current": role == chosen}
        for role, label in names
    ]


@programme_page("application", "R")
def application(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """One application: the answers, notes, and what can be decided."""
    found = find_application(programme, pk)
    context = {
        "application": found,
        "answers": answers_in_words(found),
        "others": same_address(found),
        "letter": letter_of(found) if found.is_decided else None,
        "note_form": NoteForm(initial={"note": found.note}),
    }
    return render(request, "recruitment/application.html", context)


def find_application(programme: Programme, pk: UUID) -> Application:
    """An application that was sent in. One that was not is its author's alone."""
    found = get_object_or_404(applications_in(programme).select_related("decided_by", "participant"), pk=pk)
    found.programme = programme
    return found


def answers_in_words(application: Application) -> list[dict[str, str]]:
    """Each question as it was asked then, with the answer in words. Equality data are for nobody who decides."""
    answers = application.answers.filter(question__is_equality=False).select_related("question")
    answers = answers.order_by("question__position", "question__version")
    return [{"label": answer.question.label, "words": say(answer.question, answer.value)} for answer in answers]


@programme_page("application", "U")
@require_POST
def note(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    found = find_application(programme, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.write_note(found, form.cleaned_data["note"], by=request.person, now=timezone.now())
        messages.success(request, "Your notes are saved.")
        return redirect(programme.url("recruitment:application", pk=pk))
    context = {"application": found, "answers": answers_in_words(found), "note_form": form, "form": form}
    return render(request, "recruitment/application.html", context)


@programme_page("application", "A")
@require_POST
def accept(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    found = find_application(programme, pk)
    return decide(request, found, actions.accept_application, f"{found.name} has a place. {when_welcomed(programme)}")


@programme_page("application", "A")
def decline(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Shows the letter that will be drafted, then declines."""
    found = find_application(programme, pk)
    if request.method == "POST":
        told = f"{found.name} is declined. The letter waits for you under Messages; it is not sent before you send it."
        return decide(request, found, actions.decline_application, told)
    return render(request, "recruitment/decline.html", {"application": found, "letter": compose_declined(found)})


@programme_page("application", "A")
@require_POST
def undo(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    found = find_application(programme, pk)
    return decide(request, found, actions.undo_decision, f"{found.name}’s application waits for a decision again.")


def decide(request: Visit, application: Application, action: Callable[..., Any], told: str) -> HttpResponse:
    with refusals_on(request):
        action(application, by=request.person, now=timezone.now())
        messages.success(request, told)
    return redirect(application.programme.url("recruitment:application", pk=application.pk))


def when_welcomed(programme: Programme) -> str:
    if programme.sends_drafts:
        return "The welcome letter waits for you under Messages."
    leaves = timezone.localtime(timezone.now() + TIME_TO_UNDO)
    return f"The welcome letter leaves at {leaves:%H:%M}; until then you can take the decision back."


@programme_page("application", "A")
def accept_several(request: Visit, programme: Programme) -> HttpResponse:
    """Shows whom the ticks would accept, then accepts them, all or none."""
    asked = request.POST if request.method == "POST" else request.GET
    ticked = read_ids(asked.getlist("application"))
    waiting = applications_in(programme).filter(pk__in=ticked, state=ApplicationState.SUBMITTED)
    if not ticked:
        messages.warning(request, "Tick at least one application.")
        return redirect(programme.url("recruitment:applications"))
    refusal = ""
    if request.method == "POST":
        try:
            joined = actions.accept_applications(waiting, by=request.person, now=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            told = "1 person has a place." if len(joined) == 1 else f"{len(joined)} people have a place."
            messages.success(request, f"{told} {when_welcomed(programme).replace('letter leaves', 'letters leave')}")
            return redirect(programme.url("recruitment:applications"))
    return render(request, "recruitment/accept_several.html", {"applications": waiting, "refusal": refusal})


def read_ids(values: list[str]) -> list[UUID]:
    """The ids among the values; what is no id is left out."""
    found = []
    for value in values[:A_PAGE]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
