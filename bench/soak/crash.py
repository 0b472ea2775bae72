"""Messages are promised while whoever promises or sends is killed without warning.

A promise is an event of the trail and a message, written in one transaction. In the end every event's message must have
come out of a real SMTP server; one that came twice must have come under the same Message-ID.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from email.parser import BytesHeaderParser
from email.policy import default as modern
from pathlib import Path

from bench.report import print_table, print_verdict
from mentoring.embedded import die_with_parent
from mentoring.fingerprint import ROOT

from .labour import ADDRESS, LEASE, PROMISED

PATIENCE = 120  # seconds for what is left when nobody is killed any more


def run(seconds: float, sign_ins: list[dict[str, str]]) -> bool:
    """Whether anything was lost, or came twice under different names."""
    forget_mail()
    killed = labour("--kill", str(seconds))
    left = wait_until_nothing_is_due()
    arrived, promised = read_mail(), count_promises()
    lost = promised - arrived.keys()
    unasked = arrived.keys() - promised
    twice = {address: ids for address, ids in arrived.items() if ids.total() > 1}
    renamed = [address for address, ids in twice.items() if len(ids) > 1]
    rows = [("promised", len(promised)), ("arrived", sum(ids.total() for ids in arrived.values())),
            ("promisers killed", killed["promise"]), ("senders killed", killed["send"]),
            ("arrived twice, same Message-ID", len(twice) - len(renamed)), ("still waiting", left),
            ("lost", len(lost)), ("never promised", len(unasked)), ("twice under other names", len(renamed))]  # fmt: skip
    print_table(("messages", "number"), rows)
    print_verdict("outbox_lost", len(lost) / max(1, len(promised)), 0)
    print_verdict("outbox_renamed", (len(renamed) + len(unasked)) / max(1, len(promised)), 0)
    return bool(lost or unasked or renamed or not promised)


def forget_mail() -> None:
    for file in Path(os.environ["CAUGHT_MAIL"]).glob("*.eml"):
        file.unlink()


def labour(*words: str) -> dict[str, int]:
    """Let promisers and senders work (labour.py says how); what it counted."""
    command = [*die_with_parent(), sys.executable, "-m", "bench.soak.labour", *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout))


def wait_until_nothing_is_due() -> int:
    """Drain in peace until every lease of the dead has run out. Returns how many messages wait nevertheless."""
    from mentoring.outbox.models import Due

    deadline = time.monotonic() + PATIENCE
    while Due.objects.exists() and time.monotonic() < deadline:
        labour("--once")
        time.sleep(LEASE.total_seconds() / 4)
    return Due.objects.count()


def read_mail() -> dict[str, Counter[str]]:
    """What the SMTP server was given: Message-IDs by the address of the recipient."""
    from mentoring.demo.caught import ENVELOPE

    arrived: dict[str, Counter[str]] = defaultdict(Counter)
    headers = BytesHeaderParser(policy=modern)
    for file in Path(os.environ["CAUGHT_MAIL"]).glob("*.eml"):
        with file.open("rb") as opened:
            read = headers.parse(opened)
        if str(read[ENVELOPE]).endswith(ADDRESS):
            arrived[str(read[ENVELOPE])][str(read["Message-ID"])] += 1
    return arrived


def count_promises() -> set[str]:
    """Addresses that somebody promised to write to, by the trail."""
    from mentoring.audit.models import Event
    from mentoring.organisations import tenancy
    from mentoring.organisations.models import Organisation

    with tenancy.platform():
        organisations = list(Organisation.objects.all())
    promised: set[str] = set()
    for organisation in organisations:
        with tenancy.tenant(organisation):
            promised |= set(Event.objects.filter(what=PROMISED).values_list("details__to", flat=True))
    return promised
