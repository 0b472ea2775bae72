"""The partnerships of a large programme, matched on one day and told by letter."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from matching.actions import matched_letter
from mentoring.demo.sample.moments import days
from programmes.models import Member, Participant, Partnership

from .letters import Form
from .people import Somebody, add_letter, trace
from .scene import Scene

NOBODY = UUID(int=0)
UNSIGNED = 20  # one pair of so many has not signed yet


@dataclass(frozen=True)
class Pair:
    """A partnership and its two people; `signed_on` is missing while not both have signed."""

    partnership: UUID
    mentee: Somebody
    mentor: Somebody
    signed_on: datetime.date | None


def match(scene: Scene, mentees: list[Somebody], mentors: list[Somebody]) -> list[Pair]:
    """Pair each mentee with the next free place of a mentor."""
    places = [(mentor, slot) for mentor in mentors for slot in range(1, mentor.capacity + 1)]
    forms = {role: matched_form(scene, role) for role in ("mentee", "mentor")}
    return [
        begin(scene, mentee, mentor, slot, forms, is_signed=number % UNSIGNED != 2)
        for number, (mentee, (mentor, slot)) in enumerate(zip(mentees, places, strict=False))
    ]


def matched_form(scene: Scene, role: str) -> Form:
    """The letter to somebody in this role, with stand-ins for both names and the partnership."""
    reader = Participant(programme=scene.programme, person=Form.reader(), role=role)
    partner = Participant(
        programme=scene.programme, person=Form.partner(), role="mentor" if role == "mentee" else "mentee"
    )
    partnership = Partnership(id=NOBODY, programme=scene.programme)
    return Form(matched_letter(partnership, reader, [partner], scene.coordinator))


def begin(
    scene: Scene, mentee: Somebody, mentor: Somebody, slot: int, forms: dict[str, Form], *, is_signed: bool
) -> Pair:
    """A partnership, its two members, its trail and the letters to both."""
    at = scene.moment(scene.programme.starts_on - days(4))
    signed_on = scene.programme.starts_on + days(5 + scene.random.randrange(8)) if is_signed else None
    pair = Pair(scene.key(at), mentee, mentor, signed_on)
    scene.batch.add(
        Partnership,
        id=pair.partnership,
        programme_id=scene.programme.pk,
        model=scene.programme.model,
        state="active" if signed_on else "agreed",
        starts_on=scene.programme.starts_on,
        ends_on=scene.programme.ends_on,
        cadence_days=scene.programme.cadence_weeks * 7,
        grace_days=scene.programme.grace_days,
        rhythm_from=signed_on,
        created_at=at,
    )
    add_member(scene, pair, mentee, 1, at)
    add_member(scene, pair, mentor, slot, at)
    label = f"{mentee.name} and {mentor.name}"
    trace(scene, "partnership begun", "partnership", pair.partnership, label, scene.coordinator.pk, at)
    write_to(scene, pair, mentee, mentor, forms["mentee"], at)
    write_to(scene, pair, mentor, mentee, forms["mentor"], at)
    return pair


def add_member(scene: Scene, pair: Pair, somebody: Somebody, slot: int, at: datetime.datetime) -> None:
    scene.batch.add(
        Member,
        id=scene.key(at),
        partnership_id=pair.partnership,
        participant_id=somebody.participant,
        person_id=somebody.person,
        role=somebody.role,
        slot=slot,
        joined_at=at,
    )


def write_to(scene: Scene, pair: Pair, reader: Somebody, partner: Somebody, form: Form, at: datetime.datetime) -> None:
    """The letter that tells one of them who the other is."""
    link = {str(NOBODY): str(pair.partnership)}
    subject, body = form.fill(reader=reader.name, partner=partner.name, address=partner.email, **link)
    add_letter(scene, reader, "matched", f"matched|{pair.partnership}|{reader.participant}", subject, body, at)
