"""AES-256-GCM: what is closed opens only by the same key and for the same place."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from .masters import BYTES, Master

NONCE = 12  # bytes, drawn anew each time something is closed


class SealBroken(Exception):
    """What is kept does not belong where it stands, or was changed, or its master key is not in the environment."""


def close(key: bytes, content: bytes, place: str) -> bytes:
    """Encrypt for one place. The place is not kept: it must be known again to open."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def reopen(key: bytes, closed: bytes, place: str) -> bytes:
    """Decrypt what was closed for this place. Refuses anything else, and every changed bit."""
    try:
        return AESGCM(key).decrypt(closed[:NONCE], closed[NONCE:], place.encode())
    except InvalidTag:
        raise SealBroken(f"What is kept at {place} does not belong there.")


def new_key() -> bytes:
    return secrets.token_bytes(BYTES)


def newest_master() -> Master:
    return settings.CONTENT_KEYS[0]


def master(name: str) -> Master:
    """The master key of this name. Refused when the environment no longer holds it."""
    for one in settings.CONTENT_KEYS:
        if one.name == name:
            return one
    raise SealBroken(f"The master key “{name}” is not in CONTENT_KEYS.")
