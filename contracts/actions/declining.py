"""Saying that one would rather not sign, and reminding those who have not signed yet."""

import datetime

from django.db import transaction

from contracts import letters, queries
from contracts.models import AgreementState, Decline
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Member, Partnership

from .discussing import lock, open_agreement, partner_in, void


@transaction.atomic
def decline_version(
    partnership: Partnership, *, sha256: str, reason: str, coordinators_only: bool, by: Person, now: datetime.datetime
) -> Decline:
    """A partner would rather not sign this version. Signatures under it count no more; it can be changed, or left.

    reason: for the other partners and the co-ordinators, or for the co-ordinators alone. Refused when it was changed
    meanwhile, when it is not theirs to sign, and after their own signature.
    """
    member = partner_in(lock(partnership), by)
    agreement = open_agreement(member.partnership, by=by, now=now)
    version = queries.version_in_force(agreement)
    if version is None or version.sha256 != sha256:
        raise Refused("The agreement was changed after you opened this page. Read it again first.")
    if version.signatures.filter(member=member).exists():
        raise Refused("You have signed this version. If you want other words, change the agreement.")
    declined = Decline.objects.create(
        version=version, member=member, person=by, reason=reason, coordinators_only=coordinators_only, declined_at=now
    )
    void(agreement, AgreementState.DECLINED, now=now)
    letters.tell_declined(declined, agreement)
    audit.record("agreement declined", on=agreement, by=by, at=now, version=version.number)
    return declined


@transaction.atomic
def remind_to_sign(partnership: Partnership, *, by: Person, now: datetime.datetime) -> list[Member]:
    """Draft a reminder to every partner whose signature is missing, one a day for each version; whom it is to.

    Refused when nobody's signature is missing.
    """
    version = queries.version_offered(lock(partnership))
    if version is None:
        raise Refused("This agreement does not wait for a signature.")
    agreement = version.agreement
    waiting = queries.yet_to_sign(agreement.partnership, queries.signatures_under(version))
    for member in waiting:
        letters.send("reminder", agreement.partnership, member.person, key=f"{version.pk}|{now.date()}", draft=True)
    audit.record("reminder to sign drafted", on=agreement, by=by, at=now, people=len(waiting))
    return waiting
