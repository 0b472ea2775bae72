"""The nouns every step shares: Programme, Participant, Partnership and its members."""

import datetime
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.wording import listed, say_rhythm

from .outlook import NextLook as NextLook  # a model of this app, in a file of its own
from .outlook import look_again
from .triggers import CAPACITY_NOT_BELOW_USED, READING_IS_SIGNED, SLOT_WITHIN_CAPACITY


class ProgrammeState(models.TextChoices):
    PREPARING = "preparing", "Preparing"
    LIVE = "live", "Live"
    CLOSED = "closed", "Closed"


class Model(models.TextChoices):
    """Models of mentoring (M1 to M14)."""

    ONE_TO_ONE = "one_to_one", "One to one"
    GROUP = "group", "Group"
    TWO_BY_TWO = "two_by_two", "Two by two"
    TEAM = "team", "Team"
    PEER_PAIR = "peer_pair", "Peer pair"
    CIRCLE = "circle", "Circle"
    SPOT = "spot", "Spot"


class ContactBy(models.TextChoices):
    """Who keeps contact between meetings, and so whom a reminder reaches first (C1)."""

    MENTEE = "mentee", "The mentee"
    MENTOR = "mentor", "The mentor"
    EITHER = "either", "Either of them"


class Degree(models.TextChoices):
    """How much of matching people do for themselves (S5), from nothing to nearly all."""

    CENTRAL = "central", "The co-ordinator matches people"
    SHORTLIST = "shortlist", "Mentees rank mentors on a short list"
    SUGGESTED = "suggested", "We suggest, and both say yes or no"
    DIRECTORY = "directory", "Mentees ask mentors in a directory"
    EVENT = "event", "Everybody meets at an event, then both sides rank"


MOST_TOGETHER, MOST_PLACES, LONGEST_USUAL = 20, 20, 480  # people, partnerships of one, minutes
# Models in which the programme says how many come together: mentees in a group or circle, mentors of a team.
WITH_SIZES = (Model.GROUP, Model.CIRCLE, Model.TEAM)


@pghistory.track(exclude=["blueprint"])
class Programme(TenantModel):
    """One dated run of mentoring. A new intake is a new programme made from the last one (`previous`)."""

    slug = models.SlugField("address", max_length=60)
    name = models.CharField(max_length=120)
    summary = models.TextField("what it is, in two sentences", blank=True)
    model = models.CharField("model of mentoring", max_length=12, choices=Model.choices, default=Model.ONE_TO_ONE)
    degree = models.CharField("who chooses", max_length=9, choices=Degree.choices, default=Degree.CENTRAL)
    state = models.CharField(max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.PREPARING)
    is_pilot = models.BooleanField("this is a pilot", default=False)
    starts_on = models.DateField("starts on")
    ends_on = models.DateField("ends on")
    cadence_weeks = models.PositiveSmallIntegerField("partners meet every (weeks)", default=4)
    grace_days = models.PositiveSmallIntegerField("days of grace before silence counts", default=7)
    contact_by = models.CharField(
        "who keeps contact between meetings", max_length=6, choices=ContactBy.choices, default=ContactBy.MENTEE
    )
    group_least = models.PositiveSmallIntegerField("who come together, at least", null=True, blank=True)
    group_most = models.PositiveSmallIntegerField("who come together, at most", null=True, blank=True)
    meeting_least = models.PositiveSmallIntegerField("minutes of a usual meeting, at least", null=True, blank=True)
    meeting_most = models.PositiveSmallIntegerField("minutes of a usual meeting, at most", null=True, blank=True)
    call_most = models.PositiveSmallIntegerField("minutes of a usual telephone call, at most", null=True, blank=True)
    sends_drafts = models.BooleanField("messages wait for a co-ordinator to read them", default=False)
    blueprint = models.JSONField(default=dict, editable=False)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="following")
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="programme_address_unique"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="programme_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(state__in=ProgrammeState.values), name="programme_state_known"),
            models.CheckConstraint(condition=Q(degree__in=Degree.values), name="programme_degree_known"),
            models.CheckConstraint(
                condition=Q(cadence_weeks__gte=1, cadence_weeks__lte=52), name="programme_cadence_sane"
            ),
            models.CheckConstraint(
                condition=(Q(group_least=None) | Q(group_least__range=(1, MOST_TOGETHER)))
                & (Q(group_most=None) | Q(group_most__range=(1, MOST_TOGETHER)))
                & (Q(group_least=None) | Q(group_most=None) | Q(group_least__lte=F("group_most"))),
                name="programme_groups_sane",
            ),
            models.CheckConstraint(
                condition=(Q(meeting_least=None) | Q(meeting_least__range=(1, LONGEST_USUAL)))
                & (Q(meeting_most=None) | Q(meeting_most__range=(1, LONGEST_USUAL)))
                & (Q(call_most=None) | Q(call_most__range=(1, LONGEST_USUAL)))
                & (Q(meeting_least=None) | Q(meeting_most=None) | Q(meeting_least__lte=F("meeting_most"))),
                name="programme_meeting_lengths_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def url(self, name: str, **address: Any) -> str:
        """The path of one of this programme's pages: `programme.url("recruitment:application", pk=…)`."""
        return reverse(name, kwargs={"organisation": self.organisation.slug, "programme": self.slug, **address})


class ParticipantRole(models.TextChoices):
    MENTOR = "mentor", "Mentor"
    MENTEE = "mentee", "Mentee"
    FACILITATOR = "facilitator", "Facilitator"


class ParticipantState(models.TextChoices):
    ACTIVE = "active", "Taking part"
    LEFT = "left", "Left"


@pghistory.track()
class Participant(TenantModel):
    """A person accepted into a programme in one role. `capacity` is the number of partnerships they take at once (S8)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=11, choices=ParticipantRole.choices)
    state = models.CharField(max_length=6, choices=ParticipantState.choices, default=ParticipantState.ACTIVE)
    capacity = models.PositiveSmallIntegerField(default=1)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "person", "role"], name="participant_once_in_a_role"
            ),
            models.CheckConstraint(condition=Q(role__in=ParticipantRole.values), name="participant_role_known"),
            models.CheckConstraint(condition=Q(capacity__lte=MOST_PLACES), name="participant_capacity_sane"),
        ]
        indexes = [models.Index(fields=["organisation", "programme", "role"])]
        triggers = [CAPACITY_NOT_BELOW_USED]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display().lower()}"

    @property
    def name(self) -> str:
        return str(self.person)


class PartnershipState(models.TextChoices):
    """agreed: matched, the agreement is not yet signed by all."""

    AGREED = "agreed", "Matched"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Resting"
    ENDED = "ended", "Ended"


class Reading(models.TextChoices):
    """What those who run a programme may read of a partnership's meetings; the first is the strictest (C6)."""

    NOTHING = "nothing", "Nothing"
    RHYTHM = "rhythm", "When and how they met"
    LOG = "log", "What they wrote, too"


LIVE_STATES = (PartnershipState.AGREED, PartnershipState.ACTIVE, PartnershipState.PAUSED)


@pghistory.track()
class Partnership(TenantModel):
    """People who mentor together. Members carry the roles, so every model of mentoring is this one table."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="partnerships")
    model = models.CharField(max_length=12, choices=Model.choices, default=Model.ONE_TO_ONE)
    state = models.CharField(max_length=6, choices=PartnershipState.choices, default=PartnershipState.AGREED)
    starts_on = models.DateField()
    ends_on = models.DateField()
    cadence_days = models.PositiveSmallIntegerField("days between meetings")
    grace_days = models.PositiveSmallIntegerField()
    # The day on which all had signed, or on which they came back from a rest; before that, rhythm counts from the start.
    rhythm_from = models.DateField(null=True, blank=True)
    # The day until which they mean to rest, if they said one.
    resting_until = models.DateField(null=True, blank=True)
    reading = models.CharField(max_length=7, choices=Reading.choices, default=Reading.RHYTHM)
    reading_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PartnershipState.values), name="partnership_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="partnership_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(cadence_days__gte=1, cadence_days__lte=366), name="partnership_cadence_sane"
            ),
            models.CheckConstraint(
                condition=(Q(state="ended") & Q(ended_at__isnull=False)) | (~Q(state="ended") & Q(ended_at=None)),
                name="partnership_ended_has_a_time",
            ),
            models.CheckConstraint(condition=Q(reading__in=Reading.values), name="partnership_reading_known"),
            models.CheckConstraint(
                condition=Q(resting_until=None) | Q(state="paused"), name="partnership_rests_until_a_day"
            ),
        ]
        triggers = [
            READING_IS_SIGNED,
            look_again(
                "id",
                after=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "state", "starts_on", "ends_on", "cadence_days", "grace_days", "rhythm_from", "resting_until"
                ),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "programme", "state"])]

    def __str__(self) -> str:
        return listed([str(member.person) for member in self.present_members()])

    def url(self, name: str, **address: Any) -> str:
        """The path of one of this partnership's pages: `partnership.url("support:partnership")`."""
        return self.programme.url(name, partnership=self.pk, **address)

    def ordered_members(self) -> list["Member"]:
        """Mentees first, then by name. Uses prefetched members where there are any."""
        return sorted(
            self.members.all(),
            key=lambda member: (member.role != ParticipantRole.MENTEE, str(member.person).casefold()),
        )

    def present_members(self) -> list["Member"]:
        """Those who have not left, in the same order."""
        return [member for member in self.ordered_members() if member.left_at is None]

    def with_role(self, role: str) -> list["Member"]:
        return [member for member in self.ordered_members() if member.role == role]

    @property
    def mentors(self) -> list["Member"]:
        return self.with_role(ParticipantRole.MENTOR)

    @property
    def mentees(self) -> list["Member"]:
        return self.with_role(ParticipantRole.MENTEE)

    @property
    def rhythm(self) -> str:
        """How often the partners agreed to meet, in words."""
        return say_rhythm(self.cadence_days)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

    @property
    def counts_from(self) -> datetime.date:
        """The day from which its rhythm counts until they meet."""
        return max(self.starts_on, self.rhythm_from or self.starts_on)


@pghistory.track()
class Member(TenantModel):
    """One person's part in a partnership. `slot` is the place it takes of the participant's capacity while `live`.

    `reads_from`: who joins later is given what belongs to this day and later ones (decision 24); none for the first.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="members")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=11, choices=ParticipantRole.choices)
    slot = models.PositiveSmallIntegerField(default=1)
    live = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    reads_from = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "partnership", "person"], name="member_once_in_a_partnership"
            ),
            # Capacity under any number of co-ordinators at once: each live place is taken by at most one partnership.
            models.UniqueConstraint(
                fields=["organisation", "participant", "slot"], condition=Q(live=True), name="member_slot_free"
            ),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=MOST_PLACES), name="member_slot_sane"),
        ]
        indexes = [
            models.Index(fields=["organisation", "person"]),
            models.Index(fields=["partnership"]),
            models.Index(
                fields=["organisation", "joined_at"], condition=Q(reads_from__isnull=False), name="member_joined_later"
            ),
        ]
        triggers = [SLOT_WITHIN_CAPACITY]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display().lower()}"
