"""What partners agree with each other: the agreement, and what was written in it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.documents.models import Document
from mentoring.organisations.models import PartnerOrganisation, TenantModel
from programmes.models import Member, Partnership, Reading


class AgreementState(models.TextChoices):
    """Open until everybody has signed; in force until a later one that everybody has signed takes its place."""

    DISCUSSING = "discussing", "Being filled in"
    SIGNING = "signing", "Waiting for signatures"
    DECLINED = "declined", "Somebody would rather not sign"
    ACTIVE = "active", "Signed by all"
    SUPERSEDED = "superseded", "Replaced by a later one"
    WITHDRAWN = "withdrawn", "Taken back"


OPEN_STATES = (AgreementState.DISCUSSING, AgreementState.SIGNING, AgreementState.DECLINED)
SIGNED_STATES = (AgreementState.ACTIVE, AgreementState.SUPERSEDED)

# What is opened to a co-ordinator is what everybody signed, from the moment of the last signature; where the agreement
# before it had opened as much, from that one's day. Never from an earlier one.
ALL_SIGNED = """
    if new.state = 'active' and old.state <> 'active' then
        if exists (
            select from programmes_member m
            where m.partnership_id = new.partnership_id and m.live and not exists (
                select from contracts_signature s join contracts_version v on v.id = s.version_id
                where v.agreement_id = new.id and v.voided_at is null and s.member_id = m.id)) then
            raise exception 'not everybody has signed' using errcode = 'check_violation', constraint = 'active_means_all_signed';
        end if;
        if new.reading <> (select coalesce(v.content->>'reading', 'rhythm') from contracts_version v
                           where v.agreement_id = new.id and v.voided_at is null) then
            raise exception 'another reading than the signed one' using errcode = 'check_violation', constraint = 'reading_is_the_signed_one';
        end if;
    end if;
    return new;
"""
NEVER_BACKWARDS = """
    if new.reading_since < new.active_at and not exists (
        select from contracts_agreement a
        where a.id = new.follows_id and a.reading = new.reading and a.reading_since = new.reading_since
        and a.state in ('active', 'superseded')) then
        raise exception 'nothing is opened backwards in time' using errcode = 'check_violation', constraint = 'reading_never_backwards';
    end if;
    if tg_op = 'UPDATE' and new.keep_until < old.keep_until then
        raise exception 'what was signed is kept as long as was promised' using errcode = 'check_violation', constraint = 'kept_as_promised';
    end if;
    return new;
"""
# Until when an agreement is kept is one function of the database (migration 0003), for every trigger and the sweep.
KEPT = """
    if coalesce(agreement_kept_until(old.id) >= current_date, true) then
        raise exception 'an agreement is kept as long as was promised' using errcode = 'restrict_violation', constraint = 'signed_is_kept';
    end if;
    return old;
"""


@pghistory.track(exclude=["clauses"])
class Agreement(TenantModel):
    """What one partnership agrees. It is active only when every member has signed the same version: the database checks.

    A change, an extension or an earlier end is another agreement that `follows` the one in force (C5). `cadence_days` and
    `ends_on` are what it says of rhythm and end; the partnership has them as soon as everybody has signed. `reading` is
    what its co-ordinators may read, since `reading_since`. Nothing signed is deleted before `keep_until`, and nothing that
    waits for signatures, or never got them, before the day of decision 27: the database refuses.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agreements")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="changes")
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.DISCUSSING)
    clauses = models.JSONField(default=list)
    partner = models.ForeignKey(PartnerOrganisation, on_delete=models.PROTECT, null=True, related_name="+")
    cadence_days = models.PositiveSmallIntegerField()
    ends_on = models.DateField()
    reading = models.CharField(max_length=7, choices=Reading.choices, default=Reading.RHYTHM)
    reading_since = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    keep_until = models.DateField(null=True)
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
            models.CheckConstraint(condition=Q(reading__in=Reading.values), name="agreement_reading_known"),
            models.CheckConstraint(
                condition=Q(cadence_days__gte=1, cadence_days__lte=366), name="agreement_cadence_sane"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=SIGNED_STATES,
                    active_at__isnull=False,
                    contract__isnull=False,
                    reading_since__isnull=False,
                    keep_until__isnull=False,
                )
                | (~Q(state__in=SIGNED_STATES) & Q(active_at=None, contract=None, reading_since=None, keep_until=None)),
                name="agreement_signed_has_a_contract",
            ),
            models.CheckConstraint(
                condition=Q(state="superseded", superseded_at__isnull=False)
                | (~Q(state="superseded") & Q(superseded_at=None)),
                name="agreement_superseded_has_a_time",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="active_means_all_signed",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                func=ALL_SIGNED,
            ),
            pgtrigger.Trigger(
                name="never_backwards",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NEVER_BACKWARDS,
            ),
            pgtrigger.Trigger(name="signed_is_kept", when=pgtrigger.Before, operation=pgtrigger.Delete, func=KEPT),
        ]

    def __str__(self) -> str:
        return f"Agreement of {self.partnership}"

    @property
    def programme_id(self) -> object:
        return self.partnership.programme_id

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in OPEN_STATES

    @property
    def is_signed(self) -> bool:
        """Whether everybody has signed it, be it in force or replaced since."""
        return self.state in SIGNED_STATES


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


@pghistory.track()
class Acceptance(TenantModel):
    """That a member is content with what somebody else wrote in a box. Gone as soon as the words change."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="acceptances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "answer", "member"], name="acceptance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} accepts {self.answer}"
