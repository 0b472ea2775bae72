"""Ending a role."""

import datetime

from django.db import models, transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.organisations.models import Membership, Organisation, Role
from mentoring.organisations.tenancy import current_organisation_id
from mentoring.refusal import Refused


@transaction.atomic
def end_role(membership: Membership, *, by: Person, now: datetime.datetime) -> Membership:
    """End somebody's role from now on. Refused for the last administrator and for a role that has ended."""
    # Two administrators may end each other's role at once: lock the organisation, then look.
    Organisation.objects.select_for_update(no_key=True).get(pk=current_organisation_id())
    membership = Membership.objects.select_related("person").get(pk=membership.pk)
    if membership.ended_at:
        raise Refused("This role has ended already.")
    if membership.role == Role.ADMINISTRATOR and not others(membership).exists():
        raise Refused(
            f"{membership.person} is the only administrator. "
            "Invite another one first, and wait until they have accepted."
        )
    membership.ended_at = max(now, membership.since_at)
    membership.save(update_fields=["ended_at"])
    audit.record("role ended", on=membership, by=by, at=now, role=membership.role)
    return membership


def others(membership: Membership) -> models.QuerySet[Membership]:
    same = Membership.objects.filter(role=membership.role, ended_at=None, person__is_active=True)
    return same.exclude(pk=membership.pk)
