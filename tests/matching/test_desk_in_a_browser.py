"""The matching desk in a real browser: 30 mentees and 26 mentors are matched in a handful of presses, on any screen."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from matching import actions, queries
from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from programmes.models import Member, Partnership
from tests import cast
from tests.browser.test_pages import faults_on, sign_in
from tests.browsing import DESK, PHONE

from .joining import join_many


@pytest.fixture
def desk(web):
    """A programme with 30 mentees and 26 mentors who have 29 places, and its co-ordinator."""
    organisation = cast.make_organisation("exampleford", name="University of Exampleford")
    with tenancy.tenant(organisation):
        programme = cast.make_programme("next-steps", name="Next Steps")
        coordinator = cast.make_person("Priya Coordley", "priya@example.org")
        cast.give_role(coordinator, Role.COORDINATOR, programme)
        join_many(programme, 30, 26, places=2)
    programme.organisation = organisation
    return SimpleNamespace(organisation=organisation, programme=programme, coordinator=coordinator)


class Presses:
    """A co-ordinator who counts what she presses."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, role, name, number=0):
        self.count += 1
        found = self.page.get_by_role("main").get_by_role(role, name=name)
        found.nth(number).click()
        self.page.wait_for_selector(".htmx-request", state="detached")
        self.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("width", "scripts"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without scripts"])
def test_thirty_mentees_are_matched_in_under_twenty_presses(new_page, desk, width, scripts):
    page = new_page(width=width, scripts=scripts)
    sign_in(page, desk.coordinator.email, cast.PASSWORD)
    page.goto(desk.programme.url("matching:home"))
    priya = Presses(page)

    priya.press("button", "Run matching")
    priya.press("button", "Lock", 0)
    priya.press("button", "Lock", 1)
    page.get_by_role("button", name="Run again, keeping 2 locked").wait_for()
    priya.press("link", "Swap", 4)
    priya.press("button", "Choose Mentor", 1)
    priya.press("link", "No match")
    priya.press("button", "Ask Mentor", 0)
    priya.press("link", "Check and confirm 30 matches")
    priya.press("button", "Confirm 30 matches")

    assert priya.count == 9 < 20
    assert "30 partnerships have begun. 60 messages will go in ten minutes." in page.inner_text("main")
    with tenancy.tenant(desk.organisation):
        assert (Partnership.objects.count(), Member.objects.count()) == (30, 60)


@pytest.mark.parametrize(("width", "dark"), [(PHONE, False), (DESK, True)], ids=["phone", "desk in the dark"])
def test_pages_of_the_desk_are_accessible(new_page, desk, width, dark):
    programme, coordinator = desk.programme, desk.coordinator
    with tenancy.tenant(desk.organisation, coordinator):
        first = actions.run_round(programme, by=coordinator, now=timezone.now())
        parted = next(one for one in queries.matches_of(first) if one.pair)
        second = actions.exclude_pair(parted, by=coordinator, now=timezone.now())
        proposal = queries.matches_of(second)[0]
        waiting = next(one for one in queries.proposals_of(second) if not one.is_match)
    page = new_page(width=width, dark=dark)
    sign_in(page, coordinator.email, cast.PASSWORD)

    found = faults_on(
        page,
        [
            programme.url("matching:home"),
            programme.url("matching:home") + "?show=look-twice",
            programme.url("matching:home") + "?show=nobody",
            programme.url("matching:choose", pk=proposal.pk),
            programme.url("matching:choose", pk=waiting.pk),
            programme.url("matching:criteria"),
            programme.url("matching:exclusions"),
            programme.url("matching:confirm"),
            programme.url("matching:rounds"),
            programme.url("matching:round", pk=first.pk),
            programme.url("matching:fairness", pk=first.pk) + "?by=career_stage",
            programme.url("matching:compare", pk=first.pk, other=second.pk),
        ],
    )
    with tenancy.tenant(desk.organisation, coordinator):
        actions.begin_round(programme, by=coordinator, now=timezone.now())
    found += faults_on(page, [programme.url("matching:running")])

    assert found == []
