"""A co-ordinator's day: done looking, writing to all, notes, and her own time."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from mentoring.wording import plural
from programmes.gates import partnership_page, programme_page
from programmes.models import Partnership, Programme
from programmes.support.day import actions, queries
from programmes.support.day.forms import EstimateForm, NoteForm

ON_A_PAGE = 25


@programme_page("partnership", "U")
@require_POST
def looked(request: Visit, programme: Programme) -> HttpResponse:
    """Done for today: next time only what changed is shown first."""
    look = actions.finish_looking(programme, by=request.person, now=timezone.now())
    messages.success(
        request,
        f"Noted. Next time you see what has changed since today, for {plural(len(look.states), 'partnership')}.",
    )
    return redirect(programme.url("support:home"))


@partnership_page("message", "A")
@require_POST
def check_in(request: Visit, partnership: Partnership) -> HttpResponse:
    """Draft a question to every partner, and lead the co-ordinator to the drafts."""
    with refusals_on(request):
        actions.draft_check_in(partnership, by=request.person, now=timezone.now())
        messages.success(
            request, f"Letters to {partnership} are drafted. Read them, change what you like, then send them."
        )
        return redirect(partnership.programme.url("programmes:messages") + "?state=draft")
    return redirect(partnership.url("support:partnership"))


@programme_page("message", "A")
@require_POST
def check_in_all(request: Visit, programme: Programme) -> HttpResponse:
    """Draft a question to every silent pair, and lead the co-ordinator to the drafts."""
    with refusals_on(request):
        many = plural(actions.draft_check_ins(programme, by=request.person, now=timezone.now()), "partnership")
        messages.success(
            request, f"Letters to {many} are drafted. Read them, change what you like, then send them together."
        )
        return redirect(programme.url("programmes:messages") + "?state=draft")
    return redirect(programme.url("support:home"))


@programme_page("co-ordination notes", "R")
def notes(request: Visit, programme: Programme) -> HttpResponse:
    """All dated notes, and a form for one about the programme as a whole."""
    return write(request, programme, None)


@partnership_page("co-ordination notes", "C")
def note(request: Visit, partnership: Partnership) -> HttpResponse:
    """A call or a talk with the people of one partnership."""
    return write(request, partnership.programme, partnership)


def write(request: Visit, programme: Programme, partnership: Partnership | None) -> HttpResponse:
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.write_note(
                programme, partnership=partnership, by=request.person, now=timezone.now(), **form.cleaned_data
            )
            messages.success(request, "Your note is kept.")
            return redirect(partnership.url("support:partnership") if partnership else programme.url("support:notes"))
    found = queries.notes_of(programme, partnership).select_related("partnership")
    context = {
        "form": form,
        "partnership": partnership,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "support/notes.html", context)


@programme_page("own time", "U")
@require_POST
def clock(request: Visit, programme: Programme) -> HttpResponse:
    """Start or stop one's own clock, or add an estimate."""
    now = timezone.now()
    if "start" in request.POST:
        actions.start_clock(programme, by=request.person, now=now)
    elif "stop" in request.POST:
        stop(request, programme)
    else:
        estimate(request, programme)
    return redirect(programme.url("support:home"))


def stop(request: Visit, programme: Programme) -> None:
    with refusals_on(request):
        minutes = actions.stop_clock(programme, by=request.person, now=timezone.now())
        if minutes < 0:
            messages.warning(
                request, "Your clock ran for more than half a day, so it was not counted. Add an estimate instead."
            )
        else:
            messages.success(request, f"{plural(minutes, 'minute')} noted, for you alone.")


def estimate(request: Visit, programme: Programme) -> None:
    form = EstimateForm(request.POST)
    if form.is_valid():
        actions.add_estimate(programme, minutes=form.cleaned_data["minutes"], by=request.person, now=timezone.now())
        messages.success(request, f"{plural(form.cleaned_data['minutes'], 'minute')} noted, for you alone.")
    else:
        messages.error(request, "Give a number of minutes from 1 to 720.")
