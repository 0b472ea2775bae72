"""The time of choosing, short lists, and what people ranked."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Degree, Participant, Programme

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
