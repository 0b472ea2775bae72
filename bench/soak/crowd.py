"""Everybody at once, through the same few threads: each must see their own organisation's pages, as themselves.

Each walker follows links of their own, and now and then tries an address that somebody of another organisation has been
to. Wrong is: an answer of 500 or more, a link that leads nowhere, another person's name at the top, any word of another
organisation, and any answer but 404 at a foreign address. The web server's memory must not grow either.
"""

import html
import os
import random
import re
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import quantiles

from bench.report import print_table, print_verdict

from .browser import Browser, Page, quiet_server

CANARY = re.compile(r"sample-1-(\d+)|Sample Organisation 1\.(\d+)")
NAME = re.compile(r'<span class="name">([^<]*)</span>')
ELSEWHERE = ("/static/", "/accounts/", "/caught-mail/", "/styleguide/", "/sw.js", "/mail/stop/", "/manifest")
FOREIGN = 0.25  # the share of requests to addresses of others
GROWTH = 1.1
SOONEST = 30  # seconds until memory is looked at first: every thread has served every kind of page by then


class Walker(threading.Thread):
    """One person, and what they saw."""

    def __init__(self, address: str, row: dict[str, str], visited: dict[str, set[str]], until: float) -> None:
        super().__init__(daemon=True)
        self.browser, self.row, self.visited, self.until = Browser(address), row, visited, until
        self.random = random.Random(row["email"])
        self.slug = row["organisation"]
        self.number = self.slug.rpartition("-")[2]
        self.seconds: list[float] = []
        self.wrong: Counter[str] = Counter()
        self.recognised = 0
        self.refused = 0

    def run(self) -> None:
        page = self.browser.sign_in(self.row)
        while time.monotonic() < self.until:
            foreign = self.foreign_addresses() if self.random.random() < FOREIGN else []
            if foreign:
                self.try_foreign(self.random.choice(foreign))
            else:
                own = [link for link in page.links if not link.startswith(ELSEWHERE)]
                page = self.walk(self.random.choice(own) if own else "/my/")

    def foreign_addresses(self) -> list[str]:
        others = [slug for slug in self.visited if slug != self.slug]
        return list(self.visited[self.random.choice(others)]) if others else []

    def walk(self, path: str) -> Page:
        """A page of one's own."""
        begun = time.monotonic()
        page = self.browser.open(path)
        self.seconds.append(time.monotonic() - begun)
        if page.status != 200:
            self.wrong[f"{page.status} {path}"] += 1
            return Page(page.status, path, "")
        if path.startswith(f"/{self.slug}/"):
            self.visited[self.slug].add(path)
        self.look(page)
        return page

    def look(self, page: Page) -> None:
        """Whose words stand on it?"""
        numbers = {number for found in CANARY.findall(page.text) for number in found if number}
        names = {html.unescape(name) for name in NAME.findall(page.text)}
        self.recognised += self.number in numbers
        for number in numbers - {self.number}:
            self.wrong[f"{page.path} shows a word of organisation {number}"] += 1
        for name in names - {self.row["name"]}:
            self.wrong[f"{page.path} greets {name}"] += 1

    def try_foreign(self, path: str) -> None:
        page = self.browser.open(path)
        self.refused += page.status == 404
        if page.status != 404:
            self.wrong[f"{page.status} at {path}, which is another organisation's"] += 1


def run(seconds: float, sign_ins: list[dict[str, str]]) -> bool:
    """Whether anything was wrong, or the web server's memory grew by more than a tenth."""
    with quiet_server() as address:
        until = time.monotonic() + seconds
        visited: dict[str, set[str]] = defaultdict(set)
        walkers = [Walker(address, row, visited, until) for row in sign_ins]
        for walker in walkers:
            walker.start()
        time.sleep(min(max(SOONEST, seconds / 4), seconds / 2))
        early = memory_of_web()
        for walker in walkers:
            walker.join()
        growth = memory_of_web() / early
    wrong = sum((walker.wrong for walker in walkers), Counter[str]())
    report(walkers, wrong, growth)
    return bool(wrong) or growth > GROWTH


def report(walkers: list[Walker], wrong: Counter[str], growth: float) -> None:
    rows = []
    for role in sorted({walker.row["role"] for walker in walkers}):
        those = [walker for walker in walkers if walker.row["role"] == role]
        times = [taken * 1000 for walker in those for taken in walker.seconds] or [0.0]
        cuts = quantiles([*times, times[-1]], n=20)
        counts = (sum(walker.recognised for walker in those), sum(walker.refused for walker in those))
        rows.append((role, len(times), *counts, cuts[9], cuts[18], max(times)))
    header = ("who", "pages", "with own words", "foreign refused", "half within ms", "95 % within ms", "slowest ms")
    print_table(header, rows)
    for what, count in wrong.most_common(20):
        print(f"{count} times: {what}")
    answers = sum(len(walker.seconds) + walker.refused for walker in walkers)
    print_verdict("crowd_wrong", wrong.total() / max(1, answers), 0)
    print_verdict("crowd_memory", growth, GROWTH)


def memory_of_web() -> int:
    """Kilobytes that the web server's processes keep to themselves."""
    web = [pid for pid in children_of(os.getpid()) if "gunicorn" in Path(f"/proc/{pid}/cmdline").read_text()]
    files = [Path(f"/proc/{pid}/smaps_rollup") for parent in web for pid in [parent, *children_of(parent)]]
    return sum(int(size) for file in files for size in re.findall(r"Private_Dirty: +(\d+)", file.read_text()))


def children_of(pid: int) -> list[int]:
    """Children of all of a process's threads: whichever of them started one is its parent."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
