"""Questions about what was done."""

from uuid import UUID

from django.db.models import Q, QuerySet

from .models import Event


def events_of(programme_id: UUID) -> QuerySet[Event]:
    """What people did and saw in a programme, newest first."""
    return Event.objects.filter(programme_id=programme_id).select_related("person").order_by("-at", "-id")


def search(events: QuerySet[Event], words: str) -> QuerySet[Event]:
    """Those that name the deed, the record or the person by these words."""
    return events.filter(Q(what__icontains=words) | Q(label__icontains=words) | Q(person__name__icontains=words))
