"""Signing in, in a real browser: with a passkey, with the keyboard, on a phone, without scripts."""

import pytest

from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from tests import cast
from tests.browsing import PHONE

EVERYTHING_YES = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def priya(transactional_db):
    """A co-ordinator, in rows that the web server sees."""
    organisation = cast.make_organisation("university", name="University of Exampleford")
    with tenancy.tenant(organisation):
        person = cast.make_person("Priya Coordley", "priya@example.org")
        cast.give_role(person, Role.ADMINISTRATOR)
        programme = cast.make_programme("health-futures", by=person, name="Health Futures")
        cast.give_role(person, Role.COORDINATOR, programme)
    return person


def sign_in_by_password(page, person):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/my/")


def test_a_coordinator_adds_a_passkey_and_signs_in_with_it(page, priya):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": EVERYTHING_YES})
    sign_in_by_password(page, priya)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/my/")


def test_somebody_signs_in_with_the_keyboard_alone(page, priya):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(priya.email)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(cast.PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**/my/")


def test_the_first_tab_leads_to_the_main_content(page):
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    assert focused == "Skip to main content"
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_a_phone_the_account_opens_by_one_press_and_signs_out(new_page, priya, scripts):
    page = new_page(width=PHONE, scripts=scripts)
    sign_in_by_password(page, priya)

    page.get_by_role("button", name="Priya Coordley").click()
    page.get_by_role("button", name="Sign out").click()

    page.get_by_role("link", name="Sign in").first.wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_coordinators_navigation_is_one_word_on_a_phone(new_page, priya, scripts):
    page = new_page(width=PHONE, scripts=scripts)
    sign_in_by_password(page, priya)
    page.goto("/university/health-futures/messages/")
    links = page.get_by_role("navigation", name="Health Futures")
    folded = not links.is_visible()

    page.get_by_role("button", name="Menu").click()

    assert folded
    assert page.get_by_role("banner").bounding_box()["height"] < 60
    assert links.get_by_role("link", name="Messages").get_attribute("aria-current") == "page"


def test_a_passkey_button_is_not_offered_where_it_could_not_work(new_page):
    page = new_page(scripts=False)
    page.goto("/accounts/login/")

    assert page.get_by_role("button", name="Use a passkey").count() == 0
