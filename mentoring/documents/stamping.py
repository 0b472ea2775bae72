"""Asking a time-stamp server (RFC 3161) when something was sealed, where the deployment names one."""

import logging
import urllib.request

from asn1crypto import tsp
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper

log = logging.getLogger(__name__)

PATIENCE = 5  # seconds: a partnership's row is held meanwhile
LARGEST = 100_000  # bytes of an answer


class HttpTimeStamper(TimeStamper):
    """Speaks to TIME_STAMP_URL. An address that only the deployment's environment can name is not to be tricked."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = urllib.request.Request(self.url, data=req.dump(), headers=headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return tsp.TimeStampResp.load(answer.read(LARGEST))


def time_stamper() -> HttpTimeStamper | None:
    return HttpTimeStamper(settings.TIME_STAMP_URL) if settings.TIME_STAMP_URL else None
