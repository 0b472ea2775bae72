"""How sign-in (allauth) behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from .models import normalise_email


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation or by applying; a sign-up without either only where the deployment allows it."""
        return settings.OPEN_SIGN_UP

    def clean_email(self, email: str) -> str:
        return normalise_email(super().clean_email(email))

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name."""
