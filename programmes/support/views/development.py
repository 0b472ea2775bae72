"""Pages of development plans: where somebody stands, what they need to learn, and each need's story."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring import documents
from mentoring.documents.answers import pdf_answer
from mentoring.documents.attachments import as_data
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Member, Partnership
from programmes.support import queries
from programmes.support.development import actions
from programmes.support.development.asked import questions_of
from programmes.support.development.forms import (
    NeedForm,
    NeedReviewForm,
    StandingForm,
    reader_choices,
    said_in,
)
from programmes.support.development.queries import (
    Development,
    NeedStory,
    developments_of,
    find_need,
    find_plan,
    may_own,
    noted_after_meetings,
    profile,
    read_by,
    read_standing,
    rising,
    say_readers,
    strengthened_by,
)
from programmes.support.plans.capabilities import capabilities_in, choices_in, say
from programmes.support.plans.forms import written_in
from programmes.support.plans.scale import over_time, side_by_side
from programmes.support.printed import development_as_data


@partnership_page("development plan", "R")
def plans(request: Visit, partnership: Partnership) -> HttpResponse:
    """One's own development plan and those that are shown; the only one opens at once."""
    found = developments_of(partnership, member_in(request))
    own = own_of(found, request)
    if len(found) == 1 and (own or not may_own(member_in(request))):
        return redirect(address_of(found[0]))
    shown = [one for one in found if one is not own]
    return show(request, "support/development_plans.html", own=own, shown=shown, may_own=may_own(member_in(request)))


@partnership_page("development plan", "C")
def standing(request: Visit, partnership: Partnership) -> HttpResponse:
    """Say where you stand, and who reads your plan. It begins with this, and each time adds a page."""
    own = own_of(developments_of(partnership, member_in(request)), request)
    questions, capabilities = questions_of(request.programme), capabilities_in(request.programme)
    form = StandingForm(
        request.POST or None,
        initial=said_in(own, questions, capabilities),
        questions=questions,
        capabilities=capabilities,
        choices=reader_choices(partnership, request.person),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            readers, now = form.cleaned_data["readers"], timezone.now()
            plan = actions.say_standing(partnership, form.words, readers, by=request.person, now=now)
            messages.success(request, "It is kept. What do you need to learn, then?")
            return redirect(partnership.url("support:development_plan", pk=plan.pk))
    noted = noted_after_meetings(partnership, request.person)
    return show(request, "support/development_standing.html", form=form, own=own, noted=noted)


@partnership_page("development plan", "R")
def plan(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """A whole development plan: its needs, and where its owner stands."""
    development = find(request, pk)
    stood = [(entry, read_standing(request.programme, entry)) for entry in development.standings]
    drawn = profile(request.programme, development)
    return show_of(
        request,
        development,
        "support/development_plan.html",
        stood=stood,
        drawing=side_by_side(drawn, "From 0 to 10: now, and wanted"),
        today=timezone.localdate(),
    )


@partnership_page("development plan", "R")
def plan_pdf(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """The development plan to keep. Rendered when asked for, and not stored."""
    development = find(request, pk)
    newest = development.standings[0] if development.standings else None
    context: dict[str, Any] = {
        "organisation": request.organisation,
        "programme": request.programme,
        "development": development,
        "read_by": read_by(development.plan),
        "standing": newest,
        "answers": read_standing(request.programme, newest) if newest else [],
        "points": profile(request.programme, development),
        "needs": [(need, say(request.programme, need.plan.get("capabilities", []))) for need in development.needs],
        "today": timezone.localdate(),
    }
    data = development_as_data(development.plan.person, context["answers"], context["points"], context["needs"])
    attached = as_data("development-plan.json", data, "The plan as data")
    content = documents.render_pdf("support/pdf/development.html", context, title="Development plan", data=attached)
    return pdf_answer(content, f"Development plan {development.plan.person}")


@partnership_page("development plan", "U")
def new_need(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Add something to learn."""
    development = find(request, pk)
    form = need_form(request, development)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            need = actions.add_need(development.plan, form.plan, by=request.person, now=timezone.now())
            messages.success(request, "It is in the plan. You can adjust it whenever it changes.")
            return redirect(partnership.url("support:need", pk=need.pk))
    back = {"back": "The development plan", "back_url": address_of(development)}
    return show_of(request, development, "support/aim_form.html", form=form, title="Add a need", **back)


@partnership_page("development plan", "R")
def need(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Something to learn with its whole story: versions, reviews, the goals that came from it, the scale over time."""
    development, story = find_with_plan(request, pk)
    strengthens, owner = strengthened_by(request.programme, story), owner_in(request, development)
    context = {
        "story": story,
        "capabilities": [one.label for one in strengthens],
        "drawings": [
            drawn for one in strengthens if (drawn := over_time(rising(development, one.key), one.label, owner))
        ],
    }
    return show_of(request, development, "support/need.html", **context)


@partnership_page("development plan", "U")
def adjust_need(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Write another version of what is to be learned."""
    development, story = find_with_plan(request, pk)
    form = need_form(request, development, story)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        with refusals_on(form):
            actions.adjust_need(story.aim, form.plan, by=request.person, now=timezone.now(), seen=seen)
            messages.success(request, "It is adjusted. What it said before stays in its story.")
            return redirect(partnership.url("support:need", pk=pk))
    back = {"back": "The need", "back_url": partnership.url("support:need", pk=pk)}
    return show_of(
        request, development, "support/aim_form.html", form=form, story=story, title="Adjust the need", **back
    )


@partnership_page("development plan", "U")
def review_need(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Say what moved, and whether it is met."""
    development, story = find_with_plan(request, pk)
    address = partnership.url("support:need", pk=pk)
    form = NeedReviewForm(
        request.POST or None,
        initial={"state": story.aim.state},
        readers=say_readers(development.plan, request.person),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.review_need(story.aim, form.review, by=request.person, now=timezone.now())
            messages.success(request, "Your review is kept.")
            return redirect(address)
    context = {"form": form, "story": story, "back": "The need", "back_url": address}
    return show(request, "support/aim_review.html", **context)


@partnership_page("goals", "C")
@require_POST
def make_goal(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Put a need into the action plan as a goal, by one tap."""
    _, story = find_with_plan(request, pk)
    with refusals_on(request):
        goal = actions.make_goal(story.aim, by=request.person, now=timezone.now())
        messages.success(request, "It is a goal now. Adjust it, or think it through.")
        return redirect(partnership.url("support:goal", pk=goal.pk))
    return redirect(partnership.url("support:need", pk=pk))


def member_in(request: Visit) -> Member:
    """The visitor's part in the partnership; the policy lets nobody in who has none."""
    if request.member is None:
        raise Http404
    return request.member


def find(request: Visit, pk: UUID) -> Development:
    development = find_plan(request.partnership, member_in(request), pk)
    if development is None:
        raise Http404
    return development


def find_with_plan(request: Visit, pk: UUID) -> tuple[Development, NeedStory]:
    found = find_need(request.partnership, member_in(request), pk)
    if found is None:
        raise Http404
    return found


def own_of(developments: list[Development], request: Visit) -> Development | None:
    return next((one for one in developments if one.plan.person_id == request.person.pk), None)


def owner_in(request: Visit, development: Development) -> str:
    """Whose plan it is, where it is not the visitor's own."""
    owner = development.plan.person
    return "" if owner.pk == request.person.pk else owner.first_name


def address_of(development: Development) -> str:
    return development.plan.partnership.url("support:development_plan", pk=development.plan.pk)


def need_form(request: Visit, development: Development, story: NeedStory | None = None) -> NeedForm:
    return NeedForm(
        request.POST or None,
        initial=written_in(story) if story else None,
        capabilities=choices_in(request.programme),
        readers=say_readers(development.plan, request.person),
    )


def show_of(request: Visit, development: Development, template: str, **context: object) -> HttpResponse:
    """A page of one development plan: whose it is, and who reads it."""
    readers = say_readers(development.plan, request.person)
    about = {"development": development, "owner": owner_in(request, development), "readers": readers}
    return show(request, template, **about, **context)


def show(request: Visit, template: str, **context: object) -> HttpResponse:
    return render(request, template, {"others": queries.name_others(request.partnership, request.person), **context})
