"""A web server, and people at browsers of their own, without the pictures: urllib with cookies."""

import html
import http.cookiejar
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.web import server

LINK = re.compile(r'href="(/[^"#?]*)')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PATIENCE = 60  # seconds


@contextmanager
def quiet_server() -> Iterator[str]:
    """The web server, whose thousands of wanted 404s go to a file."""
    with Path(os.environ["CAUGHT_MAIL"]).with_name("web.log").open("wb") as log, server(log) as address:
        yield address


@dataclass(frozen=True)
class Page:
    """What came back: `path` is where the last redirection led. Only HTML is read."""

    status: int
    path: str
    text: str

    @property
    def links(self) -> list[str]:
        return [html.unescape(link) for link in LINK.findall(self.text)]

    @property
    def hidden(self) -> dict[str, str]:
        """Names and values of the hidden fields of its last form."""
        return {name: html.unescape(value) for name, value in HIDDEN.findall(self.text)}


class Browser:
    """Follows redirections and keeps cookies, as a browser does."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({}))

    def sign_in(self, row: dict[str, str]) -> Page:
        """Through the real form."""
        form = self.open("/accounts/login/").hidden
        return self.open("/accounts/login/", form | {"login": row["email"], "password": row["password"]})

    def open(self, path: str, form: dict[str, str] | None = None) -> Page:
        sent = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(self.address + path, sent, {"Referer": self.address + path})
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                text = answer.read().decode() if answer.headers.get_content_type() == "text/html" else ""
                return Page(answer.status, urllib.parse.urlsplit(answer.url).path, text)
        except urllib.error.HTTPError as error:
            return Page(error.code, path, error.read().decode(errors="replace"))
