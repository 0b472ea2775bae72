"""Whether a message about a survey is still wanted when its time comes."""

import re

from django.utils import timezone

from mentoring.outbox.models import Message
from mentoring.outbox.rechecks import recheck

from .links import sha256
from .models import SurveyInvitation

SECRET = re.compile(r"/evaluation/answer/([\w-]+)/")


@recheck("survey")
def is_wanted(message: Message) -> bool:
    """Only while its link works: not after an answer, after the survey, or when a later letter has a newer link."""
    found = SECRET.search(message.body)
    if found is None:
        return False
    waiting = SurveyInvitation.objects.filter(secret_sha256=sha256(found[1]), answered_on=None).select_related("survey")
    invitation = waiting.first()
    return invitation is not None and invitation.survey.is_open(timezone.localdate())
