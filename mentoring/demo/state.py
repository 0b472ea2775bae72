"""What the demo keeps between two runs: one folder, and what its processes are told."""

import base64
import json
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentoring.embedded import NotStarted
from mentoring.fingerprint import ROOT


@dataclass(frozen=True)
class State:
    """The demo's folder and port, from STATE and PORT."""

    folder: Path
    port: int

    @classmethod
    def from_environment(cls) -> "State":
        port = os.environ.get("PORT") or "8000"
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise NotStarted(f"PORT is {port}: it must be a number from 1 to 65535.")
        return cls(Path(os.environ.get("STATE") or ROOT / ".state" / "demo").resolve(), int(port))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    def log(self, name: str) -> Path:
        (self.folder / "log").mkdir(exist_ok=True)
        return self.folder / "log" / f"{name}.log"

    def once(self, task: str, version: str, do: Callable[[], object]) -> None:
        """Do this task, and say so, unless it was done in this folder for the same version."""
        done = self.done(task)
        if done.exists() and done.read_text() == version:
            return
        print(task, flush=True)
        do()
        done.parent.mkdir(exist_ok=True)
        done.write_text(version)

    def forget(self, task: str) -> None:
        """Let a task be done again."""
        self.done(task).unlink(missing_ok=True)

    def done(self, task: str) -> Path:
        return self.folder / "done" / task.lower().replace(" ", "-")

    def secret(self, name: str) -> str:
        """Made once, readable by the owner of the folder alone."""
        file = self.folder / name
        if not file.exists():
            write_privately(file, secrets.token_urlsafe(50))
        return file.read_text()

    def content_keys(self) -> str:
        """Made once, like the secret key, and kept apart from the database."""
        file = self.folder / "content-keys"
        if not file.exists():
            write_privately(file, f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}")
        return file.read_text()

    def environment(self, servers: dict[str, str]) -> dict[str, str]:
        """What mentoring/settings.py asks for."""
        return {
            "SECRET_KEY": self.secret("secret-key"),
            "CONTENT_KEYS": self.content_keys(),
            "SEAL_KEY": self.secret("seal-key"),
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "BASE_URL": self.address,
            "DATABASE_URL": servers["database"],
            "CACHE_URL": servers["cache"],
            "BROKER_URL": servers["broker"],
            "EMAIL_URL": servers["smtp"],
            "CAUGHT_MAIL": servers["mail"],
            "DEFAULT_FROM_EMAIL": "Alongside <alongside@example.org>",
            "STATIC_ROOT": str(self.folder / "static"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "DEMO": "true",
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
            "C_FORCE_ROOT": "1",
        }

    def write_summary(self, sign_ins: list[dict[str, str]], servers: dict[str, str]) -> None:
        """demo.json, for scripts."""
        summary: dict[str, Any] = {
            "address": self.address,
            "sign_ins": sign_ins,
            "servers": servers,
            "pid": os.getpid(),
        }
        write_privately(self.folder / "demo.json", json.dumps(summary, indent=2, ensure_ascii=False) + "\n")


def write_privately(file: Path, text: str) -> None:
    """Replace a file at once by one that only its owner may read."""
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
    new.replace(file)


def check_port_is_free(port: int) -> None:
    """Refuses a port that something listens on already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise NotStarted(f"Port {port} cannot be used ({error.strerror}). Choose another: PORT=8001 make demo")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
