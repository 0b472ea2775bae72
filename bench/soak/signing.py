"""Two partners sign at the same moment, each through another web server.

Every agreement must end active with both signatures, one sealed contract and one copy for each. AGREEMENTS (300) says
how many.
"""

import http.cookiejar
import os
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

from bench.report import print_table, print_verdict
from mentoring.demo.state import free_port

from .agreements import Place, make_many_ready, make_place, people_in
from .browser import Browser, quiet_server

AGREEMENTS = 300
AT_ONCE = 2  # agreements that are signed beside each other


def run(seconds: float, sign_ins: list[dict[str, str]]) -> bool:
    """Whether a signature, a seal or a copy was lost or doubled. Takes its own time."""
    number = int(os.environ.get("AGREEMENTS", AGREEMENTS))
    place = make_place("signing")
    partnerships = make_many_ready(place, number)
    begun = time.monotonic()
    with ExitStack() as stack:
        servers = [stack.enter_context(server_on(free_port())) for _ in range(2)]
        with ThreadPoolExecutor(AT_ONCE) as hands:
            list(hands.map(lambda partnership: sign_both(servers, place, partnership), partnerships))
    taken = time.monotonic() - begun
    found = count(place)
    wanted = {"active": number, "signatures": 2 * number, "sealed contracts": number, "copies": 2 * number,
              "genuine by their seals": number}  # fmt: skip
    print_table(("two sign at once", "wanted", "found"), [(what, wanted[what], found[what]) for what in wanted])
    print(f"{60 * number / taken:.0f} agreements signed by both, sealed and copied a minute")
    wrong = sum(abs(wanted[what] - found[what]) for what in wanted)
    print_verdict("signing_at_once", wrong / sum(wanted.values()), 0)
    return bool(wrong)


@contextmanager
def server_on(port: int) -> Iterator[str]:
    """A web server of processes of its own on the same database."""
    before = os.environ["PORT"]
    os.environ["PORT"] = str(port)
    try:
        with quiet_server() as address:
            yield address
    finally:
        os.environ["PORT"] = before


def sign_both(servers: list[str], place: Place, partnership: Any) -> None:
    """Both have the page open before either presses the button."""
    path = f"/{place.organisation.slug}/{place.programme.slug}/contracts/{partnership.pk}/sign/"
    together = threading.Barrier(2, timeout=60)

    def sign(server: str, person: Any) -> None:
        browser = signed_in(server, person)
        form = browser.open(path).hidden
        together.wait()
        browser.open(path, form | {"typed_name": str(person)})

    hands = [
        threading.Thread(target=sign, args=one) for one in zip(servers, people_in(place, partnership), strict=True)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def signed_in(server: str, person: Any) -> Browser:
    """A browser with a session of its own, as if the person had just signed in: passwords are not what is tried here."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    cookies = http.cookiejar.CookieJar()
    cookie = http.cookiejar.Cookie(
        0, settings.SESSION_COOKIE_NAME, session.session_key, None, False, "127.0.0.1", True, False, "/", True,
        False, None, False, None, None, {},
    )  # fmt: skip
    cookies.set_cookie(cookie)
    browser = Browser(server)
    browser.opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(cookies), urllib.request.ProxyHandler({})
    )
    return browser


def count(place: Place) -> Counter[str]:
    """What there is of every kind; each sealed contract's bytes are checked as anybody would check the file."""
    from contracts.models import Agreement, Signature
    from mentoring.documents.models import Document
    from mentoring.documents.queries import Verdict, check_file
    from mentoring.outbox.models import Message

    with place.tenant():
        contracts = Document.objects.filter(kind="signed agreement")
        return Counter(
            {
                "active": Agreement.objects.filter(state="active").count(),
                "signatures": Signature.objects.count(),
                "sealed contracts": contracts.count(),
                "copies": Message.objects.filter(kind="agreement_signed").count(),
                "genuine by their seals": sum(
                    check_file(bytes(one.content)).verdict == Verdict.GENUINE for one in contracts.iterator()
                ),
            }
        )
