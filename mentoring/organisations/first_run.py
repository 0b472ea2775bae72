"""The token that opens /setup/ on a new deployment."""

import logging

from django.conf import settings
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)


def setup_token() -> str:
    """SETUP_TOKEN, or one made from the secret key, so that every worker process knows the same."""
    return settings.SETUP_TOKEN or salted_hmac("mentoring.setup", "token").hexdigest()[:32]


def tell_operator() -> None:
    """Write the token where only those who run the server read it. One they set themselves is not written."""
    if not settings.SETUP_TOKEN:
        log.warning("This deployment is new. The set-up token for %s/setup/ is %s", settings.BASE_URL, setup_token())
