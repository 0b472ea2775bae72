"""Is this PDF genuine?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mentoring.organisations.gates import public_page

from . import queries
from .forms import CheckForm


@public_page
def verify(request: HttpRequest) -> HttpResponse:
    """Compare a file, or the code printed on it, with the register. Nothing is kept and nobody is named."""
    if request.method != "POST":
        return render(
            request, "documents/verify.html", {"form": CheckForm(initial={"code": request.GET.get("code", "")})}
        )
    form = CheckForm(request.POST, request.FILES, too_large=getattr(request, "upload_too_large", False))
    if not form.is_valid():
        return render(request, "documents/verify.html", {"form": form})
    file = form.cleaned_data["file"]
    seal = queries.seal_of(file.chunks()) if file else queries.seal_with_code(form.cleaned_data["code"])
    context = {"form": CheckForm(), "checked": True, "seal": seal, "file": file, "code": form.cleaned_data["code"]}
    return render(request, "documents/verify.html", context)
