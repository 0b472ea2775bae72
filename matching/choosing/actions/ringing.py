"""A doorbell: somebody should look for the next suggestion. Nothing is lost if nobody hears; the sweep looks too."""

import logging
from uuid import UUID

from django.db import connection, transaction

log = logging.getLogger(__name__)


class Bell:
    """Asks a worker to look at one choosing."""

    def __init__(self, choosing_id: UUID) -> None:
        self.choosing_id = choosing_id

    def __call__(self) -> None:
        from matching.choosing.tasks import suggest

        try:
            suggest.delay(choosing_id=str(self.choosing_id))
        except Exception as error:  # any broker's trouble: the beat looks again in some minutes
            log.warning("nobody was asked to look for suggestions: %s", type(error).__name__)


def look_for_more(choosing_id: UUID) -> None:
    """Once this transaction is committed, have the next suggestions made; once per transaction."""
    waiting = (function for _, function, *_ in connection.run_on_commit)
    if not any(isinstance(function, Bell) and function.choosing_id == choosing_id for function in waiting):
        transaction.on_commit(Bell(choosing_id), robust=True)
