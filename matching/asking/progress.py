"""How far a running round has come. It is told outside any transaction, so it lies in the cache and may be forgotten."""

from typing import TypedDict

from django.core.cache import cache

from matching.models import Round

KEPT_FOR = 3600  # seconds without a word


class Progress(TypedDict):
    """What is being done, and how far everything is, in hundredths."""

    words: str
    percent: int


def tell(round: Round, words: str, share: float) -> None:
    cache.set(_key(round), Progress(words=words, percent=int(100 * share)), KEPT_FOR)


def look(round: Round) -> Progress | None:
    """None while nobody has begun to work it out."""
    found: Progress | None = cache.get(_key(round))
    return found


def forget(round: Round) -> None:
    cache.delete(_key(round))


def _key(round: Round) -> str:
    return f"matching|{round.pk}"
