"""Somebody applies on a phone, in a real browser, with and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mentoring.organisations import tenancy
from tests import cast
from tests.browsing import PHONE, accessibility_faults

from .applying import ask_questions, open_for


@pytest.fixture
def address(web: str) -> str:
    """The address of an open form for mentees, on a real server."""
    organisation = cast.make_organisation("university", name="University of Exampleford")
    with tenancy.tenant(organisation):
        programme = cast.make_programme("health-futures", name="Health Futures")
        ask_questions(programme)
        open_for(programme, "mentee")
        return web + programme.url("apply:form", role="mentee")


def look_closely(page: Page) -> None:
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_mentee_applies_on_a_phone(address: str, new_page: Callable[..., Page], scripts: bool) -> None:
    page = new_page(width=PHONE, scripts=scripts)
    look = look_closely if scripts else lambda page: None
    page.goto(address)
    look(page)
    page.get_by_label("Full name").fill("Ana Applicant")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_role("button", name="Start").click()

    look(page)
    page.get_by_label("Tell us about your work or study so far").fill("A laboratory in York.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page)
    page.get_by_label("What would you like from a mentor?").fill("Somebody who has moved field.")
    page.get_by_label("First choice").select_option("Confidence and being heard")
    page.get_by_role("button", name="Continue").click()

    look(page)
    page.get_by_label("Which sector do you work or study in?").select_option("Health and care")
    page.get_by_label("Early: a few years in").check()
    page.get_by_role("button", name="Continue").click()

    look(page)
    page.get_by_label("Town or postcode").fill("YO10")
    page.get_by_label("By video").check()
    page.get_by_label("Monday morning").check()
    page.get_by_role("button", name="Continue").click()

    look(page)
    page.get_by_label("Coming to the training or induction").check()
    page.get_by_role("button", name="Continue").click()

    look(page)
    expect(page.get_by_text("YO10, Yorkshire and the Humber")).to_be_visible()
    page.get_by_role("button", name="Apply to be a mentee").click()

    look(page)
    expect(page.get_by_role("heading", name="We have your application")).to_be_visible()
    reference = re.search(r"Your reference is ([2-9A-Z]{8})", page.inner_text("main"))
    assert reference
    page.reload()
    assert reference[1] in page.inner_text("main")
    page.close()
