"""Queries and time of the pages that hold lists, with 3 partnerships against 300 in the same run.

Through Django's own handler, without a server between: what is measured is the product and its database.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.report import print_table, print_verdict
from bench.scratch import scratch_database

FEW, MANY = 3, 300
REPEATS = 15
LISTS = (
    "programmes:home", "recruitment:home", "recruitment:applications", "recruitment:participants", "training:home",
    "matching:home", "support:home", "contracts:home", "evaluation:home", "programmes:messages", "programmes:history",
)  # fmt: skip
MOST_FOR_COORDINATORS, MOST_FOR_PARTNERS = 20, 12
SLOWER = 3.0  # a page shows up to fifty rows of 300, and counts them all


@dataclass(frozen=True)
class Visit:
    """A page, and the browser of somebody who may open it."""

    client: Client
    path: str


@dataclass(frozen=True)
class Cost:
    """What one page asked of the database, in how many milliseconds at best."""

    queries: int
    milliseconds: float


def main() -> None:
    """Three verdicts: queries do not grow, queries keep to the budget, time grows little."""
    with scratch_database():
        visits = prepare_visits(load(FEW)), prepare_visits(load(MANY))
        costs = {page: measure(visits[0][page], visits[1][page]) for page in visits[0]}
    slower = {page: more.milliseconds / less.milliseconds for page, (less, more) in costs.items()}
    rows = [
        (page, less.queries, more.queries, less.milliseconds, more.milliseconds, slower[page])
        for page, (less, more) in sorted(costs.items(), key=lambda item: slower[item[0]])
    ]
    print_table(("page", f"queries {FEW}", f"queries {MANY}", f"ms {FEW}", f"ms {MANY}", "ratio of times"), rows)
    print_verdict("pages_queries", max(more.queries / less.queries for less, more in costs.values()), 1)
    print_verdict("pages_budget", max(more.queries / budget_of(page) for page, (_, more) in costs.items()), 1)
    print_verdict("pages", max(slower.values()), SLOWER)


def budget_of(page: str) -> int:
    return MOST_FOR_COORDINATORS if page in LISTS else MOST_FOR_PARTNERS


def load(pairs: int) -> list[dict[str, str]]:
    """An organisation with one programme of so many partnerships; who can sign in."""
    from mentoring.demo.sample import bulk

    return bulk.load(1, 1, pairs, seed=pairs)


def prepare_visits(sign_ins: list[dict[str, str]]) -> dict[str, Visit]:
    """The first programme's lists as their co-ordinator opens them, and a mentee's own two pages."""
    from mentoring.organisations import tenancy
    from mentoring.organisations.models import Organisation
    from programmes.models import Programme

    by_role = {row["role"]: row for row in sign_ins}
    asked = by_role["mentee"]
    with tenancy.platform():
        organisation = Organisation.objects.get(slug=asked["organisation"])
    with tenancy.tenant(organisation):
        programme = Programme.objects.select_related("organisation").get(slug=asked["programme"])
        own = programme.partnerships.get(members__person__email=asked["email"])
        own.programme = programme
    coordinator, mentee = (sign_in(by_role[role]["email"]) for role in ("co-ordinator", "mentee"))
    return {name: Visit(coordinator, programme.url(name)) for name in LISTS} | {
        "programmes:my": Visit(mentee, "/my/"),
        "support:partnership": Visit(mentee, own.url("support:partnership")),
    }


def sign_in(email: str) -> Client:
    from mentoring.accounts.models import Person
    from mentoring.organisations import tenancy

    client = Client(HTTP_HOST="localhost")
    with tenancy.directory():
        person = Person.objects.get(email=email)
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def measure(few: Visit, many: Visit) -> tuple[Cost, Cost]:
    """The best of several visits each, in turns, so that whatever else the machine does meets both."""
    times: dict[Visit, list[float]] = {few: [], many: []}
    for _ in range(REPEATS):
        for visit, taken in times.items():
            taken.append(go(visit))
    return Cost(count_queries(few), min(times[few]) * 1000), Cost(count_queries(many), min(times[many]) * 1000)


def count_queries(visit: Visit) -> int:
    with CaptureQueriesContext(connection) as asked:
        go(visit)
    return len([query for query in asked if not is_bookkeeping(query)])


def go(visit: Visit) -> float:
    """Seconds until the page was there. Refuses an answer that is not 200."""
    begun = time.perf_counter()
    answer: Any = visit.client.get(visit.path)
    taken = time.perf_counter() - begun
    assert answer.status_code == 200, f"{visit.path} answered {answer.status_code}"
    return taken


def is_bookkeeping(query: dict[str, Any]) -> bool:
    """Savepoints and the beginning and end of a transaction are not questions."""
    return query["sql"].split()[0] in ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


if __name__ == "__main__":
    main()
