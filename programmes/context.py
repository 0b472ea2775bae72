"""What pages of a step know by themselves: which of the seven it is, and the way to its neighbours."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from mentoring.organisations.policy import Hat, allows

from .models import Programme
from .navigation import may_open
from .steps import Step, load_steps


def step_of_page(request: HttpRequest) -> dict[str, Any]:
    """`step` on every page of a step, `steps` on its home: for those who run the programme or answer for it."""
    programme, match = getattr(request, "programme", None), request.resolver_match
    if programme is None or match is None or not allows(request.hats, "plan", "R"):  # type: ignore[attr-defined]
        return {}
    steps = load_steps()
    here = next((step for step in steps if step.slug == match.app_name), None)
    if here is None:
        return {}
    hats: frozenset[Hat] = request.hats  # type: ignore[attr-defined]
    near = [way_to(step, programme, hats) for step in steps] if match.url_name == "home" else []
    return {"step": here, "steps": near}


def way_to_help(request: HttpRequest) -> dict[str, Any]:
    """`help_url` on every page of a programme, for those whom its co-ordinators answer."""
    programme = getattr(request, "programme", None)
    hats: frozenset[Hat] = getattr(request, "hats", frozenset())
    if programme is None or not allows(hats, "enquiry", "C"):
        return {}
    return {"help_url": f"{programme.url('help:ask')}?{urlencode({'from': request.path})}"}


def way_to(step: Step, programme: Programme, hats: frozenset[Hat]) -> dict[str, Any]:
    """A step's number, words and address; the address is empty for those who may not go there."""
    url = programme.url(step.home)
    return {"number": step.number, "label": step.verb, "url": url if may_open(url, hats) else ""}
