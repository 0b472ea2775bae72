"""Pages of networking: one page for what is on and who is there, and one for each board."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.policy import allows
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Participant, Programme

from . import actions, queries
from .forms import EntryForm, GatheringForm, PostForm
from .models import Board, Gathering, Post

ON_A_PAGE = 30


@programme_page("network", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """What is on, who would like to be found, and the way to one's own board."""
    runs_it = allows(request.hats, "network", "A")
    parts = queries.parts_of(programme, request.person)
    context = {
        "runs_it": runs_it,
        "parts": [
            (part, EntryForm(initial={"line": getattr(getattr(part, "entry", None), "line", "")})) for part in parts
        ],
        "gatherings": queries.coming_up(programme, timezone.now()),
        "page": Paginator(queries.directory(programme), ON_A_PAGE).get_page(request.GET.get("page")),
        "posts": queries.posts_for_moderation(programme)[:ON_A_PAGE] if runs_it else [],
    }
    return render(request, "network/home.html", context)


@programme_page("network", "A")
def put_on(request: Visit, programme: Programme) -> HttpResponse:
    form = GatheringForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            gathering = actions.put_on(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"“{gathering}” stands on everybody’s networking page.")
            return redirect(programme.url("network:home"))
    return render(request, "network/put_on.html", {"form": form})


@programme_page("network", "A")
@require_POST
def call_off(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    gathering = get_object_or_404(Gathering, programme=programme, pk=pk)
    actions.call_off(gathering, by=request.person, now=timezone.now())
    messages.success(request, f"“{gathering}” is called off.")
    return redirect(programme.url("network:home"))


@programme_page("network", "C")
@require_POST
def found(request: Visit, programme: Programme, role: str) -> HttpResponse:
    """Join the directory in one's own role, or leave it."""
    part = own_part(request, programme, role)
    if "leave" in request.POST:
        actions.be_found_no_more(part, by=request.person, now=timezone.now())
        messages.success(request, "You no longer stand in the directory.")
        return redirect(programme.url("network:home"))
    form = EntryForm(request.POST)
    if form.is_valid():
        actions.be_found(part, line=form.cleaned_data["line"], by=request.person, now=timezone.now())
        messages.success(request, "The others of this programme can find you.")
    else:
        messages.error(request, "Keep the line under 200 characters.")
    return redirect(programme.url("network:home"))


def own_part(request: Visit, programme: Programme, role: str) -> Participant:
    part = next((part for part in queries.parts_of(programme, request.person) if part.role == role), None)
    if part is None:
        raise Http404
    return part


@programme_page("network", "C")
def board(request: Visit, programme: Programme, role: str) -> HttpResponse:
    """The board of one's own role."""
    own_part(request, programme, role)
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.post(programme, board=role, by=request.person, now=timezone.now(), **form.cleaned_data)
        return redirect(programme.url("network:board", role=role))
    page = Paginator(queries.posts_on(programme, role), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/board.html", {"form": form, "page": page, "board": Board(role), "role": role})


@programme_page("network", "R")
@require_POST
def report(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Ask the co-ordinators to look at a post."""
    post = find_post(programme, pk)
    actions.report(post, by=request.person, now=timezone.now())
    messages.success(request, "Your co-ordinator will look at it. Whoever wrote it is not told.")
    return redirect(back_to(request, programme, post))


@programme_page("network", "A")
@require_POST
def let_stand(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """By those who run the programme: a post that was reported is in order."""
    actions.let_stand(find_post(programme, pk), by=request.person, now=timezone.now())
    messages.success(request, "It stands. Nobody is told.")
    return redirect(programme.url("network:home"))


@programme_page("network", "R")
@require_POST
def take_down(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """By whoever wrote it, and by those who run the programme."""
    post = find_post(programme, pk)
    if post.written_by_id != request.person.pk and not allows(request.hats, "network", "A"):
        raise Http404
    actions.take_down(post, by=request.person, now=timezone.now())
    messages.success(request, "It is taken down.")
    return redirect(back_to(request, programme, post))


def find_post(programme: Programme, pk: UUID) -> Post:
    """The database gives nobody a post of a board that is not theirs."""
    post = get_object_or_404(Post, programme=programme, pk=pk, hidden_at=None)
    post.programme = programme
    return post


def back_to(request: Visit, programme: Programme, post: Post) -> str:
    if allows(request.hats, "network", "A"):
        return programme.url("network:home")
    return programme.url("network:board", role=post.board)
