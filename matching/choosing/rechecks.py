"""Whether a letter is still wanted when its time comes."""

from mentoring.outbox.models import Message
from mentoring.outbox.rechecks import recheck

from .models import Request


@recheck("choosing_asked")
def is_still_open(message: Message) -> bool:
    """A question is asked only while it can be answered."""
    return Request.objects.filter(pk=message.key.split("|")[1], state="open").exists()
