"""What Celery does for this step."""

from django.utils import timezone

from mentoring.organisations.tasks import tenant_task

from . import actions
from .models import Round


@tenant_task
def work_out_round(*, round_id: str) -> None:
    """Solve a round that is too large to be waited for."""
    round = Round.objects.select_related("programme__organisation").get(pk=round_id)
    actions.work_out(round, now=timezone.now())
