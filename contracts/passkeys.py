"""Signing with a passkey as well: a key that only its holder has signs the fingerprint of the text itself.

The challenge is SHA-256(domain ‖ agreement ‖ version ‖ SHA-256 of the document ‖ role ‖ nonce), so what the passkey signs
is of use for this one version and nothing else.
"""

import hashlib
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.webauthn.internal.auth import get_credentials, get_server
from django.conf import settings
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticationResponse, UserVerificationRequirement

from mentoring.refusal import Refused
from mentoring.visit import Visit

from .models import Version

NONCE = "contracts.nonce"


def domain() -> str:
    return urlsplit(settings.BASE_URL).hostname or ""


def challenge_for(version: Version, role: str, nonce: str) -> bytes:
    """What a passkey is asked to sign."""
    parts = [domain(), str(version.agreement_id), str(version.number), version.sha256, role, nonce]
    return hashlib.sha256("\n".join(parts).encode()).digest()


def role_in(request: Visit) -> str:
    return request.member.role if request.member else ""


def question_for(request: Visit, version: Version) -> dict[str, Any] | None:
    """What the browser asks a passkey, or None for somebody who has none. The nonce stays in the session."""
    credentials = get_credentials(request.person)
    if not credentials:
        return None
    nonce = request.session.setdefault(NONCE, {}).setdefault(version.sha256, secrets.token_hex(16))
    request.session.modified = True
    options, _ = get_server().authenticate_begin(
        credentials, UserVerificationRequirement.PREFERRED, challenge=challenge_for(version, role_in(request), nonce)
    )
    return {"request_options": dict(options)}


def answer_of(request: Visit, version: Version, answered: str) -> dict[str, Any]:
    """What the passkey signed, checked and ready to be kept. Refuses an answer to any other question."""
    nonce = request.session.get(NONCE, {}).get(version.sha256, "")
    challenge = challenge_for(version, role_in(request), nonce)
    state = {"challenge": websafe_encode(challenge), "user_verification": UserVerificationRequirement.PREFERRED}
    try:
        response = AuthenticationResponse.from_dict(json.loads(answered))
        used = get_server().authenticate_complete(state, credentials=get_credentials(request.person), response=response)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("The passkey did not sign this version. Try again, or sign without it.")
    return {
        "nonce": nonce,
        "challenge": challenge.hex(),
        "credential": used.credential_id.hex(),
        "public_key": {str(name): as_text(value) for name, value in used.public_key.items()},
        "client_data": websafe_encode(bytes(response.response.client_data)),
        "authenticator_data": websafe_encode(bytes(response.response.authenticator_data)),
        "signature": websafe_encode(response.response.signature),
    }


def as_text(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
