"""What can be done to a person's own account."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from .models import Person


@transaction.atomic
def create_person(*, email: str, name: str, password: str = "") -> Person:
    """Somebody new whose e-mail address is known to be theirs. Without a password they sign in by an e-mailed code.

    Runs where people may be looked up (`tenancy.directory`); the caller has made sure that the address is free.
    """
    person = Person.objects.create_user(email, password or None, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def change_profile(person: Person, **fields: Any) -> None:
    """Change what a person says of themselves: name, pronouns, time zone, language, how to be reached."""
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
