"""The meetings that the partnerships of a large programme logged, in their rhythm, up to today."""

import datetime
import itertools
import json
from dataclasses import dataclass
from uuid import UUID

from mentoring.demo.sample.moments import days
from mentoring.demo.sample.partners import STEPS, TOPICS
from programmes.support.models import Meeting, MeetingKind, MeetingLog, ProgressRecord

from .pairs import Pair
from .people import Somebody, trace
from .scene import Scene

RHYTHM = 28  # days between two meetings
HURRY = 18  # the same, for those who fell silent after they had met as often as the others
SILENT = 12  # one pair of so many fell silent
MISSED = 15  # one meeting of so many did not take place
WRITTEN = 4  # one meeting of so many has a progress record
MINUTES = (30, 45, 60, 60, 60, 75, 90)
MEDIA = ("face_to_face", "video", "video", "video", "phone")
USEFUL = ("very", "very", "fairly", "not_much", "")


@dataclass(frozen=True)
class Talk:
    """One meeting that took place."""

    pk: UUID
    pair: Pair
    day: str
    minutes: int
    at: datetime.datetime


def days_for(meetings: int) -> datetime.timedelta:
    """How long before today a programme must have begun for so many meetings to lie behind."""
    return days(RHYTHM * meetings + 10)


def meet(scene: Scene, pairs: list[Pair], meetings: int) -> None:
    """Let those who have signed meet so often, and write it down."""
    for number, pair in enumerate(pairs):
        if pair.signed_on:
            meet_often(scene, pair, HURRY if number % SILENT == 1 else RHYTHM, meetings)


def meet_often(scene: Scene, pair: Pair, every: int, meetings: int) -> None:
    """So many meetings, so many days apart give or take a few; some did not take place."""
    assert pair.signed_on
    dates = [pair.signed_on + days(2 + every * number + scene.random.randrange(6)) for number in range(meetings + 1)]
    for number, (met_on, next_on) in enumerate(itertools.pairwise(dates)):
        if scene.random.randrange(MISSED):
            hold(scene, pair, met_on, next_on, is_written=number % WRITTEN == 0)
        else:
            miss(scene, pair, met_on, next_on)


def miss(scene: Scene, pair: Pair, met_on: datetime.date, next_on: datetime.date) -> None:
    at = scene.moment(met_on)
    pk = add_meeting(scene, pair, MeetingKind.NOT_MET, met_on, next_on, None, "", at)
    trace(scene, "missed meeting noted", "meeting", pk, f"No meeting on {say(met_on)}", pair.mentee.person, at)


def hold(scene: Scene, pair: Pair, met_on: datetime.date, next_on: datetime.date, *, is_written: bool) -> None:
    """A meeting that the mentee logged, and every other time the mentor too."""
    at, minutes = scene.moment(met_on), scene.random.choice(MINUTES)
    medium = scene.random.choice(MEDIA)
    pk = add_meeting(scene, pair, MeetingKind.HELD, met_on, next_on, minutes, medium, at)
    talk = Talk(pk, pair, say(met_on), minutes, at)
    log(scene, talk, pair.mentee, at, joined=False)
    if scene.random.random() < 0.5:
        log(scene, talk, pair.mentor, at + datetime.timedelta(hours=1), joined=True)
    if is_written:
        write_record(scene, talk)


def add_meeting(
    scene: Scene,
    pair: Pair,
    kind: str,
    met_on: datetime.date,
    next_on: datetime.date,
    minutes: int | None,
    medium: str,
    at: datetime.datetime,
) -> UUID:
    pk = scene.key(at)
    scene.batch.add(
        Meeting,
        id=pk,
        partnership_id=pair.partnership,
        kind=kind,
        met_on=met_on,
        minutes=minutes,
        medium=medium,
        next_on=next_on,
        logged_by_id=pair.mentee.person,
        logged_at=at,
    )
    return pk


def log(scene: Scene, talk: Talk, somebody: Somebody, at: datetime.datetime, *, joined: bool) -> None:
    scene.batch.add(
        MeetingLog,
        id=scene.key(at),
        meeting_id=talk.pk,
        person_id=somebody.person,
        usefulness=scene.random.choice(USEFUL),
        logged_at=at,
    )
    details = {"minutes": talk.minutes, "joined": joined}
    trace(scene, "meeting logged", "meeting", talk.pk, f"Meeting on {talk.day}", somebody.person, at, details)


def write_record(scene: Scene, talk: Talk) -> None:
    """A next step, and what they talked about: for the two of them alone."""
    key = scene.content_key(talk.pair.partnership, talk.at)
    said = {"next_step": scene.random.choice(STEPS), "answers": {"topics": scene.random.choice(TOPICS)}}
    record = ProgressRecord(id=scene.key(talk.at), key=key, version=1)
    scene.batch.add(
        ProgressRecord,
        id=record.pk,
        meeting_id=talk.pk,
        partnership_id=talk.pair.partnership,
        key_id=key.pk,
        version=record.version,
        words=record.close(json.dumps(said).encode()),
        changed_by_id=talk.pair.mentee.person,
        changed_at=talk.at,
        on_day=talk.day,
    )


def say(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
