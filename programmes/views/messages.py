"""Messages of a programme: drafts to read, edit and send together; what was sent; what could not be."""

from typing import Any
from uuid import UUID

from django.contrib import messages as banner
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.outbox import actions, queries
from mentoring.outbox.forms import DraftForm
from mentoring.outbox.letters import blocks, veil
from mentoring.outbox.models import Message, MessageState
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

CHIPS = [
    (MessageState.DRAFT, "For you to read"),
    (MessageState.QUEUED, "On their way"),
    (MessageState.SENT, "Sent"),
    (MessageState.FAILED, "Could not be sent"),
    (MessageState.CANCELLED, "Not sent"),
]


@programme_page("message", "R")
def messages(request: Visit, programme: Programme) -> HttpResponse:
    counts = queries.counts_by_state(programme.pk)
    counts[MessageState.QUEUED] += counts[MessageState.LEASED]
    state = chosen_state(request.GET.get("state", ""), counts)
    words = request.GET.get("q", "").strip()[:200]
    found = queries.messages_of(programme.pk).filter(state__in=states_shown(state))
    page = Paginator(queries.search(found, words) if words else found, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "words": words,
        "chips": chips(counts, state),
        "drafts": counts[MessageState.DRAFT],
    }
    return render(request, "programmes/messages.html", context)


def chosen_state(asked: str, counts: dict[str, int]) -> str:
    """The state asked for; else drafts if there are any, else what was sent."""
    if asked in dict(CHIPS):
        return asked
    return next((state for state in (MessageState.DRAFT, MessageState.FAILED) if counts[state]), MessageState.SENT)


def states_shown(state: str) -> list[str]:
    return [MessageState.QUEUED, MessageState.LEASED] if state == MessageState.QUEUED else [state]


def chips(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "count": counts[state], "url": f"?state={state}", "current": state == chosen}
        for state, label in CHIPS
    ]


@programme_page("message", "U")
def message(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """One message as it will arrive, but for the addresses of its buttons; a draft can be changed here."""
    found = get_object_or_404(queries.messages_of(programme.pk), pk=pk)
    if found.state != MessageState.DRAFT:
        return render(request, "programmes/message.html", {"message": found, "blocks": blocks(found.body)})
    form = DraftForm(request.POST or None, initial={"subject": found.subject, "body": veil(found.body)})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            subject, body = form.cleaned_data["subject"], form.cleaned_data["body"]
            actions.edit_draft(found, subject=subject, body=body)
            banner.success(request, "Your changes are saved. The message has not been sent yet.")
            return redirect(programme.url("programmes:messages"))
    return render(request, "programmes/message.html", {"message": found, "form": form})


@programme_page("message", "A")
@require_POST
def send(request: Visit, programme: Programme) -> HttpResponse:
    """Let the ticked drafts go, or all of them."""
    drafts = queries.messages_of(programme.pk)
    if request.POST.get("which") != "all":
        drafts = drafts.filter(pk__in=ticked(request))
    count = actions.release(drafts, by=request.person, now=timezone.now())
    told = (
        f"{count} message{' is' if count == 1 else 's are'} on {'its' if count == 1 else 'their'} way."
        if count
        else "Tick at least one message."
    )
    (banner.success if count else banner.warning)(request, told)
    return redirect(programme.url("programmes:messages"))


def ticked(request: Visit) -> list[UUID]:
    """The ids of the ticked rows; what is not an id is left out."""
    found = []
    for value in request.POST.getlist("message"):
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


@programme_page("message", "A")
@require_POST
def cancel(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    return change(request, programme, pk, actions.cancel, "The message will not be sent.")


@programme_page("message", "A")
@require_POST
def try_again(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    return change(request, programme, pk, actions.try_again, "The message is on its way again.")


def change(request: Visit, programme: Programme, pk: UUID, action: Any, told: str) -> HttpResponse:
    found: Message = get_object_or_404(queries.messages_of(programme.pk), pk=pk)
    with refusals_on(request):
        action(found, by=request.person, now=timezone.now())
        banner.success(request, told)
    return redirect(programme.url("programmes:messages"))
