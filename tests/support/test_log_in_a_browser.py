"""Logging a meeting on a phone: few taps, large targets, without a script, and by keyboard alone."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from mentoring.organisations import tenancy
from programmes.blueprints import load_blueprint
from programmes.support.models import Meeting
from tests import cast
from tests.browsing import PHONE, accessibility_faults, take_session

SMALLEST_TILE = 52  # pixels
NARROWEST = 320


@pytest.fixture
def partners(transactional_db):
    """A partnership whose rows are committed, for the web server to see."""
    organisation = cast.make_organisation("university", name="University of Exampleford")
    with tenancy.tenant(organisation):
        programme = cast.make_programme("health-futures", name="Health Futures", blueprint=load_blueprint("ukrc"))
        mentor = cast.make_participant(programme, "mentor", cast.make_person("Mor Mentorsen"))
        mentee = cast.make_participant(programme, "mentee", cast.make_person("Sam Okoro"))
        partnership = cast.make_partnership(programme, mentor, mentee)
        partnership.sam = mentee.person
    programme.organisation = organisation
    return partnership


@pytest.fixture
def on_a_phone(partners, new_page, sign_in):
    """`on_a_phone(scripts=False)`: the mentee's page of the partnership on a phone."""

    def open_page(width=PHONE, **options):
        page = new_page(width=width, **options)
        page.goto("/")
        with tenancy.visitor(partners.sam):
            take_session(sign_in(Client(), partners.sam), page)
        page.goto(partners.url("support:partnership"))
        return page

    return open_page


def logged(partnership):
    with tenancy.tenant(partnership.organisation_id):
        return list(Meeting.objects.values_list("minutes", "medium"))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mentee_logs_a_meeting_in_five_taps(on_a_phone, partners, scripts):
    page = on_a_phone(scripts=scripts)

    page.get_by_role("link", name="Log a meeting").click()
    for answer in ("Video", "1 hour", "Very"):
        page.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Save meeting").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Meeting 1 is saved.")
    assert logged(partners) == [(60, "video")]


def test_a_day_and_a_length_of_ones_own_are_asked_for_only_when_wanted(on_a_phone):
    page = on_a_phone(scripts=False)
    page.get_by_role("link", name="Log a meeting").click()
    day, minutes = page.get_by_label("Which day?"), page.get_by_label("How many minutes?")

    hidden = (day.is_visible(), minutes.is_visible())
    page.get_by_label("Another day").check()
    page.get_by_label("Other", exact=True).check()

    assert hidden == (False, False)
    assert (day.is_visible(), minutes.is_visible()) == (True, True)


def test_every_tile_is_large_and_nothing_runs_over_the_edge(on_a_phone):
    for width in (NARROWEST, PHONE):
        page = on_a_phone(width=width)
        page.get_by_role("link", name="Log a meeting").click()
        page.get_by_text("Add more").click()

        heights = [tile.bounding_box()["height"] for tile in page.locator(".tiles label").all()]
        assert len(heights) == 18
        assert min(heights) >= SMALLEST_TILE
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert accessibility_faults(page) == []


def test_what_was_typed_under_add_more_is_there_after_a_mistake(on_a_phone):
    page = on_a_phone()
    page.get_by_role("link", name="Log a meeting").click()
    page.get_by_text("Add more").click()
    page.get_by_label("What you talked about").fill("The fellowship")

    page.get_by_role("button", name="Save meeting").click()

    expect(page.get_by_role("link", name="Fill in “How?”")).to_be_visible()
    expect(page.get_by_label("What you talked about")).to_be_visible()
    expect(page.get_by_label("What you talked about")).to_have_value("The fellowship")
    assert accessibility_faults(page) == []


def test_a_meeting_is_logged_by_keyboard_alone(on_a_phone, partners):
    page = on_a_phone()
    page.get_by_role("link", name="Log a meeting").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/log/")

    page.get_by_label("Today").focus()
    page.keyboard.press("ArrowRight")  # yesterday
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # in person
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # thirty minutes
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # very
    page.keyboard.press("Tab")
    page.keyboard.type("Ring Nia")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Meeting 1 is saved.")
    assert logged(partners) == [(30, "face_to_face")]
