"""The agreement's pages: for partners to fill in and sign, for co-ordinators to see how it stands."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.documents.answers import pdf_answer
from mentoring.organisations.policy import Hat, allows
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import partnership_page, programme_page
from programmes.models import Partnership, Programme

from . import actions, queries
from .forms import SEEN, DiscussForm, SignForm, TemplateForm, readers_of
from .models import Agreement, AgreementState
from .places import place_of

PAGE = 25  # partnerships on a page of the list
STATES = [
    ("", "All"),
    (AgreementState.SIGNING, "Waiting for signatures"),
    (AgreementState.DISCUSSING, "Being filled in"),
    (queries.NOT_BEGUN, "Not begun"),
    (AgreementState.ACTIVE, "Signed"),
]


@programme_page("agreement states", "Rx")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """How the agreement of every partnership stands."""
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    every = queries.search_partnerships(queries.partnerships_with_state(programme), words)
    counts = queries.count_states(every)
    chosen = queries.most_urgent_first(queries.in_state(every, state if state in dict(STATES) else ""))
    page = Paginator(chosen.prefetch_related("members__person"), PAGE).get_page(request.GET.get("page"))
    rows = list_rows(programme, page.object_list, request.person)
    context = {"page": page, "rows": rows, "q": words, "state": state, "chips": chips(counts, state, words)}
    return render(request, "contracts/home.html", {**context, "reads": allows(request.hats, "agreement", "R")})


def list_rows(programme: Programme, partnerships: Any, person: Any) -> list[dict[str, Any]]:
    found = list(partnerships)
    agreements = queries.agreements_of(found)
    rows = []
    for partnership in found:
        partnership.programme = programme
        agreement = agreements.get(partnership.pk)
        rows.append(
            {
                "partnership": partnership,
                "agreement": agreement,
                "waiting": list(queries.missing_signers(partnership, agreement)),
                "own": any(member.person_id == person.pk for member in partnership.members.all()),
                "last_at": last_step(agreement) if agreement else partnership.created_at,
                "url": partnership.url("contracts:agreement"),
                "download": partnership.url("contracts:download"),
                "remind": partnership.url("contracts:remind"),
            }
        )
    return rows


def last_step(agreement: Agreement) -> datetime.datetime:
    """When somebody last did something about it. Uses what `agreements_of` fetched."""
    versions = list(agreement.versions.all())
    signatures = [signature.signed_at for version in versions for signature in version.signatures.all()]
    return max([agreement.changed_at, *(version.made_at for version in versions), *signatures])


def chips(counts: dict[str, int], state: str, words: str) -> list[dict[str, Any]]:
    """Links that narrow the list, with how many each would show."""
    every = {**counts, "": sum(counts.values())}
    return [
        {
            "label": label,
            "count": every.get(key, 0),
            "url": f"?{urlencode({'state': key, 'q': words})}",
            "current": key == state,
        }
        for key, label in STATES
    ]


@partnership_page("agreement", "R")
def agreement(request: Visit, partnership: Partnership) -> HttpResponse:
    """How the agreement stands, and its words as they are."""
    return render(request, "contracts/agreement.html", standing(queries.agreement_or_template(partnership), request))


def standing(agreement: Agreement, request: Visit) -> dict[str, Any]:
    """Everything a page about one agreement shows."""
    version = queries.version_in_force(agreement)
    answers = {} if version else queries.answers_in(agreement)
    signatures = queries.signatures_under(version) if version else []
    signed_by_me = any(signature.person_id == request.person.pk for signature in signatures)
    return {
        "agreement": agreement,
        "here": agreement.partnership.url("contracts:agreement"),
        "version": version,
        "words": version.content if version else queries.words_of(agreement, answers),
        "begun": bool(version or answers),
        "empty": [] if version else queries.empty_boxes(agreement, answers),
        "signatures": signatures,
        "waiting": queries.yet_to_sign(agreement.partnership, signatures) if version else [],
        "is_partner": bool(request.member and request.member.live),
        "signed_by_me": signed_by_me,
    }


@partnership_page("agreement", "U")
def discuss(request: Visit, partnership: Partnership) -> HttpResponse:
    """Fill in the boxes that are shared or one's own."""
    agreement = queries.agreement_or_template(partnership)
    if agreement.state == AgreementState.ACTIVE or not partnership.is_live:
        return redirect(partnership.url("contracts:agreement"))
    answers = queries.answers_in(agreement)
    boxes: dict[str, Any] = {
        "boxes": queries.boxes_in(agreement),
        "answers": answers,
        "person": request.person,
        "readers": readers_of(partnership, request.person),
    }
    form = DiscussForm(request.POST or None, **boxes)
    if request.method == "POST" and form.is_valid():
        try:
            return save_answers(request, partnership, form)
        except actions.ChangedMeanwhile as refusal:
            form = DiscussForm(seen_anew(request, form, answers, refusal.boxes), **boxes)
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "contracts/discuss.html", {"form": form, **standing(agreement, request)})


def save_answers(request: Visit, partnership: Partnership, form: DiscussForm) -> HttpResponse:
    actions.write_answers(partnership, words=form.words(), seen=form.seen(), by=request.person, now=timezone.now())
    messages.success(request, "Saved. Your partner sees it too.")
    return redirect(partnership.url("contracts:agreement"))


def seen_anew(request: Visit, form: DiscussForm, answers: dict[str, Any], boxes: list[str]) -> Any:
    """What was posted, but as if the other's words had been seen, so that saving again is a decision."""
    data = request.POST.copy()
    for name in boxes:
        data[SEEN + name] = answers[name].words
    return data


@partnership_page("agreement", "U")
@require_POST
def ready(request: Visit, partnership: Partnership) -> HttpResponse:
    """Fix the words and go on to signing."""
    try:
        actions.make_version(partnership, by=request.person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(partnership.url("contracts:agreement"))
    return redirect(partnership.url("contracts:sign"))


@partnership_page("agreement signature", "A")
def sign(request: Visit, partnership: Partnership) -> HttpResponse:
    """Read the agreement, then sign it. One signs for oneself and nobody else."""
    agreement = queries.agreement_or_template(partnership)
    context = standing(agreement, request)
    if agreement.state != AgreementState.SIGNING or context["signed_by_me"]:
        return redirect(partnership.url("contracts:agreement"))
    form = SignForm(request.POST or None, initial={"sha256": context["version"].sha256})
    if request.method == "POST" and form.is_valid():
        try:
            place = place_of(request)
            actions.sign_agreement(partnership, by=request.person, now=timezone.now(), place=place, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "You have signed. Thank you.")
        return redirect(partnership.url("contracts:agreement"))
    return render(
        request, "contracts/sign.html", {"form": form, "statement": actions.statement(context["version"]), **context}
    )


@partnership_page("agreement", "R")
def version(request: Visit, partnership: Partnership) -> HttpResponse:
    """The PDF that waits for signatures: the very bytes whose SHA-256 is signed."""
    agreement = queries.agreement_or_template(partnership)
    found = queries.version_in_force(agreement)
    if found is None:
        raise Http404
    return pdf_answer(found.document.content, f"Agreement {partnership} version {found.number}")


@partnership_page("signed contract", "R")
def download(request: Visit, partnership: Partnership) -> HttpResponse:
    """The signed contract, for its partners, the co-ordinators, and a partner organisation that it names as a party."""
    agreement = queries.agreement_of(partnership)
    if agreement is None or agreement.contract is None:
        raise Http404
    if request.hats <= {Hat.PARTNER, Hat.ANYONE} and not queries.is_party(request.person, agreement):
        raise Http404
    return pdf_answer(agreement.contract.content, f"Mentoring agreement {partnership}")


@partnership_page("message", "A")
@require_POST
def remind(request: Visit, partnership: Partnership) -> HttpResponse:
    """Draft a reminder to whoever has not signed."""
    try:
        waiting = actions.remind_to_sign(partnership, by=request.person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        names = " and ".join(str(member.person) for member in waiting)
        messages.success(request, f"A reminder to {names} waits among your messages. Read it, then send it.")
    return redirect(partnership.programme.url("contracts:home"))


@programme_page("programme settings", "U")
def template(request: Visit, programme: Programme) -> HttpResponse:
    """What new agreements of this programme say, and who is named in them beside the partners."""
    kept = queries.template_of(programme)
    form = TemplateForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        partner = form.cleaned_data["partner"]
        actions.change_template(programme, partner=partner, by=request.person, now=timezone.now())
        messages.success(request, "Saved. Agreements that partners open from now on follow it.")
        return redirect(programme.url("contracts:home"))
    return render(request, "contracts/template.html", {"form": form, "clauses": queries.clauses_in(kept)})
