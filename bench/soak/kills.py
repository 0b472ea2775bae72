"""2,000 reminders fall due while web, worker, beat, Valkey and PostgreSQL are killed without warning, at random.

`python -m bench.soak.kills`; KILLS says how many (40). Everything runs as a deployment runs it, with one lease and every
wait of the product as it is. In the end every partnership's letter must have come out of a real SMTP server, once for
each person, kind and day; one that came twice must have come under the same Message-ID. Then Valkey forgets everything,
and whoever was signed in must still be.
"""

import datetime
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from email.parser import BytesHeaderParser
from email.policy import default as modern
from pathlib import Path
from typing import Any

import django
import psycopg

from bench.reminders import make, prepare
from bench.report import print_table, print_verdict
from bench.soak.browser import Browser
from mentoring.demo.catcher import catch_mail
from mentoring.demo.processes import Child, Processes
from mentoring.demo.servers import collect_static, migrate
from mentoring.demo.state import State, free_port
from mentoring.embedded import APP, OWNER, NotStarted, Postgres, Valkey, claim
from mentoring.fingerprint import ROOT

KILLS = int(os.environ.get("KILLS", "40"))
ORGANISATIONS, EACH = 4, 500
BETWEEN = (2.0, 6.0)  # seconds between two deaths
PATIENCE = 900  # seconds for what is left when nobody is killed any more: leases of the dead last three minutes
PASSWORD = "correct horse battery"

WEB = ("gunicorn", "mentoring.wsgi", "--worker-class=gthread", "--workers=2", "--threads=4", "--preload",
       "--log-level=error", "--no-control-socket")  # fmt: skip
WORKER = (
    "celery",
    "-A",
    "mentoring",
    "worker",
    "--concurrency=2",
    "--loglevel=ERROR",
    "--without-mingle",
    "--without-gossip",
)
BEAT = ("celery", "-A", "mentoring", "beat", "--pidfile=", "--loglevel=ERROR")


class Everything:
    """All that a deployment runs, each of which can be killed and started again."""

    def __init__(self, stack: ExitStack) -> None:
        folder = ROOT / ".cache" / "kills"
        folder.mkdir(parents=True, exist_ok=True)
        self.state = State(folder, free_port())
        lock = claim(folder)
        if lock is None:
            raise NotStarted(f"Something runs in {folder} already.")
        stack.enter_context(lock)
        self.postgres, self.valkey = Postgres(folder), Valkey(folder)
        port = free_port()
        stack.callback(catch_mail(self.state.mail, port).stop)
        stack.callback(self.postgres.stop)
        stack.callback(self.valkey.stop)
        self.postgres.start()
        with psycopg.connect(self.postgres.url(OWNER, "postgres"), autocommit=True) as owner:
            owner.execute("drop database if exists mentoring with (force)")
        self.state.forget("Migrating")
        self.postgres.make_database("mentoring")
        self.valkey.start()
        self.servers = {
            "mail": str(self.state.mail),
            "smtp": f"smtp://127.0.0.1:{port}",
            "database": self.postgres.url(APP, "mentoring"),
            "owner": self.postgres.url(OWNER, "mentoring"),
            "broker": self.valkey.broker_url(0),
            "cache": self.valkey.cache_url(1),
        }
        self.environment = self.state.environment(self.servers) | {"RING_EVERY": "3", "SWEEP_EVERY": "5"}
        self.processes = Processes(self.environment)
        stack.callback(self.processes.stop)
        self.killed: Counter[str] = Counter()

    def start(self, name: str) -> None:
        commands = {
            "web": (*WEB, f"--bind=127.0.0.1:{self.state.port}"),
            "worker": WORKER,
            "beat": (*BEAT, f"--schedule={self.state.folder / 'beat'}"),
        }
        self.processes.start(name, [sys.executable, "-m", *commands[name]], self.state.log(name))

    def kill(self, name: str) -> None:
        """SIGKILL to the whole group, then start it again."""
        self.killed[name] += 1
        if name in ("PostgreSQL", "Valkey"):
            server = self.postgres if name == "PostgreSQL" else self.valkey
            assert server.process
            os.killpg(server.process.pid, signal.SIGKILL)
            server.process.wait()
            time.sleep(0.3)
            server.start()
            return
        child = self.child(name)
        child.signal_group(signal.SIGKILL)
        child.process.wait()
        self.processes.children.remove(child)
        self.start(name)

    def child(self, name: str) -> Child:
        return next(child for child in self.processes.children if child.name == name)

    def revive(self) -> None:
        """What gave up because another server was away is started again, as a deployment's supervisor would."""
        for name in ("web", "worker", "beat"):
            child = self.child(name)
            if child.process.poll() is not None:
                self.processes.children.remove(child)
                self.start(name)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with ExitStack() as stack:
        everything = Everything(stack)
        migrate(everything.state, everything.environment, everything.servers)
        collect_static(everything.state, everything.environment)
        forget_mail(everything.state.mail)
        os.environ |= everything.environment | {"DJANGO_SETTINGS_MODULE": "mentoring.settings"}
        django.setup()
        expected = fill(everything)
        for name in ("web", "worker", "beat"):
            everything.start(name)
        browser = sign_in(everything)
        mischief(everything)
        left = wait_until_all_is_sent(everything, len(expected))
        wrong = judge(everything, expected, left)
        wrong |= forget_everything(everything, browser)
    sys.exit(wrong)


def fill(everything: Everything) -> set[str]:
    """Four organisations with 500 silent partnerships each, falling due over the time of the kills. Who must get a letter."""
    from django.contrib.auth.hashers import make_password

    seconds = KILLS * sum(BETWEEN) / 2
    hour = datetime.datetime.now(datetime.UTC).hour
    with psycopg.connect(everything.servers["owner"], autocommit=True, options="-c app.maintenance=on") as owner:
        for number in range(ORGANISATIONS):
            _, values = prepare(f"soak-{number}", EACH, f"Etc/GMT{hour - 12:+d}")
            make(owner, values | {"first": 0, "last": EACH - 1, "due_from": 0})
        owner.execute("update programmes_nextlook set at = now() + random() * %s * interval '1 second'", [seconds])
        owner.execute(
            "update accounts_person set password = %s where email = '0@soak-0.example'", [make_password(PASSWORD)]
        )
        owner.execute(
            'insert into account_emailaddress (user_id, email, verified, "primary") '
            "select id, email, true, true from accounts_person where email = '0@soak-0.example'"
        )
        rows = owner.execute(
            "select p.email from programmes_member m join accounts_person p on p.id = m.person_id where m.role = 'mentee'"
        ).fetchall()
    assert len(rows) == ORGANISATIONS * EACH
    return {email for (email,) in rows}


def sign_in(everything: Everything) -> Browser:
    """Somebody signs in by the real form before anything is killed."""
    browser = Browser(everything.state.address)
    deadline = time.monotonic() + 60
    while True:
        try:
            browser.open("/health/")
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    browser.sign_in({"email": "0@soak-0.example", "password": PASSWORD})
    assert browser.open("/my/").path == "/my/"
    return browser


def mischief(everything: Everything) -> None:
    """Kill one after another at random moments; each is killed at least a few times."""
    dice = random.Random()
    names = ["web", "worker", "beat", "Valkey", "PostgreSQL"]
    order = [names[number % len(names)] for number in range(KILLS)]
    dice.shuffle(order)
    for name in order:
        time.sleep(dice.uniform(*BETWEEN))
        everything.kill(name)
        everything.revive()


def wait_until_all_is_sent(everything: Everything, many: int) -> int:
    """Go on in peace until every letter has left. Returns how many wait nevertheless."""
    deadline = time.monotonic() + PATIENCE
    left = many
    while time.monotonic() < deadline:
        everything.revive()
        with psycopg.connect(everything.servers["owner"], options="-c app.maintenance=on") as owner:
            row = owner.execute("select count(*) filter (where state = 'sent') from outbox_message").fetchone()
        assert row
        left = many - row[0]
        if left <= 0:
            break
        time.sleep(2)
    return left


def forget_mail(folder: Path) -> None:
    for file in folder.glob("*.eml"):
        file.unlink()


def read_mail(folder: Path) -> dict[str, Counter[str]]:
    """Message-IDs by the address of the recipient, as the SMTP server was given them."""
    from mentoring.demo.caught import ENVELOPE

    arrived: dict[str, Counter[str]] = defaultdict(Counter)
    headers = BytesHeaderParser(policy=modern)
    for file in folder.glob("*.eml"):
        with file.open("rb") as opened:
            read: Any = headers.parse(opened)
        arrived[str(read[ENVELOPE])][str(read["Message-ID"])] += 1
    return arrived


def judge(everything: Everything, expected: set[str], left: int) -> bool:
    """One kind and one day for each person here, so that two Message-IDs to one person are a repetition."""
    arrived = read_mail(everything.state.mail)
    lost = expected - arrived.keys()
    unasked = arrived.keys() - expected
    repeated = [address for address, ids in arrived.items() if len(ids) > 1]
    again = sum(ids.total() - len(ids) for ids in arrived.values())
    kills = [(f"{name} killed", many) for name, many in sorted(everything.killed.items())]
    rows = [("due", len(expected)), ("arrived", sum(ids.total() for ids in arrived.values())), *kills,
            ("arrived again under the same Message-ID", again), ("still waiting", left), ("lost", len(lost)),
            ("repeated", len(repeated)), ("never promised", len(unasked))]  # fmt: skip
    print_table(("reminders", "number"), rows)
    print_verdict("reminders_lost", len(lost) / len(expected), 0)
    print_verdict("reminders_repeated", (len(repeated) + len(unasked)) / len(expected), 0)
    return bool(lost or unasked or repeated)


def forget_everything(everything: Everything, browser: Browser) -> bool:
    """FLUSHALL: nothing is lost that counts, and nobody is signed out."""
    import socket

    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(everything.valkey.path))
        client.sendall(b"FLUSHALL\r\n")
        assert client.recv(5) == b"+OK\r\n"
    page = browser.open("/my/")
    kept = page.status == 200 and page.path == "/my/"
    print_verdict("flushall_signed_out", 0 if kept else 1, 0)
    return not kept


if __name__ == "__main__":
    main()
