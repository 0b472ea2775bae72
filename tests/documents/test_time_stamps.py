"""A time-stamp server confirms when a contract was sealed; one that is away keeps nobody from signing."""

import datetime
import io
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from mentoring.documents import stamping
from mentoring.documents.queries import Verdict, check_file
from mentoring.documents.sealing import finish

from .test_seal import sealed_document, signature_facts


def authority() -> tuple[asn1.Certificate, asn1_keys.PrivateKeyInfo]:
    """A time-stamp server's own key and certificate."""
    key, now = rsa.generate_private_key(65537, 2048), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Clock of Exampleford")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return (
        asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(der),
    )


class Clock:
    """A time-stamp server on loopback. `answer` may be replaced by one that misbehaves."""

    def __init__(self) -> None:
        self.certificate, key = authority()
        self.stamper = DummyTimeStamper(self.certificate, key)
        self.asked = 0
        self.answer = self.stamp
        clock = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                clock.asked += 1
                body = clock.answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/stamp"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stamp(self, question: bytes) -> bytes:
        return self.stamper.request_tsa_response(tsp.TimeStampReq.load(question)).dump()


@pytest.fixture
def clock(settings):
    clock = Clock()
    settings.TIME_STAMP_URL = clock.url
    yield clock
    clock.server.shutdown()
    clock.server.server_close()


def stamp_in(content: bytes, certificate: asn1.Certificate):
    seal = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    trusted = ValidationContext(trust_roots=[seal.signer_cert, certificate], allow_fetching=False)
    return finish(async_validate_pdf_signature(seal, trusted, ts_validation_context=trusted)).timestamp_validity


def test_seal_carries_the_time_that_the_server_confirmed(clock, organisation, tmp_path):
    content = bytes(sealed_document().content)

    stamp = stamp_in(content, clock.certificate)
    assert (stamp.intact, stamp.valid, stamp.trusted) == (True, True, True)
    assert abs(stamp.timestamp - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=1)
    assert "Signature Validation: Signature is Valid." in signature_facts(content, tmp_path)
    assert check_file(content).verdict == Verdict.GENUINE


def test_without_a_server_nobody_is_asked(clock, organisation, settings):
    settings.TIME_STAMP_URL = ""

    content = bytes(sealed_document().content)

    assert (clock.asked, stamp_in(content, clock.certificate)) == (0, None)


def too_late(question: bytes) -> bytes:
    time.sleep(3)
    return b""


@pytest.mark.parametrize(
    "answer",
    [lambda question: b"<html>Busy</html>", lambda question: b"", too_late],
    ids=["another answer", "none", "too late"],
)
def test_server_that_misbehaves_keeps_nobody_from_signing(clock, organisation, monkeypatch, answer):
    monkeypatch.setattr(stamping, "PATIENCE", 0.5)
    clock.answer = answer

    content = bytes(sealed_document().content)

    assert clock.asked >= 1
    assert stamp_in(content, clock.certificate) is None
    assert check_file(content).verdict == Verdict.GENUINE


def test_server_that_is_away_keeps_nobody_from_signing(organisation, settings):
    settings.TIME_STAMP_URL = "http://127.0.0.1:9/"

    assert check_file(bytes(sealed_document().content)).verdict == Verdict.GENUINE
