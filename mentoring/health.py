"""Whether this deployment can do its work, for load balancers and container health checks."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mentoring.celery import app
from mentoring.organisations.gates import public_page


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")


def ask_cache() -> None:
    getattr(cache, "ask", lambda: cache.get("health"))()


def ask_broker() -> None:
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


QUESTIONS: dict[str, Callable[[], None]] = {"database": ask_database, "cache": ask_cache, "broker": ask_broker}
VITAL = {"database"}  # without a cache pages are slower and without a broker messages wait; nothing is lost


@public_page
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """The state of each server: "ok" or "away", and nothing else about it. 503 when pages cannot be shown."""
    states = {name: answer_of(ask) for name, ask in QUESTIONS.items()}
    able = all(states[name] == "ok" for name in VITAL)
    return JsonResponse({"status": "ok" if able else "away", **states}, status=200 if able else 503)


def answer_of(ask: Callable[[], None]) -> str:
    try:
        ask()
    except Exception:  # whatever a driver raises, the answer is the same
        return "away"
    return "ok"
