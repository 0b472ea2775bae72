"""Real servers for tests that need them: web, a Celery worker and SMTP. All on loopback, on this worker's database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from celery import Celery
from celery.app.control import Inspect
from django.core.cache import cache

from mentoring.embedded import die_with_parent
from mentoring.fingerprint import ROOT

PATIENCE = 20  # seconds
WORKER = f"worker@{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
T = TypeVar("T")


def wait_for(look: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """The first true answer. Fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if seen := look():
            return seen
        time.sleep(0.05)
    pytest.fail(f"{what}: not within {seconds} seconds")


class Mailbox:
    """What an SMTP server was given, in the order it came."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.original_content or b"", policy=modern)
        assert isinstance(message, EmailMessage)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 Kept"

    def sent_to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if address in message["X-Envelope-To"].split(", ")]

    def wait_for(self, address: str, subject: str = "", seconds: float = PATIENCE) -> EmailMessage:
        """The first message to this address whose subject holds these words."""

        def look() -> EmailMessage | None:
            return next((message for message in self.sent_to(address) if subject in message["Subject"]), None)

        found = wait_for(look, f"A message to {address} about {subject!r}", seconds)
        assert found is not None
        return found


@pytest.fixture(scope="session")
def _smtp() -> Generator[Mailbox]:
    address = urlsplit(os.environ["EMAIL_URL"])
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname=address.hostname, port=address.port or 0)
    controller.start()
    yield mailbox
    controller.stop()


@pytest.fixture
def smtp_server(_smtp: Mailbox, settings) -> Mailbox:
    """A mailbox that is empty at first. Mail of this process and of the Celery worker comes to it by SMTP."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    _smtp.messages.clear()
    return _smtp


def ask(celery: Celery) -> Inspect:
    """Questions for this run's worker, answered as soon as it speaks."""
    return celery.control.inspect(destination=[WORKER], limit=1, timeout=2)


@pytest.fixture(scope="session")
def _celery(django_db_setup: None) -> Generator[Celery]:
    from mentoring import celery_app

    log = Path(os.environ["TEST_HOME"]) / f"{WORKER}.log"
    options = [f"--hostname={WORKER}", "--concurrency=1", "--loglevel=INFO", "--without-mingle", "--without-gossip"]
    command = [*die_with_parent(), sys.executable, "-m", "celery", "-A", "mentoring", "worker", *options]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"C_FORCE_ROOT": "1"}, stdout=written, stderr=subprocess.STDOUT
        )
    try:
        wait_for(lambda: process.poll() is not None or ask(celery_app).ping(), "The worker's answer", 40)
        assert process.poll() is None, log.read_text()
        yield celery_app
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def celery_worker_process(_celery: Celery, transactional_db: None) -> Generator[Celery]:
    """A running Celery worker that sees what the test commits. Its queue is empty at first and at the end."""
    _celery.control.purge()
    yield _celery
    _celery.control.purge()
    wait_for(lambda: ask(_celery).active() == {WORKER: []}, "The worker to finish")


@pytest.fixture
def web(live_server, transactional_db: None) -> str:
    """The address of a real web server on the test database. Links in messages begin with it."""
    cache.clear()
    return str(live_server)
