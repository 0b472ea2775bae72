"""A cache that may go away: without it pages are slower, and nothing else changes.

Django's own raises when its server does not answer, and then nobody who has signed in sees a page.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def forgiving(name: str, without: Callable[..., Any]) -> Callable[..., Any]:
    """The method of this name; what `without` says when the server does not answer."""

    def method(self: RedisCache, *args: Any, **options: Any) -> Any:
        try:
            return getattr(super(ForgivingCache, self), name)(*args, **options)
        except (RedisError, OSError) as error:
            log.warning("the cache does not answer: %s", type(error).__name__)
            return without(*args, **options)

    return method


def default(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


def no_such_key(key: str, *args: Any, **options: Any) -> Any:
    raise ValueError(f"Key '{key}' not found")


class ForgivingCache(RedisCache):
    """Redis or Valkey; while it is away it is an empty cache that forgets what it is told."""

    get = forgiving("get", default)
    add = forgiving("add", lambda *args, **options: True)
    set = forgiving("set", lambda *args, **options: None)
    touch = forgiving("touch", lambda *args, **options: False)
    delete = forgiving("delete", lambda *args, **options: False)
    has_key = forgiving("has_key", lambda *args, **options: False)
    incr = forgiving("incr", no_such_key)
    get_many = forgiving("get_many", lambda *args, **options: {})
    set_many = forgiving("set_many", lambda *args, **options: [])
    delete_many = forgiving("delete_many", lambda *args, **options: None)
    clear = forgiving("clear", lambda *args, **options: False)

    def ask(self) -> None:
        """Raises when the server does not answer."""
        super().get("health")
