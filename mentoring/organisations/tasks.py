"""Background tasks that belong to an organisation."""

import datetime
from typing import Any

from celery import Task, shared_task
from django.utils import timezone

from mentoring.accounts.models import RequestKey

from .tenancy import NoTenant, current, tenant, visitor

KEPT_FOR = datetime.timedelta(hours=24)  # how long a form that was posted is remembered


class TenantTask(Task):
    """Carries the organisation in the message's header, opens its context, and refuses to run without one."""

    abstract = True

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        headers = dict(options.pop("headers", None) or {})
        headers.setdefault("organisation", str(current().organisation or ""))
        if not headers["organisation"]:
            raise NoTenant(f"{self.name} was sent without an organisation.")
        return super().apply_async(args, kwargs, headers=headers, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        organisation = (self.request.headers or {}).get("organisation") or getattr(self.request, "organisation", None)
        if not organisation:
            raise NoTenant(f"{self.name} ran without an organisation.")
        with tenant(organisation):
            return super().__call__(*args, **kwargs)


def tenant_task(function: Any) -> Any:
    """A Celery task of one organisation. Its arguments are ids only."""
    return shared_task(base=TenantTask)(function)


@shared_task
def forget_request_keys() -> None:
    """Forms posted long ago can no longer be doubled by accident: forget their keys."""
    with visitor(None):
        RequestKey.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
