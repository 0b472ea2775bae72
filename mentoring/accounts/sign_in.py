"""Signing somebody in whose e-mail address has just been proved by a link."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest

from .models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in_new_person(request: HttpRequest, person: Person) -> None:
    """Start a session for somebody who has no second factor yet. The sign-in counts as fresh, so they may add one."""
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="code", email=person.email)
