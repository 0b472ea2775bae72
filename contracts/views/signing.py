"""Getting an agreement ready, signing it, and holding what was signed."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from contracts import actions, parties, queries
from contracts.comparing import since_signed
from contracts.evidence import Evidence, evidence_of, note_file_opening, note_opening
from contracts.forms import DeclineForm, SignForm
from contracts.models import Agreement, Version
from contracts.passkeys import answer_of, question_for
from contracts.places import place_of
from mentoring.documents.answers import pdf_answer
from mentoring.organisations.policy import Hat
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from mentoring.wording import listed
from programmes.gates import partnership_page
from programmes.models import Partnership


@partnership_page("agreement", "U")
@require_POST
def ready(request: Visit, partnership: Partnership) -> HttpResponse:
    """Fix the words and go on to signing."""
    with refusals_on(request):
        actions.make_version(partnership, by=request.person, now=timezone.now())
        return redirect(partnership.url("contracts:sign"))
    return redirect(partnership.url("contracts:agreement"))


@partnership_page("agreement signature", "A")
def sign(request: Visit, partnership: Partnership) -> HttpResponse:
    """Read the agreement, then sign it. One signs for oneself and nobody else."""
    version = offered_to(request, partnership)
    now = timezone.now()
    form = SignForm(
        request.POST or None, initial={"sha256": version.sha256 if version else "", "opened": note_opening(now)}
    )
    evidence = evidence_of(request, form["opened"].value() or "", version.sha256 if version else "")
    if version and not evidence.is_fresh(now):
        return sign_in_again(request, "Please prove once more that it is you: you signed in a while ago.")
    if request.method == "POST" and form.is_valid():
        return put_signature(request, partnership, version, form, evidence)
    if version is None:
        return redirect(partnership.url("contracts:agreement"))
    return render(request, "contracts/sign.html", {"form": form, **before_signing(request, partnership, version)})


def before_signing(request: Visit, partnership: Partnership, version: Version) -> dict[str, Any]:
    """What somebody sees who is about to sign; asked for, also the question to their passkey."""
    signatures = queries.signatures_under(version)
    _, before = queries.versions_for(version.agreement, request.person)
    wants_passkey = "passkey" in request.GET
    return {
        "agreement": version.agreement,
        "version": version,
        "words": version.content,
        "signatures": signatures,
        "waiting": queries.yet_to_sign(partnership, signatures),
        "statement": actions.statement(version),
        "consent": actions.CONSENT,
        "here": partnership.url("contracts:agreement"),
        "wants_passkey": wants_passkey,
        "question": question_for(request, version) if wants_passkey else None,
        **since_signed(version.agreement, version.content, before),
    }


def offered_to(request: Visit, partnership: Partnership) -> Version | None:
    """The version that this visitor can sign now."""
    member = request.member
    if member is None or not member.live or not partnership.is_live:
        return None
    member.partnership = partnership
    return queries.version_to_sign(member)


def sign_in_again(request: Visit, why: str) -> HttpResponse:
    messages.info(request, why)
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")


def put_signature(
    request: Visit, partnership: Partnership, version: Version | None, form: SignForm, evidence: Evidence
) -> HttpResponse:
    """Sign, or say why not: whatever the page offered when it was opened, the action decides."""
    given = form.cleaned_data
    with refusals_on(request):
        if given["credential"] and version:
            passkey = answer_of(request, version, given["credential"])
            evidence = replace(evidence, passkey=passkey)
        actions.sign_agreement(
            partnership,
            sha256=given["sha256"],
            typed_name=given["typed_name"],
            by=request.person,
            now=timezone.now(),
            place=place_of(request),
            evidence=evidence,
        )
        messages.success(request, "You have signed. Thank you.")
    return redirect(partnership.url("contracts:agreement"))


@partnership_page("agreement signature", "A")
def decline(request: Visit, partnership: Partnership) -> HttpResponse:
    """Say that one would rather not sign this version, and why."""
    version = queries.version_offered(partnership)
    if version is None or offered_to(request, partnership) is None:
        return redirect(partnership.url("contracts:agreement"))
    form = DeclineForm(request.POST or None, initial={"sha256": version.sha256})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = {"reason": given["reason"], "coordinators_only": given["told"] == "few"}
        with refusals_on(request):
            actions.decline_version(partnership, sha256=given["sha256"], by=request.person, now=timezone.now(), **said)
            messages.success(request, "Thank you for saying so. Nothing is signed; the words can be changed.")
        return redirect(partnership.url("contracts:agreement"))
    context = {"form": form, "here": partnership.url("contracts:agreement")}
    return render(request, "contracts/decline.html", context)


@partnership_page("agreement", "R")
def version(request: Visit, partnership: Partnership) -> HttpResponse:
    """The PDF that waits for signatures: the very bytes whose SHA-256 is signed."""
    found = offered_to(request, partnership) or queries.version_in_force(queries.agreement_or_template(partnership))
    if found is None:
        raise Http404
    note_file_opening(request, found.sha256, timezone.now())
    return pdf_answer(found.document.content, f"Agreement {partnership} version {found.number}")


@partnership_page("signed contract", "R")
def download(request: Visit, partnership: Partnership) -> HttpResponse:
    """The signed contract in force, for its partners, the co-ordinators, and a partner organisation that is a party."""
    return contract_answer(request, queries.agreement_in_force(partnership))


@partnership_page("signed contract", "R")
def earlier(request: Visit, partnership: Partnership, pk: str) -> HttpResponse:
    """A contract that a later one has replaced, or the one in force, by its agreement."""
    return contract_answer(request, next((one for one in queries.agreements_in(partnership) if one.pk == pk), None))


def contract_answer(request: Visit, agreement: Agreement | None) -> HttpResponse:
    if agreement is None or agreement.contract is None:
        raise Http404
    if request.hats <= {Hat.PARTNER, Hat.ANYONE} and not parties.is_party(request.person, agreement):
        raise Http404
    return pdf_answer(agreement.contract.content, f"Mentoring agreement {agreement.partnership}")


@partnership_page("message", "A")
@require_POST
def remind(request: Visit, partnership: Partnership) -> HttpResponse:
    """Draft a reminder to whoever has not signed."""
    with refusals_on(request):
        waiting = actions.remind_to_sign(partnership, by=request.person, now=timezone.now())
        names = listed([str(member.person) for member in waiting])
        messages.success(request, f"A reminder to {names} waits among your messages. Read it, then send it.")
    return redirect(partnership.programme.url("contracts:home"))
