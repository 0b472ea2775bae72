"""A co-ordinator reads, changes and sends what waits for her."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring import audit, outbox
from mentoring.organisations.models import Role
from mentoring.outbox.models import Message
from tests import cast

LETTER = outbox.Letter("Hello", "Dear you")


@pytest.fixture
def drafts(programme, mentor, mentee):
    return [
        outbox.write(
            outbox.Letter(f"Hello {number}", "Dear you"),
            to=person,
            kind="hello",
            key=str(number),
            programme=programme,
            draft=True,
        )
        for number, person in enumerate([mentor.person, mentee.person])
    ]


def test_coordinator_changes_a_draft(client, sign_in, coordinator, programme, drafts):
    sign_in(client, coordinator)
    address = programme.url("programmes:message", pk=drafts[0].pk)

    answer = client.post(address, {"subject": "Good news", "body": "Dear Mor"})

    assert answer["Location"] == programme.url("programmes:messages")
    assert Message.objects.get(pk=drafts[0].pk).subject == "Good news"
    assert "Good news" in client.get(address).content.decode()


def test_the_address_of_a_button_is_its_readers_alone(client, sign_in, coordinator, programme, mentee):
    """It may answer in the reader's name without asking who comes."""
    sign_in(client, coordinator)
    letter = outbox.Letter("How was it?", "Dear you\n\n[Answer](https://mentoring.example.org/survey/of-one-alone/)\n")
    draft = outbox.write(letter, to=mentee.person, kind="survey", key="1", programme=programme, draft=True)
    address = programme.url("programmes:message", pk=draft.pk)

    shown = client.get(address)
    body = shown.context["form"]["body"].value()
    changed = body.replace("Dear you", "Dear Sŵn") + "\n[Leaflet](https://example.org/)\n\n[Nowhere](button 7)\n"
    client.post(address, {"subject": "How was it?", "body": changed})
    client.post(programme.url("programmes:send_messages"), {"which": "all"})
    sent = client.get(address).content.decode()

    assert "[Answer](button 1)" in body
    assert "of-one-alone" not in shown.content.decode() + sent
    assert "Answer" in sent
    kept = Message.objects.get(pk=draft.pk).body
    assert "Dear Sŵn\n\n[Answer](https://mentoring.example.org/survey/of-one-alone/)\n" in kept
    assert "[Leaflet](https://example.org/)" in kept
    assert "[Nowhere](button 7)" in kept


def test_coordinator_sends_all_drafts_together(client, sign_in, coordinator, programme, drafts):
    sign_in(client, coordinator)

    answer = client.post(programme.url("programmes:send_messages"), {"which": "all"}, follow=True)

    assert "2 messages are on their way." in answer.content.decode()
    assert {message.state for message in Message.objects.all()} == {"queued"}


def test_coordinator_sends_only_the_ticked_ones(client, sign_in, coordinator, programme, drafts):
    sign_in(client, coordinator)

    client.post(
        programme.url("programmes:send_messages"), {"which": "ticked", "message": [str(drafts[1].pk), "nonsense"]}
    )

    assert [Message.objects.get(pk=draft.pk).state for draft in drafts] == ["draft", "queued"]


def test_draft_can_be_thrown_away(client, sign_in, coordinator, programme, drafts):
    sign_in(client, coordinator)

    client.post(programme.url("programmes:cancel_message", pk=drafts[0].pk))
    again = client.post(programme.url("programmes:cancel_message", pk=drafts[0].pk), follow=True)

    assert Message.objects.get(pk=drafts[0].pk).state == "cancelled"
    assert "has changed meanwhile" in again.content.decode()


@pytest.mark.parametrize("who", ["sponsor", "outsider", "administrator"])
def test_others_find_no_messages(client, sign_in, programme, drafts, who, request):
    sign_in(client, request.getfixturevalue(who))

    assert client.get(programme.url("programmes:messages")).status_code == 404
    assert client.post(programme.url("programmes:send_messages"), {"which": "all"}).status_code == 404


@pytest.mark.parametrize("page", ["programmes:messages", "programmes:history"])
def test_page_costs_the_same_with_3_rows_and_with_300(client, sign_in, coordinator, programme, page):
    sign_in(client, coordinator)
    counts = []

    client.get(programme.url(page))
    for rows in (range(3), range(3, 300)):
        for number in rows:
            write_and_record(programme, coordinator, number)
        with CaptureQueriesContext(connection) as queries:
            client.get(programme.url(page))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 20


def write_and_record(programme, coordinator, number):
    person = cast.make_person()
    cast.give_role(person, Role.MEMBER)
    draft = outbox.write(LETTER, to=person, kind="hello", key=f"many {number}", programme=programme, draft=True)
    audit.record("message written", on=draft, by=person, at=draft.created_at)
