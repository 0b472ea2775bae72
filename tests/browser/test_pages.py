"""Every main page in a real browser, on a phone and at a desk: axe finds nothing, nothing overflows, targets are large enough."""

from playwright.sync_api import Page

from tests.browsing import DESK, PHONE, accessibility_faults, look_through

STEPS = ["", "needs/", "plan/", "recruitment/", "recruitment/people/", "recruitment/applications/", "matching/", "training/", "contracts/", "support/?show=all", "evaluation/", "messages/", "history/", "settings/"]  # fmt: skip
FORMS = ["needs/need/", "needs/objectives/add/", "plan/write/", "training/plan/", "matching/exclusions/", "recruitment/import/", "recruitment/questions/"]  # fmt: skip

SMALL_TARGETS = """() => [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main select, header a, header button")]
  .filter(one => { const box = one.getBoundingClientRect(); return box.width && box.height && (box.height < 24 || box.width < 24) && !one.closest("p, li, dd, td, th, label, .visually-hidden"); })
  .map(one => one.outerHTML.slice(0, 120))"""


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/my/")


def faults_on(page: Page, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found += [f"{path}: {fault}" for fault in accessibility_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            found.append(f"{path} is wider than the page")
        found += [f"{path}: small target {target}" for target in page.evaluate(SMALL_TARGETS)]
    return found


def test_pages_of_everybody_are_accessible(new_page, place):
    visits = {
        "co-ordinator": [place.at(page) for page in STEPS + FORMS],
        "organisation administrator": [
            "/exampleford/",
            "/exampleford/members/",
            "/exampleford/settings/",
            "/exampleford/new/",
        ],
        "sponsor": [place.at(), place.at("evaluation/"), place.at("plan/")],
        "mentee": ["/my/", "/my/profile/", *own_pages(new_page, place)],
    }
    found = on_two_screens(new_page(), ["/", "/accounts/login/", "/privacy/", "/accessibility/", "/verify/"])
    for role, paths in visits.items():
        page = new_page()
        sign_in(page, place.emails[role], place.password)
        found += on_two_screens(page, paths)

    assert found == []


def on_two_screens(page: Page, paths: list[str]) -> list[str]:
    """On a phone by day, and at a desk in the dark."""
    found = []
    for width, dark in ((PHONE, False), (DESK, True)):
        look_through(page, width, dark)
        found += faults_on(page, paths)
    return found


def own_pages(new_page, place) -> list[str]:
    """A mentee's partnership, its log and its agreement, and where they stand."""
    page = new_page()
    sign_in(page, place.emails["mentee"], place.password)
    page.get_by_role("link", name="Open your pages").first.click()
    here = page.url.split("/", 3)[3]
    own = [f"/{here}{page}" for page in ("", "log/", "development/", "development/standing/")]
    return [*own, f"/{here.replace('support/partnerships', 'contracts')}"]
