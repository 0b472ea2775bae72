"""One tap from a letter: "Did you two meet on Tuesday? Yes / Moved / No", without signing in.

A link opens one form about one day, for one person in one partnership, and nothing else. It is signed, closes after
three weeks, and is of no use to anybody who has signed in as somebody else. Opening it changes nothing: the form that
it opens is sent by a button.

    answers = one_tap.links(partnership, person, day)     answers.yes, answers.moved, answers.no
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from programmes.models import Partnership

OPEN_FOR = datetime.timedelta(days=21)
SALT = "programmes.support.one_tap"


@dataclass(frozen=True)
class Links:
    """The three answers, as full addresses for a letter. All of them open the same page, each with its answer chosen."""

    yes: str
    moved: str
    no: str


@dataclass(frozen=True)
class Question:
    """What a link asks: did this person meet in this partnership on this day?"""

    partnership_id: UUID
    person_id: UUID
    day: datetime.date


class Closed(Exception):
    """The link is ours, but its time is over."""


class NotOurs(Exception):
    """We did not sign this."""


def links(partnership: Partnership, person: Person, day: datetime.date) -> Links:
    """Links for this reader's letter about this day. The day is the one by their own calendar."""
    address = absolute(partnership.programme.url("support:answer", token=sign(partnership.pk, person.pk, day)))
    return Links(*(f"{address}?answer={answer}" for answer in ("yes", "moved", "no")))


def sign(partnership_id: UUID, person_id: UUID, day: datetime.date) -> str:
    return signing.dumps([partnership_id.hex, person_id.hex, day.isoformat()], salt=SALT)


def read(token: str) -> Question:
    """The question of a link. Refuses one that was not made here, or whose time is over."""
    try:
        partnership, person, day = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except signing.SignatureExpired:
        raise Closed
    except signing.BadSignature:
        raise NotOurs
    return Question(UUID(partnership), UUID(person), datetime.date.fromisoformat(day))
