"""The short code printed on a document."""

import re
import secrets

# Crockford's letters: none can be taken for another when read from paper.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12  # 60 bits: not to be found by trying
MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """A code nobody can guess, written in three groups of four: `K7QM-2XHT-9BVA`."""
    return grouped("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def read_code(typed: str) -> str | None:
    """The code that somebody typed from paper, however they grouped it, or None when it cannot be one."""
    letters = re.sub(r"[\s–-]", "", typed).upper().translate(MISREAD)
    return grouped(letters) if len(letters) == LENGTH and set(letters) <= set(LETTERS) else None


def grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))
