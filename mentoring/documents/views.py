"""Is this PDF genuine? And the seals by which anybody can tell."""

import base64
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.gates import organisation_page, public_organisation_page, public_page
from mentoring.organisations.models import Organisation
from mentoring.visit import Visit

from . import actions, queries
from .codes import read_code
from .forms import CheckForm
from .keys import as_pem


@public_page
def verify(request: HttpRequest) -> HttpResponse:
    """Compare a file, or the code printed on it, with the register. Nothing is kept.

    The people in a document are named to those who hold it: by us where the file was sent, by the browser where it kept
    the file to itself. A code names nobody.
    """
    if request.method != "POST":
        code = read_code(request.GET.get("code", ""))
        context: dict[str, Any] = {"finding": queries.check_code(code), "code": code} if code else {}
        return render(request, "documents/verify.html", {"form": CheckForm(), **context})
    form = CheckForm(request.POST, request.FILES, too_large=getattr(request, "upload_too_large", False))
    if not form.is_valid():
        return render(request, "documents/verify.html", {"form": form})
    return render(request, "documents/verify.html", {"form": CheckForm(), **found(form)})


def found(form: CheckForm) -> dict[str, Any]:
    """What the page says of a file or a code."""
    identity, code = form.identity(), form.cleaned_data["code"]
    finding = queries.check_identity(identity) if identity else queries.check_code(code)
    locked = finding.seal.names if finding.seal and identity and not finding.names else None
    return {
        "finding": finding,
        "code": code,
        "sha256": identity.sha256 if identity else "",
        "locked_names": base64.b64encode(locked).decode() if locked else "",
    }


@public_organisation_page
def certificates(request: Visit, organisation: Organisation) -> HttpResponse:
    """Every certificate this organisation has ever sealed with, for programs that check PDFs; the newest first."""
    pem = b"".join(as_pem(bytes(key.certificate)) for key in queries.certificates())
    answer = HttpResponse(pem, content_type="application/x-pem-file")
    answer.headers["Content-Disposition"] = f'attachment; filename="{organisation.slug}-seal.pem"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@organisation_page("seal", "R")
def seal(request: Visit, organisation: Organisation) -> HttpResponse:
    """The organisation's seal and those it had before."""
    return render(request, "documents/seal.html", {"keys": queries.certificates()})


@organisation_page("seal", "A")
@require_POST
def renew(request: Visit, organisation: Organisation) -> HttpResponse:
    """Seal with a new key from now on."""
    actions.renew_seal(by=request.person, now=timezone.now())
    messages.success(
        request, "Contracts are sealed with a new key from now on. Everything sealed before stays genuine."
    )
    return redirect("seal:seal", organisation=organisation.slug)
