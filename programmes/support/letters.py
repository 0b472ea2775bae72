"""What this step writes to people, apart from reminders."""

import datetime
from typing import Any

from mentoring import outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from programmes.models import Member, Partnership
from programmes.queries import contact_of

from .health import Signs, say_since
from .queries import CHECK_IN, name_others


def send_check_in(
    partnership: Partnership, member: Member, signs: Signs, *, by: Person, now: datetime.datetime, today: datetime.date
) -> Any:
    """Draft a co-ordinator's question to one partner; the same day's second is the first."""
    last = signs.last_met_on and say_since(signs.last_met_on, today)
    letter = compose("check_in", partnership, member.person, by=by, last=last, unseen=signs.quiet is not None)
    return outbox.write(
        letter,
        to=member.person,
        kind=CHECK_IN,
        key=f"{CHECK_IN}|{partnership.pk}|{today}|{member.person_id}",
        programme=partnership.programme,
        signed_by=by,
        draft=True,
        due_at=now,
    )


def tell(
    change: str, partnership: Partnership, readers: list[Person], *, by: Person, now: datetime.datetime, **words: Any
) -> None:
    """Tell people that a partnership rests, goes on, is about to end or has ended, or that somebody joined or left."""
    for reader in readers:
        outbox.write(
            compose(change, partnership, reader, by=by, **words),
            to=reader,
            kind=f"partnership_{change}",
            key=f"partnership_{change}|{partnership.pk}|{now.isoformat()}|{reader.pk}",
            programme=partnership.programme,
            signed_by=contact_of(partnership.programme),
        )


def compose(name: str, partnership: Partnership, reader: Person, *, by: Person, **words: Any) -> outbox.Letter:
    """A letter to one reader about a partnership."""
    is_partner = any(member.person_id == by.pk for member in partnership.members.all())
    return outbox.compose(
        f"support/emails/{name}.txt",
        {
            "reader": reader,
            "by": by,
            "by_partner": is_partner,
            "others": name_others(partnership, reader),
            "partnership": partnership,
            "programme": partnership.programme,
            "contact": contact_of(partnership.programme),
            "url": absolute(partnership.url("support:partnership")),
            "log_url": absolute(partnership.url("support:log")),
            **words,
        },
    )
