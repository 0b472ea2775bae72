"""Questions about people."""

from allauth.account.models import EmailAddress

from .models import Person, normalise_email


def find_person(email: str) -> Person | None:
    """Who signs in with this address, or has proved that it is theirs. Runs in `tenancy.directory`."""
    address = normalise_email(email)
    owner = Person.objects.filter(email=address).first()
    return owner or Person.objects.filter(emailaddress__email=address, emailaddress__verified=True).first()


def owns_address(person: Person, email: str) -> bool:
    """Whether the person signs in with this address, or has proved that it is theirs."""
    address = normalise_email(email)
    return person.email == address or EmailAddress.objects.filter(user=person, email=address, verified=True).exists()
