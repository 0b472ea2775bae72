"""Who saw and changed what, and the history of rows that the database keeps by itself."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mentoring.audit import queries
from programmes.gates import programme_page
from programmes.models import Programme


@programme_page("audit", "R")
def history(request: HttpRequest, programme: Programme) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    events = queries.events_of(programme.pk)
    page = Paginator(queries.search(events, words) if words else events, 50).get_page(request.GET.get("page"))
    return render(request, "programmes/history.html", {"page": page, "words": words})
