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

from .joining import join_many, make_questions_for_groups, mentee, mentor, set_model


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


def make_groups(desk):
    """A programme with a group of two, a mentor without anybody, and one left over."""
    programme = cast.make_programme("groups", name="Groups")
    programme.organisation = desk.organisation
    cast.give_role(desk.coordinator, Role.COORDINATOR, programme)
    set_model(programme, "group", group_least=2, group_most=2)
    questions = make_questions_for_groups(programme)
    for name in ("Ada", "Ben", "Cal"):
        mentee(programme, questions, name)
    for name in ("Max", "Nia"):
        mentor(programme, questions, name)
    return programme


def test_group_is_changed_by_keyboard_alone(new_page, desk):
    """Tab and Enter reach the parts of a group, and what each choice would do."""
    with tenancy.tenant(desk.organisation, desk.coordinator):
        programme = make_groups(desk)
        actions.run_round(programme, by=desk.coordinator, now=timezone.now())
    page = new_page(width=PHONE)
    sign_in(page, desk.coordinator.email, cast.PASSWORD)
    page.goto(programme.url("matching:home"))

    press_by_keyboard(page, "Change who is in it")
    press_by_keyboard(page, "Swap")
    page.get_by_role("heading", name="A mentor for").wait_for()
    press_by_keyboard(page, "Choose")

    page.get_by_text("Round 2 proposes 1 partnership.").wait_for()
    assert page.get_by_role("button", name="Unlock").count() == 1


def press_by_keyboard(page, name):
    """Go on with Tab until something of this name has the focus, then press Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"“{name}” cannot be reached by keyboard")


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
        groups = make_groups(desk)
        group, alone = queries.proposals_of(actions.run_round(groups, by=coordinator, now=timezone.now()))
    found += faults_on(
        page,
        [
            programme.url("matching:running"),
            groups.url("matching:home"),
            groups.url("matching:home") + "?show=nobody",
            groups.url("matching:choose", pk=group.pk) + f"?who={group.mentees[1].pk}",
            groups.url("matching:choose", pk=alone.pk),
            groups.url("matching:criteria"),
            groups.url("choosing:home"),
        ],
    )

    assert found == []
