"""What is kept of a meeting: the words of both partners, and what each thought alone.

Who may read what is decided by the tables themselves: the database shows a `ProgressRecord` to the partnership's
members alone and a `Reflection` to its author alone.
"""

import pghistory
from django.db import models
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.rows import ASKING_PERSON, Rows, people_only
from mentoring.sealing.models import Sealed
from programmes.models import Partnership

from .keys import ContentKey
from .meetings import Meeting

# Members only, and no longer those who left. The column is the protected table's own, also in its history table.
PARTNERS_ONLY = Rows(
    only=(
        "partnership_id in (select m.partnership_id from programmes_member m "
        f"where m.person_id = {ASKING_PERSON} and m.left_at is null)"
    )
)


def partners_since(day: str) -> Rows:
    """Members only, and who joined later only what belongs to the days since (decision 24). `day`: in SQL, the row's."""
    return Rows(
        only=(
            f"(partnership_id, true) in (select m.partnership_id, m.reads_from is null or {day} >= m.reads_from "
            f"from programmes_member m where m.person_id = {ASKING_PERSON} and m.left_at is null)"
        )
    )


PARTNERS_OF_THE_DAY = partners_since("on_day")


# Where everybody has signed that the co-ordinator may read their log: those who run the programme read, and only read,
# what was logged since of meetings that took place since.
OPENED_BY_AGREEMENT = (
    "meeting_id in (select t.id from organisations_membership c "
    "join programmes_partnership p on p.programme_id = c.programme_id and p.reading = 'log' "
    "join support_meeting t on t.partnership_id = p.id "
    f"where c.person_id = {ASKING_PERSON} and c.role = 'coordinator' and c.ended_at is null "
    "and t.logged_at >= p.reading_since and t.met_on >= p.reading_since::date)"
)


@pghistory.track(exclude=["words"])
class ProgressRecord(Sealed):
    """What partners keep of a meeting (G9), on its day: one next step, and answers to the programme's boxes by their key.

    The database lets only the partnership's members read or write it, and holds ciphertext; those who run the programme
    read it where the partners' own agreement opens it (C6). History says that it changed, never the words.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="record")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(ContentKey, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    on_day = models.DateField(default=timezone.localdate)

    rows = Rows(only=PARTNERS_OF_THE_DAY.only, opened=OPENED_BY_AGREEMENT)

    def __str__(self) -> str:
        return f"Progress record of {self.meeting_id}"

    @property
    def next_step(self) -> str:
        return self.words.get("next_step", "")

    @property
    def answers(self) -> dict[str, str]:
        return self.words.get("answers", {})

    def say(self, next_step: str, answers: dict[str, str]) -> None:
        """What the record will hold when it is saved."""
        self.words = {"next_step": next_step, "answers": answers}


@pghistory.track(exclude=["words"])
class PartnersWords(Sealed):
    """Words that belong to something whose dates may be counted: an agenda, an action, a goal. For its partners alone.

    Dates stand in the row that names this one, so that reminders can be computed by whoever may not read the words.
    `on_day`: when it was kept; what is meant for a meeting belongs to the day of that meeting.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(ContentKey, on_delete=models.PROTECT, related_name="+")
    on_day = models.DateField(default=timezone.localdate)

    rows = PARTNERS_OF_THE_DAY

    class Meta:
        base_manager_name = "objects"  # a row that is reached by its foreign key comes with its key too

    def __str__(self) -> str:
        return f"Words of {self.partnership_id}"


@pghistory.track(exclude=["words"])
class Reflection(Sealed):
    """What one partner thought of a meeting (G9). The database shows it to nobody else, and holds ciphertext."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reflections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(ContentKey, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    rows = people_only()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "meeting", "person"], name="reflection_once_by_each"),
        ]

    def __str__(self) -> str:
        return f"Reflection on {self.meeting_id}"

    @property
    def answers(self) -> dict[str, str]:
        return self.words
