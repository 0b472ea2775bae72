"""Pages of the action plan: its goals, each goal's story, and paths to think one through."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring import documents
from mentoring.documents.answers import pdf_answer
from mentoring.documents.attachments import as_data
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership
from programmes.support import queries
from programmes.support.development.queries import need_behind
from programmes.support.plans import actions
from programmes.support.plans.capabilities import choices_in, say
from programmes.support.plans.forms import PlanForm, ReviewForm, StepForm, written_in
from programmes.support.plans.paths import PATHS, Path, next_step
from programmes.support.plans.queries import Story, find_story, stories_of
from programmes.support.plans.scale import over_time, points_of
from programmes.support.printed import plan_as_data


@partnership_page("goals", "R")
def plan(request: Visit, partnership: Partnership) -> HttpResponse:
    """Every goal, as it stands: one card each."""
    return show(request, "support/goals.html", stories=stories_of(partnership), today=timezone.localdate())


@partnership_page("goals", "R")
def plan_pdf(request: Visit, partnership: Partnership) -> HttpResponse:
    """The plan to keep: goals, what to learn, milestones and reviews. Rendered when asked for, and not stored."""
    stories = [(story, say(request.programme, story.plan.get("capabilities", []))) for story in stories_of(partnership)]
    context = {
        "organisation": request.organisation,
        "programme": partnership.programme,
        "partnership": partnership,
        "stories": stories,
        "today": timezone.localdate(),
    }
    data = plan_as_data(partnership, stories)
    attached = as_data("action-plan.json", data, "The plan as data")
    content = documents.render_pdf("support/pdf/plan.html", context, title="Action plan", data=attached)
    return pdf_answer(content, f"Action plan {partnership}")


@partnership_page("goals", "C")
def new(request: Visit, partnership: Partnership) -> HttpResponse:
    """Set a goal."""
    form = plan_form(request)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            goal = actions.set_goal(partnership, form.plan, by=request.person, now=timezone.now())
            messages.success(request, "Your goal is set. Both of you can adjust it whenever it changes.")
            return redirect(partnership.url("support:goal", pk=goal.pk))
    back = {"back": "Your action plan", "back_url": partnership.url("support:goals")}
    return show(request, "support/aim_form.html", form=form, title="Set a goal", **back)


@partnership_page("goals", "R")
def goal(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """One goal and its whole story: every version, review and thought, newest first."""
    story = find(partnership, pk)
    context = {
        "story": story,
        "capabilities": say(request.programme, story.plan.get("capabilities", [])),
        "drawing": over_time(points_of(story)),
        "need": need_behind(story.aim),
        "readers": f"{readers(request)} Your co-ordinator does not.",
        "labels": {step.name: step.question for path in PATHS.values() for step in path.steps},
    }
    return show(request, "support/goal.html", **context)


@partnership_page("goals", "U")
def adjust(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Write another version of a goal's plan."""
    story = find(partnership, pk)
    form = plan_form(request, written_in(story))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        with refusals_on(form):
            actions.adjust_goal(story.aim, form.plan, by=request.person, now=timezone.now(), seen=seen)
            messages.success(request, "The goal is adjusted. What it said before stays in its story.")
            return redirect(partnership.url("support:goal", pk=pk))
    back = {"back": "The goal", "back_url": partnership.url("support:goal", pk=pk)}
    return show(request, "support/aim_form.html", form=form, story=story, title="Adjust the goal", **back)


@partnership_page("goals", "U")
def review(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Say what moved, and how the goal stands."""
    story = find(partnership, pk)
    address = partnership.url("support:goal", pk=pk)
    form = ReviewForm(request.POST or None, initial={"state": story.aim.state}, readers=readers(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.review_goal(story.aim, form.review, by=request.person, now=timezone.now())
            messages.success(request, "Your review is kept.")
            return redirect(address)
    return show(request, "support/aim_review.html", form=form, story=story, back="The goal", back_url=address)


@partnership_page("goals", "U")
def think(request: Visit, partnership: Partnership, pk: UUID, path: str) -> HttpResponse:
    """A path of questions, one a page. It can be left at any point; what was answered by then is kept."""
    story, way = find(partnership, pk), find_path(path)
    earlier = answered(request, way)
    names = [step.name for step in way.steps]
    asked = request.POST.get("step", names[0])
    step = way.steps[names.index(asked) if asked in names else 0]
    form = StepForm(
        request.POST if request.method == "POST" else None,
        step=step,
        earlier=earlier,
        readers=readers(request),
        initial={"step": step.name},
    )
    if request.method == "POST" and form.is_valid():
        following = None if "finish" in request.POST else next_step(way, step.name, form.answers)
        if following is None:
            return finish(request, story, way, form)
        form = StepForm(
            None, step=following, earlier=form.answers, readers=readers(request), initial={"step": following.name}
        )
    return show(request, "support/think.html", form=form, story=story, way=way, step=form.asked)


def finish(request: Visit, story: Story, way: Path, form: StepForm) -> HttpResponse:
    """Keep the answers and go back to the goal."""
    with refusals_on(form):
        actions.keep_thoughts(story.aim, way.kind, form.answers, by=request.person, now=timezone.now())
        messages.success(request, "Your thoughts are kept with the goal. Use them to adjust its steps.")
        return redirect(request.partnership.url("support:goal", pk=story.aim.pk))
    return show(request, "support/think.html", form=form, story=story, way=way, step=form.asked)


def answered(request: Visit, way: Path) -> dict[str, str]:
    """What was answered on earlier pages of the path, as its hidden fields carry it; a scale takes its own numbers."""
    found = {step.name: request.POST.get(f"earlier_{step.name}", "")[:5000] for step in way.steps}
    scales = {
        step.name: [str(number) for number in range(step.scale[0], step.scale[1] + 1)]
        for step in way.steps
        if step.scale
    }
    return {name: words for name, words in found.items() if words and words in scales.get(name, [words])}


def find(partnership: Partnership, pk: UUID) -> Story:
    story = find_story(partnership, pk)
    if story is None:
        raise Http404
    return story


def find_path(name: str) -> Path:
    if name not in PATHS:
        raise Http404
    return PATHS[name]


def plan_form(request: Visit, initial: dict[str, Any] | None = None) -> PlanForm:
    return PlanForm(
        request.POST or None,
        initial=initial,
        capabilities=choices_in(request.programme),
        readers=readers(request),
    )


def readers(request: Visit) -> str:
    return f"You and {queries.name_others(request.partnership, request.person)} read this."


def show(request: Visit, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {"others": queries.name_others(request.partnership, request.person), **context})
