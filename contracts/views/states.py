"""How agreements stand, for those who run a programme."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from contracts import parties, queries
from contracts.models import Agreement, AgreementState
from mentoring.organisations.policy import allows
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

PAGE = 25  # partnerships on a page of the list
STATES = [
    ("", "All"),
    (AgreementState.DECLINED, "Other words wanted"),
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
    may = {"reads": allows(request.hats, "agreement", "R"), "takes": allows(request.hats, "contracts together", "A")}
    return render(request, "contracts/home.html", {**context, **may})


@programme_page("contracts as a party", "R")
def named(request: Visit, programme: Programme) -> HttpResponse:
    """Every signed contract that names the organisation for which the visitor speaks."""
    page = Paginator(parties.contracts_naming(request.person, programme), PAGE).get_page(request.GET.get("page"))
    for agreement in page.object_list:
        agreement.partnership.programme = programme
    return render(request, "contracts/named.html", {"page": page})


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
