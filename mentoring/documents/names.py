"""Who is named in a document, told to whoever holds it and to nobody else.

The register of genuine documents is open to all and must name nobody. So the names are locked there under a key that is
made from the document's whole content: not from its SHA-256, which is written in letters. A browser that has the file
opens them by itself; without the file neither we nor anybody can (decision 11).
"""

import hashlib
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX = b"Alongside names\n"  # what is hashed before the content; static/js/verify.js has the same
NONCE = 12  # bytes


def names_key(content: bytes) -> bytes:
    return hashlib.sha256(PREFIX + content).digest()


def lock_names(names: dict[str, Any], content: bytes) -> bytes:
    """The names as bytes that only the content opens."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(names_key(content)).encrypt(nonce, json.dumps(names).encode(), None)


def open_names(locked: bytes, key: bytes) -> dict[str, Any] | None:
    """The names again, or nothing where the key is another's."""
    try:
        plain = AESGCM(key).decrypt(locked[:NONCE], locked[NONCE:], None)
    except InvalidTag:
        return None
    return dict(json.loads(plain))
