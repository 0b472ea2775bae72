"""How somebody who signs had proved who they are, and when: from the session, for the record (trust.md)."""

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from django.core import signing

from mentoring.visit import Visit

FRESH = datetime.timedelta(hours=12)  # how long ago somebody who signs may have signed in
OPENED = "contracts.opened"
FILES = "contracts.files"  # in the session: which versions' PDFs this person has opened, and when
MOST_FILES = 10
WORDS = {
    "password": "password",
    "code": "code sent by e-mail",
    "email_verification": "code sent by e-mail",
    "recovery_codes": "recovery code",
    "totp": "code of an authenticator app",
    "webauthn": "passkey",
}


@dataclass(frozen=True)
class Evidence:
    """What is kept beside a signature. passkey: what a passkey signed, where one was used."""

    signed_in_by: str = ""
    signed_in_at: datetime.datetime | None = None
    session: str = ""
    opened_at: datetime.datetime | None = None
    file_opened_at: datetime.datetime | None = None
    language: str = "en-gb"
    passkey: dict[str, Any] | None = None

    def is_fresh(self, now: datetime.datetime) -> bool:
        """Whether the person signed in so lately that it is surely they who sit there."""
        return self.signed_in_at is not None and now - self.signed_in_at <= FRESH


UNKNOWN = Evidence()


def evidence_of(request: Visit, opened: str = "", sha256: str = "") -> Evidence:
    """What this session knows of how its person signed in, from `opened` when they first had the page before them, and
    when they had the PDF with this SHA-256.
    """
    methods = request.session.get("account_authentication_methods", [])
    times = [float(method["at"]) for method in methods if "at" in method]
    last = datetime.datetime.fromtimestamp(max(times), datetime.UTC) if times else request.person.last_login
    return Evidence(
        signed_in_by=" and ".join(dict.fromkeys(name_of(method) for method in methods)),
        signed_in_at=last,
        session=hashlib.sha256((request.session.session_key or "").encode()).hexdigest(),
        opened_at=read_opening(opened),
        file_opened_at=file_opening(request, sha256),
        language=request.person.language,
    )


def name_of(method: dict[str, Any]) -> str:
    key = method.get("type") or method.get("method", "")
    return WORDS.get(key, str(key).replace("_", " "))[:30]


def note_file_opening(request: Visit, sha256: str, now: datetime.datetime) -> None:
    """That this person has had the PDF itself before them; the first time counts."""
    known = request.session.get(FILES, {})
    if sha256 not in known:
        request.session[FILES] = dict([*known.items(), (sha256, now.isoformat())][-MOST_FILES:])


def file_opening(request: Visit, sha256: str) -> datetime.datetime | None:
    noted = request.session.get(FILES, {}).get(sha256)
    return datetime.datetime.fromisoformat(noted) if noted else None


def note_opening(now: datetime.datetime) -> str:
    """When a page was opened, to travel in its form and come back unchanged."""
    return signing.dumps(now.isoformat(), salt=OPENED)


def read_opening(opened: str) -> datetime.datetime | None:
    """When the page was opened, if that is what stands there."""
    try:
        return datetime.datetime.fromisoformat(signing.loads(opened, salt=OPENED))
    except signing.BadSignature:
        return None
