"""The cast: the people and programmes that tests tell stories about. Everything is made inside a tenant's context."""

import datetime
import functools
import itertools
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from mentoring.accounts.models import Person, normalise_email
from mentoring.organisations import tenancy
from mentoring.organisations.models import Membership, Organisation, PartnerOrganisation, Role
from programmes.models import Member, Participant, Partnership, PartnershipState, Programme

_number = itertools.count(1)
PASSWORD = "correct horse battery"


def make_organisation(slug: str = "", **fields: Any) -> Organisation:
    slug = slug or f"organisation-{next(_number)}"
    organisation = Organisation(slug=slug, **{"name": slug.replace("-", " ").title(), **fields})
    with tenancy.platform():
        organisation.save(force_insert=True)
    return organisation


@functools.cache
def hashed_password() -> str:
    """The cast shares one password, which is slow to hash as it should be."""
    return make_password(PASSWORD)


def make_person(name: str = "", email: str = "", **fields: Any) -> Person:
    """Somebody who can sign in, with a verified e-mail address."""
    number = next(_number)
    name = name or f"Person {number}"
    email = email or f"{name.lower().replace(' ', '.')}.{number}@example.org"
    with tenancy.directory():
        person = Person.objects.create(email=normalise_email(email), password=hashed_password(), name=name, **fields)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def give_role(person: Person, role: Role, programme: Programme | None = None, partner: str = "") -> Membership:
    contact_of = PartnerOrganisation.objects.get_or_create(name=partner)[0] if partner else None
    return Membership.objects.create(
        person=person, role=role, programme_id=programme.pk if programme else None, partner=contact_of
    )


def make_programme(slug: str = "", by: Person | None = None, **fields: Any) -> Programme:
    """A one-to-one programme of a year that began half a year ago. Its steps are not started: see `started_programme`."""
    today = timezone.localdate()
    slug = slug or f"programme-{next(_number)}"
    return Programme.objects.create(
        slug=slug,
        created_by=by or make_person(),
        **{
            "name": slug.replace("-", " ").title(),
            "starts_on": today - datetime.timedelta(days=180),
            "ends_on": today + datetime.timedelta(days=185),
            **fields,
        },
    )


def make_participant(programme: Programme, role: str, person: Person | None = None, capacity: int = 1) -> Participant:
    person = person or make_person()
    if not Membership.objects.filter(person=person, role=Role.MEMBER).exists():
        give_role(person, Role.MEMBER)
    return Participant.objects.create(programme=programme, person=person, role=role, capacity=capacity)


def make_partnership(
    programme: Programme,
    mentor: Participant | None = None,
    mentee: Participant | None = None,
    state: PartnershipState = PartnershipState.ACTIVE,
    slot: int = 1,
    **fields: Any,
) -> Partnership:
    """A one-to-one partnership that began when its programme did."""
    partnership = Partnership.objects.create(
        programme=programme,
        state=state,
        **{
            "starts_on": programme.starts_on,
            "ends_on": programme.ends_on,
            "cadence_days": programme.cadence_weeks * 7,
            "grace_days": programme.grace_days,
            "ended_at": timezone.now() if state == PartnershipState.ENDED else None,
            **fields,
        },
    )
    for participant, place in (
        (mentor or make_participant(programme, "mentor"), slot),
        (mentee or make_participant(programme, "mentee"), 1),
    ):
        Member.objects.create(
            partnership=partnership,
            participant=participant,
            person=participant.person,
            role=participant.role,
            slot=place,
            live=state != PartnershipState.ENDED,
        )
    return partnership
