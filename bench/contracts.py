"""What a sealed contract costs, how many a minute can be made, and what it takes to hand over ten thousand.

`python -m bench contracts`. The cost is set against WeasyPrint alone on the same pages, in turns, by processor time. Then
CONTRACTS (1,000) are drawn, sealed, checked and kept by one process and by two. Last, ZIP (10,000) contracts leave in one
ZIP: what is held at most, by the process and by those that draw the index for it, is set against the same for a tenth.
"""

import os
import re
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from typing import Any

from bench.pdf import CODE, alone, contract, html_of, measure, words
from bench.report import print_table, print_verdict
from bench.scratch import scratch_database

BAR, GROWTH_BAR, MEMORY_BAR = 1.6, 1.5, 1.1
CONTRACTS, ZIPPED = 1_000, 10_000
SIZE = 20_000  # bytes of a contract in the ZIP
LITTLE = 10  # the part of the ZIP's contracts that memory is compared with


def main() -> None:
    with scratch_database():
        compare_with_bare()
        count_a_minute(int(os.environ.get("CONTRACTS", CONTRACTS)))
        weigh_zip(int(os.environ.get("ZIP", ZIPPED)))


def compare_with_bare() -> None:
    """One contract with its certificate page and its seal, beside the same pages without anything."""
    from mentoring.documents.sealing import is_sealed_whole, seal_pdf

    content, evidence = words()
    html = html_of(lambda: contract(content, evidence))
    certificate, key, fingerprint = new_key()

    def sealed() -> bytes:
        pdf = seal_pdf(
            contract(content, evidence), certificate, key, organisation="University", reason=f"Document {CODE}"
        )
        assert is_sealed_whole(pdf, fingerprint)
        return pdf

    ways: dict[str, Callable[[], bytes]] = {
        "WeasyPrint on the same HTML alone": lambda: alone(html),
        "the contract, without its seal": lambda: contract(content, evidence),
        "the contract, sealed and checked": sealed,
    }
    times = measure(ways)
    floor = times["WeasyPrint on the same HTML alone"]
    rows = [(name, taken * 1000, taken / floor, len(ways[name]()) / 1000) for name, taken in times.items()]
    print_table(("way", "ms of processor", "of WeasyPrint alone", "kB"), rows)
    print_verdict("contract_sealed", times["the contract, sealed and checked"] / floor, BAR)


def new_key() -> tuple[bytes, Any, str]:
    import datetime
    import hashlib

    from mentoring.documents import keys

    key = keys.new_private_key()
    certificate = keys.new_certificate(key, "University", datetime.datetime.now(datetime.UTC))
    return certificate, key, hashlib.sha256(certificate).hexdigest()


def count_a_minute(number: int) -> None:
    """So many contracts drawn, sealed, checked and kept in the database, by one process and then by two."""
    rates = {processes: rate_of(number, processes) for processes in (1, 2)}
    rows = [(f"{processes} process{'es' * (processes > 1)}", rate, peak) for processes, (rate, peak) in rates.items()]
    print_table((f"{number} contracts", "a minute", "MB of a process at most"), rows)
    print_verdict("contracts_growth", rates[2][0] / rates[1][0], GROWTH_BAR, at_least=True)


def rate_of(number: int, processes: int) -> tuple[float, float]:
    from django.db import connections

    organisation = make_organisation(f"workers-{processes}")
    connections.close_all()
    begun = time.monotonic()
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        share = number // processes
        peaks = list(pool.map(keep_contracts, [organisation] * processes, [share] * processes))
    return 60 * share * processes / (time.monotonic() - begun), max(peaks)


def keep_contracts(organisation: Any, number: int) -> float:
    """Make them, each in a transaction of its own; the most that this process held, in MB."""
    from bench.soak.faults import make_contract
    from mentoring.organisations import tenancy

    for _ in range(number):
        with tenancy.tenant(organisation):
            make_contract(organisation)
    return peak()


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def make_organisation(slug: str) -> Any:
    from mentoring.organisations import tenancy
    from mentoring.organisations.models import Organisation

    organisation = Organisation(name=slug, slug=slug)
    with tenancy.platform():
        organisation.save(force_insert=True)
    return organisation


def weigh_zip(number: int) -> None:
    """The most that is held at a time while a tenth of the contracts is handed over, and then all of them."""
    programmes = [make_programme(size) for size in (number // LITTLE, number)]
    rows = []
    for programme, size in zip(programmes, (number // LITTLE, number), strict=True):
        with ProcessPoolExecutor(1, get_context("fork")) as pool:
            rows.append((f"{size} contracts", *pool.submit(hand_over, programme).result()))
    print_table(("in one ZIP", "MB", "seconds", "MB of its process at most", "MB with the one that draws"), rows)
    print_verdict("zip_memory", rows[1][4] / rows[0][4], MEMORY_BAR)


def hand_over(programme: Any) -> tuple[float, float, float, float]:
    from contracts.downloads.archive import archive_of

    begun = time.monotonic()
    with Weighing() as weighing:
        sent = sum(len(piece) for piece in archive_of(programme, programme.created_by))
    return sent / 1e6, time.monotonic() - begun, peak(), weighing.most


class Weighing(Thread):
    """While it is open: the most that this process and its children were seen to hold together, in MB."""

    EVERY = 0.02  # seconds

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.over = 0.0, Event()

    def __enter__(self) -> "Weighing":
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        while not self.over.wait(self.EVERY):
            self.most = max(self.most, sum(map(held_by, [os.getpid(), *children()])))


def children() -> list[int]:
    """Processes of this one that have begun their own program; before that they share this one's memory."""
    mine = read("/proc/self/cmdline")
    every = [int(pid) for task in Path("/proc/self/task").iterdir() for pid in read(f"{task}/children").split()]
    return [pid for pid in every if read(f"/proc/{pid}/cmdline") not in ("", mine)]


def held_by(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", read(f"/proc/{pid}/status"))
    return int(found[1]) / 1000 if found else 0


def read(file: str) -> str:
    """What it says; nothing of a process that has ended meanwhile."""
    try:
        return Path(file).read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def make_programme(number: int) -> Any:
    """A programme with so many signed contracts, which are bytes of the usual size and nothing else."""
    import datetime
    import hashlib

    from django.db import connections

    from mentoring.accounts.models import Person
    from mentoring.documents.codes import new_code
    from mentoring.documents.models import Document, Seal
    from mentoring.organisations import tenancy
    from programmes.models import Programme

    organisation, today = make_organisation(f"zip-{number}"), datetime.datetime.now(datetime.UTC).date()
    with tenancy.directory():
        person = Person.objects.create(name="Priya", email=f"priya@zip-{number}.example", password="!")
    with tenancy.tenant(organisation, person):
        programme = Programme.objects.create(
            slug="all", name="All", created_by=person, starts_on=today, ends_on=today + datetime.timedelta(days=365)
        )
        for start in range(0, number, 200):
            kept = [os.urandom(SIZE) for _ in range(min(200, number - start))]
            documents = [
                Document(
                    programme_id=programme.pk,
                    kind="signed agreement",
                    title=f"Mentoring agreement: Mentee {start + place} and Mentor {start + place}",
                    code=new_code(),
                    content=content,
                    sha256=hashlib.sha256(content).hexdigest(),
                )
                for place, content in enumerate(kept)
            ]
            Document.objects.bulk_create(documents)
            Seal.objects.bulk_create([Seal(code=one.code, sha256=one.sha256, kind=one.kind) for one in documents])
        programme.organisation = organisation
    connections.close_all()
    return programme


if __name__ == "__main__":
    main()
