"""The backup that docs/operations.md describes brings everything back, as well protected as before."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from mentoring.embedded import find_postgres
from mentoring.organisations import tenancy
from programmes.models import Programme
from tests import cast
from tests.plugin import DATABASE

RESTORED = f"restored_{DATABASE}"


def run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """One of PostgreSQL's programs, as the superuser on this run's server."""
    place = urlsplit(os.environ["TEST_OWNER"])
    environment = os.environ | {
        "PGHOST": unquote(place.hostname or ""),
        "PGPORT": str(place.port),
        "PGUSER": "postgres",
    }
    return subprocess.run([find_postgres() / program, *words], env=environment, capture_output=True, text=True)


@pytest.fixture
def programme_kept(transactional_db: None) -> Programme:
    """Something to lose."""
    organisation = cast.make_organisation("kept")
    with tenancy.tenant(organisation):
        programme = cast.make_programme("still-there")
        cast.make_partnership(programme)
    return programme


@pytest.fixture
def restored(programme_kept: Programme, tmp_path: Path) -> Iterator[str]:
    """The address of a database made from a backup, for the application."""
    kept = str(tmp_path / "mentoring.dump")
    for program, *words in (
        ("pg_dump", "--format=custom", f"--file={kept}", DATABASE),
        ("createdb", "--owner=mentoring_owner", RESTORED),
        ("pg_restore", "--exit-on-error", f"--dbname={RESTORED}", kept),
    ):
        done = run(program, *words)
        assert (done.returncode, done.stderr) == (0, "")
    yield os.environ["TEST_APP"].replace("{database}", RESTORED)
    run("dropdb", RESTORED)


def test_backup_brings_back_every_row_and_its_protection(programme_kept, restored):
    with psycopg.connect(restored) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute("select * from programmes_programme")
        connection.execute("select set_config('app.context', 'on', true)")
        for organisation, slugs in ((programme_kept.organisation_id, ["still-there"]), (programme_kept.pk, [])):
            connection.execute("select set_config('app.organisation', %s, true)", [str(organisation)])
            assert [row[0] for row in connection.execute("select slug from programmes_programme")] == slugs


def test_role_without_the_right_to_see_everything_makes_no_backup_instead_of_half_of_one(programme_kept, tmp_path):
    done = run("pg_dump", "--username=mentoring_owner", f"--file={tmp_path / 'half.dump'}", DATABASE)

    assert done.returncode == 1
    assert "row-level security" in done.stderr
