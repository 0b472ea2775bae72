"""Short names for the content of many files: they tell when work that was done once must be done again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("mentoring", "programmes", "matching", "contracts", "evaluation")
# What decides the tables: migrations, and what is installed after them (policies and keys are derived from the models).
SCHEMA = ("**/migrations/*.py", "**/models.py", "**/models/*.py", "**/apps.py", "organisations/*.py", "settings.py")


def fingerprint(files: Iterable[Path]) -> str:
    """The same 16 letters for the same names and content, whatever order the files come in."""
    seen = hashlib.sha256()
    for file in sorted(set(files)):
        seen.update(f"{file.relative_to(ROOT)}\0".encode())
        seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()[:16]


def schema_fingerprint() -> str:
    """Changes whenever the database that `migrate` makes may change."""
    code = (file for floor in FLOORS for pattern in SCHEMA for file in (ROOT / floor).glob(pattern))
    return fingerprint([*code, ROOT / "requirements.lock"])
