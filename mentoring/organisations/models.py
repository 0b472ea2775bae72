"""Tenants: organisations, their members and roles, and the base of every table that belongs to one."""

import datetime

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from uuid_utils.compat import uuid7

from mentoring.accounts.models import Person

from .rows import ASKING_PERSON, Rows
from .tenancy import current_organisation_id

COLOUR = r"^#[0-9a-fA-F]{6}$"
hexadecimal_colour = RegexValidator(COLOUR, "Give a colour as # and six digits, for example #175A63.")


def kept(label: str, default: int, least: int, most: int) -> models.PositiveSmallIntegerField:
    """A retention period: how long something is kept, within reason."""
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(least), MaxValueValidator(most)]
    )


class OrganisationState(models.TextChoices):
    ACTIVE = "active", "Active"
    SUSPENDED = "suspended", "Suspended"


class Organisation(models.Model):
    """A tenant. Its row is seen inside it, by its members, by its address and by a platform administrator."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField("address", max_length=60, unique=True)
    name = models.CharField(max_length=120)
    accent = models.CharField("accent colour", max_length=7, default="#175A63", validators=[hexadecimal_colour])
    logo = models.BinaryField(null=True, blank=True, editable=False)
    logo_type = models.CharField(max_length=20, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=OrganisationState.choices, default=OrganisationState.ACTIVE)
    keep_applications_months = kept("keep unsuccessful applications (months)", 6, 1, 24)
    keep_content_months = kept("keep what was said in meetings after the end (months)", 3, 1, 24)
    keep_activity_months = kept("keep dates of meetings after the end (months)", 24, 1, 120)
    keep_contracts_years = kept("keep signed contracts after the end (years)", 6, 1, 12)
    keep_unsigned_months = kept("keep agreements that nobody signed after the end (months)", 6, 1, 24)
    notes_signing_place = models.BooleanField(
        "with each signature, note the internet address and the browser it came from",
        default=False,
        help_text="They are printed on the contract. Leave this off unless your organisation has a reason to keep them.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OrganisationState.values), name="organisation_state_known"),
            # It is written into a stylesheet.
            models.CheckConstraint(condition=Q(accent__regex=COLOUR), name="organisation_accent_is_a_colour"),
            models.CheckConstraint(
                condition=Q(
                    keep_applications_months__range=(1, 24),
                    keep_content_months__range=(1, 24),
                    keep_activity_months__range=(1, 120),
                    keep_contracts_years__range=(1, 12),
                    keep_unsigned_months__range=(1, 24),
                ),
                name="organisation_keeps_within_reason",
            ),
            models.CheckConstraint(
                condition=Q(logo=None, logo_type="") | Q(logo__isnull=False, logo_type="image/png"),
                name="organisation_logo_has_a_type",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.state == OrganisationState.ACTIVE


class TenantModel(models.Model):
    """Base of every table whose rows belong to one organisation.

    The organisation is taken from the running transaction. After each migration `protection.py` gives every such table
    row-level security (FORCE), UNIQUE (organisation_id, id) and composite foreign keys, so that no row can point into
    another tenant. `rows` narrows or widens who reads.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, default=current_organisation_id, editable=False, related_name="+"
    )

    rows = Rows()

    class Meta:
        abstract = True


class Role(models.TextChoices):
    """What somebody is in an organisation. Mentors and mentees are participants of a programme, not roles here."""

    ADMINISTRATOR = "administrator", "Organisation administrator"
    COORDINATOR = "coordinator", "Programme co-ordinator"
    SPONSOR = "sponsor", "Sponsor or steering group"
    FACILITATOR = "facilitator", "Facilitator"
    PARTNER = "partner", "Partner-organisation contact"
    MEMBER = "member", "Member"


def programme_key() -> models.ForeignKey:
    """The one programme that a role is for; none means the whole organisation.

    Named by its label: programmes stand on a higher floor, but the database must know that the programme is there and
    belongs to the same organisation.
    """
    return models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )


class PartnerOrganisation(TenantModel):
    """An organisation that takes part in programmes without being a tenant of its own (P14)."""

    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="partner_organisation_named_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Membership(TenantModel):
    """One role of one person in an organisation, for the whole of it or for one programme.

    Everybody whom an organisation knows (applicants and participants too, as MEMBER) has at least one: it is what lets
    the organisation see the person.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=15, choices=Role.choices)
    programme = programme_key()
    partner = models.ForeignKey(
        PartnerOrganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    since_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    rows = Rows(also_read=f"person_id = {ASKING_PERSON}")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "role", "programme"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="membership_role_held_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=~Q(role=Role.COORDINATOR) | Q(programme__isnull=False), name="coordinator_of_a_programme"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.PARTNER) | Q(partner__isnull=False), name="contact_of_a_partner"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since_at")), name="membership_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["person", "organisation"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


INVITATION_LASTS = datetime.timedelta(days=14)


class Invitation(TenantModel):
    """An e-mail that asks somebody to take a role. The link's secret is kept as a hash and serves once, for 14 days."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=15, choices=Role.choices)
    programme = programme_key()
    partner = models.ForeignKey(PartnerOrganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    secret_sha256 = models.CharField(max_length=64)
    # Nobody: the platform invited the first administrator, and its people are not seen here.
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "secret_sha256"], name="invitation_secret_unique"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=~Q(role=Role.COORDINATOR) | Q(programme__isnull=False),
                name="invitation_to_coordinate_a_programme",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.PARTNER) | Q(partner__isnull=False), name="invitation_for_a_partner"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-invited_at"])]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    @property
    def expires_at(self) -> datetime.datetime:
        return self.invited_at + INVITATION_LASTS

    def is_open(self, now: datetime.datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
