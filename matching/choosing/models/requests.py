"""Who is asked whether they want whom, and who said no."""

import datetime

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows
from programmes.models import MOST_PLACES, Participant, Partnership, Programme

from .lists import LONGEST_ANSWER, MOST_OPEN, Choosing


class RequestState(models.TextChoices):
    """overtaken: one of the two was matched in another way, or left. closed: the choosing or the programme ended first."""

    OPEN = "open", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Ran out"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CLOSED = "closed", "Closed"
    OVERTAKEN = "overtaken", "Overtaken"


OPEN = Q(state="open")


@pghistory.track(exclude=["words", "reasons"])
class Request(TenantModel):
    """Two people are asked whether they want to be partners: by the mentee, who has said yes by asking, or by us.

    While open it holds one of the mentor's places (`slot`), so that nobody is asked more than they can say yes to, and
    one of the mentee's turns. It always ends: accepted, declined, run out, withdrawn, overtaken or closed.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="requests")
    choosing = models.ForeignKey(Choosing, on_delete=models.PROTECT, related_name="requests")
    mentee = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(default=1)
    words = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mentee_yes_at = models.DateTimeField(null=True, blank=True)
    mentor_yes_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentee", "mentor"], condition=OPEN, name="request_open_once_for_a_pair"
            ),
            models.UniqueConstraint(
                fields=["organisation", "mentor", "slot"], condition=OPEN, name="request_slot_free"
            ),
            models.UniqueConstraint(
                fields=["organisation", "mentee", "turn"], condition=OPEN, name="request_turn_free"
            ),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=MOST_PLACES), name="request_slot_sane"),
            models.CheckConstraint(condition=Q(turn__gte=1, turn__lte=MOST_OPEN), name="request_turn_sane"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="request_of_two"),
            models.CheckConstraint(
                condition=Q(
                    expires_at__gt=F("asked_at"),
                    expires_at__lte=F("asked_at") + datetime.timedelta(days=LONGEST_ANSWER + 1),
                ),
                name="request_runs_out_in_good_time",
            ),
            models.CheckConstraint(
                condition=(OPEN & Q(ended_at=None)) | (~OPEN & Q(ended_at__isnull=False)),
                name="request_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(mentee_yes_at__isnull=False, mentor_yes_at__isnull=False, partnership__isnull=False),
                name="request_accepted_by_both",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "expires_at"], condition=OPEN, name="request_open"),
            models.Index(fields=["organisation", "programme", "state"]),
        ]
        triggers = [
            # A request and a partnership never hold the same place: the mentor's row is locked before anybody looks.
            pgtrigger.Trigger(
                name="request_within_capacity",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("slot", "turn", "state", "mentor_id"),
                declare=[("places", "integer")],
                func="""
                    if new.state <> 'open' then
                        return new;
                    end if;
                    select capacity into places from programmes_participant where id = new.mentor_id for no key update;
                    if new.slot > places or exists (select from programmes_member m
                            where m.participant_id = new.mentor_id and m.live and m.slot = new.slot) then
                        raise exception 'no place left to ask for' using errcode = 'check_violation',
                            constraint = 'request_within_capacity';
                    end if;
                    if new.turn > (select most_open from choosing_choosing where id = new.choosing_id) then
                        raise exception 'too many requests at once' using errcode = 'check_violation',
                            constraint = 'request_turn_within_limit';
                    end if;
                    return new;
                """,
            )
        ]

    def __str__(self) -> str:
        # Said in the history, which others read: no names.
        return f"Request of {timezone.localdate(self.asked_at):%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    def has_said_yes(self, participant: Participant) -> bool:
        return bool(self.mentee_yes_at if participant.pk == self.mentee_id else self.mentor_yes_at)

    def other(self, participant: Participant) -> Participant:
        return self.mentor if participant.pk == self.mentee_id else self.mentee


@pghistory.track(exclude=["reason"])
class Decline(TenantModel):
    """Who said no to a request, and why if they wished to say. For that person and for those who run the programme."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    declined_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    declined_at = models.DateTimeField(default=timezone.now)

    rows = Rows(
        only=(
            f"declined_by_id = {ASKING_PERSON} or programme_id in (select coalesce(m.programme_id, p.id) "
            "from organisations_membership m join programmes_programme p on m.programme_id is null or p.id = m.programme_id "
            f"where m.role = 'coordinator' and m.ended_at is null and m.person_id = {ASKING_PERSON}) "
            "and request_id not in (select r.id from choosing_request r join programmes_participant p "
            f"on p.id in (r.mentee_id, r.mentor_id) where p.person_id = {ASKING_PERSON})"
        )
    )

    def __str__(self) -> str:
        return "An answer"
