"""How step 6 stands."""

import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mentoring.wording import plural
from programmes.help.queries import open_enquiries
from programmes.models import PartnershipState, Programme
from programmes.network.queries import reported_posts
from programmes.steps import Need, State, Status, Step, know

from .health import Health, say_since
from .queries import standings


def facts(today: datetime.date) -> dict[str, Any]:
    """How many questions wait for an answer, and how many posts were reported."""
    here = OuterRef("pk")
    return {"questions_open": how_many(open_enquiries(here)), "posts_reported": how_many(reported_posts(here))}


def how_many(found: QuerySet[Any]) -> Coalesce:
    counted = found.order_by().values("programme").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def status(programme: Programme, today: datetime.date) -> Status:
    """How many partnerships there are, how many are silent, and which need the co-ordinator."""
    found = standings(programme, today)
    if not found:
        return Status(State.CANNOT_START, "Starts when you confirm matches.", why="There are no partnerships yet.")
    home = programme.url("support:home")
    live = [one for one in found if one.partnership.state != PartnershipState.ENDED]
    if not live:
        return Status(State.COMPLETED, f"{plural(len(found), 'partnership')}, all ended.", url=home)
    silent = [one for one in live if one.assessment.health == Health.SILENT]
    other = [one for one in live if one.assessment.needs_you and one.assessment.health != Health.SILENT]
    needs = []
    if silent:
        longest = min(one.signs.counts_from for one in silent)
        needs.append(
            Need(
                f"{plural(len(silent), 'partnership')} {'is' if len(silent) == 1 else 'are'} silent",
                f"{home}?show=silent",
                f"Last sign of the longest: {say_since(longest, today)}",
            )
        )
    known = know(programme, facts(today))
    if known.questions_open:
        needs.append(Need(f"{plural(known.questions_open, 'question')} to answer", programme.url("help:home")))
    if known.posts_reported:
        needs.append(Need(f"{plural(known.posts_reported, 'post')} to look at", programme.url("network:home")))
    if other:
        needs.append(Need(f"{plural(len(other), 'partnership')} to look at", home))
    return Status(
        State.IN_PROGRESS,
        f"{plural(len(live), 'partnership')}, {len(silent)} silent."
        if silent
        else f"{plural(len(live), 'partnership')}, none silent.",
        needs=needs,
        url=home,
        action="See who is silent" if silent else "",
        minutes=5 * len(silent),
    )


STEP = Step(number=6, slug="support", verb="Meet and support", status=status, facts=facts)
