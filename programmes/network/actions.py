"""Putting something on, being found, and writing on a board."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.refusal import Refused
from programmes.models import Participant, Programme
from programmes.queries import coordinators_of

from . import letters
from .models import Entry, Gathering, Post


@transaction.atomic
def put_on(programme: Programme, *, by: Person, now: datetime.datetime, **details: Any) -> Gathering:
    """Put something on for everybody who takes part; each hears of it by one letter. Refused for a time that has passed."""
    if details["starts_at"] <= now:
        raise Refused("That time has passed. Give a day and time that lie ahead.")
    gathering = Gathering.objects.create(programme=programme, **details)
    letters.tell_everybody("put_on", gathering, by=by, now=now)
    audit.record("gathering planned", on=gathering, by=by, at=now)
    return gathering


@transaction.atomic
def call_off(gathering: Gathering, *, by: Person, now: datetime.datetime) -> None:
    """Say that it does not take place; who takes part hears of that too. Twice changes nothing."""
    if Gathering.objects.filter(pk=gathering.pk, cancelled_at=None).update(cancelled_at=now):
        letters.tell_everybody("called_off", gathering, by=by, now=now)
        audit.record("gathering called off", on=gathering, by=by, at=now)


@transaction.atomic
def be_found(participant: Participant, *, line: str, by: Person, now: datetime.datetime) -> Entry:
    """Stand in the directory, with a line about oneself. Only for oneself."""
    refuse_others(participant, by)
    entry, _ = Entry.objects.update_or_create(
        participant=participant, defaults={"line": line}, create_defaults={"line": line, "since_at": now}
    )
    audit.record("directory joined", on=participant, by=by, at=now)
    return entry


@transaction.atomic
def be_found_no_more(participant: Participant, *, by: Person, now: datetime.datetime) -> None:
    """Leave the directory. Twice changes nothing."""
    refuse_others(participant, by)
    if Entry.objects.filter(participant=participant).delete()[0]:
        audit.record("directory left", on=participant, by=by, at=now)


def refuse_others(participant: Participant, by: Person) -> None:
    if participant.person_id != by.pk:
        raise Refused("Everybody decides for themselves whether to stand in the directory.")


@transaction.atomic
def post(programme: Programme, *, board: str, words: str, by: Person, now: datetime.datetime) -> Post:
    """Write on the board of one's own role. Refused for anybody else."""
    if not Participant.objects.filter(programme=programme, person=by, role=board, state="active").exists():
        raise Refused("This board is for others. Write on the board of your own role.")
    written = Post.objects.create(programme=programme, board=board, words=words, written_by=by, written_at=now)
    audit.record("board written on", on=written, by=by, at=now)
    return written


@transaction.atomic
def report(post: Post, *, by: Person, now: datetime.datetime) -> None:
    """Ask those who run the programme to look at a post. Whoever wrote it is not told. Twice changes nothing."""
    if not Post.objects.filter(pk=post.pk, reported_at=None).update(reported_by=by, reported_at=now):
        return
    audit.record("post reported", on=post, by=by, at=now)
    for coordinator in coordinators_of(post.programme):
        letter = outbox.compose(
            "network/emails/reported.txt",
            {"reader": coordinator, "programme": post.programme, "url": absolute(post.programme.url("network:home"))},
        )
        outbox.write(
            letter,
            to=coordinator,
            kind="post_reported",
            key=f"post_reported|{post.pk}|{now.isoformat()}|{coordinator.pk}",
            programme=post.programme,
        )


@transaction.atomic
def let_stand(post: Post, *, by: Person, now: datetime.datetime) -> None:
    """Say that a reported post is in order; it can be reported again. Twice changes nothing."""
    if Post.objects.filter(pk=post.pk, reported_at__isnull=False).update(reported_by=None, reported_at=None):
        audit.record("reported post stands", on=post, by=by, at=now)


@transaction.atomic
def take_down(post: Post, *, by: Person, now: datetime.datetime) -> None:
    """Take a post from its board: one's own, or as one who runs the programme. Twice changes nothing."""
    if Post.objects.filter(pk=post.pk, hidden_at=None).update(hidden_by=by, hidden_at=now):
        audit.record("post taken down", on=post, by=by, at=now)
