"""How long a meeting usually is (C3, K11, G2). Outside that a reason is asked, and never more than asked."""

from dataclasses import dataclass

from programmes.models import Model

from ..models import Medium


@dataclass(frozen=True)
class Usual:
    """Minutes from and to, and the same in words."""

    least: int
    most: int
    words: str

    def has(self, minutes: int) -> bool:
        return self.least <= minutes <= self.most


TOGETHER = Usual(60, 120, "one to two hours")
BY_PHONE = Usual(0, 90, "up to an hour and a half")
IN_A_CIRCLE = Usual(120, 180, "two to three hours")
IN_WRITING = Usual(0, 120, "up to two hours")


def usual_length(medium: str, model: str) -> Usual:
    """What is usual for this way of meeting in this model of mentoring."""
    if medium == Medium.PHONE:
        return BY_PHONE
    if medium in (Medium.EMAIL, Medium.MESSENGER):
        return IN_WRITING
    return IN_A_CIRCLE if model == Model.CIRCLE else TOGETHER
