"""The secret in a survey's link: sent once, kept as a hash."""

import hashlib
import secrets

from mentoring.addresses import absolute
from programmes.models import Programme

SECRET_BYTES = 24


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def survey_link(programme: Programme, secret: str) -> str:
    """The whole address that is sent."""
    return absolute(programme.url("evaluation:answer", secret=secret))
