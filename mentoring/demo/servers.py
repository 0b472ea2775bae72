"""The servers that stand behind the demo, and the database made ready."""

import os
import subprocess
import sys
from contextlib import ExitStack

import psycopg

from mentoring.embedded import APP, OWNER, NotStarted, Postgres, Valkey
from mentoring.fingerprint import ROOT, fingerprint, schema_fingerprint

from .catcher import catch_mail
from .processes import Processes
from .state import State, free_port

DATABASE = "mentoring"


def start_servers(state: State, stack: ExitStack, processes: Processes) -> dict[str, str]:
    """PostgreSQL, Valkey and SMTP: where they are. Those that the environment names are used as they are."""
    servers = {"mail": str(state.mail), "smtp": f"smtp://127.0.0.1:{free_port()}"}
    stack.callback(catch_mail(state.mail, int(servers["smtp"].rsplit(":")[-1])).stop)
    if "OWNER_DATABASE_URL" in os.environ:
        servers |= {"database": os.environ["DATABASE_URL"], "owner": os.environ["OWNER_DATABASE_URL"]}
    else:
        postgres = Postgres(state.folder)
        stack.callback(postgres.stop)
        postgres.start().make_database(DATABASE)
        processes.watch("PostgreSQL", postgres.process, postgres.log)
        servers |= {"database": postgres.url(APP, DATABASE), "owner": postgres.url(OWNER, DATABASE)}
    if "BROKER_URL" in os.environ:
        servers |= {"broker": os.environ["BROKER_URL"], "cache": os.environ["CACHE_URL"]}
    else:
        valkey = Valkey(state.folder)
        stack.callback(valkey.stop)
        valkey.start()
        processes.watch("Valkey", valkey.process, valkey.log)
        servers |= {"broker": valkey.broker_url(0), "cache": valkey.cache_url(1)}
    return servers


def start_over(state: State, servers: dict[str, str]) -> None:
    """Replace the demo's own database by an empty one: an interrupted first start left half a story in it."""
    if "OWNER_DATABASE_URL" in os.environ:  # somebody else's database is never dropped
        return
    with psycopg.connect(servers["owner"].removesuffix(DATABASE) + "postgres", autocommit=True) as owner:
        owner.execute(f"drop database if exists {DATABASE} with (force)")
        owner.execute(f"create database {DATABASE}")
    state.forget("Migrating")


def migrate(state: State, environment: dict[str, str], servers: dict[str, str]) -> None:
    """Bring the database up to the code, as its owner, unless it is."""
    as_owner = environment | {"DATABASE_URL": servers["owner"], "MAINTENANCE": "true"}
    state.once("Migrating", schema_fingerprint(), lambda: manage("migrate", "--verbosity=0", environment=as_owner))


def collect_static(state: State, environment: dict[str, str]) -> None:
    """Put static files where the web server finds them, unless they have not changed."""
    files = [*(file for file in (ROOT / "static").rglob("*") if file.is_file()), ROOT / "requirements.lock"]
    collect = ("collectstatic", "--no-input", "--clear", "--verbosity=0")
    state.once("Collecting static files", fingerprint(files), lambda: manage(*collect, environment=environment))


def manage(*command: str, environment: dict[str, str]) -> str:
    """Run a management command; what it prints. Refuses, with what it said, when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True
    )
    if done.returncode:
        raise NotStarted(f"manage.py {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
