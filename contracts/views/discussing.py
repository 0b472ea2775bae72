"""An agreement's own page, and filling it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from contracts import actions, queries
from contracts.clauses import WITHOUT_AGREEMENT
from contracts.forms import SEEN, DiscussForm, readers_of
from contracts.models import Agreement, AgreementState
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership


@partnership_page("agreement", "R")
def agreement(request: Visit, partnership: Partnership) -> HttpResponse:
    """How the agreement stands, and its words as they are."""
    return render(request, "contracts/agreement.html", standing(queries.agreement_or_template(partnership), request))


def standing(agreement: Agreement, request: Visit) -> dict[str, Any]:
    """Everything a page about one agreement shows."""
    version = queries.version_in_force(agreement)
    answers = {} if version else queries.answers_in(agreement)
    signatures = queries.signatures_under(version) if version else []
    signed_by_me = any(signature.person_id == request.person.pk for signature in signatures)
    return {
        "agreement": agreement,
        "needs_none": agreement.partnership.model in WITHOUT_AGREEMENT,
        "here": agreement.partnership.url("contracts:agreement"),
        "version": version,
        "words": version.content if version else queries.words_of(agreement, answers),
        "begun": bool(version or answers),
        "empty": [] if version else queries.empty_boxes(agreement, answers),
        "signatures": signatures,
        "waiting": queries.yet_to_sign(agreement.partnership, signatures) if version else [],
        "is_partner": bool(request.member and request.member.live),
        "signed_by_me": signed_by_me,
    }


@partnership_page("agreement", "U")
def discuss(request: Visit, partnership: Partnership) -> HttpResponse:
    """Fill in the boxes that are shared or one's own."""
    agreement = queries.agreement_or_template(partnership)
    if agreement.state == AgreementState.ACTIVE or not partnership.is_live:
        return redirect(partnership.url("contracts:agreement"))
    answers = queries.answers_in(agreement)
    boxes: dict[str, Any] = {
        "boxes": queries.boxes_in(agreement),
        "answers": answers,
        "person": request.person,
        "readers": readers_of(partnership, request.person),
    }
    form = DiscussForm(request.POST or None, **boxes)
    if request.method == "POST" and form.is_valid():
        try:
            return save_answers(request, partnership, form)
        except actions.ChangedMeanwhile as refusal:
            form = DiscussForm(seen_anew(request, form, answers, refusal.boxes), **boxes)
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "contracts/discuss.html", {"form": form, **standing(agreement, request)})


def save_answers(request: Visit, partnership: Partnership, form: DiscussForm) -> HttpResponse:
    actions.write_answers(partnership, words=form.words(), seen=form.seen(), by=request.person, now=timezone.now())
    messages.success(request, "Saved. Your partner sees it too.")
    return redirect(partnership.url("contracts:agreement"))


def seen_anew(request: Visit, form: DiscussForm, answers: dict[str, Any], boxes: list[str]) -> Any:
    """What was posted, but as if the other's words had been seen, so that saving again is a decision."""
    data = request.POST.copy()
    for name in boxes:
        data[SEEN + name] = answers[name].words
    return data
