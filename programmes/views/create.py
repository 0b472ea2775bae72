"""Making a programme, and its settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.gates import organisation_page
from mentoring.organisations.models import Organisation
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes import actions
from programmes.forms import CreationForm, SettingsForm
from programmes.gates import programme_page
from programmes.models import Programme


@organisation_page("programme", "C")
def create(request: Visit, organisation: Organisation) -> HttpResponse:
    form = CreationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            programme = actions.create_programme(by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{programme.name} is made. Begin with why it should exist.")
            return redirect(programme.url("programmes:home"))
    return render(request, "programmes/create.html", {"form": form})


@programme_page("programme settings", "U")
def settings(request: Visit, programme: Programme) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=Programme.objects.get(pk=programme.pk))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            changed = actions.change_settings(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "Your changes are saved." if changed else "Nothing was changed.")
            return redirect(programme.url("programmes:settings"))
    return render(request, "programmes/settings.html", {"form": form})


@programme_page("programme settings", "A")
@require_POST
def open_programme(request: Visit, programme: Programme) -> HttpResponse:
    with refusals_on(request):
        actions.open_programme(programme, by=request.person, now=timezone.now())
        messages.success(request, f"{programme.name} is live.")
    return redirect(programme.url("programmes:home"))


@programme_page("programme settings", "A")
@require_POST
def close_programme(request: Visit, programme: Programme) -> HttpResponse:
    with refusals_on(request):
        actions.close_programme(programme, by=request.person, now=timezone.now())
        messages.success(request, f"{programme.name} is closed. Its pages stay, and can be read.")
    return redirect(programme.url("programmes:home"))
