"""How partnerships end."""

import pghistory
from django.db import models
from django.db.models import Q

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows
from programmes.models import Partnership


class EndingReason(models.TextChoices):
    """Why partnerships end, in words that blame nobody (X2, X6). Saying nothing comes first, and is as good."""

    NOT_SAYING = "", "I would rather not say"
    GOALS_REACHED = "goals_reached", "We reached what we wanted"
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
    UNSURE = "unsure", "Not sure yet"


# For whoever ended it and for those who run the programme; the database keeps it from the other partners.
NOT_FOR_THE_OTHERS = Rows(
    only=(
        f"ended_by_id = {ASKING_PERSON} or partnership_id not in "
        f"(select m.partnership_id from programmes_member m where m.person_id = {ASKING_PERSON})"
    )
)


@pghistory.track(exclude=["reason", "note"])
class Ending(TenantModel):
    """How a partnership ended (X3, X5): no fault, reasons optional, and never for the other partner's eyes."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="ending")
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=14, choices=EndingReason.choices, blank=True)
    note = models.TextField(blank=True)
    wants_new_match = models.CharField(max_length=6, choices=Wish.choices, blank=True)

    rows = NOT_FOR_THE_OTHERS

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=EndingReason.values), name="ending_reason_known"),
            models.CheckConstraint(condition=Q(wants_new_match__in=["", *Wish.values]), name="ending_wish_known"),
        ]

    def __str__(self) -> str:
        return f"Ending of {self.partnership_id}"
