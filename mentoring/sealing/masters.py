"""Master keys: from the environment, two versions at once while one replaces the other."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

BYTES = 32
NAME = re.compile(r"[a-z0-9-]{1,20}")
FEWEST_DIFFERENT = 12  # bytes; 32 drawn at random have fewer once in far more deployments than there will ever be


class Unusable(Exception):
    """The environment's master keys cannot be used; the message says why, and never shows a key."""


@dataclass(frozen=True)
class Master:
    """A master key under its name. The name stands beside what the key has wrapped."""

    name: str
    secret: bytes = field(repr=False)


def read_masters(text: str, others: Sequence[str]) -> tuple[Master, ...]:
    """Master keys written "name:base64", newest first, with commas between.

    `others` are the deployment's other secrets. Refused: none, a malformed or short one, one that was not drawn at
    random, and one that is used twice or for something else too.
    """
    masters = tuple(read_master(part.strip()) for part in text.split(",") if part.strip())
    if not masters:
        raise Unusable("CONTENT_KEYS is empty. Make a key with: openssl rand -base64 32")
    if len({master.name for master in masters}) < len(masters) or len({one.secret for one in masters}) < len(masters):
        raise Unusable("CONTENT_KEYS holds the same name or the same key twice.")
    for master in masters:
        written = base64.b64encode(master.secret).decode().rstrip("=")
        if any(other and (written in other or other.encode() == master.secret) for other in others):
            raise Unusable(
                f"The key “{master.name}” in CONTENT_KEYS is used as another secret too. Make one of its own."
            )
    return masters


def read_master(part: str) -> Master:
    name, _, written = part.partition(":")
    if not NAME.fullmatch(name):
        raise Unusable("CONTENT_KEYS must look like 2026:KEY, with small letters, digits or hyphens before the colon.")
    try:
        secret = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        raise Unusable(f"The key “{name}” in CONTENT_KEYS is not base64. Make one with: openssl rand -base64 32")
    if len(secret) != BYTES or len(set(secret)) < FEWEST_DIFFERENT:
        raise Unusable(
            f"The key “{name}” in CONTENT_KEYS was not drawn at random. Make one with: openssl rand -base64 32"
        )
    return Master(name, secret)
