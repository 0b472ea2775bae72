"""What partners agree with each other: the agreement, and what was written in it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.documents.models import Document
from mentoring.organisations.models import PartnerOrganisation, TenantModel
from programmes.models import Member, Partnership


class AgreementState(models.TextChoices):
    DISCUSSING = "discussing", "Being filled in"
    SIGNING = "signing", "Waiting for signatures"
    ACTIVE = "active", "Signed by all"


OPEN_STATES = (AgreementState.DISCUSSING, AgreementState.SIGNING)
ALL_SIGNED = """
    if new.state = 'active' and old.state <> 'active' and exists (
        select from programmes_member m
        where m.partnership_id = new.partnership_id and m.live and not exists (
            select from contracts_signature s join contracts_version v on v.id = s.version_id
            where v.agreement_id = new.id and v.voided_at is null and s.member_id = m.id)) then
        raise exception 'not everybody has signed' using errcode = 'check_violation', constraint = 'active_means_all_signed';
    end if;
    return new;
"""


@pghistory.track(exclude=["clauses"])
class Agreement(TenantModel):
    """What one partnership agrees. It is active only when every member has signed the same version: the database checks."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agreements")
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.DISCUSSING)
    clauses = models.JSONField(default=list)
    partner = models.ForeignKey(PartnerOrganisation, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(null=True)
    contract = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "partnership"], condition=Q(state__in=OPEN_STATES), name="agreement_one_open"
            ),
            models.UniqueConstraint(
                fields=["organisation", "partnership"], condition=Q(state="active"), name="agreement_one_active"
            ),
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_known"),
            models.CheckConstraint(
                condition=Q(state="active", active_at__isnull=False, contract__isnull=False)
                | (~Q(state="active") & Q(active_at=None, contract=None)),
                name="agreement_active_has_a_contract",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="active_means_all_signed",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                func=ALL_SIGNED,
            )
        ]

    def __str__(self) -> str:
        return f"Agreement of {self.partnership}"

    @property
    def programme_id(self) -> object:
        return self.partnership.programme_id


@pghistory.track(exclude=["words"])
class Answer(TenantModel):
    """What was written or chosen in one box, and by whom. A box with a member is that member's alone."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="answers")
    clause = models.CharField(max_length=40)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "agreement", "clause", "member"],
                nulls_distinct=False,
                name="answer_once_in_a_box",
            )
        ]

    def __str__(self) -> str:
        return self.clause

    @property
    def box(self) -> str:
        return f"{self.clause}-{self.member_id}" if self.member_id else self.clause
