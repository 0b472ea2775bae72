"""The style guide in a real browser: what axe, the keyboard, the phone and the printer find."""

import pytest

from tests.browsing import DESK, PHONE, accessibility_faults

SMALL_PHONE = 320

SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
    .filter(control => control.checkVisibility() && !control.closest('p, .skip, [popover]:not(:popover-open)'))
    .map(control => control.closest('.tasks li, .tiles .choice') || control)
    .map(control => [control.outerHTML.slice(0, 90), control.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
    .map(([text]) => text)"""

COUNT_SHIFTS = """window.moved = 0
    new PerformanceObserver(list => list.getEntries().forEach(shift => window.moved += shift.value))
        .observe({type: 'layout-shift', buffered: true})"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [SMALL_PHONE, PHONE, DESK])
def test_axe_finds_nothing_wrong_with_any_component(new_page, width, dark):
    page = new_page(width=width, dark=dark)
    page.goto("/styleguide/")

    assert accessibility_faults(page) == []


@pytest.mark.parametrize("width", [SMALL_PHONE, PHONE, DESK])
def test_no_component_is_wider_than_the_page(new_page, width):
    page = new_page(width=width)
    page.goto("/styleguide/")

    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_target_is_smaller_than_24_pixels(new_page, width):
    page = new_page(width=width)
    page.goto("/styleguide/")

    assert page.evaluate(SMALL_TARGETS) == []


def test_option_tiles_are_52_pixels_high_on_a_phone(new_page):
    page = new_page(width=PHONE)
    page.goto("/styleguide/")

    heights = page.evaluate("[...document.querySelectorAll('.tiles label')].map(tile => tile.offsetHeight)")

    assert len(heights) >= 7
    assert min(heights) >= 52


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(new_page):
    page = new_page()
    page.goto("/styleguide/")
    page.wait_for_function("document.activeElement.matches('[data-error-summary]')")

    page.get_by_role("link", name="E-mail address – Enter").click()

    assert page.evaluate("document.activeElement.id") == "wrong_email"


def test_a_dialogue_opens_over_the_page_and_gives_the_focus_back(new_page):
    page = new_page()
    page.goto("/styleguide/")
    page.get_by_role("link", name="Stop meeting").click()

    assert page.get_by_role("dialog", name="Stop meeting?").is_visible()

    page.get_by_role("button", name="Go back").click()

    assert not page.get_by_role("dialog").is_visible()
    assert page.evaluate("document.activeElement.dataset.opens") == "ending"


def test_nothing_moves_while_the_page_loads(new_page):
    page = new_page(width=PHONE)
    page.add_init_script(COUNT_SHIFTS)
    page.goto("/styleguide/")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.moved") == 0


def test_a_table_on_paper_is_a_table_and_not_the_phone_layout(new_page):
    page = new_page(width=PHONE)
    page.goto("/styleguide/")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.querySelector('table.stacks tr')).display") == "table-row"
    assert page.get_by_role("banner").count() == 0


def test_somebody_offline_is_told_so(new_page):
    page = new_page()
    page.goto("/styleguide/")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.context.set_offline(True)

    page.goto("/accounts/login/")

    assert page.get_by_role("heading", level=1).inner_text() == "You are offline"
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Body")
