"""What somebody types into the log stays on their phone until it is sent; without a connection it waits, and says so."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from mentoring.organisations import tenancy
from tests.browsing import PHONE, accessibility_faults, take_session
from tests.servers import wait_for

from .test_log_in_a_browser import logged, partners

__all__ = ["partners"]


@pytest.fixture
def log(partners, new_page, sign_in):
    """The log on a phone, opened by the mentee."""
    page = new_page(width=PHONE)
    page.goto("/")
    with tenancy.visitor(partners.sam):
        take_session(sign_in(Client(), partners.sam), page)
    page.goto(partners.url("support:log"))
    return page


def fill_in(page):
    for answer in ("Video", "1 hour"):
        page.get_by_label(answer, exact=True).check()
    page.get_by_text("Add more").click()
    page.get_by_label("What you talked about").fill("The fellowship")


def test_what_was_typed_is_there_when_the_page_is_opened_again(log, partners):
    fill_in(log)
    wait_for(lambda: log.evaluate("localStorage.length") == 1, "The draft")
    log.wait_for_timeout(500)

    log.goto(partners.url("support:partnership"))
    log.goto(partners.url("support:log"))

    expect(log.get_by_label("What you talked about")).to_have_value("The fellowship")
    expect(log.get_by_label("Video")).to_be_checked()
    expect(log.get_by_text("This is what you typed before")).to_be_visible()
    assert accessibility_faults(log) == []


def test_one_press_starts_afresh(log, partners):
    fill_in(log)
    log.wait_for_timeout(500)
    log.reload()

    log.get_by_role("button", name="Start afresh").click()

    expect(log.get_by_label("What you talked about")).to_have_value("")
    wait_for(lambda: log.evaluate("localStorage.length") == 0, "An empty device")


def test_a_log_that_was_sent_leaves_nothing_behind(log, partners):
    fill_in(log)

    log.get_by_role("button", name="Save meeting").click()

    expect(log.get_by_role("heading", level=1)).to_have_text("Thank you. Meeting 1 is saved.")
    wait_for(lambda: log.evaluate("localStorage.length") == 0, "An empty device")
    assert logged(partners) == [(60, "video")]


def test_without_a_connection_it_waits_says_so_and_is_sent_once(log, partners):
    fill_in(log)
    log.context.set_offline(True)

    log.get_by_role("button", name="Save meeting").click()
    expect(log.get_by_text("Waiting for a connection.")).to_be_visible()
    expect(log.get_by_label("What you talked about")).to_have_value("The fellowship")
    assert logged(partners) == []
    log.context.set_offline(False)

    expect(log.get_by_role("heading", level=1)).to_have_text("Thank you. Meeting 1 is saved.")
    assert logged(partners) == [(60, "video")]


def test_a_log_that_waited_is_there_after_the_page_was_closed(log, partners):
    fill_in(log)
    log.context.set_offline(True)
    log.get_by_role("button", name="Save meeting").click()
    expect(log.get_by_text("Waiting for a connection.")).to_be_visible()
    log.context.set_offline(False)
    log.goto("about:blank")

    log.goto(partners.url("support:log"))

    expect(log.get_by_label("What you talked about")).to_have_value("The fellowship")


def test_signing_out_takes_drafts_from_the_device(log, partners):
    fill_in(log)
    wait_for(lambda: log.evaluate("localStorage.length") == 1, "The draft")

    log.goto("/accounts/logout/")
    log.get_by_role("main").get_by_role("button").first.click()
    log.wait_for_load_state()

    wait_for(lambda: log.evaluate("localStorage.length") == 0, "An empty device")
