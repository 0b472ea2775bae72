"""Questions about messages."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from .models import Message, MessageState


def messages_of(programme_id: UUID) -> QuerySet[Message]:
    """A programme's messages, newest first."""
    return Message.objects.filter(programme_id=programme_id).select_related("signed_by").order_by("-created_at")


def search(messages: QuerySet[Message], words: str) -> QuerySet[Message]:
    """Those whose subject, or whose reader's name or address, holds these words."""
    return messages.filter(Q(subject__icontains=words) | Q(name__icontains=words) | Q(address__icontains=words))


def counts_by_state(programme_id: UUID) -> dict[str, int]:
    """How many messages stand in each state; one query."""
    found = Message.objects.filter(programme_id=programme_id).values_list("state").annotate(Count("pk"))
    counts: dict[Any, int] = dict.fromkeys(MessageState.values, 0)
    return counts | dict(found)
