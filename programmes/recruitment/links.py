"""The signed link by which an applicant without an account reaches their own application, and nobody else's."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import Http404

from programmes.models import Programme

from .models import Application

SIGNER = Signer(salt="programmes.recruitment.application")


def signature_of(pk: UUID) -> str:
    return SIGNER.signature(str(pk))


def applicant_url(application: Application, page: str = "apply:resume", **address: object) -> str:
    """The path of one of the applicant's own pages."""
    return application.programme.url(
        page, role=application.role, application=application.pk, signature=signature_of(application.pk), **address
    )


def find_signed(programme: Programme, role: str, pk: UUID, signature: str) -> Application:
    """The application that a link names, if the link is ours; otherwise nothing is there."""
    application = programme.applications.filter(pk=pk, role=role).select_related("imported_by").first()
    if application is None or not is_ours(pk, signature):
        raise Http404
    application.programme = programme
    return application


def is_ours(pk: UUID, signature: str) -> bool:
    """Whether we signed this, with the key of today or one that is being rotated out."""
    try:
        SIGNER.unsign(f"{pk}{SIGNER.sep}{signature}")
    except BadSignature:
        return False
    return True
