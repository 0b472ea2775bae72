"""Making somebody known to an organisation."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from mentoring.accounts.models import Person, normalise_email

from . import tenancy
from .models import Membership, Role


@transaction.atomic
def admit(email: str, name: str, known: UUID | None = None) -> Person:
    """The person with this address (or the one known by id), now a member of the running organisation.

    Somebody new gets an account without a password (they sign in by an e-mailed code). Somebody known keeps their own
    name: what another person wrote about them changes nothing.
    """
    with tenancy.directory():
        person = Person.objects.get(pk=known) if known else find_or_create(normalise_email(email), name)
        Membership.objects.get_or_create(person=person, role=Role.MEMBER, programme_id=None, ended_at=None)  # type: ignore[misc]
    return person


def find_or_create(email: str, name: str) -> Person:
    """The address is somebody's word until its owner proves it: by the code that signs them in."""
    person, created = Person.objects.get_or_create(
        email=email, defaults={"name": name, "password": make_password(None)}
    )
    if created:
        EmailAddress.objects.create(user=person, email=email, verified=False, primary=True)
    return person
