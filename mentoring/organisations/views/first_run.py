"""The first organisation of a new deployment, and organisations that people start themselves."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.accounts.sign_in import sign_in_new_person
from mentoring.organisations import actions, tenancy
from mentoring.organisations.first_run import tell_operator
from mentoring.organisations.forms import NewOrganisationForm, SetUpForm
from mentoring.organisations.gates import person_page, public_page
from mentoring.refusal import refusals_on
from mentoring.visit import Visit


@public_page
def setup(request: Visit) -> HttpResponse:
    """Open only while there is no person and no organisation at all, and only to whoever knows the token."""
    if not actions.is_new_deployment():
        raise Http404
    form = SetUpForm(request.POST or None)
    if request.method == "GET":
        tell_operator()
    if request.method == "POST" and form.is_valid():
        answers = {name: value for name, value in form.cleaned_data.items() if name != "token"}
        with refusals_on(form):
            person = actions.set_up(now=timezone.now(), **answers)
            with tenancy.directory():
                sign_in_new_person(request, person)
            messages.success(request, f"{answers['organisation']} is ready. Invite those who will run its programmes.")
            return redirect("organisations:members", organisation=answers["slug"])
    return render(request, "organisations/setup.html", {"form": form})


@person_page
def start(request: Visit) -> HttpResponse:
    """Anybody may start an organisation where the deployment says so; elsewhere there is no such page."""
    if not settings.OPEN_SIGN_UP:
        raise Http404
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form, "slug"):
            organisation = actions.start_organisation(by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{organisation} is ready. You are its administrator.")
            return redirect("organisations:home", organisation=organisation.slug)
    return render(request, "organisations/start.html", {"form": form})
