"""make soak: everybody in the sample data walks through the demo at once, for SECONDS (600).

Each walker signs in with the real form, opens a page, and follows one of its links, again and again. Counted as faults:
an answer of 500 or more, a link that leads nowhere, and a link into an organisation that is not the walker's. The web
server's memory is looked at after a quarter of the time and at the end: it must not grow by more than a tenth.
"""

import html
import http.cookiejar
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from bench.report import print_table, print_verdict
from mentoring.demo.state import free_port
from mentoring.embedded import die_with_parent
from mentoring.fingerprint import ROOT

STATE = ROOT / ".cache" / "soak"
LINK = re.compile(r'href="(/[^"#?]*)')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ELSEWHERE = ("/static/", "/accounts/logout/", "/caught-mail/", "/styleguide/", "/sw.js", "/mail/stop/")
GROWTH = 1.1


@dataclass
class Walk:
    """What one walker saw."""

    role: str
    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)


class Walker(threading.Thread):
    """One person with a browser of their own."""

    def __init__(self, address: str, sign_in: dict[str, str], foreign: set[str], until: float) -> None:
        super().__init__(daemon=True)
        self.address, self.sign_in, self.foreign, self.until = address, sign_in, foreign, until
        self.walk = Walk(sign_in["role"])
        self.random = random.Random(sign_in["email"])
        self.browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
        )

    def run(self) -> None:
        page = self.enter()
        while time.monotonic() < self.until:
            links = [link for link in LINK.findall(page) if not link.startswith(ELSEWHERE)]
            page = self.open(html.unescape(self.random.choice(links)) if links else "/my/")

    def enter(self) -> str:
        form = dict(HIDDEN.findall(self.open("/accounts/login/")))
        answers = form | {"login": self.sign_in["email"], "password": self.sign_in["password"]}
        page = self.open("/accounts/login/", urllib.parse.urlencode(answers).encode())
        if "/accounts/logout/" not in page:
            self.walk.faults["could not sign in"] += 1
        return page

    def open(self, path: str, sent: bytes | None = None) -> str:
        """A page's HTML; empty for anything else. Faults are noted."""
        begun = time.monotonic()
        request = urllib.request.Request(self.address + path, sent, {"Referer": self.address})
        try:
            with self.browser.open(request, timeout=60) as answer:
                page = answer.read().decode() if answer.headers.get_content_type() == "text/html" else ""
        except urllib.error.HTTPError as error:
            self.walk.faults[f"{error.code} {path}"] += 1
            return ""
        self.walk.seconds.append(time.monotonic() - begun)
        for link in LINK.findall(page):
            if link.split("/")[1] in self.foreign:
                self.walk.faults[f"{path} shows {link}"] += 1
        return page


def main() -> None:
    """Run for SECONDS and say what was seen. Ends with 1 when there was any fault."""
    seconds = int(os.environ.get("SECONDS", "600"))
    with demo() as summary:
        until = time.monotonic() + seconds
        walkers = send_out(summary, until)
        time.sleep(seconds / 4)
        early = memory_of_web(summary["pid"])
        for walker in walkers:
            walker.join()
        growth = memory_of_web(summary["pid"]) / early
    faults = sum((walker.walk.faults for walker in walkers), Counter[str]())
    report([walker.walk for walker in walkers], faults, growth, seconds)
    sys.exit(bool(faults) or growth > GROWTH)


def send_out(summary: dict, until: float) -> list[Walker]:
    """A walker for each sign-in. Whose organisations are others' is told by the sign-ins themselves."""
    sign_ins = summary["sign_ins"]
    everywhere = {row["organisation"] for row in sign_ins}
    walkers = []
    for row in sign_ins:
        own = {other["organisation"] for other in sign_ins if other["email"] == row["email"]}
        walkers.append(Walker(summary["address"], row, everywhere - own, until))
        walkers[-1].start()
    return walkers


@contextmanager
def demo() -> Iterator[dict]:
    """The demo in a folder of its own; what its demo.json says."""
    environment = os.environ | {"STATE": str(STATE), "PORT": str(free_port())}
    command = [*die_with_parent(), sys.executable, "-m", "mentoring.demo"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    summary = STATE / "demo.json"
    try:
        while not summary.exists() or json.loads(summary.read_text())["pid"] != process.pid:
            if process.poll() is not None:
                sys.exit("The demo did not start.")
            time.sleep(0.2)
        yield json.loads(summary.read_text())
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def memory_of_web(demo_pid: int) -> int:
    """Kilobytes that the web server's processes keep to themselves."""
    web = [pid for pid in children_of(demo_pid) if "gunicorn" in Path(f"/proc/{pid}/cmdline").read_text()]
    files = [Path(f"/proc/{pid}/smaps_rollup") for parent in web for pid in [parent, *children_of(parent)]]
    return sum(int(size) for file in files for size in re.findall(r"Private_Dirty: +(\d+)", file.read_text()))


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def report(walks: list[Walk], faults: Counter[str], growth: float, seconds: int) -> None:
    rows = []
    for role in sorted({walk.role for walk in walks}):
        times = [taken for walk in walks if walk.role == role for taken in walk.seconds] or [0.0, 0.0]
        cuts = quantiles(times, n=100)
        rows.append((role, len(times), len(times) / seconds, cuts[49] * 1000, cuts[94] * 1000, max(times) * 1000))
    print_table(("who", "pages", "pages/s", "half within ms", "95 % within ms", "slowest ms"), rows)
    for fault, count in faults.most_common(20):
        print(f"{count} times: {fault}")
    print(f"{faults.total()} faults in {sum(row[1] for row in rows)} pages")
    print_verdict("soak", growth, GROWTH)


if __name__ == "__main__":
    main()
