"""The home of an organisation: its programmes, for those who may see each."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from mentoring.organisations.gates import organisation_page
from mentoring.organisations.models import Organisation
from mentoring.visit import Visit
from programmes.queries import programmes_for


@organisation_page("organisation home", "R")
def organisation_home(request: Visit, organisation: Organisation) -> HttpResponse:
    programmes = programmes_for(request.memberships)
    if not programmes and not request.hats & {"OA"}:
        return redirect("programmes:my")
    return render(request, "organisations/home.html", {"programmes": programmes})
