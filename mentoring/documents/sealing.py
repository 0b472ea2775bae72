"""The seal: one PAdES signature of the organisation over a whole PDF, after which no change is allowed.

Any reader of PDFs can check it without us. Our own check asks for more than that the signature is valid, because there
are changes that leave it so (decision 10).
"""

import asyncio
import io
import logging
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .stamping import time_stamper

log = logging.getLogger(__name__)

FIELD = "Seal"
RSA_SHA256 = SignedDigestAlgorithm({"algorithm": "sha256_rsa"})
T = TypeVar("T")


class KeyInHand(Signer):
    """Signs with a private key that is open already; the package would read and prove it again each time."""

    def __init__(self, certificate: x509.Certificate, key: RSAPrivateKey) -> None:
        super().__init__(
            signing_cert=certificate, cert_registry=SimpleCertificateStore(), signature_mechanism=RSA_SHA256
        )
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(self.key.key_size // 8) if dry_run else self.key.sign(data, PKCS1v15(), SHA256())


def seal_pdf(content: bytes, certificate: bytes, key: RSAPrivateKey, *, organisation: str, reason: str) -> bytes:
    """The PDF with the organisation's seal, time-stamped where a server is named and answers (PAdES B-T, else B-B).

    A server that is away keeps nobody from signing: the seal then says the time by our own clock.
    """
    signer = KeyInHand(x509.Certificate.load(certificate), key)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=organisation,
        reason=reason,
    )
    stamper = time_stamper()
    if stamper:
        try:
            return written(PdfSigner(metadata, signer, timestamper=stamper), content)
        except Exception as error:  # whatever a server of others may do
            log.warning("sealed without a time stamp: %s", type(error).__name__)
    return written(PdfSigner(metadata, signer), content)


def written(signer: PdfSigner, content: bytes) -> bytes:
    return finish(signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)))).getvalue()


def is_sealed_whole(content: bytes, fingerprint: str) -> bool:
    """Whether these bytes carry exactly one seal, of the certificate with this fingerprint, over the entire file."""
    try:
        seals = PdfFileReader(io.BytesIO(content)).embedded_signatures
        if len(seals) != 1 or seals[0].signer_cert.sha256.hex() != fingerprint:
            return False
        trusted = ValidationContext(trust_roots=[seals[0].signer_cert], allow_fetching=False)
        status = finish(async_validate_pdf_signature(seals[0], trusted))
    except Exception:  # a file that is no PDF, or half of one, fails in any of a hundred ways
        return False
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return bool(status.intact and status.valid and whole and status.docmdp_ok)


def finish(task: Coroutine[Any, Any, T]) -> T:
    """The package speaks asyncio, which must not meet a loop that runs already: it gets a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()
