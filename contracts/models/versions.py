"""What was offered for signature, and who signed which version of it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.documents.models import Document
from mentoring.organisations.constraints import SameRow
from mentoring.organisations.models import TenantModel
from programmes.models import Member

from .agreement import Agreement


@pghistory.track(exclude=["content"])
class Version(TenantModel):
    """The agreement as it was offered for signature: its words, and the PDF of them. Only ever made void, never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "number"], name="version_numbered_once"),
            models.UniqueConstraint(
                fields=["organisation", "agreement"], condition=Q(voided_at=None), name="version_one_in_force"
            ),
            models.UniqueConstraint(fields=["organisation", "id", "sha256"], name="version_is_its_sha256"),
            SameRow(
                name="version_is_its_document",
                fields=["organisation", "document", "sha256"],
                to="documents.Document",
                to_fields=["organisation", "id", "sha256"],
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None) | Q(voided_at__gte=F("made_at")), name="version_void_after_it_was_made"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="words_never_change", exclude=["voided_at"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


OWN_HAND = """
    if new.person_id is distinct from app_person() then
        raise exception 'nobody signs for another' using errcode = 'check_violation', constraint = 'signed_by_own_hand';
    end if;
    if not exists (
        select from contracts_version v
        join contracts_agreement a on a.id = v.agreement_id
        join programmes_member m on m.partnership_id = a.partnership_id
        where v.id = new.version_id and v.voided_at is null and a.state = 'signing'
        and m.id = new.member_id and m.person_id = new.person_id and m.live) then
        raise exception 'this version is not this person''s to sign' using errcode = 'check_violation',
            constraint = 'signed_by_a_partner';
    end if;
    return new;
"""


@pghistory.track(exclude=["typed_name", "statement", "internet_address", "browser"])
class Signature(TenantModel):
    """One member's signature under one version. It names the SHA-256 of the text that was read (trust.md).

    The database refuses a signature that is not the asking person's own, a second one, one under a version that is void,
    and any change.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    sha256 = models.CharField(max_length=64)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    typed_name = models.CharField(max_length=200)
    printed_name = models.CharField(max_length=120)
    email = models.EmailField()
    role = models.CharField(max_length=11)
    statement = models.TextField()
    signed_at = models.DateTimeField(default=timezone.now)
    # Where it came from, only if the organisation notes that.
    internet_address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version", "member"], name="signature_once"),
            models.CheckConstraint(condition=~Q(typed_name=""), name="signature_has_a_name"),
            SameRow(
                name="signature_is_of_the_text_read",
                fields=["organisation", "version", "sha256"],
                to="contracts.Version",
                to_fields=["organisation", "id", "sha256"],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="own_hand", when=pgtrigger.Before, operation=pgtrigger.Insert, func=OWN_HAND),
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Signature of {self.printed_name}"
