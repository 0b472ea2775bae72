"""Writing what partners keep of a meeting, sealed by their partnership's key; and destroying that key."""

import datetime
import re
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership, PartnershipState

from .models import ContentKey, Meeting, PartnersWords, ProgressRecord, Reflection

DATE = re.compile(r"\d{4}-\d\d-\d\d")


def key_of(partnership_id: UUID) -> ContentKey:
    """The partnership's key, made when its first words are kept. Refused once it was destroyed."""
    key = ContentKey.objects.filter(partnership_id=partnership_id).first()
    if key is None:
        key = ContentKey.make(partnership_id=partnership_id)
        key.save(force_insert=True)
    if key.is_destroyed:
        raise Refused("What was said in this partnership has been erased, so nothing more can be kept of it.")
    return key


def keep_words(partnership_id: UUID, *, on_day: datetime.date | None = None, **words: Any) -> PartnersWords:
    """Keep words of the partners that belong to something else: to a day's meeting, or to today."""
    day = on_day or timezone.localdate()
    kept = PartnersWords(partnership_id=partnership_id, key=key_of(partnership_id), words=words, on_day=day)
    kept.save(force_insert=True)
    return kept


def change_words(kept: PartnersWords, **words: Any) -> None:
    """Replace some of the words and leave the others."""
    kept.words = kept.words | words
    kept.save()


def add_to_record(
    meeting: Meeting, next_step: str, answers: dict[str, str], *, by: Person, at: datetime.datetime
) -> None:
    """Put words into the record beside those that are there, each under its author's name where both wrote."""
    if not (next_step or answers):
        return
    record = record_of(meeting)
    there = record.answers
    both = {key: beside(there.get(key, ""), added, by) for key, added in answers.items()}
    keep(record, beside(record.next_step, next_step, by), there | both, by=by, at=at)


def replace_record(
    meeting: Meeting, next_step: str, answers: dict[str, str], *, by: Person, at: datetime.datetime
) -> None:
    """Let the record say this and nothing else. Without words and without a record nothing is kept."""
    if next_step or answers or ProgressRecord.objects.filter(meeting=meeting).exists():
        keep(record_of(meeting), next_step, answers, by=by, at=at)


def answers_of(meeting: Meeting) -> dict[str, str]:
    """What stands in the boxes of a meeting's record."""
    found = ProgressRecord.objects.filter(meeting=meeting).first()
    return found.answers if found else {}


def record_of(meeting: Meeting) -> ProgressRecord:
    """The meeting's record, or a new one that is not saved yet."""
    found = ProgressRecord.objects.filter(meeting=meeting).first()
    if found:
        return found
    key = key_of(meeting.partnership_id)
    return ProgressRecord(meeting=meeting, partnership_id=meeting.partnership_id, key=key, words={})


def keep(record: ProgressRecord, next_step: str, answers: dict[str, str], *, by: Person, at: datetime.datetime) -> None:
    record.say(next_step, answers)
    record.changed_by, record.changed_at, record.on_day = by, at, record.meeting.met_on
    record.save()


def beside(there: str, added: str, by: Person) -> str:
    """Both texts; of two dates the later log's."""
    if not there or there == added or not added:
        return added or there
    return added if DATE.fullmatch(there) else f"{there}\n\n{by.first_name}: {added}"


def reflect(meeting: Meeting, answers: dict[str, str], *, by: Person, at: datetime.datetime) -> None:
    """Keep what one person thought, for that person alone."""
    found = Reflection.objects.filter(meeting=meeting, person=by).first()
    if not found and not answers:
        return
    reflection = found or Reflection(meeting=meeting, person=by, key=key_of(meeting.partnership_id))
    reflection.words, reflection.changed_at = answers, at
    reflection.save()


@transaction.atomic
def erase_words(partnership: Partnership, *, by: Person | None, now: datetime.datetime) -> None:
    """Destroy the key of a partnership that has ended: its words cannot be read again. Twice changes nothing."""
    held = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if held.state != PartnershipState.ENDED:
        raise Refused("Only what was said in a partnership that has ended is erased.")
    erased = ContentKey.objects.filter(partnership=held, destroyed_at=None).update(wrapped=None, destroyed_at=now)
    if erased:
        audit.record("words erased", on=held, by=by, at=now)


def erase_what_is_over(months: int, now: datetime.datetime) -> int:
    """Erase the words of every partnership that ended longer ago than its organisation keeps them. Returns how many."""
    over = Partnership.objects.filter(
        state=PartnershipState.ENDED,
        ended_at__lt=timezone.localtime(now) - relativedelta(months=months),
        content_key__destroyed_at=None,
        content_key__isnull=False,
    )
    for partnership in (found := list(over)):
        erase_words(partnership, by=None, now=now)
    return len(found)
