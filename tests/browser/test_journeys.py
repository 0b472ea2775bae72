"""The journeys that lead to a signed agreement, without a mouse, on a phone: apply, accept, match, fill in, sign."""

import datetime
from random import Random

import pytest
from django.utils import timezone

from mentoring.demo.sample.cast import email_of
from mentoring.demo.sample.story import PASSWORD, Story
from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from programmes.models import Partnership, PartnershipState, Programme
from programmes.recruitment.actions import accept_application
from tests import cast
from tests.browser.conftest import Place
from tests.browser.keyboard import Keyboard
from tests.browsing import DESK, PHONE, accessibility_faults

MENTEE, MENTOR, COORDINATOR = "Ellen Pŵyll", "Nia Rees", "Priya Raman"
DOMAIN = "exampleford.example"


@pytest.fixture
def recruiting(web: str) -> Place:
    """A programme that is open to mentees and has one mentor; a mentee has an account and has applied."""
    today = timezone.localdate()
    organisation = cast.make_organisation("exampleford", name="University of Exampleford")
    with tenancy.tenant(organisation):
        story = Story(organisation, DOMAIN, Random(2))
        administrator = story.employ("Morag Sinclair", Role.ADMINISTRATOR)
        coordinator = story.employ(COORDINATOR, Role.MEMBER)
        ends_on = today + datetime.timedelta(days=300)
        programme = story.begin("Next", "next", today, ends_on, by=administrator, coordinator=coordinator)
        for role, name in (("mentee", MENTEE), ("mentor", MENTOR)):
            story.open_for(programme, role, today - datetime.timedelta(days=9), None, coordinator)
            application = story.apply(programme, name, role, today - datetime.timedelta(days=2))
            if role == "mentor":
                accept_application(application, by=coordinator, now=timezone.now())
        found = Programme.objects.select_related("organisation").get()
    return Place(found, {name: email_of(name, DOMAIN) for name in (MENTEE, MENTOR, COORDINATOR)})


def sit_down(new_page, place: Place, name: str, width: int) -> Keyboard:
    """Somebody signs in by keyboard."""
    page = new_page(width=width)
    keys = Keyboard(page)
    page.goto("/accounts/login/")
    keys.type("E-mail address", place.emails[name])
    keys.type("Password", PASSWORD)
    keys.press("Sign in")
    return keys


@pytest.mark.parametrize(("width", "dark"), [(PHONE, False), (DESK, True)], ids=["phone", "desk"])
def test_from_application_to_signed_agreement_by_keyboard(new_page, recruiting, width, dark):
    priya = sit_down(new_page, recruiting, COORDINATOR, width)
    accept_and_match(priya, recruiting)
    with tenancy.tenant(recruiting.programme.organisation):
        partnership = Partnership.objects.get()
    agreement = recruiting.at(f"contracts/{partnership.pk}/")

    partners = {name: sit_down(new_page, recruiting, name, width) for name in (MENTEE, MENTOR)}
    for keys in partners.values():
        fill_in(keys, agreement)
    partners[MENTEE].page.goto(agreement)
    partners[MENTEE].press("Get it ready to sign")
    for name, keys in partners.items():
        keys.page.goto(f"{agreement}sign/")
        assert accessibility_faults(keys.page) == []
        keys.type("Your full name", name)
        keys.press("Sign the agreement")

    with tenancy.tenant(recruiting.programme.organisation):
        assert Partnership.objects.get().state == PartnershipState.ACTIVE


def accept_and_match(keys: Keyboard, place: Place) -> None:
    """One application is accepted; matching is run, read and confirmed."""
    keys.page.goto(place.at("recruitment/applications/"))
    keys.press(MENTEE)
    keys.press("Accept")
    keys.page.goto(place.at("matching/"))
    keys.press("Run matching")
    assert accessibility_faults(keys.page) == []
    assert f"{MENTEE} with {MENTOR}" in keys.page.get_by_role("main").inner_text()
    keys.press("Check and confirm")
    keys.press("Confirm 1 match")


def fill_in(keys: Keyboard, agreement: str) -> None:
    """Every box of the agreement that is this person's to fill."""
    keys.page.goto(f"{agreement}discuss/")
    assert accessibility_faults(keys.page) == []
    form = keys.page.get_by_role("main").locator("form")
    for number in range(form.locator("textarea").count()):
        box = form.locator("textarea").nth(number)
        if not box.input_value():
            box.focus()
            keys.page.keyboard.type("What we said to each other.")
    for name in form.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]"):
        choices = form.locator(f'input[name="{name}"]')
        if not choices.and_(form.locator(":checked")).count():
            choices.first.focus()
            keys.page.keyboard.press("Space")
    keys.press("Save")
