"""The servers of the demo and the tests start in any state they may find, and keep to their own folder."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from mentoring import embedded
from mentoring.embedded import APP, OWNER, NotStarted, Postgres, Valkey, claim
from mentoring.fingerprint import ROOT, fingerprint


@pytest.fixture
def postgres(tmp_path):
    postgres = Postgres(tmp_path, fast=True)
    yield postgres
    postgres.stop()


def ask(postgres: Postgres, question: str, role: str = APP, database: str = "mentoring") -> object:
    with psycopg.connect(postgres.url(role, database)) as connection:
        row = connection.execute(question).fetchone()
    return row and row[0]


def test_roles_are_bound_by_row_level_security(postgres):
    postgres.start().make_database("mentoring")

    rights = "select array_agg(format('%s %s %s', rolname, rolsuper, rolbypassrls) order by rolname) from pg_roles "
    assert ask(postgres, rights + "where rolname like 'mentoring%'") == ["mentoring_app f f", "mentoring_owner f f"]
    assert ask(postgres, "select pg_get_userbyid(datdba) from pg_database where datname = 'mentoring'") == OWNER


def test_data_survive_and_starting_twice_makes_nothing_new(postgres):
    postgres.start().make_database("mentoring")
    with psycopg.connect(postgres.url(OWNER, "mentoring")) as connection:
        connection.execute("create table kept as select 42 as number")
    postgres.stop()

    postgres.start().make_database("mentoring")

    assert ask(postgres, "select number from kept", OWNER) == 42


@pytest.mark.parametrize("left", ["99999999", "1", "not a number", ""], ids=["dead", "foreign", "broken", "empty"])
def test_stale_pid_file_is_no_obstacle(postgres, left):
    postgres.start()
    postgres.stop()
    (postgres.data / "postmaster.pid").write_text(left)

    postgres.start().make_database("mentoring")

    assert ask(postgres, "select 1") == 1


def test_zombie_that_holds_the_lock_files_is_no_obstacle(postgres):
    postgres.start()
    postgres.stop()
    # Ends at once and is not waited for: a zombie, whose number the lock files name.
    zombie = subprocess.Popen(["true"])
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    postgres.sockets.mkdir(mode=0o700, exist_ok=True)
    for lock in (postgres.data / "postmaster.pid", postgres.sockets / ".s.PGSQL.5432.lock"):
        lock.write_text(f"{zombie.pid}\n{postgres.data}\n0\n5432\n{postgres.sockets}\n\n")

    postgres.start().make_database("mentoring")

    assert ask(postgres, "select 1") == 1
    zombie.wait()


def test_server_of_a_killed_run_is_replaced(postgres, monkeypatch):
    monkeypatch.setattr(embedded, "die_with_parent", lambda name="TERM": [])  # as on a system without that
    start = "import sys, os; from pathlib import Path; from mentoring import embedded as e; "
    start += "e.die_with_parent = lambda name='TERM': []; e.Postgres(Path(sys.argv[1])).start(); os._exit(0)"
    subprocess.run([sys.executable, "-c", start, postgres.data.parent], cwd=ROOT, check=True)
    left = int((postgres.data / "postmaster.pid").read_text().split()[0])
    assert embedded.is_running(left, str(postgres.data))

    postgres.start().make_database("mentoring")

    assert not embedded.is_running(left, str(postgres.data))
    assert ask(postgres, "select 1") == 1


def test_long_path_is_no_obstacle(tmp_path):
    postgres = Postgres(tmp_path / ("a-long-name-" * 12) / ("another-" * 12), fast=True)
    try:
        postgres.start().make_database("mentoring")

        assert ask(postgres, "select 1") == 1
    finally:
        postgres.stop()


def test_nobody_else_can_reach_the_sockets(postgres):
    postgres.start()

    assert oct(postgres.sockets.stat().st_mode & 0o777) == "0o700"
    assert ask(postgres, "show listen_addresses", database="postgres") == ""


def test_root_without_namespaces_starts_it_as_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded.shutil, "which", lambda name: None if name == "unshare" else f"/usr/bin/{name}")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    postgres = Postgres(closed, fast=True)
    if os.geteuid():  # anybody but root starts it as they are
        assert postgres.prefix == []
        return
    assert postgres.prefix[:2] == ["setpriv", "--reuid=65534"]
    try:
        postgres.start().make_database("mentoring")

        assert ask(postgres, "select 1") == 1
        assert (closed.stat().st_uid, postgres.data.stat().st_uid) == (0, 65534)
    finally:
        postgres.stop()


def test_old_postgresql_is_refused(postgres, tmp_path, monkeypatch):
    old = tmp_path / "bin" / "postgres"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PG_BINDIR", str(old.parent))

    with pytest.raises(NotStarted, match=r"15.18.* is too old: PostgreSQL 17 or later is needed"):
        postgres.start()


def test_server_that_fails_says_why(postgres):
    postgres.options = ("-c", "shared_buffers=nonsense")

    with pytest.raises(NotStarted, match=r"(?s)postgres did not start; .*invalid value for parameter"):
        postgres.start()


def test_folder_has_one_user_at_a_time(tmp_path: Path):
    first = claim(tmp_path)
    assert first

    assert claim(tmp_path) is None
    first.close()
    again = claim(tmp_path)
    assert again
    again.close()


def test_valkey_keeps_databases_apart(tmp_path):
    import redis

    valkey = Valkey(tmp_path).start()
    try:
        ones = [redis.Redis(unix_socket_path=str(valkey.path), db=number) for number in (0, 63)]
        ones[0].set("key", "value")

        assert [one.get("key") for one in ones] == [b"value", None]
    finally:
        valkey.stop()
    assert valkey.sockets.exists() is False


def test_fingerprint_changes_with_content_and_name_only(tmp_path, monkeypatch):
    monkeypatch.setattr("mentoring.fingerprint.ROOT", tmp_path)
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    two.write_text("b")
    before = fingerprint([one, two])

    assert fingerprint([two, one]) == before
    two.write_text("c")
    assert fingerprint([one, two]) != before
