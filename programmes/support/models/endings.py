"""How partnerships end."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows
from programmes.models import Partnership
from programmes.outlook import look_again


class EndingReason(models.TextChoices):
    """Why partnerships end, in words that blame nobody (X2, X6). Saying nothing comes first, and is as good."""

    NOT_SAYING = "", "I would rather not say"
    GOALS_REACHED = "goals_reached", "We reached what we wanted"
    ON_OUR_OWN = "on_our_own", "We go on meeting on our own"
    RUN_ITS_COURSE = "run_its_course", "It has run its course"
    TIME_OVER = "time_over", "The agreed time is over"
    LITTLE_TIME = "little_time", "There was too little time"
    EXPECTATIONS = "expectations", "We expected different things"
    NOT_A_MATCH = "not_a_match", "We were not the right match"
    NOT_WORKING = "not_working", "It was not working"
    OTHER = "other", "Something else"


class Wish(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    AGAIN = "again", "Yes, with the same partner"
    UNSURE = "unsure", "Not sure yet"


def not_for_the_others(author: str) -> Rows:
    """For the author and for whoever looks for matches; the database keeps it from the other partners."""
    return Rows(
        only=(
            f"{author} = {ASKING_PERSON} or partnership_id not in "
            f"(select m.partnership_id from programmes_member m where m.person_id = {ASKING_PERSON})"
        )
    )


# Whoever wrote it, and those who run the programme as far as the partnership is not one of their own.
FOR_THE_AUTHOR_AND_COORDINATORS = Rows(
    only=(
        f"ended_by_id = {ASKING_PERSON} or partnership_id in (select p.id from organisations_membership c "
        "join programmes_partnership p on c.programme_id is null or c.programme_id = p.programme_id "
        f"where c.person_id = {ASKING_PERSON} and c.role = 'coordinator' and c.ended_at is null "
        f"and p.id not in (select m.partnership_id from programmes_member m where m.person_id = {ASKING_PERSON}))"
    )
)


@pghistory.track()
class Closing(TenantModel):
    """That somebody has asked to end, and the day on which it closes by itself at the latest (C4). Both may know.

    on_their_own: they go on meeting outside the programme (X8).
    """

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="closing")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    closes_on = models.DateField()
    on_their_own = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["organisation", "closes_on"])]
        triggers = [look_again("partnership_id", after=pgtrigger.Insert | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Closing of {self.partnership_id} by {self.closes_on}"


@pghistory.track(exclude=["reason", "note"])
class Ending(TenantModel):
    """How it ended for whoever ended it, or left a circle while the others go on (X3, X5): no fault, reasons optional, and
    never for the others' eyes."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="endings")
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=14, choices=EndingReason.choices, blank=True)
    note = models.TextField(blank=True)

    rows = FOR_THE_AUTHOR_AND_COORDINATORS

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "partnership", "ended_by"], name="ending_once_by_each"),
            models.CheckConstraint(condition=Q(reason__in=EndingReason.values), name="ending_reason_known"),
        ]

    def __str__(self) -> str:
        return f"Ending of {self.partnership_id}"


@pghistory.track()
class NextWish(TenantModel):
    """Whether one of them would like a new match (S10, X5). Each is asked, and neither learns what the other said."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="wishes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    wish = models.CharField(max_length=6, choices=Wish.choices)
    said_at = models.DateTimeField(default=timezone.now)

    rows = not_for_the_others("person_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "partnership", "person"], name="next_wish_once_each"),
            models.CheckConstraint(condition=Q(wish__in=Wish.values), name="next_wish_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_wish_display().lower()}"
