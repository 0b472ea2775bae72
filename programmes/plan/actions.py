"""Writing the plan and approving it."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.organisations.models import Membership, Role
from mentoring.refusal import Refused
from programmes.actions import change_settings
from programmes.models import Programme

from .models import Approval, BudgetLine, Plan
from .queries import Standing, budget_of, standing_of

MOST_LINES = 50


@transaction.atomic
def write_plan(
    programme: Programme,
    *,
    by: Person,
    now: datetime.datetime,
    starts_on: datetime.date,
    ends_on: datetime.date,
    **fields: Any,
) -> Plan:
    """Write the plan's words and dates (P7, P8); the programme's start and end move with it. An approved plan that
    changes needs approval again."""
    change_settings(programme, by=by, now=now, starts_on=starts_on, ends_on=ends_on)
    plan, _ = Plan.objects.update_or_create(programme=programme, defaults=fields)
    audit.record("plan written", on=plan, by=by, at=now)
    return plan


@transaction.atomic
def add_line(
    programme: Programme, *, what: str, planned: Decimal, spent: Decimal, by: Person, now: datetime.datetime
) -> BudgetLine:
    """Add a line to the budget. Refused past fifty."""
    lines = budget_of(Programme.objects.select_for_update().get(pk=programme.pk))
    if lines.count() >= MOST_LINES:
        raise Refused(f"The budget has {MOST_LINES} lines already. Put some of them together.")
    position = (lines.aggregate(last=Max("position"))["last"] or 0) + 1
    line = BudgetLine.objects.create(programme=programme, what=what, planned=planned, spent=spent, position=position)
    audit.record("budget line added", on=line, by=by, at=now, planned=str(planned))
    return line


@transaction.atomic
def change_line(
    line: BudgetLine, *, what: str, planned: Decimal, spent: Decimal, by: Person, now: datetime.datetime
) -> BudgetLine:
    """Change a line of the budget; what it was stays in its history."""
    line = BudgetLine.objects.select_for_update().get(pk=line.pk)
    line.what, line.planned, line.spent = what, planned, spent
    line.save(update_fields=["what", "planned", "spent"])
    audit.record("budget line changed", on=line, by=by, at=now, planned=str(planned), spent=str(spent))
    return line


@transaction.atomic
def remove_line(line: BudgetLine, *, by: Person, now: datetime.datetime) -> None:
    """Take a line out of the budget. Refused when money has been spent on it."""
    line = BudgetLine.objects.select_for_update().get(pk=line.pk)
    if line.spent:
        raise Refused(f"£{line.spent:,.2f} has been spent on “{line}”, so it stays in the budget.")
    audit.record("budget line removed", on=line, by=by, at=now)
    line.delete()


@transaction.atomic
def approve_plan(
    programme: Programme, *, approved_on: datetime.date, note: str, by: Person, now: datetime.datetime
) -> Approval:
    """Approve the plan as it stands (P8). Refused while something is missing, or when just this was approved."""
    standing = standing_of(Programme.objects.select_for_update().get(pk=programme.pk))
    check_approvable(standing)
    approval = Approval.objects.create(
        programme=programme,
        approved_on=approved_on,
        approved_by=by,
        note=note,
        content=standing.content,
        created_at=now,
    )
    audit.record("plan approved", on=approval, by=by, at=now)
    return approval


@transaction.atomic
def ask_for_approval(programme: Programme, *, by: Person, now: datetime.datetime) -> int:
    """Write to the sponsors, or to the administrators where there are none. Returns how many; once a day at most.

    Refused while something is missing, when nothing needs approval, and when there is nobody to ask.
    """
    check_approvable(standing_of(programme))
    people = approvers(programme)
    if not people:
        raise Refused("Nobody can approve it yet. Ask an administrator to name a sponsor.")
    for person in people:
        write_request(programme, person, by=by, now=now)
    audit.record("approval asked for", on=programme, by=by, at=now, people=len(people))
    return len(people)


def check_approvable(standing: Standing) -> None:
    if standing.missing:
        raise Refused(f"The plan does not say yet: {', '.join(standing.missing)}.")
    if standing.is_approved:
        raise Refused("This plan has been approved, and nothing in it has changed since.")


def write_request(programme: Programme, person: Person, *, by: Person, now: datetime.datetime) -> None:
    address = absolute(programme.url("plan:home"))
    letter = outbox.compose(
        "plan/emails/approval.txt", {"person": person, "programme": programme, "by": by, "address": address}
    )
    outbox.write(
        letter,
        to=person,
        kind="plan_approval",
        key=f"plan_approval|{programme.pk}|{person.pk}|{now:%Y-%m-%d}",
        programme=programme,
        signed_by=by,
        draft=programme.sends_drafts,
    )


def approvers(programme: Programme) -> list[Person]:
    """The programme's sponsors; the organisation's administrators where it has none."""
    held = Membership.objects.filter(ended_at=None)
    sponsors = held.filter(Q(programme_id=programme.pk) | Q(programme_id=None), role=Role.SPONSOR)
    administrators = held.filter(role=Role.ADMINISTRATOR)
    return people_in(sponsors) or people_in(administrators)


def people_in(memberships: QuerySet[Membership]) -> list[Person]:
    return list(Person.objects.filter(memberships__in=memberships).distinct())


def begin_budget(programme: Programme, blueprint: dict[str, Any]) -> None:
    """The lines of last year's budget as planned, or the blueprint's without figures."""
    if programme.previous:
        found = [(line.what, line.planned) for line in budget_of(programme.previous)]
    else:
        found = [(line["label"], Decimal(0)) for line in blueprint.get("budget", [])]
    BudgetLine.objects.bulk_create(
        BudgetLine(programme=programme, what=what, planned=planned, position=position)
        for position, (what, planned) in enumerate(found, start=1)
    )
