"""The front door: what Alongside is, where to sign in, what is promised to everybody."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from mentoring.organisations.gates import public_page
from mentoring.organisations.queries import organisations_of
from mentoring.visit import Visit


@public_page
def front(request: Visit) -> HttpResponse:
    organisations = organisations_of(request.user) if request.user.is_authenticated else []
    return render(
        request, "organisations/front.html", {"organisations": organisations, "open_sign_up": settings.OPEN_SIGN_UP}
    )


@public_page
def privacy(request: Visit) -> HttpResponse:
    return render(request, "organisations/privacy.html")


@public_page
def accessibility(request: Visit) -> HttpResponse:
    return render(request, "organisations/accessibility.html")
