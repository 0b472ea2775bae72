"""Tags that every template has."""

import uuid
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.wording import plural

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The hidden key that makes a form posted twice have the effect of one."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], name: str, **parts: Any) -> str:
    """The path of a page of the programme at hand: `{% address "needs:objective" pk=objective.pk %}`."""
    return context["programme"].url(name, **parts)


@register.filter
def hours(minutes: int) -> str:
    """Minutes as people say them: 45 minutes, 1 hour, 2 hours 30 minutes."""
    whole, rest = divmod(minutes, 60)
    said = [plural(whole, "hour")] if whole else []
    return " ".join([*said, plural(rest, "minute")] if rest or not whole else said)


@register.filter
def figures(value: Decimal | None) -> str:
    """A number without noughts that say nothing: 31.5, 1,200. A dash where there is none."""
    if value is None:
        return "–"
    words = f"{value:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
