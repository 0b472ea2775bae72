"""The five stages of a partnership and what may help in each (X1), in our own words."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from programmes.models import Partnership

from .models import Stage, StageReached
from .planning.actions import lock

PROMPTS: dict[str, tuple[str, ...]] = {
    Stage.RAPPORT: (
        "Tell each other how you came to be where you are.",
        "Ask what the other would find easy, and what hard, in talking together.",
        "Say what you hope for and what you do not expect.",
        "Talk through your agreement: what stays between you, and where that ends.",
        "Settle how you keep in touch, how often, and who writes first.",
        "Settle what each of you will do, and what you will do when it does not work.",
        "Say which subjects you would rather leave out.",
        "Decide after two or three meetings whether you want to go on. Either answer is a good one.",
    ),
    Stage.DIRECTION: (
        "Find out how each of you learns best.",
        "Talk about what the mentee wants, and why now.",
        "Look at where things stand, without judging.",
        "Put one or two goals into your plan, with how you will know.",
        "Choose what comes first.",
        "Ask what has to be learned on the way, and where.",
        "Ask how sure each of you is that this is the right direction.",
    ),
    Stage.PROGRESS: (
        "Begin with what has gone well since last time.",
        "Look at the goals again: which have moved, which no longer fit?",
        "Say what helps in your conversations, and what you would do without.",
        "Let the mentee lead more than at the beginning.",
        "Try something out between two meetings and talk about it after.",
        "Notice what stands in the way, and think of more than one way round it.",
        "Ask what new has come up.",
        "Tell each other what you have noticed and valued.",
    ),
    Stage.WINDING_UP: (
        "Look back at what you set out to do, and at what came of it.",
        "Say how it feels to come to an end.",
        "Write down the mentee's next steps, and who will be beside them.",
        "Tell each other what you have learned.",
        "Decide whether you want to keep in touch, and how: it would be something new.",
    ),
    Stage.MOVING_ON: (
        "Thank each other, and say goodbye to this part.",
        "Keep what you want from your record and your plan: you can download both.",
        "Tell the programme what worked, so that the next people have it better.",
        "Think of somebody you could help in the same way.",
    ),
}


@dataclass(frozen=True)
class Standing:
    """The stage a partnership has come to, and when it came to each; the newest first."""

    stage: Stage
    reached: dict[str, datetime.datetime]

    @property
    def since(self) -> datetime.datetime | None:
        return self.reached.get(self.stage)

    @property
    def prompts(self) -> tuple[str, ...]:
        return PROMPTS[self.stage]

    @property
    def way(self) -> list[tuple[Stage, datetime.datetime | None, tuple[str, ...]]]:
        """All five in their usual order: when it was reached, if it was, and what may help there."""
        return [(stage, self.reached.get(stage), PROMPTS[stage]) for stage in Stage]

    @property
    def is_for_plans(self) -> bool:
        """Whether goals and needs are what this stage is about."""
        return self.stage in (Stage.DIRECTION, Stage.PROGRESS)


def stage_of(partnership: Partnership) -> Standing:
    """The stage that was said last; getting to know each other until one is said. One query."""
    reached = dict(partnership.stages.order_by("-at").values_list("stage", "at"))
    return Standing(Stage(next(iter(reached), Stage.RAPPORT)), reached)


@transaction.atomic
def come_to(partnership: Partnership, stage: str, *, by: Person, now: datetime.datetime) -> None:
    """Say that the partnership has come to a stage, or has gone back to it. Refused after the end and by others."""
    held = lock(partnership, by)
    StageReached.objects.update_or_create(partnership=held, stage=Stage(stage), defaults={"said_by": by, "at": now})
    audit.record("stage reached", on=held, by=by, at=now, stage=stage)
