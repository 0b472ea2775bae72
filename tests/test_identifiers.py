"""Identifiers of records differ, also between processes that were forked from one."""

import os
import uuid

from mentoring.organisations.models import Organisation


def test_forked_workers_never_draw_the_same_identifier():
    drawn = [Organisation().pk, *(draw_in_a_child() for _ in range(20))]

    assert len({identifier.int & (1 << 62) - 1 for identifier in drawn}) == 21


def draw_in_a_child() -> uuid.UUID:
    """What a new worker calls its first record. Only the random part is compared above: the time differs anyway."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, Organisation().pk.bytes)
        os._exit(0)
    os.waitpid(child, 0)
    return uuid.UUID(bytes=os.read(reading, 16))
