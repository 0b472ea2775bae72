"""Is a message still wanted when its time comes? The step that promised it may say no."""

from collections.abc import Callable

from .models import Message

Recheck = Callable[[Message], bool]
_rechecks: dict[str, Recheck] = {}


def recheck(kind: str) -> Callable[[Recheck], Recheck]:
    """Register a function that is asked just before a message of this kind is sent."""

    def register(function: Recheck) -> Recheck:
        _rechecks[kind] = function
        return function

    return register


def still_wanted(message: Message) -> bool:
    """Whether to send: the person has not stopped optional mail, and the promising step has nothing against it."""
    if message.optional and message.to and not message.to.optional_mail:
        return False
    ask = _rechecks.get(message.kind)
    return ask(message) if ask else True
