"""Asking people to take a role, and taking it."""

import datetime
import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.urls import reverse

from mentoring import audit, outbox
from mentoring.accounts.actions import create_person
from mentoring.accounts.models import Person
from mentoring.accounts.queries import find_person, owns_address
from mentoring.addresses import absolute
from mentoring.organisations import tenancy
from mentoring.organisations.models import Invitation, Membership, PartnerOrganisation, Role
from mentoring.refusal import Refused


@transaction.atomic
def invite(
    *,
    email: str,
    role: str,
    by: Person,
    now: datetime.datetime,
    name: str = "",
    programme: Any = None,
    partner: PartnerOrganisation | None = None,
) -> Invitation:
    """Ask somebody by e-mail to take a role. An earlier invitation to the same role is withdrawn.

    Refused when the address's owner holds the role already. A platform administrator who belongs to no role here
    stays unnamed.
    """
    host = by if Membership.objects.filter(person=by).exists() else None
    held = Membership.objects.filter(role=role, programme=programme, ended_at=None, person__email=email)
    if held.exists():
        raise Refused(f"{email} has this role already.")
    asked = Invitation.objects.filter(email=email, role=role, programme=programme, accepted_at=None, withdrawn_at=None)
    asked.update(withdrawn_at=now)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        role=role,
        programme=programme,
        partner=partner,
        secret_sha256=hash_secret(secret),
        invited_by=host,
        invited_at=now,
    )
    audit.record("invited to a role", on=invitation, by=by, at=now, role=role)
    send(invitation, secret)
    return invitation


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def send(invitation: Invitation, secret: str) -> None:
    """Write the letter. It belongs to no programme: its link is for the invited person's eyes alone."""
    address = reverse(
        "organisations:invitation", kwargs={"organisation": invitation.organisation.slug, "secret": secret}
    )
    letter = outbox.compose("organisations/emails/invitation.txt", {"invitation": invitation, "url": absolute(address)})
    outbox.write(
        letter,
        to=invitation.email,
        kind="invitation",
        key=f"invitation|{invitation.pk}",
        signed_by=invitation.invited_by,
    )


def send_again(invitation: Invitation, *, by: Person, now: datetime.datetime) -> Invitation:
    """Send a new link and withdraw the old one. Refused when it was accepted or withdrawn."""
    refuse_settled(invitation)
    return invite(
        email=invitation.email,
        name=invitation.name,
        role=invitation.role,
        programme=invitation.programme,
        partner=invitation.partner,
        by=by,
        now=now,
    )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person, now: datetime.datetime) -> None:
    """Make the link useless. Refused when it was accepted or withdrawn."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    refuse_settled(invitation)
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    audit.record("invitation withdrawn", on=invitation, by=by, at=now)


def refuse_settled(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise Refused(f"{invitation.email} has accepted this invitation.")
    if invitation.withdrawn_at:
        raise Refused("This invitation has been withdrawn.")


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Person, now: datetime.datetime) -> Membership:
    """Take the role. Refused for another person's address, and once the link is used, withdrawn or too old."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open(now):
        raise Refused("This invitation can no longer be used.")
    if not owns_address(by, invitation.email):
        raise Refused(f"This invitation was sent to {invitation.email}. You are signed in as {by.email}.")
    return take_role(invitation, by, now)


@transaction.atomic
def accept_as_new_person(invitation: Invitation, *, name: str, password: str, now: datetime.datetime) -> Person:
    """Make a sign-in for the invited address, which the link has proved, and take the role.

    Refused where the address has a sign-in already: its owner signs in first.
    """
    with tenancy.directory():
        if find_person(invitation.email):
            raise Refused("There is a sign-in for this address already. Sign in, then open the link again.")
        person = create_person(email=invitation.email, name=name, password=password)
        accept_invitation(invitation, by=person, now=now)
    return person


def take_role(invitation: Invitation, person: Person, now: datetime.datetime) -> Membership:
    membership, _ = Membership.objects.get_or_create(
        person=person,
        role=Role(invitation.role),
        programme=invitation.programme,
        ended_at=None,
        defaults={"partner": invitation.partner, "since_at": now},
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    audit.record("invitation accepted", on=invitation, by=person, at=now, role=invitation.role)
    return membership
