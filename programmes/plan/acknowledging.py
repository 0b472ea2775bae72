"""Who has read which policy: asked of everybody who takes part, once for each version (D1, P16)."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.outbox.models import Message
from mentoring.outbox.rechecks import recheck
from mentoring.refusal import Refused
from programmes.models import Participant, ParticipantState, Partnership, Programme, ProgrammeState
from programmes.steps import Need
from programmes.waiting import waits

from .models import Acknowledgement, WrittenPolicy

KIND = "policy_to_read"


def taking_part(programme: Programme) -> QuerySet[Person]:
    """Everybody who is asked, by name."""
    parts = Participant.objects.filter(programme=programme, state=ParticipantState.ACTIVE)
    return Person.objects.filter(pk__in=parts.values("person")).order_by("name", "pk")


def to_read(programme: Programme, person: Person) -> QuerySet[Any]:
    """What this person is asked to read; each with `read_at`, when they said that they have read this version."""
    own = Acknowledgement.objects.filter(policy=OuterRef("pk"), version=OuterRef("version"), person=person)
    found = WrittenPolicy.objects.filter(programme=programme, is_for_all=True)
    return found.annotate(read_at=Subquery(own.values("at")[:1])).order_by(F("read_at").asc(nulls_first=True), "name")


@waits
def waiting(person: Person, partnerships: list[Partnership]) -> list[Need]:
    """Policies that this person has not read yet as they stand now, wherever they take part."""
    taking = Participant.objects.filter(person=person, state=ParticipantState.ACTIVE).exclude(
        programme__state=ProgrammeState.CLOSED
    )
    own = Acknowledgement.objects.filter(policy=OuterRef("pk"), version=OuterRef("version"), person=person)
    found = WrittenPolicy.objects.filter(~Exists(own), programme__in=taking.values("programme"), is_for_all=True)
    return [
        Need(f"Read “{policy}”", policy.programme.url("plan:to_read"), policy.programme.name)
        for policy in found.select_related("programme__organisation").order_by("name")
    ]


def readers_of(policy: WrittenPolicy) -> list[tuple[Person, datetime.datetime | None]]:
    """Everybody who is asked, and when they said that they have read this version; those who have not come first."""
    said = dict(policy.acknowledgements.filter(version=policy.version).values_list("person", "at"))
    people = [(person, said.get(person.pk)) for person in taking_part(policy.programme)]
    return sorted(people, key=lambda each: each[1] is not None)


@transaction.atomic
def acknowledge(policy: WrittenPolicy, *, version: str, by: Person, now: datetime.datetime) -> Acknowledgement:
    """Say that one has read this version; saying it again changes nothing. Refused for a version that is no longer it."""
    policy = WrittenPolicy.objects.select_for_update().get(pk=policy.pk)
    if version != policy.version:
        raise Refused("It has changed since you opened this page. Read it as it is now, then say so.")
    said, is_new = Acknowledgement.objects.get_or_create(
        policy=policy, person=by, version=version, defaults={"at": now}
    )
    if is_new:
        audit.record("policy read", on=policy, by=by, at=now, version=version)
    return said


@transaction.atomic
def ask_to_read(policy: WrittenPolicy, *, by: Person, now: datetime.datetime) -> int:
    """Write to everybody who has not said yet that they read it: one letter for each version, however often it is asked.

    Returns how many letters are new. Refused where the policy is not for everybody, and where all have read it.
    """
    policy = WrittenPolicy.objects.select_for_update().get(pk=policy.pk)
    if not policy.is_for_all:
        raise Refused("Nobody is asked to read this policy. Say so in the register first.")
    silent = [person for person, read_at in readers_of(policy) if read_at is None]
    if not silent:
        raise Refused("Everybody who takes part has read it.")
    return write_to(policy, silent, by=by, now=now)


def tell_of_new_version(policy: WrittenPolicy, *, by: Person, now: datetime.datetime) -> int:
    """Ask everybody who takes part to read a policy for all as it stands now. Returns how many letters are new."""
    if not policy.is_for_all or policy.programme.state == ProgrammeState.CLOSED:
        return 0
    return write_to(policy, [person for person, read_at in readers_of(policy) if read_at is None], by=by, now=now)


def write_to(policy: WrittenPolicy, people: Iterable[Person], *, by: Person, now: datetime.datetime) -> int:
    new = not_asked_yet(policy, people)
    common = {"kind": KIND, "programme": policy.programme, "signed_by": by, "by_day": True, "due_at": now}
    outbox.write_all((compose(policy, person), {"to": person, "key": key, **common}) for key, person in new.items())
    audit.record("people asked to read a policy", on=policy, by=by, at=now, letters=len(new))
    return len(new)


def not_asked_yet(policy: WrittenPolicy, people: Iterable[Person]) -> dict[str, Person]:
    """What a letter to each of them is called, where there is none of this version yet."""
    named = {name(policy, person): person for person in people}
    there = set(Message.objects.filter(kind=KIND, key__in=list(named)).values_list("key", flat=True))
    return {key: person for key, person in named.items() if key not in there}


def name(policy: WrittenPolicy, person: Person) -> str:
    """What is promised: to ask this person once about this version. The version comes last, for it may hold anything."""
    return f"{KIND}|{policy.pk}|{person.pk}|{policy.version}"


def compose(policy: WrittenPolicy, person: Person) -> outbox.Letter:
    context = {
        "person": person,
        "policy": policy,
        "programme": policy.programme,
        "url": absolute(policy.programme.url("plan:to_read")),
    }
    return outbox.compose("plan/emails/policy_to_read.txt", context)


@recheck(KIND)
def is_wanted(message: Message) -> bool:
    """While the policy is there in this version, its reader takes part and has not said yet that they read it."""
    policy = WrittenPolicy.objects.filter(pk=message.key.split("|")[1], is_for_all=True).first()
    return policy is not None and any(
        read_at is None and name(policy, person) == message.key for person, read_at in readers_of(policy)
    )
