"""Asking, answering, complaining, and raising a concern."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.organisations.models import Organisation
from mentoring.outbox.actions import cancel
from mentoring.outbox.models import Message, MessageState
from mentoring.refusal import Refused
from programmes.models import Programme
from programmes.queries import coordinators_of

from . import queries
from .models import Complaint, Concern, ConcernKey, Enquiry, SafeguardingLead, Suggestion

NUDGE = datetime.timedelta(days=20)  # ten days are left to acknowledge a complaint


@transaction.atomic
def ask(
    programme: Programme, *, kind: str, words: str, page: str = "", by: Person, now: datetime.datetime, **about: Any
) -> Enquiry:
    """Ask those who run the programme; they hear of it by a letter without its words. `about` may name a partnership."""
    enquiry = Enquiry.objects.create(
        programme=programme, kind=kind, words=words, page=page[:300], asked_by=by, asked_at=now, **about
    )
    audit.record("help asked for", on=enquiry, by=by, at=now, kind=kind)
    for coordinator in coordinators_of(programme):
        tell("asked", enquiry, coordinator, by, url=programme.url("help:enquiry", pk=enquiry.pk))
    return enquiry


@transaction.atomic
def answer(enquiry: Enquiry, *, answer: str, by: Person, now: datetime.datetime) -> Enquiry:
    """Answer, once. The answer is sent as a letter. Refused when another co-ordinator was quicker."""
    held = Enquiry.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=enquiry.pk)
    if not held.is_open:
        raise Refused("This has been answered meanwhile. Read the answer below.")
    held.programme = enquiry.programme
    held.answer, held.answered_by, held.answered_at = answer, by, now
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record("help answered", on=held, by=by, at=now, hours=round((now - held.asked_at).total_seconds() / 3600))
    tell("answered", held, held.asked_by, by, url=enquiry.programme.url("help:enquiry", pk=held.pk))
    return held


def tell(what: str, enquiry: Enquiry, reader: Person, by: Person, *, url: str) -> None:
    letter = outbox.compose(
        f"help/emails/{what}.txt",
        {"reader": reader, "by": by, "enquiry": enquiry, "programme": enquiry.programme, "url": absolute(url)},
    )
    outbox.write(
        letter,
        to=reader,
        kind=f"help_{what}",
        key=f"help_{what}|{enquiry.pk}|{reader.pk}",
        programme=enquiry.programme,
        signed_by=by,
    )


@transaction.atomic
def suggest(programme: Programme, *, words: str, on: datetime.date) -> Suggestion:
    """Put a note into the suggestion box. Nobody is told who did; co-ordinators find it when they look."""
    return Suggestion.objects.create(programme=programme, words=words, dropped_on=on)


@transaction.atomic
def complain(
    organisation: Organisation, *, words: str, about: str = "", by: Person, now: datetime.datetime
) -> Complaint:
    """Complain to the organisation's administrators. They are reminded ten days before they must have acknowledged it."""
    complaint = Complaint.objects.create(words=words, about=about, made_by=by, made_at=now)
    audit.record("complaint made", on=complaint, by=None, at=now)
    for administrator in queries.administrators():
        for kind, due_at in (("complaint_made", now), ("complaint_waits", now + NUDGE)):
            outbox.write(
                compose(f"help/emails/{kind}.txt", organisation, administrator, complaint=complaint),
                to=administrator.email,  # to whoever holds the office, not to a person with reminders to stop
                kind=kind,
                key=f"{kind}|{complaint.pk}|{administrator.pk}",
                due_at=due_at,
            )
    return complaint


@transaction.atomic
def acknowledge(complaint: Complaint, organisation: Organisation, *, by: Person, now: datetime.datetime) -> Complaint:
    """Say that the organisation has the complaint and looks into it. Twice changes nothing."""
    held = Complaint.objects.select_for_update(of=("self",)).select_related("made_by").get(pk=complaint.pk)
    if held.acknowledged_at:
        return held
    held.acknowledged_by, held.acknowledged_at = by, now
    held.save(update_fields=["acknowledged_by", "acknowledged_at"])
    audit.record("complaint acknowledged", on=held, by=by, at=now)
    for message in Message.objects.filter(
        kind="complaint_waits", key__startswith=f"complaint_waits|{held.pk}|", state=MessageState.QUEUED
    ):
        cancel(message, by=by, now=now)
    write_to_complainant("complaint_acknowledged", held, organisation, by)
    return held


@transaction.atomic
def close_complaint(
    complaint: Complaint, organisation: Organisation, *, answer: str, by: Person, now: datetime.datetime
) -> Complaint:
    """Say what came of it. Refused when it was answered before; a complaint that is answered is acknowledged too."""
    held = acknowledge(complaint, organisation, by=by, now=now)
    if held.answered_at:
        raise Refused("This complaint has been answered already.")
    held.answer, held.answered_at = answer, now
    held.save(update_fields=["answer", "answered_at"])
    audit.record("complaint answered", on=held, by=by, at=now)
    write_to_complainant("complaint_answered", held, organisation, by)
    return held


def write_to_complainant(kind: str, complaint: Complaint, organisation: Organisation, by: Person) -> None:
    outbox.write(
        compose(f"help/emails/{kind}.txt", organisation, complaint.made_by, complaint=complaint),
        to=complaint.made_by,
        kind=kind,
        key=f"{kind}|{complaint.pk}",
        signed_by=by,
    )


@transaction.atomic
def name_lead(person: Person, *, by: Person, now: datetime.datetime) -> SafeguardingLead:
    """Let this person read concerns, instead of whoever did before. Naming the same person again changes nothing."""
    before = SafeguardingLead.objects.select_for_update(of=("self",)).filter(ended_at=None).first()
    if before and before.person_id == person.pk:
        return before
    if not queries.possible_leads().filter(pk=person.pk).exists():
        raise Refused(f"{person} has no role here. Invite them first.")
    if before:
        before.ended_at = now
        before.save(update_fields=["ended_at"])
    named = SafeguardingLead.objects.create(person=person, named_by=by, since_at=now)
    audit.record("safeguarding lead named", on=named, by=by, at=now, person=str(person))
    return named


@transaction.atomic
def raise_concern(
    organisation: Organisation, *, words: str, programme_name: str = "", by: Person, now: datetime.datetime
) -> Concern:
    """Tell the lead that somebody may not be safe. The letter says only that there is something to read.

    The trail does not say who raised it. Refused while no lead is named.
    """
    lead = queries.lead()
    if lead is None:
        raise Refused("Nobody is named to read concerns yet. Please speak to an administrator of your organisation.")
    key = ConcernKey.make()
    key.save(force_insert=True)
    concern = Concern(key=key, raised_by=by, raised_at=now, words={"said": words, "programme": programme_name})
    concern.save()
    audit.record("concern raised", on=concern, by=None, at=now)
    outbox.write(
        compose("help/emails/concern.txt", organisation, lead.person, concern=concern),
        to=lead.person,
        kind="concern",
        key=f"concern|{concern.pk}",
    )
    return concern


@transaction.atomic
def read_concern(concern: Concern, *, by: Person, now: datetime.datetime) -> Concern:
    """Note that the lead has opened it. Every reading is in the trail."""
    if concern.read_at is None:
        concern.read_at = now
        Concern.objects.filter(pk=concern.pk).update(read_at=now)
    audit.record("concern read", on=concern, by=by, at=now)
    return concern


@transaction.atomic
def close_concern(concern: Concern, *, by: Person, now: datetime.datetime) -> None:
    """Note that the lead has dealt with it. Twice changes nothing."""
    if Concern.objects.filter(pk=concern.pk, closed_at=None, read_at__isnull=False).update(closed_at=now):
        audit.record("concern closed", on=concern, by=by, at=now)


def compose(template: str, organisation: Organisation, reader: Person, **words: Any) -> outbox.Letter:
    place = f"/{organisation.slug}"
    return outbox.compose(template, {"reader": reader, "organisation": organisation, "place": absolute(place), **words})
