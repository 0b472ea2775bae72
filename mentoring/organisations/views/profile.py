"""What a person says of themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mentoring.accounts.actions import change_profile
from mentoring.accounts.models import Person
from mentoring.organisations.forms import ProfileForm
from mentoring.organisations.gates import person_page
from mentoring.visit import Visit


@person_page
def profile(request: Visit) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=Person.objects.get(pk=request.person.pk))
    if request.method == "POST" and form.is_valid():
        change_profile(request.person, **form.cleaned_data)
        messages.success(request, "Your profile is saved.")
        return redirect("organisations:profile")
    return render(request, "my/profile.html", {"form": form})
