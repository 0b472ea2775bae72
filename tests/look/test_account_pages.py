"""Signing in, and looking after one's account."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from mentoring.organisations import tenancy
from tests.cast import PASSWORD

PUBLIC = ["login/", "login/code/", "password/reset/", "password/reset/done/", "signup/", "inactive/"]
OWN = [
    "logout/",
    "email/",
    "password/change/",
    "reauthenticate/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
]


def looks_like_ours(response) -> bool:
    return 'class="brand"' in response.text and '<main id="main"' in response.text and "<h1></h1>" not in response.text


def inline_scripts(text: str) -> list[str]:
    """What the Content-Security-Policy would refuse; data for a script, of type application/json, is none."""
    return re.findall(r"<script(?![^>]*(?: src=|application/json))|\son\w+=\"|\sstyle=\"|<style", text)


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.django_db
def test_anybody_finds_our_look_on_the_pages_before_signing_in(client, path):
    response = client.get(f"/accounts/{path}")

    assert response.status_code == 200
    assert looks_like_ours(response)
    assert inline_scripts(response.text) == []


@pytest.mark.parametrize("path", OWN)
def test_a_mentor_finds_our_look_on_the_pages_of_her_account(client, mentor, path):
    client.post("/accounts/login/", {"login": mentor.person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    response = client.get(f"/accounts/{path}")

    assert response.status_code == 200
    assert looks_like_ours(response)
    assert inline_scripts(response.text) == []


def test_a_wrong_password_is_explained_in_the_title_in_the_summary_and_at_the_field(client, mentor):
    response = client.post("/accounts/login/", {"login": mentor.person.email, "password": "not this one"})

    assert "<title>Error: Sign in" in response.text
    assert "There is a problem" in response.text


def test_a_mentor_signs_in_by_a_code_in_her_mail(client, mentor):
    client.post("/accounts/login/code/", {"email": mentor.person.email})
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.MULTILINE)[0]

    asked = client.get("/accounts/login/code/confirm/")
    response = client.post("/accounts/login/code/confirm/", {"code": code})

    assert looks_like_ours(asked)
    assert 'autocomplete="one-time-code"' in asked.text
    assert response.headers["Location"] == "/my/"


def test_a_mentor_with_an_authenticator_is_asked_for_its_code(client, mentor):
    with tenancy.visitor(mentor.person):
        Authenticator.objects.create(user=mentor.person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})

    response = client.post("/accounts/login/", {"login": mentor.person.email, "password": PASSWORD}, follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/2fa/authenticate/")
    assert looks_like_ours(response)
    assert inline_scripts(response.text) == []


def test_nobody_learns_from_the_reset_page_who_has_an_account(client, mentor):
    known = client.post("/accounts/password/reset/", {"email": mentor.person.email}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)

    assert [message.to for message in mail.outbox] == [[mentor.person.email], ["nobody@example.org"]]
    assert known.redirect_chain == unknown.redirect_chain
