"""Free text as whole numbers: which words two people both use.

A text becomes a row of 256 numbers, one for each group of words that share a hash; short and everyday words are left out.
Two rows' product is the share of words in common (the cosine), times the points it is worth.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

GROUPS = 256
SOME = 4096
WORD = re.compile(r"[^\W\d_]{3,}")
EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        """
        about above after again all also although always and another any are around because been before being between
        both but can could did does doing done down each even ever every for from further get gets give going had has
        have having help her here hers him his how into its itself just keep know less like made make many may might
        more most much must myself need needs never new not now often once one only other our ours out over own really
        same see she should since some something still such take than that the their theirs them then there these they
        thing things this those through time too under until upon use very want wants was way well were what when where
        which while who whom whose why will with within without work working would year years yet you your yours
        yourself
        """,
    )
)


def find_words(text: str | None) -> frozenset[str]:
    """The words that say something, in lower case and without accents."""
    letters = (text or "").casefold()
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", text or "").casefold()
        letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return frozenset(WORD.findall(letters)) - EVERYDAY


@lru_cache(maxsize=1 << 14)
def list_groups(text: str | None) -> tuple[int, ...]:
    """The groups of its words. The same texts are asked for again and again while people look at a round."""
    return tuple(map(find_group, find_words(text)))


@lru_cache(maxsize=1 << 14)
def find_group(word: str) -> int:
    return hashlib.blake2b(word.encode(), digest_size=1).digest()[0]


def count_words(texts: list[str | None], worth: int) -> NDArray[np.float32]:
    """Each text as whole numbers whose squares add up to `worth` at most, so that no product of two is worth more.

    `worth` is far below 2^24, so that single precision holds every product.
    """
    rows = np.zeros((len(texts), GROUPS), dtype=np.float32)
    groups = [list_groups(text) for text in texts]
    places = np.repeat(np.arange(len(texts)), [len(some) for some in groups])
    np.add.at(rows, (places, np.fromiter(chain.from_iterable(groups), dtype=np.int64, count=len(places))), 1)
    for start in range(0, len(rows), SOME):
        part = rows[start : start + SOME].astype(np.float64)
        length = np.sqrt((part**2).sum(axis=1, keepdims=True))
        rows[start : start + SOME] = np.floor(part * np.sqrt(worth) / np.maximum(length, 1))
    return rows
