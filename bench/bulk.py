"""How long a million meetings take to load, from a part of them: `manage.py sample` with numbers, history triggers on.

`MEETINGS=1000000 python -m bench bulk` loads all of them.
"""

import os
import time

import psycopg
from django.db import connection

from bench.pages import count_queries, go, prepare_visits
from bench.report import print_table, print_verdict
from bench.scratch import address_of, scratch_database
from mentoring.organisations import tenancy

MEETINGS = int(os.environ.get("MEETINGS", "20000"))
EACH = 20  # meetings of a partnership
PAIRS = 250  # partnerships of a programme
ORGANISATIONS = 2  # loaded by as many processes
VISITS = 5  # to each page
SIGNED = 0.95  # the share of partnerships that meet
MILLION, LIMIT = 1_000_000, 600  # meetings, seconds
COUNTED = (
    "accounts_person", "recruitment_application", "recruitment_answer", "programmes_partnership", "support_meeting",
    "support_meetinglog", "support_progressrecord", "outbox_message", "audit_event",
)  # fmt: skip


def main() -> None:
    programmes = max(1, round(MEETINGS / (ORGANISATIONS * PAIRS * EACH * SIGNED)))
    with scratch_database():
        from mentoring.demo.sample import bulk

        begun = time.monotonic()
        sign_ins = bulk.load(ORGANISATIONS, programmes, PAIRS, seed=1, meetings=EACH, processes=ORGANISATIONS)
        taken = time.monotonic() - begun
        counts = count_rows()
        pages = measure_pages(sign_ins)
    meetings = counts["support_meeting"]
    print_table(("table", "rows"), list(counts.items()))
    print_table((f"page, {PAIRS} partnerships among all these", "queries", "ms"), pages)
    print(f"{meetings} meetings in {taken:.0f} s; {meetings / taken:.0f} meetings/s")
    print_verdict("bulk", taken * MILLION / meetings / LIMIT, 1)


def count_rows() -> dict[str, int]:
    """What PostgreSQL holds, history tables included: its own count of what was inserted."""
    with tenancy.platform(), connection.cursor() as cursor:
        cursor.execute("select pg_stat_force_next_flush()")
        cursor.execute("select relname, n_tup_ins from pg_stat_user_tables")
        inserted = dict(cursor.fetchall())
    counted = {name: inserted[name] for name in COUNTED if name in inserted}
    return counted | {"history": sum(rows for name, rows in inserted.items() if name.endswith("event"))}


def measure_pages(sign_ins: list[dict[str, str]]) -> list[tuple[str, int, float]]:
    """Queries and the best time of each page of one programme, with everything else around it."""
    from django.conf import settings

    with psycopg.connect(address_of(os.environ["OWNER_DATABASE_URL"], settings.DATABASES["default"]["NAME"])) as owner:
        owner.execute("analyze")
    visits = prepare_visits(sign_ins)
    return [
        (page, count_queries(visit), min(go(visit) for _ in range(VISITS)) * 1000) for page, visit in visits.items()
    ]


if __name__ == "__main__":
    main()
