"""A real browser, Debian's Chromium, on the real web server."""

import os
import shutil
from collections.abc import Callable, Generator
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESK, PHONE = 1280, 390  # pixels wide


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "No Chromium: apt-get install chromium, or set CHROMIUM to the program."
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, where Django would refuse to use the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What browsers complained about during the test: broken Content-Security-Policy, failed scripts."""
    return []


@pytest.fixture
def new_page(browser: Browser, web: str, complaints: list[str]) -> Generator[Callable[..., Page]]:
    """Opens a page in a browser of its own: `new_page(width=PHONE, scripts=False)`.

    The test fails at its end if there are complaints.
    """
    contexts: list[BrowserContext] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def open_page(*, width: int = DESK, scripts: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=web,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page in a browser at a desk."""
    return new_page()


def look_through(page: Page, width: int, dark: bool) -> None:
    """Go on as if at another screen: the same visitor needs not sign in again."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if dark else "light")


def take_session(client: Client, page: Page) -> None:
    """Let the browser go on as whoever is signed in on the test client."""
    site = urljoin(page.url, "/")
    cookies = [{"name": name, "value": morsel.value, "url": site} for name, morsel in client.cookies.items()]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, a line each. An accessible page has none."""
    faults = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['help']}: {node['html'][:160]}" for fault in faults for node in fault["nodes"]]
