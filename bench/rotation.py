"""How long 100,000 partnerships' keys take to come under a new master key, while somebody reads and writes their words.

`KEYS` sets how many. Every partnership has words that its own key seals. A reader opens and changes the words of partnerships
drawn at random, as their member, all the while: what they waited longest is shown. Afterwards no key is under the old
master key, and words open without it.
"""

import os
import random
import secrets
import threading
import time
from typing import Any

import psycopg

from bench.reminders import make, prepare
from bench.report import print_table, print_verdict
from bench.scratch import address_of, scratch_database

KEYS = int(os.environ.get("KEYS", "100000"))
LIMIT = 300  # seconds for 100,000
PEOPLE = 1000  # of each role
AT_ONCE = 2000
SAMPLE = 500  # partnerships whose words are opened afterwards


def main() -> None:
    with scratch_database():
        from django.conf import settings

        from mentoring.sealing.masters import Master
        from mentoring.sealing.rotation import rotate

        organisation, values = prepare("bench", PEOPLE)
        address = address_of(os.environ["OWNER_DATABASE_URL"], settings.DATABASES["default"]["NAME"])
        with psycopg.connect(address, autocommit=True, options="-c app.maintenance=on") as owner:
            make(owner, values | {"first": 0, "last": KEYS - 1, "due_from": KEYS})
        kept = seal(organisation)
        new = Master("bench-next", secrets.token_bytes(32))
        settings.CONTENT_KEYS = (new, *settings.CONTENT_KEYS)
        reader = Reader(organisation, kept)
        reader.start()
        begun = time.monotonic()
        rotated = rotate()
        taken = time.monotonic() - begun
        reader.stop()
        settings.CONTENT_KEYS = (new,)
        opened = sum(opens(organisation, *one) for one in random.sample(kept, SAMPLE))
    print_table(
        ("keys", "rotated", "seconds", "read and written meanwhile", "slowest ms", "opened afterwards"),
        [(KEYS, rotated, taken, len(reader.seconds), max(reader.seconds) * 1000, f"{opened} of {SAMPLE}")],
    )
    print_verdict(
        "rotation", taken * 100_000 / KEYS / LIMIT if (rotated, opened) == (KEYS, SAMPLE) else float("inf"), 1
    )


def seal(organisation: Any) -> list[tuple[Any, Any]]:
    """A key for every partnership and words under it. Returns each row of words and a member who may read it."""
    from mentoring.organisations import tenancy
    from programmes.models import Member
    from programmes.support.models import ContentKey, PartnersWords

    with tenancy.tenant(organisation):
        members = list(Member.objects.filter(role="mentee").values_list("partnership_id", "person_id").order_by("pk"))
    kept = []
    for first in range(0, len(members), AT_ONCE):
        some = members[first : first + AT_ONCE]
        with tenancy.tenant(organisation):
            keys = [ContentKey.make(partnership_id=partnership_id) for partnership_id, _ in some]
            ContentKey.objects.bulk_create(keys)
        by_person: dict[Any, list[Any]] = {}
        for key, (_, person_id) in zip(keys, some, strict=True):
            by_person.setdefault(person_id, []).append(key)
        for person_id, theirs in by_person.items():
            with tenancy.tenant(organisation, person_id):
                rows = [
                    PartnersWords(partnership_id=key.partnership_id, key=key, words={"text": WORDS}) for key in theirs
                ]
                PartnersWords.objects.bulk_create(rows)
                kept += [(row.pk, person_id) for row in rows]
    return kept


WORDS = "What we would like to talk about next time."


class Reader(threading.Thread):
    """Opens and changes words, one row after another, until told to stop; how long each took."""

    def __init__(self, organisation: Any, kept: list[tuple[Any, Any]]) -> None:
        super().__init__(daemon=True)
        self.organisation, self.kept = organisation, kept
        self.seconds: list[float] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(0.01):
            begun = time.monotonic()
            assert opens(self.organisation, *random.choice(self.kept))
            self.seconds.append(time.monotonic() - begun)

    def stop(self) -> None:
        self.is_over.set()
        self.join()


def opens(organisation: Any, pk: Any, person_id: Any) -> bool:
    """Whether this member finds their words, which they then write again."""
    from mentoring.organisations import tenancy
    from programmes.support.models import PartnersWords

    with tenancy.tenant(organisation, person_id):
        row = PartnersWords.objects.get(pk=pk)
        found = row.words == {"text": WORDS}
        row.save()
    return found


if __name__ == "__main__":
    main()
