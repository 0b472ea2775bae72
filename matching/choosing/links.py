"""The signed link by which somebody says, without signing in, whether they stay in the pool."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import Http404

from programmes.models import Participant, Programme

SIGNER = Signer(salt="matching.choosing.staying")


def signature_of(pk: UUID) -> str:
    return SIGNER.signature(str(pk))


def stay_url(participant: Participant) -> str:
    return participant.programme.url(
        "choosing:stay", pk=participant.staying.pk, signature=signature_of(participant.staying.pk)
    )


def find_signed(programme: Programme, pk: UUID, signature: str) -> Participant:
    """The participant whom a link names, if the link is ours and they were asked; otherwise nothing is there."""
    try:
        SIGNER.unsign(f"{pk}{SIGNER.sep}{signature}")
    except BadSignature:
        raise Http404 from None
    found = programme.participants.filter(staying=pk).select_related("person", "staying").first()
    if found is None:
        raise Http404
    found.programme = programme
    return found
