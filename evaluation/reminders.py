"""A survey that ends soon is asked once more of those who have not answered, whoever forgot to press the button."""

import datetime

from django.db.models import F, Q
from django.utils import timezone

from mentoring.outbox.sweeps import Swept, sweeps

from .actions import remind_unanswered
from .models import Survey

BEFORE_THE_END = datetime.timedelta(days=3)
SHORTEST = datetime.timedelta(days=5)  # a survey of fewer days has just been asked


@sweeps("surveys")
def promise_due(now: datetime.datetime, limit: int) -> Swept:
    """In the last three days of a survey: one letter, unless somebody reminded in those days already."""
    today = timezone.localdate(now)
    ending = Survey.objects.filter(
        closed_at=None, closes_on__gte=today, closes_on__lte=today + BEFORE_THE_END, opened_at__lte=now - SHORTEST
    )
    forgotten = ending.filter(Q(reminded_on=None) | Q(reminded_on__lt=F("closes_on") - BEFORE_THE_END))
    waiting = forgotten.filter(invitations__answered_on=None).distinct().select_related("opened_by")
    return Swept(sum(remind_unanswered(survey, by=survey.opened_by, now=now) for survey in waiting))
