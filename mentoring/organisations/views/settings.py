"""An organisation's settings, and its colour and logo on every page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from mentoring.organisations import actions
from mentoring.organisations.branding import stylesheet
from mentoring.organisations.forms import SettingsForm
from mentoring.organisations.gates import organisation_page, public_organisation_page
from mentoring.organisations.models import Organisation
from mentoring.visit import Visit


@organisation_page("organisation profile", "U")
def settings(request: Visit, organisation: Organisation) -> HttpResponse:
    # The form works on a copy, so that the page's own name and logo stay what they are while something is wrong.
    known = Organisation.objects.get(pk=organisation.pk)
    form = SettingsForm(request.POST or None, request.FILES or None, instance=known)
    if request.method == "POST" and form.is_valid():
        actions.change_settings(organisation, by=request.person, now=timezone.now(), **form.changes())
        messages.success(request, "Your settings are saved.")
        if form.made_darker:
            chosen = form.cleaned_data["accent"]
            messages.info(request, f"{form.made_darker} would be hard to read on our pages, so we made it {chosen}.")
        return redirect("organisations:settings", organisation=organisation.slug)
    return render(request, "organisations/settings.html", {"form": form})


@cache_control(public=True, max_age=300)
@public_organisation_page
def brand(request: Visit, organisation: Organisation) -> HttpResponse:
    return HttpResponse(stylesheet(organisation.accent), content_type="text/css")


@cache_control(public=True, max_age=300)
@public_organisation_page
def logo(request: Visit, organisation: Organisation) -> HttpResponse:
    if not organisation.logo:
        raise Http404
    return HttpResponse(bytes(organisation.logo), content_type=organisation.logo_type)
