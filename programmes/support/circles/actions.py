"""Topics, attendance and words alone."""

import datetime

from django.db import transaction

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.refusal import Refused
from programmes.models import Partnership
from programmes.queries import contact_of

from ..models import Attendance, Meeting, OneToOneRequest, RequestState, Topic, TopicVote
from ..planning.actions import lock
from ..words import keep_words

MOST_VISITORS = 50


@transaction.atomic
def propose_topic(partnership: Partnership, what: str, *, by: Person, now: datetime.datetime) -> Topic:
    """Propose a topic for a session, and wish for it oneself. Refused after the end and by others."""
    held = lock(partnership, by)
    topic = Topic.objects.create(partnership=held, proposed_by=by, proposed_at=now, kept=keep_words(held.pk, what=what))
    TopicVote.objects.create(partnership=held, topic=topic, person=by)
    audit.record("topic proposed", on=held, by=by, at=now)
    return topic


@transaction.atomic
def wish(topic: Topic, *, wished: bool, by: Person, now: datetime.datetime) -> None:
    """Wish for a topic, or take the wish back. Twice changes nothing. Refused once the topic has its session."""
    lock(topic.partnership, by)
    if topic.chosen_for_id:
        raise Refused("This topic has its session already.")
    if wished:
        TopicVote.objects.get_or_create(topic=topic, person=by, defaults={"partnership_id": topic.partnership_id})
    else:
        TopicVote.objects.filter(topic=topic, person=by).delete()


@transaction.atomic
def record_attendance(
    meeting: Meeting, people: list[Person], visitors: list[str], *, by: Person, now: datetime.datetime
) -> None:
    """Note who came: members, and those who dropped in by name (G17). Said again, it replaces what was said before.

    Refused for people who are not members, and for a crowd that cannot be right.
    """
    held = lock(meeting.partnership, by)
    members = {member.person_id for member in held.members.all()}
    if any(person.pk not in members for person in people):
        raise Refused("Somebody on the list is not a member. Note them as a visitor.")
    if len(visitors) > MOST_VISITORS:
        raise Refused(f"{len(visitors)} visitors cannot be right. Note up to {MOST_VISITORS}.")
    meeting.attendance.all().delete()
    Attendance.objects.bulk_create(
        [Attendance(partnership=held, meeting=meeting, person=person) for person in people]
        + [Attendance(partnership=held, meeting=meeting, visitor=name) for name in visitors]
    )
    audit.record("attendance noted", on=meeting, by=by, at=now, members=len(people), visitors=len(visitors))


@transaction.atomic
def ask_for_a_word(partnership: Partnership, of: Person, *, by: Person, now: datetime.datetime) -> OneToOneRequest:
    """Ask another member for a conversation alone (M8, M9). Asking again while it waits is the first asking."""
    held = lock(partnership, by)
    if of == by or not any(member.person_id == of.pk and member.left_at is None for member in held.members.all()):
        raise Refused("Choose somebody else who is in it.")
    asked, created = OneToOneRequest.objects.get_or_create(
        partnership=held, asked_by=by, asked_of=of, state=RequestState.ASKED, defaults={"asked_at": now}
    )
    if created:
        write("word_asked", asked, of, by)
        audit.record("one-to-one asked", on=held, by=by, at=now)
    return asked


@transaction.atomic
def answer_request(asked: OneToOneRequest, *, agrees: bool, by: Person, now: datetime.datetime) -> None:
    """Agree to a conversation alone, or say not now; either is fine. Refused for anybody but the one who was asked."""
    lock(asked.partnership, by)
    held = OneToOneRequest.objects.select_for_update().get(pk=asked.pk)
    if held.asked_of_id != by.pk or held.state != RequestState.ASKED:
        raise Refused("This was answered already, or was asked of somebody else.")
    held.state, held.answered_at = (RequestState.AGREED if agrees else RequestState.NOT_NOW), now
    held.save(update_fields=["state", "answered_at"])
    write("word_answered", held, asked.asked_by, by)
    audit.record("one-to-one answered", on=asked.partnership, by=by, at=now)


def write(kind: str, asked: OneToOneRequest, to: Person, by: Person) -> None:
    programme = asked.partnership.programme
    letter = outbox.compose(
        f"support/emails/{kind}.txt",
        {
            "reader": to,
            "by": by,
            "agreed": asked.state == RequestState.AGREED,
            "programme": programme,
            "url": absolute(asked.partnership.url("support:circle")),
        },
    )
    key = f"{kind}|{asked.pk}"
    outbox.write(letter, to=to, kind=kind, key=key, programme=programme, signed_by=contact_of(programme))
