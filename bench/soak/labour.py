"""Promisers and senders for crash.py: children of one process, which kills them at random and has others take their place.

Forked from a process that has loaded everything, so that the next one works within milliseconds.
"""

import datetime
import functools
import json
import os
import random
import signal
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import NoReturn

import django

PROMISED = "letter promised"
ADDRESS = "@soak.example"
LEASE = datetime.timedelta(seconds=8)  # the dead hold on to messages for minutes otherwise
CREW = ("promise", "promise", "send", "send", "send")
SELDOM, OFTEN = 0.6, 0.05  # seconds between two deaths, at most and at least
HANDFUL = 5  # messages promised in one transaction
PAUSE = 0.02  # seconds between two transactions: senders must keep up


def main() -> None:
    """--once: send what is due; prints how many. --kill SECONDS: let the crew work and die for so long; prints the dead by their work."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring.settings"
    django.setup()
    from mentoring.outbox import delivery

    delivery.LEASE, delivery.ENOUGH = LEASE, LEASE / 2
    if sys.argv[1] == "--once":
        print(json.dumps({"sent": delivery.drain()}))
    else:
        print(json.dumps(oversee(float(sys.argv[2]))))


def oversee(seconds: float) -> Counter[str]:
    """Kill one of the crew at random, put another in its place, and so on. In the end all are killed."""
    chance, killed = random.Random(seconds), Counter(dict.fromkeys(CREW, 0))
    crew = {fork(work): work for work in CREW}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(chance.uniform(OFTEN, SELDOM))
        work = kill(crew, chance.choice(list(crew)))
        killed[work] += 1
        crew[fork(work)] = work
    for pid in list(crew):
        kill(crew, pid)
    return killed


def kill(crew: dict[int, str], pid: int) -> str:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return crew.pop(pid)


def fork(work: str) -> int:
    """A child that does this work until it is killed."""
    pid = os.fork()
    if pid == 0:
        labour(WORK[work])
    return pid


def labour(work: Callable[[], None]) -> NoReturn:
    """Work until the overseer is gone, or kills."""
    overseer = os.getppid()
    random.seed(os.urandom(8))
    try:
        while os.getppid() == overseer:
            work()
    finally:
        os._exit(1)


def promise() -> None:
    """In one transaction: a handful of messages, and for each an event of the trail that says it was promised."""
    from django.utils import timezone

    from mentoring import audit, outbox
    from mentoring.organisations import tenancy
    from programmes.models import Programme

    with tenancy.tenant(random.choice(find_organisations())):
        programme = Programme.objects.select_related("created_by").get()
        for _ in range(HANDFUL):
            key = uuid.uuid4().hex
            letter = outbox.Letter(subject="A promise", body=f"This is promise {key}.\n")
            message = outbox.write(letter, to=f"{key}{ADDRESS}", kind="soak", key=key, programme=programme)
            audit.record(PROMISED, on=message, by=programme.created_by, at=timezone.now(), to=message.address)
    time.sleep(PAUSE)


@functools.cache
def find_organisations() -> list[uuid.UUID]:
    from mentoring.organisations import tenancy
    from mentoring.organisations.models import Organisation

    with tenancy.platform():
        return list(Organisation.objects.values_list("pk", flat=True))


def send() -> None:
    from mentoring.outbox import delivery

    if not delivery.drain():
        time.sleep(PAUSE)


WORK: dict[str, Callable[[], None]] = {"promise": promise, "send": send}

if __name__ == "__main__":
    main()
