"""How an action says no, and where a page shows it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest


class Refused(Exception):
    """An action will not do this. The message is for the person who asked: what is wrong and what to do."""


@contextmanager
def refusals_on(place: BaseForm | HttpRequest, field: str | None = None) -> Iterator[None]:
    """What an action refuses inside is shown on the form (at a field), or at the head of the page that comes next."""
    try:
        yield
    except Refused as refusal:
        if isinstance(place, BaseForm):
            place.add_error(field, str(refusal))
        else:
            messages.error(place, str(refusal))
