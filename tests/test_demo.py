"""`make demo`: it starts, keeps its data, and leaves no process behind, however it ends."""

import json
import os
import signal
import smtplib
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from mentoring.demo.servers import start_over
from mentoring.demo.state import State
from mentoring.embedded import OWNER, Postgres
from mentoring.fingerprint import ROOT
from tests.plugin import free_port
from tests.servers import wait_for

SETTINGS = {
    "SECRET_KEY",
    "SEAL_KEY",
    "BASE_URL",
    "DATABASE_URL",
    "OWNER_DATABASE_URL",
    "BROKER_URL",
    "CACHE_URL",
    "EMAIL_URL",
}


class Demo:
    """A demo in a folder of the test's, as `make demo` runs it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        self.environment |= {"STATE": str(folder), "PORT": str(self.port)}
        self.said = folder.with_suffix(".out")
        self.process: subprocess.Popen[bytes]

    def run(self) -> None:
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mentoring.demo"], cwd=ROOT, env=self.environment, stdout=out, stderr=out
            )

    def start(self) -> "Demo":
        self.run()
        wait_for(lambda: "is ready" in self.said.read_text() or self.process.poll() is not None, "The demo", 240)
        assert self.process.poll() is None, self.said.read_text()
        return self

    def summary(self) -> dict:
        return json.loads((self.folder / "demo.json").read_text())

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}") as answer:
            return answer.status, answer.read().decode()

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(40)

    def refusal_of_another(self, **environment: str) -> str:
        """What another demo on this port says when it does not start."""
        command = [sys.executable, "-m", "mentoring.demo"]
        environment = self.environment | environment
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
        assert ended.returncode == 1
        return ended.stderr

    def processes(self) -> set[int]:
        """Every living process that was told this demo's folder."""
        mark = f"STATE={self.folder}\0".encode()
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes() and " Z " not in (folder / "stat").read_text():
                    found.add(int(folder.name))
            except OSError:
                pass
        return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Shared: the first demo makes the database, the others find it."""
    return tmp_path_factory.mktemp("demo") / "state"


@pytest.fixture
def demo(folder):
    demo = Demo(folder).start()
    yield demo
    if demo.process.poll() is None:
        demo.end(signal.SIGTERM)


def send(demo: Demo, subject: str, to: str) -> None:
    server = urlsplit(demo.summary()["servers"]["smtp"])
    with smtplib.SMTP(server.hostname, server.port) as smtp:
        smtp.sendmail("priya@example.org", [to], f"Subject: {subject}\r\n\r\nGood morning")


def test_demo_serves_pages_and_says_where_everything_is(demo):
    summary = demo.summary()

    assert json.loads(demo.get("/health/")[1]) == {"status": "ok", "database": "ok", "cache": "ok", "broker": "ok"}
    roles = {"organisation administrator", "co-ordinator", "mentor", "mentee", "sponsor", "partner contact"}
    assert roles <= {row["role"] for row in summary["sign_ins"]}
    assert all(row["email"] in demo.said.read_text() for row in summary["sign_ins"])
    assert summary["address"] == f"http://127.0.0.1:{demo.port}"
    assert f"{summary['address']}/caught-mail/" in demo.said.read_text()
    assert oct((demo.folder / "secret-key").stat().st_mode & 0o777) == "0o600"
    assert oct((demo.folder / "demo.json").stat().st_mode & 0o777) == "0o600"


def test_web_and_workers_are_not_the_owner_and_a_second_demo_is_refused(demo, tmp_path):
    with psycopg.connect(demo.summary()["servers"]["database"]) as connection:
        row = connection.execute("select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert row.fetchone() == ("mentoring_app", False, False)

    assert demo.refusal_of_another(STATE=str(demo.folder)) == (
        f"A demo runs in {demo.folder} already: see demo.json there, or choose another STATE.\n"
    )
    assert demo.refusal_of_another(STATE=str(tmp_path)) == (
        f"Port {demo.port} cannot be used (Address already in use). Choose another: PORT=8001 make demo\n"
    )


def test_caught_mail_can_be_read_and_survives_a_restart(demo):
    send(demo, "Your agreement is ready", "mo@example.org")
    assert len(demo.processes()) > 6

    assert (demo.end(signal.SIGTERM), demo.processes(), (demo.folder / "demo.json").exists()) == (0, set(), False)
    demo.start()
    status, page = demo.get("/caught-mail/?to=mo@")

    assert (status, page.count("Your agreement is ready")) == (200, 1)
    assert (demo.end(signal.SIGINT), demo.processes(), (demo.folder / "demo.json").exists()) == (0, set(), False)


def test_killed_demo_leaves_no_process(demo):
    assert len(demo.processes()) > 6

    demo.end(signal.SIGKILL)

    wait_for(lambda: demo.processes() == set(), "Every process to end")


def test_demo_stops_when_one_of_its_processes_dies(demo):
    beat = next(pid for pid in demo.processes() if b"beat" in Path(f"/proc/{pid}/cmdline").read_bytes())

    os.kill(beat, signal.SIGKILL)

    assert demo.process.wait(40) == 1
    assert "Celery beat ended by itself" in demo.said.read_text()
    assert demo.processes() == set()


def test_what_an_interrupted_first_start_left_is_thrown_away(tmp_path, monkeypatch):
    monkeypatch.delenv("OWNER_DATABASE_URL", raising=False)
    state, postgres = State(tmp_path, 8000), Postgres(tmp_path, fast=True).start()
    owner = postgres.url(OWNER, "mentoring")
    try:
        postgres.make_database("mentoring")
        with psycopg.connect(owner) as connection:
            connection.execute("create table half_a_story ()")
        state.once("Migrating", "this version", lambda: None)

        start_over(state, {"owner": owner})

        with psycopg.connect(owner) as connection:
            assert connection.execute("select to_regclass('half_a_story')").fetchone() == (None,)
        assert not state.done("Migrating").exists()
    finally:
        postgres.stop()
