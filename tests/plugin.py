"""Starts PostgreSQL and Valkey and says where they are, before Django reads its settings. Loaded by `-p tests.plugin`.

Under xdist the first process starts the servers; each worker has its own database, its own broker and its own cache.
State lives in .cache/tests/<number>: a second run beside the first takes the next number.
"""

import base64
import gc
import os
import secrets
import shutil
import socket
from collections.abc import Generator
from itertools import count
from pathlib import Path
from typing import IO

import pytest

from mentoring.embedded import APP, OWNER, Postgres, Valkey, claim

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")  # main, gw0, gw1, ...
NUMBER = 0 if WORKER == "main" else int(WORKER[2:]) + 1
DATABASE = f"test_{WORKER}"


class Servers:
    """PostgreSQL and Valkey of one run. Those that the environment names already are used as they are."""

    def __init__(self) -> None:
        self.home, self.lock = claim_folder()
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None

    def start(self) -> None:
        """Start what is needed and leave the addresses, with {database} and {number} open, for every worker."""
        if "OWNER_DATABASE_URL" in os.environ:
            app, owner = (address_for_any_database(os.environ[name]) for name in ("DATABASE_URL", "OWNER_DATABASE_URL"))
        else:
            self.postgres = Postgres(self.home, fast=True).start()
            app, owner = (self.postgres.url(role, "{database}") for role in (APP, OWNER))
        self.valkey = Valkey(self.home).start()
        broker, cache = (
            url.replace("4711", "{number}") for url in (self.valkey.broker_url(4711), self.valkey.cache_url(4711))
        )
        os.environ |= {
            "TEST_APP": app,
            "TEST_OWNER": owner,
            "TEST_BROKER": broker,
            "TEST_CACHE": cache,
            "TEST_HOME": str(self.home),
        }

    def stop(self) -> None:
        for server in (self.valkey, self.postgres):
            if server:
                server.stop()
        self.lock.close()


def claim_folder() -> tuple[Path, IO[str]]:
    for number in count():
        folder = ROOT / ".cache" / "tests" / str(number)
        if lock := claim(folder):
            return folder, lock
    raise AssertionError("unreachable")


def address_for_any_database(url: str) -> str:
    return url.rsplit("/", 1)[0] + "/{database}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def folder(name: str) -> Path:
    """An empty folder of this worker's."""
    path = Path(os.environ["TEST_HOME"]) / name / WORKER
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def set_environment() -> None:
    """Everything mentoring/settings.py asks for. Pages are served at BASE_URL and mail is caught at EMAIL_URL."""
    site = f"localhost:{free_port()}"
    os.environ |= {
        "SECRET_KEY": "a key for tests and nothing else, long enough to pass the deployment check",
        "CONTENT_KEYS": f"tests:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "SEAL_KEY": "another key for tests and nothing else, that locks up the seals",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "BASE_URL": f"http://{site}",
        "DJANGO_LIVE_TEST_SERVER_ADDRESS": site,
        "DATABASE_URL": os.environ["TEST_APP"].replace("{database}", DATABASE),
        "BROKER_URL": os.environ["TEST_BROKER"].replace("{number}", str(2 * NUMBER)),
        "CACHE_URL": os.environ["TEST_CACHE"].replace("{number}", str(2 * NUMBER + 1)),
        "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
        "DEFAULT_FROM_EMAIL": "Alongside <alongside@example.org>",
        "STATIC_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "STATIC_ROOT": str(folder("static")),
        "MEDIA_ROOT": str(folder("media")),
        "CAUGHT_MAIL": str(folder("mail")),
        "DEMO": "true",
        "LOG_LEVEL": "WARNING",
    }


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    if WORKER == "main":
        servers = Servers()
        early_config.add_cleanup(servers.stop)
        servers.start()
    set_environment()
    return (yield)


def pytest_collection_finish() -> None:
    """What was imported stays for the whole run: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
