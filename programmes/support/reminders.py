"""Contact reminders: one kind letter to the person who keeps contact, when a partnership falls silent (C1).

Reminders are computed, not scheduled. A sweep asks which partnerships are silent and promises a letter for each; the
promise is named after the partnership and the day on which it fell due, so that a second sweep, another worker at the
same time, or one that comes days late changes nothing.
"""

import datetime
import logging
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from mentoring import audit, outbox
from mentoring.accounts.middleware import zone
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation, OrganisationState
from mentoring.outbox.models import Message
from mentoring.outbox.quiet import after_quiet_hours
from mentoring.outbox.rechecks import recheck
from programmes.models import ContactBy, Member, Partnership, PartnershipState, Programme, ProgrammeState
from programmes.queries import contact_of

from .health import Signs
from .queries import CONTACT_REMINDER, due_for_contact, name_others, signs_of, with_signs

log = logging.getLogger(__name__)

FURTHEST_EAST = datetime.timedelta(hours=14)  # where a day begins first


@dataclass(frozen=True)
class Wording:
    """What a programme's reminder says, and how many days after rhythm and grace are used up."""

    subject: str = "Time for a word with {partner}?"
    text: str = "You and {partner} have not noted a meeting since {last_met}. A short message is often all it takes."
    after_days: int = 0


def sweep(now: datetime.datetime) -> int:
    """Promise every contact reminder that is due, in every organisation. Returns how many were promised now."""
    return sum(sweep_safely(organisation_id, now) for organisation_id in organisations_to_sweep())


def organisations_to_sweep() -> list[UUID]:
    """The active organisations, by id alone: all that a task may know of them."""
    with tenancy.platform():
        return list(Organisation.objects.filter(state=OrganisationState.ACTIVE).values_list("pk", flat=True))


def sweep_safely(organisation_id: UUID, now: datetime.datetime) -> int:
    """One organisation's trouble keeps no other from its reminders."""
    try:
        return sweep_organisation(organisation_id, now)
    except Exception:
        log.exception("reminders of organisation %s were not computed", organisation_id)
        return 0


def sweep_organisation(organisation_id: UUID, now: datetime.datetime) -> int:
    """Promise what is due in one organisation, each in a transaction of its own."""
    with tenancy.tenant(organisation_id):
        due = list(due_for_contact((now + FURTHEST_EAST).date()).values_list("pk", flat=True))
    reminded = 0
    for partnership_id in due:
        with tenancy.tenant(organisation_id):
            reminded += remind_of_contact(partnership_id, now=now)
    return reminded


@transaction.atomic
def remind_of_contact(partnership_id: UUID, *, now: datetime.datetime) -> int:
    """Promise a silent partnership's one reminder, to whoever keeps contact. Returns how many letters: 0 if there is no need.

    There is none while the day has not come where the reader is, when they have met, rest or have ended, or when
    this silence was written about before.
    """
    locked = Partnership.objects.select_for_update(of=("self",)).filter(pk=partnership_id)
    partnership = with_signs(locked).select_related("programme__organisation").get()
    readers = keepers_of_contact(partnership)
    wording = wording_of(partnership.programme)
    signs = signs_of(partnership)
    if not readers or not is_due(partnership, signs, wording, min(today_of(reader, now) for reader in readers)):
        return 0
    if not due_for_contact((now + FURTHEST_EAST).date()).filter(pk=partnership.pk).exists():
        return 0
    for reader in readers:
        promise(partnership, signs, wording, reader, is_only_one=len(readers) == 1, now=now)
    audit.record("contact reminder written", on=partnership, by=None, at=now, silent_since=str(signs.counts_from))
    return len(readers)


def is_due(partnership: Partnership, signs: Signs, wording: Wording, today: datetime.date) -> bool:
    """Whether a partnership that is under way is silent on a day, and has been for as long as its programme waits."""
    under_way = partnership.state == PartnershipState.ACTIVE and partnership.programme.state != ProgrammeState.CLOSED
    waited_until = signs.silent_on + datetime.timedelta(days=wording.after_days)
    return under_way and waited_until <= today <= partnership.ends_on


def keepers_of_contact(partnership: Partnership) -> list[Member]:
    """Whom the programme asks to keep contact (C1): the mentee unless it says otherwise."""
    here = [member for member in partnership.members.select_related("person") if member.left_at is None]
    contact_by = partnership.programme.contact_by
    return [member for member in here if contact_by in (ContactBy.EITHER, member.role)] or here


def wording_of(programme: Programme) -> Wording:
    """The reminder as the programme's blueprint words it."""
    reminders = [one for one in programme.blueprint.get("reminders", []) if one["kind"] == "contact_overdue"]
    if not reminders:
        return Wording()
    return Wording(**{name: reminders[0][name] for name in ("subject", "text", "after_days")})


def promise(
    partnership: Partnership,
    signs: Signs,
    wording: Wording,
    reader: Member,
    *,
    is_only_one: bool,
    now: datetime.datetime,
) -> Message:
    """Write one reminder into the outbox, for a decent hour where its reader is."""
    programme = partnership.programme
    key = f"{CONTACT_REMINDER}|{partnership.pk}|{signs.silent_on}"
    return outbox.write(
        compose(partnership, signs, wording, reader),
        to=reader.person,
        kind=CONTACT_REMINDER,
        key=key if is_only_one else f"{key}|{reader.person_id}",
        programme=programme,
        signed_by=contact_of(programme),
        draft=programme.sends_drafts,
        optional=True,
        due_at=after_quiet_hours(now, reader.person.time_zone),
    )


def compose(partnership: Partnership, signs: Signs, wording: Wording, reader: Member) -> outbox.Letter:
    """The programme's words, and two links that answer it by one tap."""
    words = {
        "{partner}": name_others(partnership, reader.person),
        "{last_met}": date_format(signs.counts_from, "j F Y"),
        "{programme}": partnership.programme.name,
    }
    return outbox.compose(
        "support/emails/contact_reminder.txt",
        {
            "reader": reader.person,
            "subject": fill_in(wording.subject, words),
            "text": fill_in(wording.text, words),
            "log_url": absolute(partnership.url("support:log")),
            "not_met_url": absolute(partnership.url("support:not_met")),
        },
    )


def fill_in(text: str, words: dict[str, str]) -> str:
    """Put words in their places; whatever else stands in braces stays as it is."""
    for place, word in words.items():
        text = text.replace(place, word)
    return text


def today_of(member: Member, now: datetime.datetime) -> datetime.date:
    """The date where a member is."""
    return local_date(member.person, now)


def local_date(person: Person, now: datetime.datetime) -> datetime.date:
    return timezone.localdate(now, zone(person.time_zone))


@recheck(CONTACT_REMINDER)
def still_wanted(message: Message) -> bool:
    """Asked just before sending: not if they have met since, rest or have ended, or the reader has left."""
    partnership = (
        with_signs(Partnership.objects.filter(pk=message.key.split("|")[1])).select_related("programme").first()
    )
    if partnership is None or message.to is None:
        return False
    if not partnership.members.filter(person=message.to, left_at=None).exists():
        return False
    today = local_date(message.to, timezone.now())
    return is_due(partnership, signs_of(partnership), wording_of(partnership.programme), today)
