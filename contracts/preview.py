"""An agreement as its partners would get it, before there are partners."""

from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.documents import render_pdf
from mentoring.organisations.models import Organisation
from mentoring.wording import say_rhythm
from programmes.models import Member, Model, ParticipantRole, Programme
from programmes.queries import contact_of

from .content import Facts, put_together
from .printing import agreement_as_data
from .wordings import Wording

MENTOR, MENTEE, FACILITATOR = ParticipantRole.MENTOR, ParticipantRole.MENTEE, ParticipantRole.FACILITATOR
ROLES: dict[str, tuple[str, ...]] = {
    Model.GROUP: (MENTEE, MENTEE, MENTEE, MENTOR),
    Model.TWO_BY_TWO: (MENTEE, MENTEE, MENTOR, MENTOR),
    Model.TEAM: (MENTEE, MENTEE, MENTEE, MENTOR),
    Model.PEER_PAIR: (MENTEE, MENTEE),
    Model.CIRCLE: (MENTEE, MENTEE, MENTEE, FACILITATOR),
}
ONE_TO_ONE = (MENTEE, MENTOR)


def preview_of(organisation: Organisation, programme: Programme | None, model: str, wording: Wording) -> bytes:
    """The PDF of an agreement with these words, between people without names, that nobody can sign."""
    words = put_together(sample_facts(organisation, programme, model), wording.clauses, {})
    context = {"organisation": organisation, "programme": programme, "words": words, "is_preview": True}
    attached = agreement_as_data(words)
    return render_pdf("contracts/pdf/agreement.html", context, title="Mentoring agreement: preview", data=attached)


def sample_facts(organisation: Organisation, programme: Programme | None, model: str) -> Facts:
    today = timezone.localdate()
    return Facts(
        organisation=organisation.name,
        programme=programme.name if programme else "Name of the programme",
        members=sample_members(model),
        party="",
        coordinator=contact_of(programme) if programme else None,
        starts_on=programme.starts_on if programme else today,
        ends_on=programme.ends_on if programme else today.replace(year=today.year + 1, day=1),
        rhythm=say_rhythm(programme.cadence_weeks * 7 if programme else 28),
    )


def sample_members(model: str) -> list[Member]:
    roles = ROLES.get(model, ONE_TO_ONE)
    return [
        Member(person=Person(name=f"Name of the {ParticipantRole(role).label.lower()}"), role=role) for role in roles
    ]
