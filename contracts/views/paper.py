"""Agreements signed on paper: a co-ordinator keeps the scan, and each partner says that the signature is theirs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from contracts import actions, queries
from contracts.evidence import evidence_of
from contracts.forms import PaperForm, ScanForm
from contracts.paper import read_scan, scan_answer
from contracts.places import place_of
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership

from .signing import offered_to, sign_in_again


@partnership_page("agreement on paper", "C")
def paper(request: Visit, partnership: Partnership) -> HttpResponse:
    """Keep the scan of an agreement that was printed and signed."""
    version = queries.version_offered(partnership) if partnership.is_live else None
    if version is None:
        return redirect(partnership.url("contracts:agreement"))
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form, "scan"):
            kind, content = read_scan(form.cleaned_data["scan"])
            actions.keep_scan(partnership, kind=kind, content=content, by=request.person, now=timezone.now())
            messages.success(request, "The scan is kept. Each partner is asked whether the signature is theirs.")
            return redirect(partnership.url("contracts:agreement"))
    context = {"form": form, "version": version, "here": partnership.url("contracts:agreement")}
    return render(request, "contracts/paper.html", context)


@partnership_page("agreement signature", "A")
def confirm(request: Visit, partnership: Partnership) -> HttpResponse:
    """Look at the scan, and say that the signature with one's name is one's own."""
    version = offered_to(request, partnership)
    scan = queries.scan_of(version) if version else None
    if version is None or scan is None:
        return redirect(partnership.url("contracts:agreement"))
    evidence = evidence_of(request, sha256=version.sha256)
    if not evidence.is_fresh(timezone.now()):
        return sign_in_again(request, "Please prove once more that it is you: you signed in a while ago.")
    form = PaperForm(request.POST or None, initial={"sha256": scan.sha256})
    if request.method == "POST" and form.is_valid():
        signed = {"sha256": form.cleaned_data["sha256"], "place": place_of(request), "evidence": evidence}
        with refusals_on(request):
            actions.confirm_paper(partnership, by=request.person, now=timezone.now(), **signed)
            messages.success(request, "You have confirmed your signature. Thank you.")
        return redirect(partnership.url("contracts:agreement"))
    context = {
        "form": form,
        "statement": actions.paper_statement(version),
        "consent": actions.PAPER_CONSENT,
        "version": version,
    }
    return render(request, "contracts/confirm.html", {**context, "here": partnership.url("contracts:agreement")})


@partnership_page("agreement on paper", "R")
def scan(request: Visit, partnership: Partnership) -> HttpResponse:
    """The scan that is kept, to be saved and looked at."""
    version = queries.version_in_force(queries.agreement_or_template(partnership))
    found = queries.scan_of(version) if version else None
    if found is None:
        raise Http404
    return scan_answer(found, f"Signed on paper {partnership}")
