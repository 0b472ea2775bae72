"""Pages for what is taken away."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from mentoring.documents.answers import file_name, pdf_answer
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

from . import actions, blanks
from .archive import archive_of


@programme_page("contracts together", "A")
@require_POST
def contracts(request: Visit, programme: Programme) -> StreamingHttpResponse:
    """Every signed contract of the programme in one file, written while it is being read."""
    actions.take_contracts(programme, by=request.person, now=timezone.now())
    name = file_name(f"Contracts {programme.name}").replace(".pdf", ".zip")
    answer = StreamingHttpResponse(archive_of(programme, request.person), content_type="application/zip")
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@programme_page("blank form", "R")
def forms(request: Visit, programme: Programme) -> HttpResponse:
    """Forms to print and fill in by hand."""
    rows = [{"form": form, "url": programme.url("downloads:blank", form=key)} for key, form in blanks.FORMS.items()]
    return render(request, "contracts/forms.html", {"rows": rows})


@programme_page("blank form", "R")
def blank(request: Visit, programme: Programme, form: str) -> HttpResponse:
    """One of the forms, with the programme's own questions."""
    if form not in blanks.FORMS:
        raise Http404
    return pdf_answer(blanks.print_blank(programme, form), f"{blanks.FORMS[form].title} {programme.name}")
