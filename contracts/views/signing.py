"""Getting an agreement ready, signing it, and holding what was signed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from contracts import actions, queries
from contracts.forms import SignForm
from contracts.models import AgreementState
from contracts.places import place_of
from mentoring.documents.answers import pdf_answer
from mentoring.organisations.policy import Hat
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership

from .discussing import standing


@partnership_page("agreement", "U")
@require_POST
def ready(request: Visit, partnership: Partnership) -> HttpResponse:
    """Fix the words and go on to signing."""
    try:
        actions.make_version(partnership, by=request.person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(partnership.url("contracts:agreement"))
    return redirect(partnership.url("contracts:sign"))


@partnership_page("agreement signature", "A")
def sign(request: Visit, partnership: Partnership) -> HttpResponse:
    """Read the agreement, then sign it. One signs for oneself and nobody else."""
    agreement = queries.agreement_or_template(partnership)
    context = standing(agreement, request)
    if agreement.state != AgreementState.SIGNING or context["signed_by_me"]:
        return redirect(partnership.url("contracts:agreement"))
    form = SignForm(request.POST or None, initial={"sha256": context["version"].sha256})
    if request.method == "POST" and form.is_valid():
        try:
            place = place_of(request)
            actions.sign_agreement(partnership, by=request.person, now=timezone.now(), place=place, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "You have signed. Thank you.")
        return redirect(partnership.url("contracts:agreement"))
    return render(
        request, "contracts/sign.html", {"form": form, "statement": actions.statement(context["version"]), **context}
    )


@partnership_page("agreement", "R")
def version(request: Visit, partnership: Partnership) -> HttpResponse:
    """The PDF that waits for signatures: the very bytes whose SHA-256 is signed."""
    agreement = queries.agreement_or_template(partnership)
    found = queries.version_in_force(agreement)
    if found is None:
        raise Http404
    return pdf_answer(found.document.content, f"Agreement {partnership} version {found.number}")


@partnership_page("signed contract", "R")
def download(request: Visit, partnership: Partnership) -> HttpResponse:
    """The signed contract, for its partners, the co-ordinators, and a partner organisation that it names as a party."""
    agreement = queries.agreement_of(partnership)
    if agreement is None or agreement.contract is None:
        raise Http404
    if request.hats <= {Hat.PARTNER, Hat.ANYONE} and not queries.is_party(request.person, agreement):
        raise Http404
    return pdf_answer(agreement.contract.content, f"Mentoring agreement {partnership}")


@partnership_page("message", "A")
@require_POST
def remind(request: Visit, partnership: Partnership) -> HttpResponse:
    """Draft a reminder to whoever has not signed."""
    try:
        waiting = actions.remind_to_sign(partnership, by=request.person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        names = " and ".join(str(member.person) for member in waiting)
        messages.success(request, f"A reminder to {names} waits among your messages. Read it, then send it.")
    return redirect(partnership.programme.url("contracts:home"))
