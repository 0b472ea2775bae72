"""What somebody lets possible partners read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching.choosing import actions
from matching.choosing.cards import questions_to_show
from matching.choosing.forms import ProfileForm
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Participant, Programme
from programmes.recruitment.kinds import say
from programmes.recruitment.models import Question
from programmes.recruitment.queries import answers_of

from .finding import own_parts


@programme_page("own profile", "U")
def profile(request: Visit, programme: Programme) -> HttpResponse:
    """Off until one says yes; ticked answer by answer; withdrawn at any time."""
    parts = own_parts(request, programme)
    part = next((one for one in parts if one.role == request.GET.get("as")), parts[-1] if parts else None)
    if part is None:
        raise Http404
    known = getattr(part, "profile", None)
    initial = (
        {
            "is_shown": "yes" if known.is_shown else "no",
            "shows": known.shows,
            "shows_name": known.shows_name,
            "about": known.about,
        }
        if known
        else {}
    )
    form = ProfileForm(request.POST or None, answered=answers_to_show(programme, part), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_profile(part, by=request.person, now=timezone.now(), **form.cleaned_data)
            shown = form.cleaned_data["is_shown"]
            messages.success(
                request, "Possible partners read what you ticked." if shown else "Nobody reads anything about you."
            )
            return redirect(programme.url("choosing:own"))
    return render(request, "choosing/profile.html", {"form": form, "part": part, "known": known})


def answers_to_show(programme: Programme, part: Participant) -> list[tuple[Question, str]]:
    """The questions somebody answered and may show, with the answers in words."""
    given = answers_of([part])[part.pk]
    said = [(one, say(one, given.get(one.key))) for one in questions_to_show(programme, part.role)]
    return [(question, words) for question, words in said if words]
