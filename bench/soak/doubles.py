"""Impatient people: every form is sent several times at the same moment, and must have the effect of one.

Co-ordinators add lines to their budgets, where nothing but the form's key tells a second line from a doubled one.
"""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from bench.report import print_table, print_verdict

from .browser import Browser, Page, quiet_server

AT_ONCE = 3
WHAT = "Soak line"


def run(seconds: float, sign_ins: list[dict[str, str]]) -> bool:
    """Whether a form had no effect or more than one, or one of its senders was not led on."""
    coordinators = [row for row in sign_ins if row["role"] == "co-ordinator"]
    with quiet_server() as address, ThreadPoolExecutor(len(coordinators)) as people:
        until = time.monotonic() + seconds
        sent = [
            number for numbers in people.map(lambda row: hurry(address, row, until), coordinators) for number in numbers
        ]
    forms, misled = Counter(what for what, _ in sent), [what for what, well in sent if not well]
    effects = count_lines([row["organisation"] for row in coordinators])
    wrong = [what for what in forms if effects[what] != 1]
    rows = [("forms", len(forms)), ("posts", len(forms) * AT_ONCE), ("effects", effects.total()),
            ("forms with another number of effects than one", len(wrong)), ("forms with a wrong answer", len(misled))]  # fmt: skip
    print_table((f"each form {AT_ONCE} times at once", "number"), rows)
    print_verdict("double_submit", (len(wrong) + len(misled)) / max(1, len(forms)), 0)
    return bool(wrong or misled or not forms)


def hurry(address: str, row: dict[str, str], until: float) -> list[tuple[str, bool]]:
    """Fill in one form after another. For each: what was typed, and whether every post was led to the same good page."""
    browser, programme = Browser(address), f"/{row['organisation']}/{row['programme']}"
    browser.sign_in(row)
    sent: list[tuple[str, bool]] = []
    while time.monotonic() < until:
        what = f"{WHAT} {row['organisation']} {len(sent)}"
        form = browser.open(f"{programme}/plan/budget/add/").hidden | {"what": what, "planned": "10", "spent": "0"}
        pages = post_at_once(browser, f"{programme}/plan/budget/add/", form)
        sent.append((what, {(page.status, page.path) for page in pages} == {(200, f"{programme}/plan/")}))
    return sent


def post_at_once(browser: Browser, path: str, form: dict[str, str]) -> list[Page]:
    start = threading.Barrier(AT_ONCE)

    def post(_: int) -> Page:
        start.wait()
        return browser.open(path, form)

    with ThreadPoolExecutor(AT_ONCE) as hands:
        return list(hands.map(post, range(AT_ONCE)))


def count_lines(slugs: list[str]) -> Counter[str]:
    from mentoring.organisations import tenancy
    from mentoring.organisations.models import Organisation
    from programmes.plan.models import BudgetLine

    with tenancy.platform():
        organisations = list(Organisation.objects.filter(slug__in=slugs))
    counted: Counter[str] = Counter()
    for organisation in organisations:
        with tenancy.tenant(organisation):
            counted.update(BudgetLine.objects.filter(what__startswith=WHAT).values_list("what", flat=True))
    return counted
