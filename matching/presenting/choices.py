"""Whom else somebody could come together with: what is said of each, whatever the model of mentoring."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matching.engine import Change
from programmes.models import Participant

from .reasons import Reason

FEW, MANY = 6, 40


@dataclass(frozen=True)
class Alternative:
    """One possible partner. `change` is that of everybody's matches, `effect` says it in words; `company` are those who
    would be there too."""

    partner: Participant
    reasons: list[Reason]
    change: Change | None = None
    effect: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    company: str = ""


@dataclass(frozen=True)
class Choices:
    """`fitting`: the best for everybody first; `left`: how many fit besides; `rest`: those of them whose effect is worked
    out when somebody asks. `against`: a rule that may be set aside speaks against them. `never`: nobody may choose these."""

    current: list[Participant]
    fitting: list[Alternative]
    left: int
    against: list[Alternative]
    never: list[Alternative]
    total: int
    rest: Sequence[Alternative] = ()
