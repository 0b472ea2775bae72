"""Every message that leaves. An action promises a message in its own transaction; a worker keeps the promise.

letter = outbox.compose("recruitment/emails/welcome.txt", {"participant": participant})
outbox.write(letter, to=participant.person, kind="welcome", key=f"welcome|{participant.pk}", programme=programme)
"""

from collections.abc import Iterable
from typing import Any

from .letters import Letter, compose

__all__ = ["Letter", "compose", "write", "write_all"]


def write(letter: Letter, **promise: Any) -> Any:
    """Promise a message; see `mentoring.outbox.actions.write`."""
    from .actions import write as write_message

    return write_message(letter, **promise)


def write_all(promises: Iterable[tuple[Letter, dict[str, Any]]]) -> None:
    """Promise many messages at once; see `mentoring.outbox.actions.write_all`."""
    from .actions import write_all as write_messages

    write_messages(promises)
