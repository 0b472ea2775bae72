"""What people choose for themselves: lists, ranks, requests, events, and whether they stay in the pool.

Who declined whom is kept in a table of its own, which only the one who declined and the co-ordinator can read.
"""

import datetime

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows
from programmes.models import MOST_PLACES, Degree, Participant, Partnership, Programme

LISTED, RANKED, MOST_RANKED = 10, 3, 5  # mentors on a short list, ranks on it, ranks after an event
MOST_OPEN, LONGEST_ANSWER = 3, 30  # requests of one mentee at once; days


@pghistory.track()
class Choosing(TenantModel):
    """One time that people of a programme choose for themselves (S5), from when it is opened until it is closed.

    `closes_on` is the last day; without it the co-ordinator closes it. `answer_days` is how long somebody has who is
    asked. `most_open` is how many requests a mentee may have open at once.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="choosings")
    degree = models.CharField(max_length=9, choices=Degree.choices)
    closes_on = models.DateField(null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(default=7)
    most_open = models.PositiveSmallIntegerField(default=1)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme"], condition=Q(closed_at=None), name="choosing_open_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(degree__in=Degree.values) & ~Q(degree="central"), name="choosing_degree_known"
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, answer_days__lte=LONGEST_ANSWER), name="choosing_time_to_answer_sane"
            ),
            models.CheckConstraint(
                condition=Q(most_open__gte=1, most_open__lte=MOST_OPEN), name="choosing_requests_at_once_sane"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="choosing_closed_after_it_opened"
            ),
        ]

    def __str__(self) -> str:
        return self.get_degree_display()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_suggested(self) -> bool:
        return self.degree == Degree.SUGGESTED


@pghistory.track(exclude=["about"])
class Profile(TenantModel):
    """What somebody lets possible partners read: nothing unless `is_shown`, and then only what they ticked.

    `shows` holds keys of questions whose answers are shown. It can be withdrawn at any time.
    """

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="profile")
    is_shown = models.BooleanField(default=False)
    shows_name = models.BooleanField(default=False)
    shows = models.JSONField(default=list)
    about = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"What {self.participant.person} shows"


class Entry(TenantModel):
    """A mentor on a mentee's short list. `place` orders the list. `reasons` name the questions they are made of."""

    choosing = models.ForeignKey(Choosing, on_delete=models.CASCADE, related_name="entries")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "choosing", "mentee", "mentor"], name="entry_once_on_a_list"
            ),
            models.UniqueConstraint(fields=["organisation", "choosing", "mentee", "place"], name="entry_place_free"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=LISTED), name="entry_place_sane"),
        ]

    def __str__(self) -> str:
        return f"Mentor {self.letter}"

    @property
    def letter(self) -> str:
        """A, B, C, … by place."""
        return chr(ord("A") + self.place - 1)


@pghistory.track()
class Choice(TenantModel):
    """Whom somebody would like as a partner: their first, second, … wish."""

    choosing = models.ForeignKey(Choosing, on_delete=models.CASCADE, related_name="choices")
    chooser = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    chosen = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "choosing", "chooser", "rank"], name="choice_rank_given_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "choosing", "chooser", "chosen"], name="choice_person_once"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=MOST_RANKED), name="choice_rank_sane"),
            models.CheckConstraint(condition=~Q(chooser=F("chosen")), name="choice_of_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"Choice {self.rank}"


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


@pghistory.track()
class Occasion(TenantModel):
    """A matching event: people meet at tables, a few minutes each, and nobody twice (N6, N7)."""

    choosing = models.OneToOneField(Choosing, on_delete=models.CASCADE, related_name="occasion")
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    rounds = models.PositiveSmallIntegerField(default=6)
    minutes = models.PositiveSmallIntegerField(default=6)
    pause = models.PositiveSmallIntegerField(default=2)
    tables = models.PositiveSmallIntegerField(default=20)
    seated_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rounds__gte=1, rounds__lte=30), name="occasion_rounds_sane"),
            models.CheckConstraint(condition=Q(minutes__gte=2, minutes__lte=60), name="occasion_minutes_sane"),
            models.CheckConstraint(condition=Q(pause__lte=30), name="occasion_pause_sane"),
            models.CheckConstraint(condition=Q(tables__gte=1, tables__lte=200), name="occasion_tables_sane"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(seated_at__isnull=False), name="occasion_sent_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"Event of {timezone.localdate(self.held_at):%-d %B %Y}"

    def starts(self, round: int) -> datetime.datetime:
        """When a round begins."""
        return self.held_at + datetime.timedelta(minutes=(round - 1) * (self.minutes + self.pause))

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts(self.rounds) + datetime.timedelta(minutes=self.minutes)


class Attendee(TenantModel):
    """Whether somebody comes to an event."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="attendees")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    is_coming = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "occasion", "participant"], name="attendee_answers_once"),
        ]

    def __str__(self) -> str:
        return str(self.participant)


class Seat(TenantModel):
    """Two people who meet at a table in one round of an event. The same two never meet twice, nobody is in two places."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="seats")
    round = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "occasion", "mentee", "mentor"], name="seat_never_again"),
            models.UniqueConstraint(
                fields=["organisation", "occasion", "round", "mentee"], name="seat_one_for_a_mentee"
            ),
            models.UniqueConstraint(
                fields=["organisation", "occasion", "round", "mentor"], name="seat_one_for_a_mentor"
            ),
            models.UniqueConstraint(fields=["organisation", "occasion", "round", "table"], name="seat_one_at_a_table"),
            models.CheckConstraint(condition=Q(round__gte=1, table__gte=1), name="seat_numbers_sane"),
        ]

    def __str__(self) -> str:
        return f"Round {self.round}, table {self.table}"


class Wish(models.TextChoices):
    STAY = "stay", "Stays in the pool"
    LEAVE = "leave", "Has left the pool"


@pghistory.track()
class Staying(TenantModel):
    """Somebody for whom there was no partner was asked whether they stay in the pool, and what they answered."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="staying")
    wish = models.CharField(max_length=5, choices=Wish.choices, blank=True, default="")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wish__in=["", *Wish.values]), name="staying_wish_known"),
            models.CheckConstraint(
                condition=Q(wish="", answered_at=None) | (~Q(wish="") & Q(answered_at__isnull=False)),
                name="staying_answered_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant)
