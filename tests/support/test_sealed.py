"""What partners write is sealed: the database holds ciphertext that opens in its own row alone, and can be destroyed."""

import base64
import datetime
import os
import secrets
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from mentoring.fingerprint import ROOT
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation
from mentoring.refusal import Refused
from mentoring.sealing.boxes import SealBroken
from mentoring.sealing.masters import Master, Unusable, read_masters
from programmes.models import PartnershipState
from programmes.support import words
from programmes.support.models import ContentKey, ProgressRecord, Reflection
from programmes.support.tasks import erase
from tests import cast

from .conftest import CANARY

TABLES = ("support_progressrecord", "support_reflection", "support_progressrecordevent", "support_reflectionevent")


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def ask(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


@pytest.fixture
def two(partnership, mentee, log_meeting, days_ago):
    """Two meetings of one partnership, each with words."""
    return [log_meeting(partnership, days_ago(days), by=mentee.person) for days in (3, 9)]


@pytest.fixture
def as_mentee(organisation, mentee):
    with tenancy.tenant(organisation, mentee.person):
        yield


def read(meeting):
    return ProgressRecord.objects.get(meeting=meeting).next_step


def end(partnership, days=0):
    partnership.state, partnership.ended_at = PartnershipState.ENDED, timezone.now() - datetime.timedelta(days=days)
    partnership.save(update_fields=["state", "ended_at"])


def test_no_word_stands_in_any_table_in_the_clear(two, as_mentee):
    for table in TABLES:
        rows = ask(f"select coalesce(string_agg(to_jsonb(t)::text, ''), '') from {table} t")
        as_bytes = CANARY.encode().hex()
        assert (CANARY in rows, as_bytes in rows) == (False, False)

    assert read(two[0]) == f"{CANARY} next"


def test_the_same_words_never_look_the_same(two, as_mentee):
    assert ask("select count(distinct words) from support_progressrecord") == 2


def test_words_moved_to_another_meeting_do_not_open(two, as_mentee):
    run(
        "update support_progressrecord r set words = o.words, version = o.version from support_progressrecord o "
        "where r.meeting_id = %s and o.meeting_id = %s",
        two[0].pk,
        two[1].pk,
    )

    assert read(two[1]) == f"{CANARY} next"
    with pytest.raises(SealBroken):
        read(two[0])


def test_words_of_another_partnership_do_not_open_here(two, programme, mentor, log_meeting, days_ago, organisation):
    other = cast.make_partnership(programme, mentor, slot=2)
    log_meeting(other, days_ago(5), by=mentor.person)
    with tenancy.tenant(organisation, mentor.person):
        run(
            "update support_progressrecord r set words = o.words, version = o.version, key_id = o.key_id "
            "from support_progressrecord o where r.meeting_id = %s and o.partnership_id = %s",
            two[0].pk,
            other.pk,
        )

        with pytest.raises(SealBroken):
            read(two[0])


def test_an_older_version_put_back_does_not_open(two, as_mentee, mentee):
    old = ask("select words from support_progressrecord where meeting_id = %s", two[0].pk)
    words.replace_record(two[0], "Changed my mind", {}, by=mentee.person, at=timezone.now())
    run("update support_progressrecord set words = %s where meeting_id = %s", old, two[0].pk)

    with pytest.raises(SealBroken):
        read(two[0])


def test_a_changed_bit_is_noticed(two, as_mentee):
    run("update support_progressrecord set words = set_byte(words, 20, 255 - get_byte(words, 20))")

    with pytest.raises(SealBroken):
        read(two[0])


def test_words_are_never_written_past_the_seal(two, as_mentee):
    with pytest.raises(TypeError, match="saving their row"):
        ProgressRecord.objects.update(words={"next_step": "in the clear"})


def test_master_keys_are_rotated_and_the_old_one_is_no_longer_needed(two, as_mentee, settings):
    [old] = settings.CONTENT_KEYS
    new = Master("next", secrets.token_bytes(32))
    settings.CONTENT_KEYS = (new, old)
    assert read(two[0]) == f"{CANARY} next"

    call_command("rotate_content_keys")
    settings.CONTENT_KEYS = (new,)

    assert list(ContentKey.objects.values_list("master", flat=True)) == ["next"]
    assert read(two[0]) == f"{CANARY} next"
    settings.CONTENT_KEYS = (old,)
    with pytest.raises(SealBroken, match="not in CONTENT_KEYS"):
        read(two[0])


def test_rotating_reaches_every_organisation(db, settings):
    for slug in ("one", "two"):
        with tenancy.tenant(cast.make_organisation(slug)):
            pair = cast.make_partnership(cast.make_programme())
            ContentKey.make(partnership=pair).save(force_insert=True)
    settings.CONTENT_KEYS = (Master("next", secrets.token_bytes(32)), *settings.CONTENT_KEYS)

    call_command("rotate_content_keys")

    for slug in ("one", "two"):
        with tenancy.tenant(find(slug)):
            assert ContentKey.objects.get().master == "next"


def find(slug):
    with tenancy.platform():
        return Organisation.objects.get(slug=slug)


def test_a_destroyed_key_leaves_dates_and_takes_every_word(
    client, sign_in, two, organisation, partnership, mentee, coordinator
):
    end(partnership)

    words.erase_words(partnership, by=coordinator, now=timezone.now())

    assert ask("select wrapped from support_contentkey") is None
    with tenancy.tenant(organisation, mentee.person):
        assert ProgressRecord.objects.get(meeting=two[0]).words == {}
        assert Reflection.objects.first().answers == {}
    page = sign_in(client, mentee.person).get(partnership.url("support:partnership")).content.decode()
    assert page.count("Video, 60 minutes") == 2
    assert CANARY not in page


def test_what_was_said_is_kept_while_partners_meet(two, partnership, coordinator):
    with pytest.raises(Refused, match="has ended"):
        words.erase_words(partnership, by=coordinator, now=timezone.now())


@pytest.mark.parametrize(("ended_days_ago", "erased"), [(10, 0), (95, 1)])
def test_words_are_erased_by_themselves_when_their_time_is_over(two, partnership, organisation, ended_days_ago, erased):
    end(partnership, ended_days_ago)

    erase.apply(headers={"organisation": str(organisation.pk)}).get()
    erase.apply(headers={"organisation": str(organisation.pk)}).get()

    assert ContentKey.objects.filter(wrapped=None).count() == erased


def key(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


RANDOM = bytes(range(50, 82))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("no colon", "must look like"),
        (f"2026:{key(RANDOM)},2026:{key(RANDOM[::-1])}", "twice"),
        (f"2026:{key(RANDOM)},2025:{key(RANDOM)}", "twice"),
        ("2026:not base64", "not base64"),
        (f"2026:{key(RANDOM[:16])}", "not drawn at random"),
        (f"2026:{key(bytes(32))}", "not drawn at random"),
        (f"2026:{key(b'changeme' * 4)}", "not drawn at random"),
        (f"2026:{key(b'the secret key of all the others')}", "another secret"),
    ],
)
def test_a_deployment_refuses_keys_that_keep_nothing_secret(text, words):
    with pytest.raises(Unusable, match=words):
        read_masters(text, others=["the secret key of all the others", ""])


def test_without_a_key_nothing_starts():
    environment = {name: value for name, value in os.environ.items() if name != "CONTENT_KEYS"}

    started = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert started.returncode != 0
    assert "CONTENT_KEYS" in started.stderr
