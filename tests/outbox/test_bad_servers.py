"""A mail server that refuses, delays or drops the line: every message is sent or visibly failed, and none twice."""

import asyncio
import datetime
import random
from collections import Counter
from email import message_from_bytes

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.utils import timezone

from mentoring import outbox
from mentoring.demo.state import free_port
from mentoring.outbox import delivery
from mentoring.outbox.models import Message, MessageState

MANY = 60
HOUR = datetime.timedelta(hours=1)


class Moody:
    """Of every message it draws a lot: keep it, refuse it for now, refuse it for good, answer late, or hang up.

    `hangs_up_after` is the worst: the message is kept, and whoever sent it never hears so.
    """

    def __init__(self, moods: dict[str, float]) -> None:
        self.moods, self.dice = moods, random.Random(7)
        self.kept: Counter[tuple[str, str]] = Counter()
        self.seen: Counter[str] = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        mood = self.dice.choices(list(self.moods), list(self.moods.values()))[0]
        self.seen[mood] += 1
        if mood == "refuses":
            return "451 Come back later"
        if mood == "never":
            return "550 Not here"
        if mood == "hangs_up_before":
            server.transport.close()
            return "451 Gone"
        if mood == "late":
            await asyncio.sleep(0.3)
        self.kept[(envelope.rcpt_tos[0], message_from_bytes(envelope.original_content)["Message-ID"])] += 1
        if mood == "hangs_up_after":
            server.transport.close()
        return "250 Kept"


@pytest.fixture
def moody(settings):
    controllers = []

    def start(**moods):
        handler = Moody(moods)
        controller = Controller(handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        controllers.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 2
        return handler

    yield start
    for controller in controllers:
        controller.stop()


def promise(many=MANY):
    for number in range(many):
        outbox.write(
            outbox.Letter("A word", f"Number {number}\n"), to=f"{number}@example.org", kind="word", key=str(number)
        )


def live(hours):
    """Drain every quarter of an hour, as beat would."""
    start = timezone.now()
    with time_machine.travel(start, tick=True) as clock:
        for quarter in range(hours * 4):
            clock.move_to(start + quarter * HOUR / 4)
            delivery.drain(timezone.now())


def states():
    return Counter(Message.objects.values_list("state", flat=True))


def test_a_moody_server_gets_every_message_in_the_end_and_keeps_each_under_one_name(organisation, moody):
    server = moody(keeps=3, refuses=3, late=1, hangs_up_before=2, hangs_up_after=1)
    promise()

    live(8)

    assert states() == {MessageState.SENT: MANY}
    assert min(server.seen.values()) > 0
    assert {address for address, _ in server.kept} == {f"{number}@example.org" for number in range(MANY)}
    assert len(server.kept) == MANY  # a message that came twice came under the same Message-ID
    assert sum(server.kept.values()) - MANY <= server.seen["hangs_up_after"]


def test_a_server_that_refuses_for_a_day_leaves_every_message_visibly_failed(organisation, moody):
    server = moody(never=1)
    promise(5)

    live(30)

    assert states() == {MessageState.FAILED: 5}
    assert server.kept == {}
    assert all("550" in message.last_error for message in Message.objects.all())


def test_nobody_waits_for_a_server_that_is_not_there(organisation, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    promise(3)

    assert delivery.drain() == 0
    assert states() == {MessageState.QUEUED: 3}
    assert {message.attempts for message in Message.objects.all()} == {1}
