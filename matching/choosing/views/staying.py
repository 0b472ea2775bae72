"""Those without a partner: kind letters from the co-ordinator, and their own choice to stay or leave."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from matching.choosing import actions, queries
from matching.choosing.links import find_signed
from matching.choosing.models import Wish
from mentoring.refusal import Refused, refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page, public_programme_page
from programmes.models import Programme


@programme_page("choosing", "A")
def without_a_match(request: Visit, programme: Programme) -> HttpResponse:
    """Who has no partner, what they said to staying, and drafts to all of them by one button."""
    if request.method == "POST":
        with refusals_on(request):
            count = actions.write_to_waiting(programme, by=request.person, now=timezone.now())
            drafted = f"{count} letter{' is' if count == 1 else 's are'} drafted."
            messages.success(request, f"{drafted} Read them, change what you like, then send them.")
            return redirect(programme.url("programmes:messages") + "?state=draft")
        return redirect(programme.url("choosing:without_a_match"))
    people = queries.people_without_a_match(programme)
    rows = [{"part": one, "staying": getattr(one, "staying", None)} for one in people]
    return render(
        request, "choosing/without_a_match.html", {"rows": rows, "active": sum(one.state == "active" for one in people)}
    )


@never_cache
@public_programme_page
def stay(request: Visit, programme: Programme, pk: UUID, signature: str) -> HttpResponse:
    """From the letter's link, without signing in: one button to stay, one to leave."""
    part, refusal = find_signed(programme, pk, signature), ""
    if request.method == "POST":
        wish = Wish.LEAVE if request.POST.get("wish") == Wish.LEAVE else Wish.STAY
        try:
            actions.answer_staying(part, wish, now=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect(request.path)
    return render(request, "choosing/stay.html", {"part": part, "staying": part.staying, "refusal": refusal})
