"""On a phone: partners agree and sign by keyboard, and with a passkey that signs the very version that was read."""

import hashlib

import pytest
from fido2.cose import CoseKey
from fido2.utils import websafe_decode, websafe_encode

from contracts import passkeys
from contracts.models import Agreement, Signature
from mentoring.organisations import tenancy
from programmes.blueprints import load_blueprint
from programmes.models import PartnershipState
from tests import cast
from tests.browsing import PHONE

from .conftest import make_ready, sign_as

EVERYTHING_YES = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def organisation(transactional_db):
    return cast.make_organisation("university", name="University of Exampleford")


@pytest.fixture
def partnership(organisation):
    with tenancy.tenant(organisation):
        programme = cast.make_programme("health-futures", name="Health Futures", blueprint=load_blueprint("ukrc"))
        mentor = cast.make_participant(programme, "mentor", cast.make_person("Mor Mentorsen", "mor@example.org"))
        mentee = cast.make_participant(programme, "mentee", cast.make_person("Sŵn Menteeova", "swn@example.org"))
        made = cast.make_partnership(programme, mentor, mentee, state=PartnershipState.AGREED)
        version = make_ready(made)
        sign_as(mentor.person, made, version)
    return made


def sign_in(page):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill("swn@example.org")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/my/")


def state_of(organisation):
    with tenancy.tenant(organisation):
        return Agreement.objects.get().state


def test_partner_signs_on_a_phone_with_the_keyboard_alone(new_page, organisation, partnership):
    page = new_page(width=PHONE)
    sign_in(page)
    page.goto(partnership.url("contracts:agreement"))
    page.get_by_role("link", name="Read and sign").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Your full name").focus()
    page.keyboard.type("Sŵn Menteeova")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Everybody has signed").wait_for()

    assert state_of(organisation) == "active"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_partner_signs_with_a_passkey_over_the_fingerprint_of_the_text(page, organisation, partnership):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": EVERYTHING_YES})
    sign_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto(partnership.url("contracts:sign"))
    page.get_by_role("link", name="Sign with a passkey as well").click()
    page.get_by_label("Your full name").fill("Sŵn Menteeova")

    page.get_by_role("button", name="Sign with your passkey too").click()

    page.get_by_role("heading", name="Everybody has signed").wait_for()
    with tenancy.tenant(organisation):
        signature = Signature.objects.select_related("version").get(printed_name="Sŵn Menteeova")
        challenge = passkeys.challenge_for(signature.version, signature.role, signature.passkey["nonce"])
    assert signature.way == "passkey"
    assert check_signature(signature.passkey, challenge)


def check_signature(kept, challenge):
    """As somebody would who has only what is kept: the key signed these bytes, and they hold this challenge."""
    client_data = websafe_decode(kept["client_data"])
    assert kept["challenge"] == challenge.hex()
    key = {int(name): as_bytes(int(name), value) for name, value in kept["public_key"].items()}
    signed = websafe_decode(kept["authenticator_data"]) + hashlib.sha256(client_data).digest()
    CoseKey.parse(key).verify(signed, websafe_decode(kept["signature"]))
    return websafe_encode(challenge) in client_data.decode()


def as_bytes(name, value):
    return bytes.fromhex(value) if name in (-2, -3) else value
