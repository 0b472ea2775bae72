"""An agreement's own page, and filling it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from contracts import actions, queries
from contracts.clauses import WITHOUT_AGREEMENT
from contracts.comparing import since_signed
from contracts.forms import SEEN, AcceptForm, ChangeForm, DiscussForm, readers_of
from contracts.models import AgreementState
from mentoring.refusal import Refused, refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership


@partnership_page("agreement", "R")
def agreement(request: Visit, partnership: Partnership) -> HttpResponse:
    """How the agreement stands, and its words as they are."""
    return render(request, "contracts/agreement.html", standing(partnership, request))


def standing(partnership: Partnership, request: Visit) -> dict[str, Any]:
    """Everything a page about a partnership's agreement shows."""
    every = queries.agreements_in(partnership)
    agreement = every[0] if every else queries.new_agreement(partnership)
    version, before = queries.versions_for(agreement, request.person)
    answers = {} if version else queries.answers_in(agreement)
    signatures = queries.signatures_under(version) if version else []
    member = request.member if request.member and request.member.live else None
    words = version.content if version else queries.words_of(agreement, answers)
    empty = [] if version else queries.empty_boxes(agreement, answers)
    signed_by_me = any(signature.person_id == request.person.pk for signature in signatures)
    suggestions = queries.suggestions_for(agreement, member) if member and agreement.is_open and answers else []
    return {
        **since_signed(agreement, words, before if member and agreement.is_open and not signed_by_me else None),
        "agreement": agreement,
        "in_force": next((one for one in every if one.state == AgreementState.ACTIVE), None),
        "earlier": [one for one in every if one.state == AgreementState.SUPERSEDED],
        "needs_none": partnership.model in WITHOUT_AGREEMENT,
        "here": partnership.url("contracts:agreement"),
        "version": version,
        "words": words,
        "begun": bool(version or answers),
        "empty": empty,
        "reading_waits": any(box.clause.decides for box in empty),
        "signatures": signatures,
        "waiting": queries.yet_to_sign(partnership, signatures) if version else [],
        "is_partner": member is not None,
        "signed_by_me": signed_by_me,
        "scan": queries.scan_of(version) if version and agreement.state == AgreementState.SIGNING else None,
        "decline": queries.decline_of(agreement),
        "suggestions": suggestions,
        "suggested": {answer.clause for answer in suggestions},
        "seen": max((answer.written_at for answer in suggestions), default=None),
    }


@partnership_page("agreement", "U")
def discuss(request: Visit, partnership: Partnership) -> HttpResponse:
    """Fill in the boxes that are shared or one's own."""
    agreement = queries.agreement_or_template(partnership)
    if not agreement.is_open or not partnership.is_live or partnership.model in WITHOUT_AGREEMENT:
        return redirect(partnership.url("contracts:agreement"))
    answers = queries.answers_in(agreement)
    every = queries.boxes_in(agreement)
    empty = [box for box in every if box.name not in answers]
    boxes: dict[str, Any] = {
        "boxes": every,
        "answers": answers,
        "person": request.person,
        "readers": readers_of(partnership, request.person),
        "cadence_days": agreement.cadence_days,
        "elsewhere": queries.written_elsewhere(partnership, empty, request.person),
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
    version = queries.version_in_force(agreement)
    context = {
        "form": form,
        "here": partnership.url("contracts:agreement"),
        "version": version,
        "signatures": queries.signatures_under(version) if version else [],
        "words": version.content if version else queries.words_of(agreement, answers),
    }
    return render(request, "contracts/discuss.html", context)


def save_answers(request: Visit, partnership: Partnership, form: DiscussForm) -> HttpResponse:
    words, seen, rhythm = form.words(), form.seen(), form.rhythm()
    now = timezone.now()
    actions.write_answers(partnership, words=words, seen=seen, cadence_days=rhythm, by=request.person, now=now)
    messages.success(request, f"Saved. {others_see(partnership)} it too.")
    return redirect(partnership.url("contracts:agreement"))


def others_see(partnership: Partnership) -> str:
    return "Your partner sees" if len(queries.taking_part(partnership)) == 2 else "The others see"


def seen_anew(request: Visit, form: DiscussForm, answers: dict[str, Any], boxes: list[str]) -> Any:
    """What was posted, but as if the other's words had been seen, so that saving again is a decision."""
    data = request.POST.copy()
    for name in boxes:
        data[SEEN + name] = answers[name].words
    return data


@partnership_page("agreement", "U")
@require_POST
def accept(request: Visit, partnership: Partnership) -> HttpResponse:
    """Be content with what somebody else wrote."""
    form = AcceptForm(request.POST)
    with refusals_on(request):
        if not form.is_valid():
            raise Refused("This button was not sent whole. Read the agreement again, then accept.")
        accepted = actions.accept_words(partnership, by=request.person, now=timezone.now(), **form.cleaned_data)
        seen = f"{others_see(partnership)} that you are content with it."
        messages.success(request, seen if accepted else "Nothing was new.")
    return redirect(partnership.url("contracts:agreement"))


@partnership_page("agreement", "U")
def change(request: Visit, partnership: Partnership) -> HttpResponse:
    """Propose a change of an agreement that everybody has signed."""
    in_force = queries.agreement_in_force(partnership)
    if in_force is None or not partnership.is_live:
        return redirect(partnership.url("contracts:agreement"))
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.propose_change(partnership, ends_on=form.last_day, by=request.person, now=timezone.now())
            messages.success(
                request, "The change is open. What you have signed counts until everybody has signed again."
            )
            return redirect(partnership.url("contracts:agreement" if form.last_day else "contracts:discuss"))
    context = {"form": form, "in_force": in_force, "here": partnership.url("contracts:agreement")}
    return render(request, "contracts/change.html", context)


@partnership_page("agreement", "U")
@require_POST
def withdraw(request: Visit, partnership: Partnership) -> HttpResponse:
    """Leave the agreement as it is."""
    with refusals_on(request):
        actions.withdraw_change(partnership, by=request.person, now=timezone.now())
        messages.success(request, "Your agreement stays as it is.")
    return redirect(partnership.url("contracts:agreement"))
