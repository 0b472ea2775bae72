"""Ending a partnership calmly, from either side; and what each would like next."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page, programme_page
from programmes.models import Partnership, Programme
from programmes.support import queries
from programmes.support.circles import leaving
from programmes.support.circles.sharing import newcomers
from programmes.support.circles.sizes import is_larger, may_end_all, may_rest_all
from programmes.support.endings import actions
from programmes.support.endings.forms import EndForm, LeaveForm, WishForm
from programmes.support.health import ENDING_SOON

from .resting import first_reader, preview


@partnership_page("partnership", "A")
def end(request: Visit, partnership: Partnership) -> HttpResponse:
    """One calm page: talk first, say as much or as little as you like, see what the other reads, end."""
    today, closing = timezone.localdate(), queries.closing_of(partnership)
    if not may_end_all(partnership, request.person, today):
        return redirect(partnership.url("support:leave"))
    form = EndForm(
        request.POST if request.method == "POST" else None,
        of_two=not is_larger(partnership.model),
        is_partner=request.member is not None,
        is_asked=closing is not None,
    )
    if request.method == "POST" and form.is_valid():
        action = actions.end if form.is_for_today else actions.ask_to_end
        with refusals_on(form):
            action(partnership, form.said, by=request.person, now=timezone.now())
            messages.success(
                request, "Everybody concerned is told, in the words you saw. Thank you for the time you gave."
            )
            return redirect(partnership.url("support:partnership"))
    ended = preview(request, "ended")
    first, after = ended["letter"], None
    if request.member and not closing:
        first, after = preview(request, "closing", closes_on=today + actions.CLOSES_AFTER)["letter"], first
    context = {
        "form": form,
        "closing": closing,
        "larger": is_larger(partnership.model),
        "may_rest": rests(request),
        "is_time": (partnership.ends_on - today).days <= ENDING_SOON,
        "others": ended["others"],
        "first": first,
        "after": after,
    }
    return render(request, "support/end.html", context)


@partnership_page("private notes", "U")
def leave(request: Visit, partnership: Partnership) -> HttpResponse:
    """Leave several who go on without one. Between two it is ending."""
    if not is_larger(partnership.model):
        return redirect(partnership.url("support:end"))
    names = [member.person.first_name for member in newcomers(partnership, request.person)]
    form = LeaveForm(request.POST if request.method == "POST" else None, newcomers=names)
    if request.method == "POST" and form.is_valid():
        shares = form.cleaned_data.get("shares", False)
        with refusals_on(form):
            leaving.leave(partnership, request.person, form.said, by=request.person, now=timezone.now(), shares=shares)
            messages.success(
                request, "You have left. The others and your co-ordinator are told. Thank you for your time."
            )
            return redirect("programmes:my")
    return render(request, "support/leave.html", {"form": form, "may_rest": rests(request), **left(request)})


def left(request: Visit) -> dict[str, object]:
    """The letter about somebody's leaving, as the first of the others will read it."""
    others = queries.name_others(request.partnership, request.person, first_reader(request))
    return preview(request, "left", who=request.person, is_reader=False, others=others)


def rests(request: Visit) -> bool:
    return may_rest_all(request.partnership, request.person)


@partnership_page("partnership", "A")
@require_POST
def close(request: Visit, partnership: Partnership) -> HttpResponse:
    """End today what one of them has asked to end."""
    return change(request, partnership, actions.close, "It has ended. Thank you for the time you gave.")


@partnership_page("partnership", "A")
@require_POST
def take_back(request: Visit, partnership: Partnership) -> HttpResponse:
    return change(request, partnership, actions.take_back, "You go on. Everybody concerned is told.")


def change(request: Visit, partnership: Partnership, action: Callable[..., None], told: str) -> HttpResponse:
    with refusals_on(request):
        action(partnership, by=request.person, now=timezone.now())
        messages.success(request, told)
    return redirect(partnership.url("support:partnership"))


@partnership_page("private notes", "U")
@require_POST
def wish(request: Visit, partnership: Partnership) -> HttpResponse:
    """Each of them says alone what they would like next."""
    form = WishForm(request.POST, of_two=not is_larger(partnership.model))
    if form.is_valid():
        actions.say_wish(partnership, wish=form.cleaned_data["wish"], by=request.person, now=timezone.now())
        messages.success(request, "Thank you. Your co-ordinator knows, and nobody else.")
    else:
        messages.error(request, "Choose one of the answers.")
    return redirect(partnership.url("support:partnership"))


@programme_page("partnership", "U")
def reasons(request: Visit, programme: Programme) -> HttpResponse:
    """Why partnerships ended, only in groups of five and more (X10)."""
    return render(request, "support/reasons.html", {"counted": queries.count_reasons(programme)})
