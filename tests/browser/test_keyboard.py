"""People who use no mouse sign in, log a meeting on a phone, and get past the navigation."""

from mentoring.organisations import tenancy
from programmes.support.models import Meeting
from tests.browser.keyboard import Keyboard
from tests.browsing import PHONE


def test_mentee_logs_a_meeting_on_a_phone_by_keyboard(new_page, place):
    page = new_page(width=PHONE)
    keys = Keyboard(page)
    page.goto("/accounts/login/")
    keys.type("E-mail address", place.emails["mentee"])
    keys.type("Password", place.password)
    keys.press("Sign in")

    keys.press("Log a meeting")
    keys.choose("Today", ["Today", "Yesterday", "Another day"])
    keys.choose("Video", ["In person", "Video", "Phone", "E-mail", "Messages", "Another way"])
    keys.choose("1 hour", ["30 min", "45 min", "1 hour", "1½ hours", "2 hours", "Other"])
    keys.choose("Fairly", ["Very", "Fairly", "Not much"])
    keys.press("Save meeting")

    assert "Thank you" in page.get_by_role("main").inner_text()
    with tenancy.tenant(place.programme.organisation):
        assert Meeting.objects.order_by("-logged_at").first().minutes == 60


def test_skip_link_leads_past_the_navigation(page):
    page.goto("/")
    keys = Keyboard(page)

    keys.reach("Skip to main content")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
