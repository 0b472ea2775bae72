"""Lists are narrowed without loading a whole page where scripts run, and by an ordinary page where they do not."""

from tests.browser.test_pages import sign_in


def test_a_filter_changes_the_list_in_place_and_keeps_the_focus(new_page, place):
    page = new_page()
    sign_in(page, place.emails["co-ordinator"], place.password)
    page.goto(place.at("support/"))
    page.evaluate("window.stayed = true")

    page.get_by_role("link", name="All").first.click()
    page.wait_for_url("**show=all*")

    assert page.evaluate("window.stayed") is True, "the page was not loaded again"
    assert page.get_by_role("link", name="All").first.get_attribute("aria-current") == "true"
    assert page.evaluate("document.activeElement.innerText").endswith("All")
