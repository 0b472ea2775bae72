"""Promised messages are sent once, by real SMTP, whatever happens on the way."""

import datetime
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mentoring import outbox
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.outbox import actions, delivery
from mentoring.outbox.mail import signer
from mentoring.outbox.models import Due, Message, MessageState
from mentoring.outbox.rechecks import _rechecks, recheck
from mentoring.refusal import Refused
from tests import cast
from tests.servers import wait_for

LETTER = outbox.Letter(
    subject="Your mentor",
    body="Dear Sŵn,\n\nYou are matched <b>today</b>.\n\n[Open your agreement](https://example.org/a/)\n\n- first\n- second\n",
)


@pytest.fixture
def letter_sent(organisation, coordinator, mentee, smtp_server):
    """A letter to the mentee, signed by the co-ordinator, promised and delivered."""
    outbox.write(LETTER, to=mentee.person, kind="matched", key="matched|1", signed_by=coordinator)
    delivery.drain()
    return smtp_server.wait_for("swn@example.org")


def test_promising_twice_sends_once(organisation, mentee, smtp_server):
    for _ in range(2):
        outbox.write(LETTER, to=mentee.person, kind="matched", key="matched|1")

    assert (delivery.drain(), delivery.drain()) == (1, 0)
    assert len(smtp_server.sent_to("swn@example.org")) == 1


def test_many_are_promised_at_once_and_each_is_sent_once(
    organisation, mentee, smtp_server, django_assert_max_num_queries
):
    outbox.write(LETTER, to=mentee.person, kind="matched", key="matched|0")
    promises = [(LETTER, {"to": mentee.person, "kind": "matched", "key": f"matched|{number}"}) for number in range(300)]

    with django_assert_max_num_queries(4):
        outbox.write_all(promises)
    outbox.write_all(promises)

    assert Message.objects.count() == 300
    assert Due.objects.get(pk=organisation.pk).next_due_at <= timezone.now()
    assert delivery.drain() == 300
    assert len(smtp_server.sent_to("swn@example.org")) == 300


def test_many_drafts_wait(organisation, mentee):
    outbox.write_all([(LETTER, {"to": mentee.person, "kind": "matched", "key": "matched|1", "draft": True})])

    assert Message.objects.get().state == MessageState.DRAFT
    assert not Due.objects.exists()


def test_letter_is_text_and_html_of_the_same_words(letter_sent):
    text = letter_sent.get_body(("plain",)).get_content().replace("\r\n", "\n")
    html = letter_sent.get_body(("html",)).get_content()

    assert "Open your agreement:\nhttps://example.org/a/" in text
    assert "Priya Coordley\nUniversity of Exampleford" in text
    assert "You are matched &lt;b&gt;today&lt;/b&gt;." in html
    assert 'href="https://example.org/a/"' in html
    assert "<style" not in html
    assert 'style="' in html


def test_letter_is_signed_by_a_person_and_can_be_stopped(letter_sent, mentee):
    message = Message.objects.get()

    assert letter_sent["From"].startswith('"Priya Coordley, University of Exampleford" <')
    assert letter_sent["Reply-To"] == "priya@example.org"
    assert letter_sent["Message-ID"] == message.message_id
    assert letter_sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert signer.sign(str(mentee.person.pk)) in letter_sent["List-Unsubscribe"].replace("\n", "").replace(" ", "")


def test_failing_server_is_tried_again_with_the_same_message_id(organisation, mentee, smtp_server, settings):
    message = outbox.write(LETTER, to=mentee.person, kind="matched", key="matched|1")
    working, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    assert delivery.drain() == 0
    waiting = Message.objects.get()
    settings.EMAIL_PORT = working

    assert (waiting.state, waiting.attempts) == (MessageState.QUEUED, 1)
    assert "ConnectionRefusedError" in waiting.last_error
    assert delivery.drain() == 0, "it waits before it tries again"
    assert delivery.drain(timezone.now() + datetime.timedelta(minutes=2)) == 1
    assert smtp_server.sent_to("swn@example.org")[0]["Message-ID"] == message.message_id


def test_after_a_day_of_trying_the_message_has_failed(organisation, mentee, smtp_server, settings):
    message = outbox.write(LETTER, to=mentee.person, kind="matched", key="matched|1")
    Message.objects.update(created_at=timezone.now() - datetime.timedelta(hours=25), attempts=10)
    settings.EMAIL_PORT = 1

    delivery.drain()

    message.refresh_from_db()
    assert message.state == MessageState.FAILED


def test_message_of_a_worker_that_died_is_sent_when_the_lease_is_over(organisation, mentee, smtp_server):
    outbox.write(LETTER, to=mentee.person, kind="matched", key="matched|1")
    now = timezone.now()
    taken = delivery.take(organisation.pk, now)

    assert len(taken) == 1
    assert delivery.drain_organisation(organisation.pk, now) == 0
    assert delivery.drain_organisation(organisation.pk, now + delivery.LEASE * 2) == 1


def test_what_a_slow_batch_does_not_reach_within_its_lease_goes_to_whoever_takes_it_next(
    organisation, mentee, smtp_server
):
    began = timezone.now() - delivery.LEASE + datetime.timedelta(seconds=5)
    outbox.write(LETTER, to=mentee.person, kind="matched", key="matched|1", due_at=began)
    [slow] = delivery.take(organisation.pk, began)

    assert not delivery.deliver(organisation.pk, slow)
    [next_one] = delivery.take(organisation.pk, timezone.now() + datetime.timedelta(seconds=10))
    assert not delivery.deliver(organisation.pk, slow)
    assert delivery.deliver(organisation.pk, next_one)
    assert len(smtp_server.sent_to("swn@example.org")) == 1


def test_message_that_is_no_longer_wanted_is_not_sent(organisation, mentee, smtp_server):
    recheck("unwanted")(lambda message: False)
    outbox.write(LETTER, to=mentee.person, kind="unwanted", key="1")

    assert delivery.drain() == 0
    assert Message.objects.get().state == MessageState.CANCELLED
    del _rechecks["unwanted"]


def test_person_stops_optional_mail_without_signing_in(organisation, mentee, client, smtp_server):
    address = reverse("outbox:stop", kwargs={"token": signer.sign(str(mentee.person.pk))})

    page = client.get(address)
    assert Person.objects.get(pk=mentee.person.pk).optional_mail, "looking changes nothing"
    client.post(address)
    outbox.write(LETTER, to=mentee.person, kind="news", key="1", optional=True)
    outbox.write(LETTER, to=mentee.person, kind="agreement", key="1")

    assert page.status_code == 200
    assert delivery.drain() == 1
    assert client.get(address.replace(":", "x")).status_code == 404


def test_draft_waits_until_it_is_released(organisation, coordinator, mentee, smtp_server):
    message = outbox.write(LETTER, to=mentee.person, kind="matched", key="1", draft=True)
    assert delivery.drain() == 0

    actions.edit_draft(message, subject="Good news", body="Hello")
    assert actions.release(Message.objects.all(), by=coordinator, now=timezone.now()) == 1

    assert delivery.drain() == 1
    assert smtp_server.wait_for("swn@example.org", "Good news")
    with pytest.raises(Refused):
        actions.edit_draft(message, subject="Too late", body="")


def test_nothing_due_leaves_nothing_noted(organisation, mentee, smtp_server):
    outbox.write(LETTER, to=mentee.person, kind="matched", key="1")
    later = outbox.write(
        LETTER, to=mentee.person, kind="later", key="1", due_at=timezone.now() + datetime.timedelta(days=1)
    )

    delivery.drain()
    assert Due.objects.get().next_due_at == later.due_at
    actions.cancel(later, by=mentee.person, now=timezone.now())
    delivery.settle(organisation.pk)

    assert not Due.objects.exists()


def test_two_workers_send_each_message_once(transactional_db, smtp_server):
    organisation = cast.make_organisation()
    with tenancy.tenant(organisation):
        person = cast.make_person(email="both@example.org")
        cast.give_role(person, "member")
        for number in range(60):
            outbox.write(LETTER, to=person, kind="many", key=str(number))

    def work() -> None:
        delivery.drain()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    # A Celery worker that an earlier test started hears the bell too, and may still be sending its share.
    sent = wait_for(lambda: len(smtp_server.sent_to("both@example.org")) >= 60, "All sixty messages")
    ids = [message["Message-ID"] for message in smtp_server.sent_to("both@example.org")]
    assert sent
    assert (len(ids), len(set(ids))) == (60, 60)
