"""What can happen to a sealed contract: every way to make another file of it that somebody might believe."""

import datetime
import io
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from mentoring.documents import keys
from mentoring.documents.sealing import KeyInHand, seal_pdf, written

STEP = 64  # bytes between two truncations
CONTENTS = re.compile(rb"/Contents\s*<([0-9a-f]{100,})>", re.IGNORECASE)


def flips(content: bytes, every: int = 1) -> Iterator[tuple[str, bytes]]:
    """One bit of every byte, each time another of the eight."""
    for place in range(0, len(content), every):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        yield f"bit {place % 8} of byte {place}", bytes(changed)


def truncations(content: bytes, step: int = STEP) -> Iterator[tuple[str, bytes]]:
    for length in range(0, len(content), step):
        yield f"cut after {length} bytes", content[:length]
    yield "without its last byte", content[:-1]


def forgeries(content: bytes, unsealed: bytes, other: bytes, organisation: str) -> Iterator[tuple[str, bytes]]:
    """Whole files that somebody made with tools. unsealed: the contract before its seal. other: another sealed contract."""
    for name, appended in APPENDED.items():
        yield name, content + appended
    for name, change in UPDATES.items():
        yield name, updated(content, change)
    for name, options in QPDF.items():
        yield name, by_qpdf(content, *options)
    yield "its seal taken off", unsealed
    yield "sealed by another certificate of the same name", sealed_by_another(unsealed, organisation)
    yield "sealed by another certificate on top", signed_on_top(content, organisation)
    yield "with the seal of another contract", with_seal_of(content, other)
    yield "put behind another contract", other + content
    yield "put before another contract", content + other


APPENDED = {
    "a line break appended": b"\n",
    "a NUL appended": b"\0",
    "an end appended": b"%%EOF\n",
    "an object appended": b"\n999 0 obj\n<</Type /Annot>>\nendobj\n",
    "a comment appended": b"% signed by somebody else\n",
}
QPDF = {
    "saved again by a program": (),
    "made quick for the web": ("--linearize",),
    "unpacked": ("--qdf",),
    "turned": ("--rotate=+90:1",),
    "pages swapped": ("--pages", ".", "z-1", "--"),
    "last page left out": ("--pages", ".", "1-r2", "--"),
}


def by_qpdf(content: bytes, *options: str) -> bytes:
    with TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.pdf", Path(folder) / "after.pdf"
        before.write_bytes(content)
        subprocess.run(["qpdf", "--warning-exit-0", before, *options, after], check=True, capture_output=True)
        return after.read_bytes()


def turn_page(writer: object) -> None:
    from pyhanko.pdf_utils.generic import NumberObject

    reference, _ = writer.find_page_for_modification(0)  # type: ignore[attr-defined]
    page = reference.get_object()
    page["/Rotate"] = NumberObject(90)
    writer.update_container(page)  # type: ignore[attr-defined]


def say_another_title(writer: object) -> None:
    from pyhanko.pdf_utils.generic import DictionaryObject, TextStringObject, pdf_name

    writer.set_info(DictionaryObject({pdf_name("/Title"): TextStringObject("Another")}))  # type: ignore[attr-defined]


def touch_nothing(writer: object) -> None:
    root = writer.root  # type: ignore[attr-defined]
    writer.update_container(root)  # type: ignore[attr-defined]


def add_field(writer: object) -> None:
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    append_signature_field(writer, SigFieldSpec("Another"))  # type: ignore[arg-type]


UPDATES: dict[str, Callable[[object], None]] = {
    "an update that turns a page": turn_page,
    "an update of the title": say_another_title,
    "an update that says the same": touch_nothing,
    "an update with a field to sign": add_field,
}


def updated(content: bytes, change: Callable[[object], None]) -> bytes:
    """With an incremental update: the sealed bytes stay as they are, and other words stand behind them."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer, written = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    change(writer)
    writer.write(written)
    return written.getvalue()


def own_certificate(organisation: str) -> tuple[bytes, RSAPrivateKey]:
    """A key of one's own, and a certificate that says the organisation's name."""
    key = keys.new_private_key()
    return keys.new_certificate(key, organisation, datetime.datetime.now(datetime.UTC)), key


def sealed_by_another(content: bytes, organisation: str) -> bytes:
    certificate, key = own_certificate(organisation)
    return seal_pdf(content, certificate, key, organisation=organisation, reason="Signed by all")


def signed_on_top(content: bytes, organisation: str) -> bytes:
    """A second signature behind the seal, which the seal forbids, by a program that does not care."""
    certificate, key = own_certificate(organisation)
    signer = KeyInHand(x509.Certificate.load(certificate), key)
    careless = PdfSigner(PdfSignatureMetadata(field_name="Another", md_algorithm="sha256"), signer)
    setattr(careless, "_enforce_certification_constraints", lambda reader: None)
    return written(careless, content)


def with_seal_of(content: bytes, other: bytes) -> bytes:
    """The signature of another document in place of its own, of the same length."""
    own, taken = CONTENTS.findall(content)[-1], CONTENTS.findall(other)[-1]
    return content.replace(own, taken[: len(own)].ljust(len(own), b"0"))
