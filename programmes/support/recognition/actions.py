"""What people do about their own log."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit, documents
from mentoring.accounts.clocks import today_of
from mentoring.accounts.models import Person
from mentoring.documents.attachments import as_data
from mentoring.refusal import Refused
from programmes.models import Programme

from ..models import LearningEntry
from ..printed import hours_as_data
from .queries import MEETING, OWN, SESSION, log_of


@transaction.atomic
def add_entry(
    programme: Programme, *, on: datetime.date, minutes: int, what: str, by: Person, now: datetime.datetime
) -> LearningEntry:
    """Add to one's own log. Refused for a day that has not come."""
    if on > today_of(by, now):
        raise Refused(f"{on:%-d %B %Y} has not come yet. Give a day up to today.")
    return LearningEntry.objects.create(programme=programme, person=by, on=on, minutes=minutes, what=what, noted_at=now)


@transaction.atomic
def take_out(entry: LearningEntry, *, by: Person) -> None:
    """Take an entry out of one's own log. Refused for another's, which the database does not show anyway."""
    if entry.person_id != by.pk:
        raise Refused("That is not in your log.")
    entry.delete()


@transaction.atomic
def certify(programme: Programme, role: str, *, by: Person, now: datetime.datetime) -> Any:
    """A certificate of hours, kept so that anybody can check it. Own entries are named apart, as the person's own word.

    Refused where there is nothing to certify.
    """
    log = log_of(programme, by)
    if not log.total:
        raise Refused("There is nothing to certify yet. Log a meeting first.")
    code = documents.new_code()
    context = {
        "organisation": programme.organisation,
        "programme": programme,
        "person": by,
        "role": role,
        "log": log,
        "meetings": (log.count(MEETING), log.minutes(MEETING)),
        "sessions": (log.count(SESSION), log.minutes(SESSION)),
        "own": (log.count(OWN), log.minutes(OWN)),
        "days": list(reversed(log.lines)),
        "today": today_of(by, now),
        "code": code,
    }
    attached = as_data(
        "certificate.json", hours_as_data(programme, by, role, log, code), "The hours as data", made_at=now
    )
    content = documents.render_pdf("support/pdf/hours.html", context, title="Certificate of mentoring", data=attached)
    document = documents.store_document(
        kind="certificate of hours", title=f"{by}, {programme}", content=content, code=code, by=by, at=now,
        programme_id=programme.pk,
    )  # fmt: skip
    audit.record("hours certified", on=document, by=by, at=now)
    return document
