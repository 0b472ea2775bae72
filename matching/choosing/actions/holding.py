"""Holding what is changed, so that two who act at once take turns."""

from matching.choosing.models import Choosing, Request
from mentoring.refusal import Refused
from programmes.models import Degree, Participant, Programme, ProgrammeState


def hold_programme(programme: Programme) -> Programme:
    """The programme as it is now. Refused once it is closed."""
    held = Programme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=programme.pk)
    if held.state == ProgrammeState.CLOSED:
        raise Refused("This programme is closed. Nobody is matched in it any more.")
    return held


def hold_choosing(choosing: Choosing, *degrees: Degree) -> Choosing:
    """What is open, of one of these degrees. Refused once it is closed."""
    rows = Choosing.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    held = rows.get(pk=choosing.pk)
    if not held.is_open or (degrees and held.degree not in degrees):
        raise Refused("This has been closed meanwhile. Your co-ordinator tells you what comes next.")
    return held


def hold_request(request: Request) -> Request:
    """The request as it is now, with both people and what they show. Refused once it has ended."""
    rows = Request.objects.select_for_update(of=("self",)).select_related(
        "programme__organisation", "choosing", "mentee__person", "mentor__person", "mentee__profile", "mentor__profile"
    )
    held = rows.get(pk=request.pk)
    if not held.is_open:
        raise Refused("This is no longer open. Both of you have been told.")
    return held


def refuse_partnered(participant: Participant) -> None:
    """A mentee has one mentor at a time."""
    if participant.memberships.filter(live=True).exists():
        raise Refused("You have a mentor already. Talk to your co-ordinator if you would like to change.")
