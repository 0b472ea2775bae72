"""How long a meeting usually is: as the programme says, or as is usual (C3, K11, G2). Outside that a reason is asked."""

from dataclasses import dataclass

from programmes.models import Model, Partnership

from ..models import Medium

USUALLY = (60, 120)
IN_A_CIRCLE = (120, 180)
BY_PHONE = 90
HALVES = {30: "half an hour", 60: "an hour", 90: "an hour and a half"}


@dataclass(frozen=True)
class Usual:
    """Minutes from and to."""

    least: int
    most: int

    def has(self, minutes: int) -> bool:
        return self.least <= minutes <= self.most

    @property
    def words(self) -> str:
        if not self.least:
            return f"up to {say(self.most)}"
        if self.least % 60 == self.most % 60 == 0:
            return f"{self.least // 60} to {self.most // 60} hours"
        return f"{say(self.least)} to {say(self.most)}"


def usual_length(medium: str, partnership: Partnership) -> Usual:
    """What is usual for this way of meeting in this partnership's programme and model of mentoring."""
    programme = partnership.programme
    least, most = IN_A_CIRCLE if partnership.model == Model.CIRCLE else USUALLY
    most = programme.meeting_most or max(most, programme.meeting_least or 0)
    least = programme.meeting_least or min(least, most)
    if medium == Medium.PHONE:
        return Usual(0, programme.call_most or BY_PHONE)
    return Usual(0 if medium in (Medium.EMAIL, Medium.MESSENGER) else least, most)


def say(minutes: int) -> str:
    """Minutes as people say them."""
    if minutes in HALVES:
        return HALVES[minutes]
    hours, rest = divmod(minutes, 60)
    return f"{hours}½ hours" if rest == 30 else f"{minutes} minutes" if rest else f"{hours} hours"
