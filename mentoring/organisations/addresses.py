"""Every address of the product, read from the URLconf, with what its gate declared."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from .policy import Policy


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name, its route as written, and its gate's policy (None for a page without a gate)."""

    name: str
    route: str
    policy: Policy | None


def addresses() -> list[Address]:
    """All of them, in the order in which they are tried."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: Any, namespace: str, route: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, route + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            policy = getattr(pattern.callback, "policy", None)
            yield Address(f"{namespace}{pattern.name}", route + str(pattern.pattern), policy)
