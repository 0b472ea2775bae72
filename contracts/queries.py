"""Questions about agreements."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, CharField, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from mentoring.accounts.models import Person
from mentoring.organisations.models import Membership, PartnerOrganisation, Role
from programmes.models import LIVE_STATES, Member, Partnership, Programme
from programmes.queries import contact_of

from .clauses import WITHOUT_AGREEMENT, Box, boxes_of, read_clauses
from .content import Facts, put_together
from .models import Agreement, AgreementState, AgreementTemplate, Answer, Signature, Version
from .wordings import wording_of

NOT_BEGUN = "none"


def party_of(programme: Programme) -> PartnerOrganisation | None:
    """The partner organisation that new agreements of a programme name."""
    kept = AgreementTemplate.objects.filter(programme=programme).select_related("partner").first()
    return kept.partner if kept else None


def agreement_of(partnership: Partnership) -> Agreement | None:
    """The newest agreement of a partnership."""
    found = partnership.agreements.select_related("partner", "contract").order_by("-opened_at").first()
    if found:
        found.partnership = partnership
    return found


def agreement_or_template(partnership: Partnership) -> Agreement:
    """The agreement, or an unsaved one as it would begin, for a page that changes nothing."""
    return agreement_of(partnership) or new_agreement(partnership)


def new_agreement(partnership: Partnership) -> Agreement:
    """An unsaved agreement with the words of the nearest template."""
    programme = partnership.programme
    clauses = [clause.as_data() for clause in wording_of(programme, partnership.model).clauses]
    return Agreement(partnership=partnership, clauses=clauses, partner=party_of(programme))


def boxes_in(agreement: Agreement) -> list[Box]:
    """Every box to fill in, in order."""
    return list(boxes_of(read_clauses(agreement.clauses), agreement.partnership.ordered_members()))


def answers_in(agreement: Agreement) -> dict[str, Answer]:
    """What was written so far, by the name of its box."""
    if agreement._state.adding:
        return {}
    return {answer.box: answer for answer in agreement.answers.select_related("written_by")}


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
    return list(version.signatures.order_by("signed_at"))


def yet_to_sign(partnership: Partnership, signatures: list[Signature]) -> list[Member]:
    """The members whose signature is missing."""
    signed = {signature.member_id for signature in signatures}
    return [member for member in partnership.ordered_members() if member.live and member.pk not in signed]


def words_of(agreement: Agreement, answers: dict[str, Answer], number: int = 0) -> dict[str, Any]:
    """The agreement's words as they stand now."""
    return put_together(facts_of(agreement), read_clauses(agreement.clauses), answers, number)


def facts_of(agreement: Agreement) -> Facts:
    """What the agreement takes from the records of its partnership and programme."""
    partnership = agreement.partnership
    programme = partnership.programme
    return Facts(
        organisation=programme.organisation.name,
        programme=programme.name,
        members=partnership.ordered_members(),
        party=agreement.partner.name if agreement.partner else "",
        coordinator=contact_of(programme),
        starts_on=partnership.starts_on,
        ends_on=partnership.ends_on,
        rhythm=partnership.rhythm,
    )


def is_party(person: Person, agreement: Agreement) -> bool:
    """Whether the person speaks for the partner organisation that the agreement names."""
    contacts = Membership.objects.filter(person=person, role=Role.PARTNER, ended_at=None, partner__isnull=False)
    return contacts.filter(partner=agreement.partner_id).exists()


def contacts_of_party(agreement: Agreement) -> QuerySet[Person]:
    """The people who speak, in this programme, for the partner organisation that the agreement names."""
    memberships = Membership.objects.filter(
        Q(programme_id=None) | Q(programme_id=agreement.programme_id),
        role=Role.PARTNER,
        ended_at=None,
        partner__isnull=False,
        partner=agreement.partner_id,
    )
    return Person.objects.filter(memberships__in=memberships).distinct()


def partnerships_with_state(programme: Programme) -> QuerySet[Partnership]:
    """Live partnerships, and ended ones that had an agreement, each with `agreement_state` (or NOT_BEGUN)."""
    newest = Agreement.objects.filter(partnership=OuterRef("pk")).order_by("-opened_at").values("state")[:1]
    return (
        Partnership.objects.filter(programme=programme)
        .exclude(model__in=WITHOUT_AGREEMENT)
        .annotate(agreement_state=Coalesce(Subquery(newest, output_field=CharField()), Value(NOT_BEGUN)))
        .filter(Q(state__in=LIVE_STATES) | ~Q(agreement_state=NOT_BEGUN))
    )


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
    order = [AgreementState.SIGNING, AgreementState.DISCUSSING, NOT_BEGUN, AgreementState.ACTIVE]
    places = Case(*(When(agreement_state=state, then=Value(place)) for place, state in enumerate(order)))
    return partnerships.order_by(places, "created_at", "pk")


def agreements_of(partnerships: list[Partnership]) -> dict[Any, Agreement]:
    """The newest agreement of each, with its version in force and signatures: three queries however many there are."""
    agreements = (
        Agreement.objects.filter(partnership__in=partnerships)
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
