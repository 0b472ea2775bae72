"""Changing what everybody has signed: a later agreement, with signatures of its own, takes the place of the earlier (C5, X8)."""

import datetime

from django.db import transaction
from django.utils import timezone

from contracts import letters, queries
from contracts.models import Agreement, AgreementState, Answer
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership

from .discussing import lock, partner_in, void

LONGEST_EXTENSION = datetime.timedelta(days=3 * 366)


@transaction.atomic
def propose_change(
    partnership: Partnership, *, by: Person, now: datetime.datetime, ends_on: datetime.date | None = None
) -> Agreement:
    """Open a change of the agreement in force: other words, or with `ends_on` a later or an earlier last day.

    It begins with the words and answers of the one in force, which counts until everybody has signed the change.
    Refused before everybody has signed, while another change is open, and for a day in the past or too far away.
    """
    member = partner_in(lock(partnership), by)
    before = queries.agreement_of(member.partnership)
    if before is None or before.state != AgreementState.ACTIVE:
        raise Refused("There is no signed agreement to change, or a change of it is already being discussed.")
    if ends_on:
        check_last_day(ends_on, before, timezone.localdate(now))
    change = Agreement.objects.create(
        partnership=member.partnership,
        follows=before,
        clauses=before.clauses,
        partner=before.partner,
        cadence_days=before.cadence_days,
        ends_on=ends_on or before.ends_on,
        opened_at=now,
        changed_at=now,
    )
    copy_answers(before, change)
    letters.tell_change("change", change, by)
    audit.record("agreement change proposed", on=change, by=by, at=now, ends_on=str(change.ends_on))
    return change


def check_last_day(ends_on: datetime.date, before: Agreement, today: datetime.date) -> None:
    """Refuse a last day that cannot be one."""
    if ends_on == before.ends_on:
        raise Refused("This is the day on which your mentoring ends already. Choose a later or an earlier one.")
    if ends_on < max(today, before.partnership.starts_on):
        raise Refused("This day has passed, or is before your mentoring begins. Choose a later day.")
    if ends_on > before.ends_on + LONGEST_EXTENSION:
        raise Refused("This is more than three years later. Choose an earlier day; you can extend again.")


def copy_answers(before: Agreement, change: Agreement) -> None:
    """The change begins with what was written before, by whom and when."""
    Answer.objects.bulk_create(
        Answer(
            agreement=change,
            clause=answer.clause,
            member_id=answer.member_id,
            words=answer.words,
            written_by_id=answer.written_by_id,
            written_at=answer.written_at,
        )
        for answer in before.answers.all()
    )


@transaction.atomic
def withdraw_change(partnership: Partnership, *, by: Person, now: datetime.datetime) -> Agreement:
    """Leave the agreement as it is: the change that was proposed is taken back. Refused when none is open."""
    member = partner_in(lock(partnership), by)
    change = queries.agreement_of(member.partnership)
    if change is None or not change.is_open or change.follows is None:
        raise Refused("No change of your agreement is being discussed.")
    void(change, AgreementState.WITHDRAWN, now=now)
    letters.tell_change("kept", change, by)
    audit.record("agreement change withdrawn", on=change, by=by, at=now)
    return change
