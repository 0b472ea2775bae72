"""One tap from a letter, without signing in: "Did you two meet on Tuesday? Yes / Moved / No", "Have you met since then?"

A link opens one form about one day, or the time since it, for one person in one partnership, and nothing else. It is
signed, closes after three weeks, and is of no use to anybody who has signed in as somebody else. Opening it changes
nothing: the form that it opens is sent by a button.

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
    """The answers, as full addresses for a letter. All of them open the same page, each with its answer chosen."""

    yes: str
    moved: str
    no: str


@dataclass(frozen=True)
class Question:
    """What a link asks: did this person meet in this partnership on this day, or, in the second case, after it?"""

    partnership_id: UUID
    person_id: UUID
    day: datetime.date
    is_since: bool = False


class Closed(Exception):
    """The link is ours, but its time is over."""


class NotOurs(Exception):
    """We did not sign this."""


def links(partnership: Partnership, person: Person, day: datetime.date, *, is_since: bool = False) -> Links:
    """Links for this reader's letter about this day, or the time since. The day is the one by their own calendar."""
    token = sign(Question(partnership.pk, person.pk, day, is_since))
    address = absolute(partnership.programme.url("support:answer", token=token))
    return Links(*(f"{address}?answer={answer}" for answer in ("yes", "moved", "no")))


def sign(question: Question) -> str:
    asked = [question.partnership_id.hex, question.person_id.hex, question.day.isoformat(), question.is_since]
    return signing.dumps(asked, salt=SALT)


def read(token: str) -> Question:
    """The question of a link. Refuses one that was not made here, or whose time is over."""
    try:
        partnership, person, day, is_since = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except signing.SignatureExpired:
        raise Closed
    except signing.BadSignature:
        raise NotOurs
    return Question(UUID(partnership), UUID(person), datetime.date.fromisoformat(day), is_since)
