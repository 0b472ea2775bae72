"""Filling an agreement in, together or one after the other.

The partnership's row is locked first, always, so two people who act at once act one after the other.
"""

import datetime

from django.db import transaction

from contracts import letters, queries
from contracts.clauses import WITHOUT_AGREEMENT, Box
from contracts.models import Acceptance, Agreement, AgreementState, Answer
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.documents.actions import mark_replaced
from mentoring.refusal import Refused
from mentoring.wording import say_rhythm
from programmes.models import Member, Partnership
from programmes.queries import membership_in


class ChangedMeanwhile(Refused):
    """Somebody else saved other words in a box while these were being written. `boxes` are the boxes concerned."""

    def __init__(self, message: str, boxes: list[str]) -> None:
        super().__init__(message)
        self.boxes = boxes


@transaction.atomic
def write_answers(
    partnership: Partnership,
    *,
    words: dict[str, str],
    seen: dict[str, str],
    by: Person,
    now: datetime.datetime,
    cadence_days: int | None = None,
) -> Agreement:
    """Save what a partner wrote in boxes that are shared or their own; `seen` is what each held when the page was drawn.

    cadence_days: how often they meet, where they agreed another rhythm. A change takes back a version that was ready to
    sign, with the signatures it had, and tells those who signed. Refused when a box is not theirs to fill, when somebody
    else changed the same box meanwhile, and once all have signed (K2 to K5).
    """
    member = partner_in(lock(partnership), by)
    agreement = open_agreement(member.partnership, by=by, now=now)
    boxes, answers = {box.name: box for box in queries.boxes_in(agreement)}, queries.answers_in(agreement)
    changed = {name: text for name, text in words.items() if text != seen.get(name, "")}
    check_boxes(boxes, answers, changed, seen, by)
    rhythm = cadence_days if cadence_days != agreement.cadence_days else None
    if not rhythm and not any(text != current(answers, name) for name, text in changed.items()):
        return agreement
    take_back_version(agreement, by=by, now=now)
    for name, text in changed.items():
        write(agreement, boxes[name], text, by=by, now=now)
    agreement.cadence_days = rhythm or agreement.cadence_days
    agreement.state, agreement.changed_at = AgreementState.DISCUSSING, now
    agreement.save(update_fields=["state", "changed_at", "cadence_days"])
    said = {"rhythm": say_rhythm(rhythm)} if rhythm else {}
    clauses = sorted({boxes[name].clause.key for name in changed})
    audit.record("agreement changed", on=agreement, by=by, at=now, clauses=clauses, **said)
    return agreement


@transaction.atomic
def accept_words(
    partnership: Partnership,
    *,
    by: Person,
    now: datetime.datetime,
    box: str = "",
    seen: datetime.datetime | None = None,
) -> int:
    """A partner is content with what somebody else wrote: in one shared box, or in all of them. How many boxes that were.

    seen: when the latest words on their page had been written; what was written later is not accepted. Nothing is fixed
    by it: each still reads the whole and signs. Refused once all have signed, and for words that were changed meanwhile.
    """
    member = partner_in(lock(partnership), by)
    agreement = open_agreement(member.partnership, by=by, now=now)
    meant = [answer for answer in queries.suggestions_for(agreement, member) if not box or answer.box == box]
    waiting = [answer for answer in meant if seen is None or answer.written_at <= seen]
    if meant and not waiting:
        raise Refused(
            "Somebody changed these words while you were reading. Read them again, then accept or change them."
        )
    Acceptance.objects.bulk_create(Acceptance(answer=answer, member=member, accepted_at=now) for answer in waiting)
    if waiting:
        accepted = sorted(answer.clause for answer in waiting)
        audit.record("suggestions accepted", on=agreement, by=by, at=now, clauses=accepted)
    return len(waiting)


def lock(partnership: Partnership) -> Partnership:
    """The partnership, read again and held until the transaction ends. Refused when it has ended."""
    held = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if not held.is_live:
        raise Refused("This partnership has ended, so its agreement can no longer be changed or signed.")
    held.programme = partnership.programme
    return held


def partner_in(partnership: Partnership, person: Person) -> Member:
    """The person's own membership. Nobody else can act for a partner, whatever they may do elsewhere."""
    member = membership_in(partnership, person)
    if member is None or not member.live:
        raise Refused("Only the partners themselves can do this.")
    member.partnership = partnership
    return member


def open_agreement(partnership: Partnership, *, by: Person, now: datetime.datetime) -> Agreement:
    """The partnership's open agreement, begun from the programme's template if there is none. Refused once it is signed,
    and for spot mentoring, which has none (M4).
    """
    if partnership.model in WITHOUT_AGREEMENT:
        raise Refused("Mentoring of one or two brief contacts needs no agreement: just meet.")
    agreement = queries.agreement_of(partnership)
    if agreement is None:
        agreement = queries.new_agreement(partnership)
        agreement.opened_at = agreement.changed_at = now
        agreement.save(force_insert=True)
        audit.record("agreement opened", on=agreement, by=by, at=now)
    if not agreement.is_open:
        raise Refused(
            "Everybody has signed this agreement. To change it, propose a change: everybody then signs again."
        )
    return agreement


def check_boxes(
    boxes: dict[str, Box], answers: dict[str, Answer], changed: dict[str, str], seen: dict[str, str], by: Person
) -> None:
    """Refuse words for a box that is not the person's to fill, an unknown choice, and words over somebody else's."""
    for name, text in changed.items():
        box = boxes.get(name)
        if box is None or not box.may_be_filled_by(by):
            raise Refused("Each partner fills in their own details.")
        if box.clause.kind == "choice" and text and text not in {option["key"] for option in box.clause.options}:
            raise Refused(f"Choose one of the answers under “{box.clause.title}”.")
    clashes = [name for name in changed if current(answers, name) not in (seen.get(name, ""), changed[name])]
    if clashes:
        raise ChangedMeanwhile(describe_clashes(clashes, boxes, answers), clashes)


def describe_clashes(clashes: list[str], boxes: dict[str, Box], answers: dict[str, Answer]) -> str:
    said = [
        f"{answers[name].written_by} changed “{boxes[name].title}” while you were writing. "
        f"It now says: “{boxes[name].clause.say(answers[name].words)}”."
        for name in clashes
    ]
    return " ".join([*said, "Your words are still in the box. Save again to keep yours instead."])


def current(answers: dict[str, Answer], name: str) -> str:
    return answers[name].words if name in answers else ""


def write(agreement: Agreement, box: Box, text: str, *, by: Person, now: datetime.datetime) -> None:
    answer, _ = Answer.objects.update_or_create(
        agreement=agreement,
        clause=box.clause.key,
        member=box.member,
        defaults={"words": text, "written_by": by, "written_at": now},
    )
    answer.acceptances.all().delete()


def take_back_version(agreement: Agreement, *, by: Person, now: datetime.datetime) -> None:
    """The words change, so the version that was offered, and any signature under it, counts no more."""
    version = queries.version_in_force(agreement)
    if version is None:
        return
    void(agreement, AgreementState.DISCUSSING, now=now)
    letters.tell_voided(version, by)
    audit.record("agreement version taken back", on=agreement, by=by, at=now, version=version.number)


def void(agreement: Agreement, state: AgreementState, *, now: datetime.datetime) -> None:
    """The version that is offered counts no more, nor does any signature under it."""
    version = queries.version_in_force(agreement)
    if version:
        version.voided_at = now
        version.save(update_fields=["voided_at"])
        mark_replaced(version.document)
    agreement.state = state
    agreement.save(update_fields=["state"])
