"""A matching event, for those who run it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching.choosing import actions, queries
from matching.choosing.forms import EventForm
from matching.choosing.models import Occasion
from matching.choosing.printing import Sheets, render_timetables
from matching.queries import mentees_to_match, mentors_with_places
from matching.together import matches_pairs
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Degree, Programme


def find_occasion(programme: Programme) -> Occasion | None:
    choosing = queries.open_choosing(programme)
    return choosing.occasion if choosing and choosing.degree == Degree.EVENT else None


@programme_page("choosing", "A")
def plan(request: Visit, programme: Programme) -> HttpResponse:
    """When, where, how many rounds; then everybody is invited."""
    if not matches_pairs(programme):
        return render(request, "choosing/not_here.html")
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.plan_event(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            waits = " The invitations wait for you to read them." if programme.sends_drafts else ""
            messages.success(request, f"The event is planned, and people are invited.{waits}")
            return redirect(programme.url("choosing:event"))
    return render(request, "choosing/plan_event.html", {"form": form})


@programme_page("choosing", "R")
def event(request: Visit, programme: Programme) -> HttpResponse:
    """Who comes, and who meets whom in which round."""
    occasion = find_occasion(programme)
    if occasion is None:
        messages.info(request, "No event is planned.")
        return redirect(programme.url("choosing:home"))
    said = dict(occasion.attendees.values_list("participant", "is_coming"))
    invited = [*mentees_to_match(programme), *mentors_with_places(programme)]
    seats = list(occasion.seats.select_related("mentee__person", "mentor__person").order_by("round", "table"))
    rounds = [
        {"number": number, "at": occasion.starts(number), "seats": [one for one in seats if one.round == number]}
        for number in range(1, occasion.rounds + 1)
    ]
    context = {
        "occasion": occasion,
        "people": [{"part": one, "coming": said.get(one.pk)} for one in invited],
        "coming": sum(said.values()),
        "rounds": [one for one in rounds if one["seats"]],
        "meetings": len(seats),
        "choosers": queries.count_choosers(occasion.choosing),
        "has_begun": occasion.held_at <= timezone.now(),
    }
    return render(request, "choosing/event.html", context)


@programme_page("choosing", "U")
@require_POST
def attendance(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Note for somebody whether they come."""
    occasion = find_occasion(programme)
    people = programme.participants.filter(role__in=["mentee", "mentor"]).select_related("person")
    part = get_object_or_404(people, pk=pk)
    if occasion is None:
        messages.warning(request, "No event is planned.")
        return redirect(programme.url("choosing:home"))
    is_coming = request.POST.get("coming") == "yes"
    with refusals_on(request):
        actions.answer_invitation(occasion, part, is_coming, by=request.person, now=timezone.now())
        messages.success(request, f"{part.name} {'comes' if is_coming else 'does not come'}.")
    return redirect(f"{programme.url('choosing:event')}#people")


@programme_page("choosing", "A")
@require_POST
def make_timetable(request: Visit, programme: Programme) -> HttpResponse:
    """Seat everybody who comes."""
    return change(
        request, programme, actions.make_timetable, "{} meetings are planned. Read the timetable, then send it."
    )


@programme_page("choosing", "A")
@require_POST
def send_timetable(request: Visit, programme: Programme) -> HttpResponse:
    """Send each who comes where they sit."""
    return change(request, programme, actions.send_timetable, "The timetable is on its way to {} people.")


def change(request: Visit, programme: Programme, action: object, told: str) -> HttpResponse:
    occasion = find_occasion(programme)
    if occasion is None:
        messages.warning(request, "No event is planned.")
        return redirect(programme.url("choosing:home"))
    with refusals_on(request):
        done = action(occasion, by=request.person, now=timezone.now())  # type: ignore[operator]
        messages.success(request, told.format(done if isinstance(done, int) else len(done)))
    return redirect(programme.url("choosing:event"))


@programme_page("choosing", "R")
def timetables_pdf(request: Visit, programme: Programme) -> HttpResponse:
    """Everybody's timetable to print, a page each."""
    occasion = find_occasion(programme)
    if occasion is None or occasion.seated_at is None:
        messages.warning(request, "There is no timetable yet.")
        return redirect(programme.url("choosing:home"))
    return render_timetables(request, occasion, list_sheets(occasion))


def list_sheets(occasion: Occasion) -> Sheets:
    """Each person's rounds, by name."""
    sheets: dict[UUID, Sheets] = {}
    for seat in occasion.seats.select_related("mentee__person", "mentor__person").order_by("round"):
        for part in (seat.mentee, seat.mentor):
            sheets.setdefault(part.pk, [(part, [])])[0][1].append(seat)
    return sorted((sheet for [sheet] in sheets.values()), key=lambda sheet: sheet[0].name.casefold())
