"""Questions about documents: is this one genuine?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .identity import Identity, identify
from .models import Seal, SealKey, SealState
from .names import open_names


class Verdict(StrEnum):
    GENUINE = "genuine"
    REPLACED = "replaced"  # genuine, and a later document has taken its place
    CHANGED = "changed"  # it says it is a document of ours, and is not its bytes
    UNKNOWN = "unknown"
    CODE_KNOWN = "code known"  # nothing is said of any file


@dataclass(frozen=True)
class Finding:
    """What a check found. names: who is named in it, where the whole file was at hand."""

    verdict: Verdict
    seal: Seal | None = None
    names: dict[str, Any] | None = None


def check_identity(identity: Identity) -> Finding:
    """What the register says of a file with this SHA-256, or else of the code that stands in it.

    A SHA-256 is there only of bytes that passed the whole check when they were made: a sealed document's seal covers the
    entire file and is of the certificate entered beside it. So the same bytes pass it again (decision 10).
    """
    seal = Seal.objects.filter(sha256=identity.sha256).first()
    if seal is None:
        said_to_be = seal_with_code(identity.code) if identity.code else None
        return Finding(Verdict.CHANGED if said_to_be else Verdict.UNKNOWN, said_to_be)
    names = open_names(bytes(seal.names), identity.names_key) if seal.names and identity.names_key else None
    return Finding(Verdict.REPLACED if seal.state == SealState.REPLACED else Verdict.GENUINE, seal, names)


def check_file(content: bytes) -> Finding:
    """The same for a file at hand, whose seal is looked at too."""
    from .sealing import is_sealed_whole

    finding = check_identity(identify([content]))
    known = finding.seal if finding.verdict in (Verdict.GENUINE, Verdict.REPLACED) else None
    if known and known.certificate and not is_sealed_whole(content, known.certificate):
        return Finding(Verdict.CHANGED, known)
    return finding


def check_code(code: str) -> Finding:
    """What the code on paper says: that there is such a document, never that a file is it, and never who is named in it."""
    seal = seal_with_code(code)
    return Finding(Verdict.CODE_KNOWN if seal else Verdict.UNKNOWN, seal)


def seal_with_code(code: str) -> Seal | None:
    """The register's entry for the code printed on a document."""
    return Seal.objects.filter(code=code).first()


def certificates() -> list[SealKey]:
    """The running organisation's certificates, the one in use first."""
    return list(SealKey.objects.order_by("-made_at").defer("private_key"))
