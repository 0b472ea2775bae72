"""The gate of pages that a link in a letter opens, for the one person the letter was written to."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from mentoring.organisations import tenancy
from mentoring.organisations.gates import View, gate
from mentoring.organisations.policy import Policy
from mentoring.visit import Visit
from programmes.gates import enter_programme, find_partnership
from programmes.queries import membership_in

from . import one_tap


def one_tap_page(view: View) -> View:
    """A page about the one thing that its link asks. The view is given the partnership and the question.

    The page runs as the person of the link, in this partnership alone. A link whose time is over, or one opened by
    somebody who has signed in as another person, is explained; one that we did not sign is nowhere.
    """

    def admit(request: Visit, address: dict[str, Any]) -> HttpResponse | tuple[Any, ...]:
        programme = enter_programme(request, address)
        try:
            question = one_tap.read(address.pop("token"))
        except one_tap.NotOurs:
            raise Http404
        except one_tap.Closed:
            return explain(request, "late")
        if request.person and request.person.pk != question.person_id:
            return explain(request, "another")
        tenancy.enter_as(question.person_id)
        request.partnership = partnership = find_partnership(programme, question.partnership_id)
        member = next((one for one in partnership.members.all() if one.person_id == question.person_id), None)
        if member is None or member.left_at:
            raise Http404
        request.member, request.person = membership_in(partnership, member.person), member.person
        return (partnership, question)

    return gate(Policy("public programme"), admit)(view)


def explain(request: Visit, why: str) -> HttpResponse:
    """Why a link opens nothing, and what to do instead; the same whatever it asked about."""
    return render(request, "support/link_closed.html", {"why": why}, status=410 if why == "late" else 403)
