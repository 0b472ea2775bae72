"""What an organisation seals with: its key and certificate, and how the key is locked away.

The private key lies in the database only under SEAL_KEY, which lies in the environment only: neither a copy of the
database nor the environment is enough to seal. It is bound to its certificate, so that no key can be put under another.
"""

import datetime
import os

from asn1crypto.x509 import Name
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID
from django.conf import settings

from mentoring.organisations.models import Organisation
from mentoring.refusal import Refused

# RSA: with an elliptic curve the file would have to call itself PDF 2.0, which PDF/A-3 is not (decision 10).
BITS = 3072
LASTS = datetime.timedelta(days=365 * 25)  # longer than any contract is kept
LONGEST_NAME = 64  # bytes of a name in a certificate
NONCE = 12  # bytes


def new_private_key() -> RSAPrivateKey:
    return generate_private_key(65537, BITS)


def name_in_certificate(organisation: Organisation) -> str:
    """The organisation's name; its address where certificates cannot hold the name.

    Programs compare names by the rules of RFC 4518, by which names with emoji, or with letters of both directions, equal
    nothing, not even themselves.
    """
    name = organisation.name.encode()[:LONGEST_NAME].decode(errors="ignore").strip()
    try:
        comparable = Name.build({"common_name": name}) == Name.build({"common_name": name})
    except ValueError:
        comparable = False
    return name if comparable else organisation.slug


def new_certificate(key: RSAPrivateKey, known_as: str, at: datetime.datetime) -> bytes:
    """A certificate that names the organisation and is signed by itself, as DER."""
    parts = {
        NameOID.ORGANIZATION_NAME: known_as,
        NameOID.ORGANIZATIONAL_UNIT_NAME: "Mentoring agreements",
        NameOID.COMMON_NAME: known_as,
    }
    name = x509.Name([x509.NameAttribute(oid, words) for oid, words in parts.items()])
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=at - datetime.timedelta(minutes=5),
        not_valid_after=at + LASTS,
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(SIGNS_DOCUMENTS, critical=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = builder.add_extension(identifier, critical=False).sign(key, hashes.SHA256())
    return certificate.public_bytes(serialization.Encoding.DER)


SIGNS_DOCUMENTS = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def as_pem(certificate: bytes) -> bytes:
    return x509.load_der_x509_certificate(certificate).public_bytes(serialization.Encoding.PEM)


def lock_away(key: RSAPrivateKey, fingerprint: str) -> bytes:
    """The private key under today's SEAL_KEY, for the certificate with this fingerprint."""
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    nonce = os.urandom(NONCE)
    return nonce + lock(settings.SEAL_KEY).encrypt(nonce, plain, fingerprint.encode())


def take_out(locked: bytes, fingerprint: str) -> RSAPrivateKey:
    """The private key again, under SEAL_KEY or one that came before. Refused when none of them opens it."""
    for secret in (settings.SEAL_KEY, *settings.SEAL_KEY_FALLBACKS):
        try:
            plain = lock(secret).decrypt(locked[:NONCE], locked[NONCE:], fingerprint.encode())
        except InvalidTag:
            continue
        # We made it, and nobody can have changed it since: proving again that its primes are prime takes 0.1 s.
        key = serialization.load_der_private_key(plain, None, unsafe_skip_rsa_key_validation=True)
        assert isinstance(key, RSAPrivateKey)
        return key
    raise Refused(
        "The organisation’s seal cannot be opened, so nothing can be sealed. Ask an organisation administrator to make a "
        "new seal under Settings; what was sealed before stays genuine."
    )


def lock(secret: str) -> AESGCM:
    stretched = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"alongside seal").derive(secret.encode())
    return AESGCM(stretched)
