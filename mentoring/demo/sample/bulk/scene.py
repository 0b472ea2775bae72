"""What the rows of one programme are made from: its dates, its co-ordinator, and a generator of chances and keys."""

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from mentoring.accounts.models import Person
from mentoring.demo.sample.story import Story
from mentoring.organisations.models import Organisation
from programmes.models import Programme
from programmes.recruitment.models import READABLE_LETTERS
from programmes.support.models import ContentKey

from .batch import Batch

STEP = 370_248_451  # has no factor in common with the number of references, so none comes twice
VERSION_7 = 7 << 76 | 2 << 62
BELOW_VERSION = (1 << 62) - 1


@dataclass
class Scene:
    """One programme of a large sample, while it is being made. The same seed makes the same rows, keys included."""

    story: Story
    programme: Programme
    coordinator: Person
    today: datetime.date
    batch: Batch
    numbers: Iterator[int] = field(default_factory=itertools.count)
    content_keys: dict[UUID, ContentKey] = field(default_factory=dict)

    @property
    def random(self) -> Random:
        return self.story.random

    @property
    def organisation(self) -> Organisation:
        return self.story.organisation

    def key(self, at: datetime.datetime) -> UUID:
        return key_at(at, self.random)

    def content_key(self, partnership: UUID, at: datetime.datetime) -> ContentKey:
        """The key of what a partnership writes, made with its first record."""
        if partnership not in self.content_keys:
            key = ContentKey.make(id=self.key(at), partnership_id=partnership)
            self.content_keys[partnership] = key
            self.batch.add(
                ContentKey, id=key.pk, partnership_id=partnership, wrapped=key.wrapped, master=key.master, made_at=at
            )
        return self.content_keys[partnership]

    def moment(self, day: datetime.date, hours: int = 8) -> datetime.datetime:
        """Some time on that day, within so many hours from nine in the morning."""
        seconds = 9 * 3600 + self.random.randrange(hours * 3600)
        return datetime.datetime.combine(day, datetime.time(), datetime.UTC) + datetime.timedelta(seconds=seconds)

    def reference(self) -> str:
        """Eight characters for an application, each once in an organisation."""
        base = len(READABLE_LETTERS)
        number = next(self.numbers) * STEP % base**8
        return "".join(READABLE_LETTERS[number // base**place % base] for place in range(8))


def key_at(at: datetime.datetime, random: Random) -> UUID:
    """A UUID of version 7 for a record of that moment, from the generator instead of from chance."""
    chance = random.getrandbits(74)
    return UUID(int=int(at.timestamp() * 1000) << 80 | VERSION_7 | chance >> 62 << 64 | chance & BELOW_VERSION)
