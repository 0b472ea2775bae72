"""Making organisations, suspending them and letting them go on."""

import datetime

from django.db import connection, transaction

from mentoring import audit
from mentoring.accounts.actions import create_person
from mentoring.accounts.models import Person
from mentoring.organisations import founding, tenancy
from mentoring.organisations.models import Membership, Organisation, OrganisationState, Role
from mentoring.refusal import Refused

from .invitations import invite

SETTING_UP = 7_241  # any number: whoever holds this lock may look whether the deployment is new


@transaction.atomic
def set_up(*, organisation: str, slug: str, name: str, email: str, password: str, now: datetime.datetime) -> Person:
    """Make the first organisation of a new deployment, with its administrator, who also administers the platform.

    Refused as soon as there is any person or organisation, however many try at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SETTING_UP])
    if not is_new_deployment():
        raise Refused("Alongside has been set up already. Sign in, or ask to be invited.")
    with tenancy.directory():
        person = create_person(email=email, name=name, password=password)
        person.is_platform_administrator = True
        person.save(update_fields=["is_platform_administrator"])
    start_organisation(name=organisation, slug=slug, by=person, now=now)
    return person


def is_new_deployment() -> bool:
    """Whether there is nobody and nothing yet."""
    with tenancy.directory(), tenancy.platform():
        return not Person.objects.exists() and not Organisation.objects.exists()


@transaction.atomic
def start_organisation(*, name: str, slug: str, by: Person, now: datetime.datetime) -> Organisation:
    """Make an organisation whose administrator is the person who asks. Refused when the address is taken."""
    organisation = make_organisation(name, slug, now)
    with tenancy.tenant(organisation, by):
        Membership.objects.create(person=by, role=Role.ADMINISTRATOR, since_at=now)
        founding.give(now)
        audit.record("organisation started", on=organisation, by=by, at=now)
    return organisation


@transaction.atomic
def create_organisation(
    *, name: str, slug: str, email: str, administrator: str, by: Person, now: datetime.datetime
) -> Organisation:
    """Make an organisation and invite its first administrator. Refused when the address is taken."""
    organisation = make_organisation(name, slug, now)
    with tenancy.tenant(organisation, by):
        founding.give(now)
        # Only members of an organisation are seen inside it; the one who invites is named in the letter.
        audit.record("organisation created", on=organisation, by=by, at=now)
        invite(email=email, name=administrator, role=Role.ADMINISTRATOR, by=by, now=now)
    return organisation


def make_organisation(name: str, slug: str, now: datetime.datetime) -> Organisation:
    with tenancy.platform():
        if Organisation.objects.filter(slug=slug).exists():
            raise Refused(f"The address “{slug}” is taken. Choose another one.")
        organisation = Organisation(name=name, slug=slug, created_at=now)
        organisation.save(force_insert=True)
    return organisation


@transaction.atomic
def suspend_organisation(organisation: Organisation, *, by: Person, now: datetime.datetime) -> None:
    """Close every page of an organisation until it is resumed. Nothing is deleted. Refused when it is suspended."""
    change_state(organisation, OrganisationState.SUSPENDED, "organisation suspended", by, now)


@transaction.atomic
def resume_organisation(organisation: Organisation, *, by: Person, now: datetime.datetime) -> None:
    """Open a suspended organisation's pages again. Refused when it is active."""
    change_state(organisation, OrganisationState.ACTIVE, "organisation resumed", by, now)


def change_state(organisation: Organisation, state: str, what: str, by: Person, now: datetime.datetime) -> None:
    with tenancy.platform():
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if organisation.state == state:
            raise Refused(f"{organisation} is {organisation.get_state_display().lower()} already.")
        organisation.state = state
        organisation.save(update_fields=["state"])
    with tenancy.tenant(organisation, by):
        audit.record(what, on=organisation, by=by, at=now)
