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
from mentoring.organisations.rows import ASKING_PERSON, Rows
from programmes.models import Member

from .agreement import Agreement

KEPT = """
    if coalesce(agreement_kept_until({}) >= current_date, true) then
        raise exception 'what was signed is kept as long as was promised' using errcode = 'restrict_violation',
            constraint = 'signed_is_kept';
    end if;
    return old;
"""
KEPT_UNDER_A_VERSION = KEPT.format("(select v.agreement_id from contracts_version v where v.id = old.version_id)")


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
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Delete, func=KEPT.format("old.agreement_id")
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class PaperKind(models.TextChoices):
    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG picture"
    PNG = "image/png", "PNG picture"


@pghistory.track(exclude=["content"])
class PaperCopy(TenantModel):
    """A scan of a version that was signed on paper. It counts for nobody until each partner says that it is their hand."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="paper_copies")
    kind = models.CharField(max_length=15, choices=PaperKind.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version", "sha256"], name="paper_copy_once"),
            models.UniqueConstraint(fields=["organisation", "id", "version"], name="paper_copy_of_its_version"),
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="paper_copy_kind_known"),
            models.CheckConstraint(
                condition=models.expressions.RawSQL(
                    "encode(sha256(content), 'hex') = sha256", [], models.BooleanField()
                ),
                name="paper_copy_sha256_is_the_contents",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Delete, func=KEPT_UNDER_A_VERSION
            ),
        ]

    def __str__(self) -> str:
        return f"Paper copy of {self.version}"


# A member who joins when the others have signed already signs the version that is in force.
OWN_HAND = """
    if new.person_id is distinct from app_person() then
        raise exception 'nobody signs for another' using errcode = 'check_violation', constraint = 'signed_by_own_hand';
    end if;
    if not exists (
        select from contracts_version v
        join contracts_agreement a on a.id = v.agreement_id
        join programmes_member m on m.partnership_id = a.partnership_id
        where v.id = new.version_id and v.voided_at is null
        and (a.state = 'signing' or (a.state = 'active' and m.joined_at > a.active_at))
        and m.id = new.member_id and m.person_id = new.person_id and m.live) then
        raise exception 'this version is not this person''s to sign' using errcode = 'check_violation',
            constraint = 'signed_by_a_partner';
    end if;
    return new;
"""


class SigningWay(models.TextChoices):
    TYPED = "typed", "Typed name"
    PASSKEY = "passkey", "Typed name and passkey"
    PAPER = "paper", "On paper, confirmed by the signer"


@pghistory.track(
    exclude=[
        "typed_name",
        "printed_name",
        "email",
        "statement",
        "consent",
        "session",
        "passkey",
        "internet_address",
        "browser",
    ]
)
class Signature(TenantModel):
    """One member's signature under one version. It names the SHA-256 of the text that was read (trust.md).

    The database refuses a signature that is not the asking person's own, a second one, one under a version that is void,
    and any change. `statement` is what they said of the agreement, word for word, and `consent` what they said of signing
    in this way. `signed_in_by` and `signed_in_at` say how and when the person had proved who they are, `session` is the
    SHA-256 of the session's key; `opened_at` is when they had the page before them and `file_opened_at` the PDF itself;
    `passkey` holds what a passkey signed: a challenge made of this very version.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    sha256 = models.CharField(max_length=64)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=7, choices=SigningWay.choices, default=SigningWay.TYPED)
    typed_name = models.CharField(max_length=200)
    printed_name = models.CharField(max_length=120)
    email = models.EmailField()
    role = models.CharField(max_length=11)
    statement = models.TextField()
    consent = models.TextField(blank=True)
    language = models.CharField(max_length=7, default="en-gb")
    signed_in_by = models.CharField(max_length=80, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    session = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(null=True)
    file_opened_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(default=timezone.now)
    # Where it came from, only if the organisation notes that.
    internet_address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=300, blank=True)
    paper = models.ForeignKey(PaperCopy, on_delete=models.PROTECT, null=True, related_name="+")
    passkey = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version", "member"], name="signature_once"),
            models.CheckConstraint(condition=~Q(typed_name=""), name="signature_has_a_name"),
            models.CheckConstraint(
                condition=Q(way="typed", paper=None, passkey=None)
                | Q(way="paper", paper__isnull=False, passkey=None)
                | Q(way="passkey", paper=None, passkey__isnull=False),
                name="signature_has_what_its_way_needs",
            ),
            SameRow(
                name="signature_is_of_the_text_read",
                fields=["organisation", "version", "sha256"],
                to="contracts.Version",
                to_fields=["organisation", "id", "sha256"],
            ),
            SameRow(
                name="signature_on_paper_of_this_version",
                fields=["organisation", "paper", "version"],
                to="contracts.PaperCopy",
                to_fields=["organisation", "id", "version"],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="own_hand", when=pgtrigger.Before, operation=pgtrigger.Insert, func=OWN_HAND),
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Delete, func=KEPT_UNDER_A_VERSION
            ),
        ]

    def __str__(self) -> str:
        return f"Signature of {self.printed_name}"


# Where it was said to the co-ordinators alone, the database keeps it from the other partners.
SAID_TO_THEM = Rows(
    only=(
        f"not coordinators_only or person_id = {ASKING_PERSON} or version_id not in ("
        "select v.id from contracts_version v join contracts_agreement a on a.id = v.agreement_id "
        f"join programmes_member m on m.partnership_id = a.partnership_id where m.person_id = {ASKING_PERSON})"
    )
)


@pghistory.track(exclude=["reason"])
class Decline(TenantModel):
    """That a member would rather not sign a version, and why: for the partners, or for the co-ordinators alone."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="declines")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    coordinators_only = models.BooleanField(default=False)
    declined_at = models.DateTimeField(default=timezone.now)

    rows = SAID_TO_THEM

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version", "member"], name="decline_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="decline_has_a_reason"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.person} declines {self.version}"
