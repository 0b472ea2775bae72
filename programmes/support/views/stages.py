"""Where a partnership is on its way, and what may help there."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership
from programmes.support import queries, stages
from programmes.support.models import Stage


@partnership_page("meeting activity", "U")
def stage(request: Visit, partnership: Partnership) -> HttpResponse:
    """One of the five stages; nobody is held to their order."""
    if request.method != "POST":
        others = queries.name_others(partnership, request.person)
        return render(request, "support/stage.html", {"stage": stages.stage_of(partnership), "others": others})
    wanted = request.POST.get("stage", "")
    if wanted not in Stage.values:
        raise Http404
    with refusals_on(request):
        stages.come_to(partnership, wanted, by=request.person, now=timezone.now())
    return redirect(partnership.url("support:stage"))
