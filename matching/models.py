"""What the co-ordinator decides about matches, and what each round proposed."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.wording import listed
from programmes.models import Participant, ParticipantRole, Partnership, Programme


class ExclusionReason(models.TextChoices):
    """Why two people may never be matched in this programme (S9)."""

    LINE_MANAGEMENT = "line", "One manages the other"
    CONFLICT = "conflict", "They have a conflict of interest"
    ACQUAINTED = "acquainted", "They know each other too well"
    JUDGEMENT = "judgement", "The co-ordinator's judgement"


@pghistory.track()
class Exclusion(TenantModel):
    """Not these two. Every later round keeps to it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="exclusions")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=ExclusionReason.choices, default=ExclusionReason.JUDGEMENT)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentee", "mentor"], name="exclusion_said_once"),
            models.CheckConstraint(condition=~Q(mentee=models.F("mentor")), name="exclusion_of_two"),
            models.CheckConstraint(condition=Q(reason__in=ExclusionReason.values), name="exclusion_reason_known"),
        ]

    def __str__(self) -> str:
        return f"not {self.mentee.person} with {self.mentor.person}"


class RoundState(models.TextChoices):
    """running: the engine has been asked and has not answered yet. A round that failed or was cancelled proposes nobody."""

    RUNNING = "running", "Being worked out"
    PROPOSED = "proposed", "Proposed"
    CONFIRMED = "confirmed", "Confirmed"
    REPLACED = "replaced", "Replaced by a later round"
    CANCELLED = "cancelled", "Stopped before it was done"
    FAILED = "failed", "Not finished"


@pghistory.track(exclude=["instance", "outcome"])
class Round(TenantModel):
    """One run of the engine: what it was asked (`instance`), what it answered (`outcome`, with its certificate).

    `is_proved`: the engine's separate checker found that no better round exists. `failure` says to the co-ordinator
    why there is no answer and what to do. `advice` says what would let more people
    be matched. `wanted` are pairs that the co-ordinator put together for this round, as ids of
    a mentee and a mentor.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.RUNNING)
    wanted = models.JSONField(default=list)
    instance = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    is_proved = models.BooleanField(default=False)
    advice = models.JSONField(default=list)
    failure = models.CharField(max_length=500, blank=True)
    run_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    run_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "number"], name="round_number_unique"),
            models.UniqueConstraint(
                fields=["organisation", "programme"], condition=Q(state="proposed"), name="round_proposed_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["organisation", "programme"], condition=Q(state="running"), name="round_running_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="round_confirmed_has_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="round_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"Round {self.number}"

    @property
    def is_proposed(self) -> bool:
        return self.state == RoundState.PROPOSED

    @property
    def is_running(self) -> bool:
        return self.state == RoundState.RUNNING

    @property
    def has_answer(self) -> bool:
        """Whether it proposes, or did propose, anything."""
        return self.state in (RoundState.PROPOSED, RoundState.CONFIRMED, RoundState.REPLACED)

    @property
    def better(self) -> dict[str, float] | None:
        """How much better any round could be at most, where the time ran out: people matched, and the total in percent."""
        bound = self.outcome.get("bound")
        if not bound:
            return None
        total = max(1, self.outcome["total"])
        return {
            "people": bound["matched"] - self.outcome["matched"],
            "percent": max(0, round(100 * (bound["total"] - total) / total, 1)),
        }


@pghistory.track(exclude=["reasons", "repairs"])
class Proposal(TenantModel):
    """People whom a round puts together, with reasons; or one person alone, for whom there is nobody, and why.

    Its members carry roles, so a pair, a group, two by two, a team, a peer pair and a circle are the same thing.
    `reasons` is a list of {"good": true or false, "words": …}, in a group also "about" whom. `points` are whole, higher is better. `repairs` are what
    would give somebody a mentor, as the engine lists them. `although` names rules that the co-ordinator set aside for
    it. `partnership` is what became of it when the round was confirmed.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="proposals")
    points = models.IntegerField(default=0)
    most_points = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)
    repairs = models.JSONField(default=list)
    although = models.JSONField(default=list)
    is_locked = models.BooleanField(default=False)
    partnership = models.OneToOneField(Partnership, on_delete=models.SET_NULL, null=True, related_name="proposal")

    def __str__(self) -> str:
        mentees = [one.name for one in self.mentees]
        others = [one.name for one in self.people[len(mentees) :]]
        if not self.is_match:
            return f"{listed(mentees + others)} with nobody yet"
        return f"{listed(mentees)} with {listed(others)}" if mentees and others else listed(mentees + others)

    def ordered_members(self) -> list["ProposalMember"]:
        """Mentees first, then by name. Uses prefetched members where there are any."""
        return sorted(
            self.members.all(),
            key=lambda member: (member.role != ParticipantRole.MENTEE, member.participant.name.casefold()),
        )

    def with_role(self, role: str) -> list[Participant]:
        return [member.participant for member in self.ordered_members() if member.role == role]

    @property
    def people(self) -> list[Participant]:
        return [member.participant for member in self.ordered_members()]

    @property
    def mentees(self) -> list[Participant]:
        return self.with_role(ParticipantRole.MENTEE)

    @property
    def mentors(self) -> list[Participant]:
        return self.with_role(ParticipantRole.MENTOR)

    @property
    def left(self) -> list[Participant]:
        """Those who are matched: mentees, or the first of two peers."""
        mentees = self.mentees
        return mentees if len(mentees) < len(self.people) and mentees else self.people[:1]

    @property
    def right(self) -> list[Participant]:
        """Whom they are matched with: mentors, a facilitator, or the other peer."""
        left = self.left
        return [one for one in self.people if one not in left]

    @property
    def is_match(self) -> bool:
        """Whether it puts anybody together."""
        return len(self.members.all()) > 1

    @property
    def pair(self) -> tuple[Participant, Participant] | None:
        """The mentee and the mentor, where it is one of each and nobody else."""
        mentees, mentors = self.mentees, self.mentors
        if len(mentees) == len(mentors) == 1 and len(self.members.all()) == 2:
            return mentees[0], mentors[0]
        return None

    def partners_of(self, participant: Participant) -> list[Participant]:
        """Everybody else in it."""
        return [other for other in self.people if other != participant]

    @property
    def percent(self) -> int:
        """Points as a share of the most that a perfect match could have."""
        return int(100 * self.points / self.most_points) if self.most_points else 0


@pghistory.track()
class ProposalMember(TenantModel):
    """One person's part in a proposal. A round has one proposal for each mentee; a mentor may stand in several.

    `round` repeats the proposal's, so that the database can keep that; it is always the proposal's (a trigger).
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="members")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=11, choices=ParticipantRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "proposal", "participant"], name="proposal_member_once_in_a_proposal"
            ),
            models.UniqueConstraint(
                fields=["organisation", "round", "participant"],
                condition=Q(role="mentee"),
                name="proposal_one_for_a_mentee",
            ),
            models.CheckConstraint(condition=Q(role__in=ParticipantRole.values), name="proposal_member_role_known"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="round_of_its_proposal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("round_id", "proposal_id"),
                func="""
                    select p.round_id into new.round_id from matching_proposal p where p.id = new.proposal_id;
                    return new;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant.person}, {self.get_role_display().lower()}"
