"""Questions about agreements."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from mentoring.accounts.models import Person
from mentoring.wording import say_rhythm
from programmes.models import LIVE_STATES, Member, Partnership, Programme, Reading
from programmes.queries import contact_of

from .clauses import READING, WITHOUT_AGREEMENT, Box, boxes_of, read_clauses
from .content import Facts, put_together
from .models import (
    Agreement,
    AgreementState,
    Answer,
    Decline,
    PaperCopy,
    Signature,
    Version,
)
from .parties import party_of
from .wordings import wording_of

NOT_BEGUN = "none"


def agreements_in(partnership: Partnership) -> list[Agreement]:
    """All agreements of a partnership but those taken back, the latest first, without the bytes of their contracts."""
    found = (
        partnership.agreements.exclude(state=AgreementState.WITHDRAWN)
        .select_related("partner", "contract", "follows")
        .defer("contract__content")
        .order_by("-opened_at")
    )
    agreements = list(found)
    for agreement in agreements:
        agreement.partnership = partnership
    return agreements


def agreement_of(partnership: Partnership) -> Agreement | None:
    """The agreement that is being talked about or signed, else the one in force."""
    return next(iter(agreements_in(partnership)), None)


def agreement_in_force(partnership: Partnership) -> Agreement | None:
    """The agreement that everybody has signed and that no later one has replaced."""
    return next((one for one in agreements_in(partnership) if one.state == AgreementState.ACTIVE), None)


def version_offered(partnership: Partnership) -> Version | None:
    """The version that waits for signatures, if one does."""
    agreement = agreement_of(partnership)
    return version_in_force(agreement) if agreement and agreement.state == AgreementState.SIGNING else None


def version_to_sign(member: Member) -> Version | None:
    """The version that this member can sign now.

    For somebody who joined when the others had signed it is the one in force; then whatever is offered to everybody.
    """
    for agreement in reversed(agreements_in(member.partnership)):
        joined = (
            agreement.state == AgreementState.ACTIVE and agreement.active_at and member.joined_at > agreement.active_at
        )
        if joined or agreement.state == AgreementState.SIGNING:
            unsigned = agreement.versions.filter(voided_at=None).exclude(signatures__member=member)
            if version := unsigned.select_related("made_by").first():
                version.agreement = agreement
                return version
    return None


def scan_of(version: Version) -> PaperCopy | None:
    """The latest scan of a version that was signed on paper."""
    return version.paper_copies.defer("content").order_by("-uploaded_at").first()


def decline_of(agreement: Agreement) -> Decline | None:
    """Who would rather not sign, and why: for those whom the database lets read it."""
    if agreement.state != AgreementState.DECLINED:
        return None
    declines = Decline.objects.filter(version__agreement=agreement).select_related("person")
    return declines.order_by("-declined_at").first()


def suggestions_for(agreement: Agreement, member: Member) -> list[Answer]:
    """What others wrote in shared boxes that this member has neither accepted nor written over.

    A change begins with the words that everybody has signed: those are nobody's suggestion any more.
    """
    shared = [box.name for box in boxes_in(agreement) if box.member is None]
    found = agreement.answers.filter(clause__in=shared, member=None).exclude(words="")
    if agreement.follows:
        found = found.filter(written_at__gt=agreement.opened_at)
    return list(found.exclude(written_by=member.person_id).exclude(acceptances__member=member))


def reading_in(agreement: Agreement, answers: dict[str, Answer]) -> tuple[str, bool]:
    """What the co-ordinator may read by everybody's choices, the strictest counting, and whether all chose the same."""
    boxes = [box for box in boxes_in(agreement) if box.clause.decides == READING]
    chosen = [answers[box.name].words if box.name in answers else "" for box in boxes]
    known = [one for one in Reading.values if one in chosen]
    if not boxes:
        return Reading.RHYTHM, True
    return (known[0] if known else Reading.NOTHING), len(set(chosen)) == 1


def agreement_or_template(partnership: Partnership) -> Agreement:
    """The agreement, or an unsaved one as it would begin, for a page that changes nothing."""
    return agreement_of(partnership) or new_agreement(partnership)


def new_agreement(partnership: Partnership) -> Agreement:
    """An unsaved agreement with the words of the nearest template."""
    programme = partnership.programme
    clauses = [clause.as_data() for clause in wording_of(programme, partnership.model).clauses]
    return Agreement(
        partnership=partnership,
        clauses=clauses,
        partner=party_of(programme),
        cadence_days=partnership.cadence_days,
        ends_on=partnership.ends_on,
    )


def taking_part(partnership: Partnership) -> list[Member]:
    """The members between whom it is agreed: those who have not left; of a partnership that has ended, all it had."""
    members = partnership.ordered_members()
    return [member for member in members if member.live] or members


def boxes_in(agreement: Agreement) -> list[Box]:
    """Every box to fill in, in order."""
    return list(boxes_of(read_clauses(agreement.clauses), taking_part(agreement.partnership)))


def answers_in(agreement: Agreement) -> dict[str, Answer]:
    """What was written so far, by the name of its box."""
    if agreement._state.adding:
        return {}
    return {answer.box: answer for answer in agreement.answers.select_related("written_by")}


def written_elsewhere(partnership: Partnership, boxes: list[Box], person: Person) -> dict[str, str]:
    """What this person wrote in boxes of their own in other partnerships of the programme, by clause, the latest counting:
    how to reach them need not be typed again. Not asked where none of these boxes is theirs alone.
    """
    if not any(box.member and box.may_be_filled_by(person) and box.clause.kind == "text" for box in boxes):
        return {}
    own = Answer.objects.filter(member__person=person, agreement__partnership__programme=partnership.programme_id)
    others = own.exclude(agreement__partnership=partnership).exclude(words="").order_by("written_at")
    return dict(others.values_list("clause", "words"))


def empty_boxes(agreement: Agreement, answers: dict[str, Answer]) -> list[Box]:
    """The boxes that somebody still has to fill in."""
    return [box for box in boxes_in(agreement) if not (box.name in answers and answers[box.name].words)]


def version_in_force(agreement: Agreement) -> Version | None:
    """The version that is offered for signature, or was signed by all."""
    if agreement._state.adding:
        return None
    version = agreement.versions.select_related("made_by").filter(voided_at=None).first()
    if version:
        version.agreement = agreement
    return version


def signatures_under(version: Version) -> list[Signature]:
    """The signatures under a version, in the order they were given."""
    return list(version.signatures.select_related("member", "paper").defer("paper__content").order_by("signed_at"))


def versions_for(agreement: Agreement, person: Person) -> tuple[Version | None, Version | None]:
    """The version that is offered or was signed by all, and what this person signed before it: a version of the same
    agreement that was taken back since, else the contract that a change would replace. One query.
    """
    if agreement._state.adding:
        return None, None
    mine = Exists(Signature.objects.filter(version=OuterRef("pk"), person=person))
    found = Version.objects.filter(agreement__in=[agreement.pk, agreement.follows_id]).select_related("made_by")
    known = list(found.annotate(is_mine=mine).order_by("number"))
    own = [version for version in known if version.agreement_id == agreement.pk]
    taken_back = [version for version in own if version.voided_at and version.is_mine]
    replaced = [version for version in known if version.agreement_id == agreement.follows_id and not version.voided_at]
    in_force = next((version for version in own if not version.voided_at), None)
    if in_force:
        in_force.agreement = agreement
    return in_force, next(iter(taken_back[::-1] or replaced), None)


def yet_to_sign(partnership: Partnership, signatures: list[Signature]) -> list[Member]:
    """The members whose signature is missing."""
    signed = {signature.member_id for signature in signatures}
    return [member for member in partnership.ordered_members() if member.live and member.pk not in signed]


def words_of(agreement: Agreement, answers: dict[str, Answer], number: int = 0) -> dict[str, Any]:
    """The agreement's words as they stand now."""
    prefetch_related_objects(list(answers.values()), "acceptances__member__person")
    reading, is_agreed = reading_in(agreement, answers)
    words = put_together(facts_of(agreement), read_clauses(agreement.clauses), answers, number)
    return words | {"reading": reading, "reading_agreed": is_agreed}


def facts_of(agreement: Agreement) -> Facts:
    """What the agreement takes from the records of its partnership and programme."""
    partnership = agreement.partnership
    programme = partnership.programme
    return Facts(
        organisation=programme.organisation.name,
        programme=programme.name,
        members=taking_part(partnership),
        party=agreement.partner.name if agreement.partner else "",
        coordinator=contact_of(programme),
        starts_on=partnership.starts_on,
        ends_on=agreement.ends_on,
        rhythm=say_rhythm(agreement.cadence_days),
    )


def partnerships_with_state(programme: Programme) -> QuerySet[Partnership]:
    """Live partnerships, and ended ones that had an agreement, each with `agreement_state` (or NOT_BEGUN)."""
    kept = Agreement.objects.exclude(state=AgreementState.WITHDRAWN)
    newest = kept.filter(partnership=OuterRef("pk")).order_by("-opened_at").values("state")[:1]
    return (
        Partnership.objects.filter(programme=programme)
        .exclude(model__in=WITHOUT_AGREEMENT)
        .annotate(agreement_state=Coalesce(Subquery(newest, output_field=CharField()), Value(NOT_BEGUN)))
        .filter(Q(state__in=LIVE_STATES) | ~Q(agreement_state=NOT_BEGUN))
    )


def partnerships_past_keeping(now: datetime.datetime) -> QuerySet[Partnership]:
    """Partnerships that have ended, all of whose agreements have been kept until their date.

    The day is that of UTC, by which the database counts too.
    """
    kept_until = Func("pk", function="agreement_kept_until", output_field=DateField())
    agreements = Agreement.objects.filter(partnership=OuterRef("pk")).annotate(kept_until=kept_until)
    today = now.astimezone(datetime.UTC).date()
    ended = Partnership.objects.exclude(state__in=LIVE_STATES)
    still_kept = agreements.filter(Q(kept_until=None) | Q(kept_until__gte=today))
    return ended.filter(Exists(agreements), ~Exists(still_kept))


def in_state(partnerships: QuerySet[Partnership], state: str) -> QuerySet[Partnership]:
    """Those whose agreement stands so; all of them where no state is named."""
    return partnerships.filter(agreement_state=state) if state else partnerships  # type: ignore[misc]


def count_states(partnerships: QuerySet[Partnership]) -> dict[str, int]:
    """How many partnerships stand where."""
    rows = partnerships.order_by().values("agreement_state").annotate(number=Count("pk", distinct=True))  # type: ignore[misc]
    return {row["agreement_state"]: row["number"] for row in rows}


def search_partnerships(partnerships: QuerySet[Partnership], words: str) -> QuerySet[Partnership]:
    """Partnerships with somebody whose name or address has these words."""
    if not words:
        return partnerships
    found = Member.objects.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    return partnerships.filter(pk__in=found.values("partnership"))


def most_urgent_first(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Those that wait for a signature, then those being filled in, then not begun, then signed; oldest first."""
    order = [
        AgreementState.DECLINED,
        AgreementState.SIGNING,
        AgreementState.DISCUSSING,
        NOT_BEGUN,
        AgreementState.ACTIVE,
    ]
    places = Case(*(When(agreement_state=state, then=Value(place)) for place, state in enumerate(order)))
    return partnerships.order_by(places, "created_at", "pk")


def agreements_of(partnerships: list[Partnership]) -> dict[Any, Agreement]:
    """The newest agreement of each, with its version in force and signatures: three queries however many there are."""
    agreements = (
        Agreement.objects.filter(partnership__in=partnerships)
        .exclude(state=AgreementState.WITHDRAWN)
        .prefetch_related("versions__signatures")
        .order_by("partnership", "opened_at")
    )
    return {agreement.partnership_id: agreement for agreement in agreements}


def missing_signers(partnership: Partnership, agreement: Agreement | None) -> Iterator[Member]:
    """Whose signature the version in force lacks. Uses what `agreements_of` fetched."""
    if agreement is None or agreement.state != AgreementState.SIGNING:
        return
    for version in agreement.versions.all():
        if version.voided_at is None:
            yield from yet_to_sign(partnership, list(version.signatures.all()))
