"""The register of policies: which there are, who looks after each, and when it was last looked at (P15, D1)."""

import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Programme

from .acknowledging import taking_part, tell_of_new_version
from .models import WrittenPolicy

MOST_POLICIES = 40
USUAL = (
    "Code of conduct",
    "Complaints",
    "Confidentiality and data protection",
    "Equal opportunities",
    "Governance",
    "Health and safety",
    "Volunteering",
    "Values",
    "Protecting vulnerable groups",
)


def policies_of(programme: Programme) -> QuerySet[WrittenPolicy]:
    """The register, what is to be reviewed first at the top."""
    return WrittenPolicy.objects.filter(programme=programme).order_by("review_on", "name")


def register_with_readers(programme: Programme) -> QuerySet[Any]:
    """The register; each policy with `readers`, the number of those who take part and have read it as it stands now."""
    current = Q(acknowledgements__version=F("version"), acknowledgements__person__in=taking_part(programme))
    return policies_of(programme).annotate(readers=Count("acknowledgements", filter=current))


def usual_but_absent(policies: list[WrittenPolicy]) -> list[str]:
    """Policies that programmes usually refer to and this register does not have."""
    there = {policy.name.casefold() for policy in policies}
    return [name for name in USUAL if name.casefold() not in there]


@transaction.atomic
def add_policy(programme: Programme, *, by: Person, now: datetime.datetime, **fields: Any) -> WrittenPolicy:
    """Add a policy to the register. Refused past forty, and for a name that is there already."""
    there = policies_of(Programme.objects.select_for_update().get(pk=programme.pk))
    if there.count() >= MOST_POLICIES:
        raise Refused(f"The register has {MOST_POLICIES} policies already. Take one out that no longer holds.")
    refuse_name_in_use(there, fields["name"])
    policy = WrittenPolicy.objects.create(programme=programme, review_on=next_review(**fields), **fields)
    audit.record("policy added", on=policy, by=by, at=now)
    return policy


@transaction.atomic
def change_policy(policy: WrittenPolicy, *, by: Person, now: datetime.datetime, **fields: Any) -> WrittenPolicy:
    """Change what the register says of a policy. Of a new version those who read it hear. Refused for the name of another."""
    Programme.objects.select_for_update().get(pk=policy.programme_id)
    refuse_name_in_use(policies_of(policy.programme).exclude(pk=policy.pk), fields["name"])
    policy = WrittenPolicy.objects.select_for_update().get(pk=policy.pk)
    before = policy.version
    for name, value in (fields | {"review_on": next_review(**fields)}).items():
        setattr(policy, name, value)
    policy.save()
    audit.record("policy changed", on=policy, by=by, at=now)
    if policy.version != before:
        tell_of_new_version(policy, by=by, now=now)
    return policy


@transaction.atomic
def note_review(
    policy: WrittenPolicy, *, reviewed_on: datetime.date, version: str, by: Person, now: datetime.datetime
) -> WrittenPolicy:
    """Note that a policy was reviewed; the next review counts from that day, and of a new version those who read it hear.

    Refused for a day before the last review.
    """
    policy = WrittenPolicy.objects.select_for_update().get(pk=policy.pk)
    if reviewed_on < policy.reviewed_on:
        raise Refused(
            f"It was reviewed later, on {policy.reviewed_on:%-d %B %Y}. If that is wrong, change it in the register."
        )
    before = policy.version
    policy.reviewed_on, policy.version = reviewed_on, version
    policy.review_on = next_review(reviewed_on, policy.every_months)
    policy.save(update_fields=["reviewed_on", "version", "review_on"])
    audit.record("policy reviewed", on=policy, by=by, at=now, reviewed_on=str(reviewed_on))
    if version != before:
        tell_of_new_version(policy, by=by, now=now)
    return policy


@transaction.atomic
def remove_policy(policy: WrittenPolicy, *, by: Person, now: datetime.datetime) -> None:
    """Take a policy out of the register; its history stays."""
    policy = WrittenPolicy.objects.select_for_update().get(pk=policy.pk)
    audit.record("policy removed", on=policy, by=by, at=now)
    policy.delete()


def refuse_name_in_use(others: QuerySet[WrittenPolicy], name: str) -> None:
    if others.filter(name__iexact=name).exists():
        raise Refused(f"“{name}” is in the register already. Open it there to change it.")


def next_review(reviewed_on: datetime.date, every_months: int, **_: Any) -> datetime.date:
    """The day so many months later; the last of the month where the month has no such day."""
    return reviewed_on + relativedelta(months=every_months)


def begin_policies(programme: Programme) -> None:
    """A programme that follows another begins with its register."""
    if programme.previous:
        found = list(policies_of(programme.previous))
        for policy in found:
            policy.pk, policy.programme = WrittenPolicy._meta.pk.get_default(), programme
        WrittenPolicy.objects.bulk_create(found)
