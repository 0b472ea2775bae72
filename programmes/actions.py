"""Making a programme, and changing how it runs."""

import datetime
from typing import Any

from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.addresses import RESERVED_PROGRAMME_SLUGS
from mentoring.organisations.models import Membership, Role
from mentoring.organisations.tenancy import current_organisation_id
from mentoring.refusal import Refused

from .models import Partnership, PartnershipState, Programme, ProgrammeState
from .queries import coordinators_of
from .steps import load_steps

SETTINGS = (
    "name", "summary", "starts_on", "ends_on", "cadence_weeks", "grace_days", "contact_by", "sends_drafts", "is_pilot",
    "model", "group_least", "group_most", "meeting_least", "meeting_most", "call_most",
)  # fmt: skip


@transaction.atomic
def create_programme(
    *,
    by: Person,
    now: datetime.datetime,
    blueprint: dict[str, Any],
    name: str,
    slug: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    coordinator: Person | None = None,
    previous: Programme | None = None,
    **settings: Any,
) -> Programme:
    """Make a programme from a blueprint, let each step copy what it needs, and name who runs it (P10, P11).

    Refused when the address is taken or is one of the organisation's own pages, or when the dates are reversed.
    """
    check_address(slug)
    check_dates(starts_on, ends_on)
    given = {key: blueprint["programme"][key] for key in SETTINGS if key in blueprint["programme"]}
    programme = Programme.objects.create(
        name=name,
        slug=slug,
        starts_on=starts_on,
        ends_on=ends_on,
        blueprint=blueprint,
        previous=previous,
        created_by=by,
        created_at=now,
        **(given | settings),
    )
    audit.record("programme created", on=programme, by=by, at=now, blueprint=blueprint["blueprint"]["title"])
    for step in load_steps():
        step.start(programme, blueprint, by, now)
    if coordinator:
        appoint_coordinator(programme, coordinator, by=by, now=now)
    return programme


@transaction.atomic
def appoint_coordinator(programme: Programme, person: Person, *, by: Person, now: datetime.datetime) -> None:
    """Let a person of this organisation run the programme (O3). Refused for somebody who does not belong to it."""
    if not Membership.objects.filter(person=person, ended_at=None).exists():
        raise Refused(f"{person} does not belong to this organisation yet. Invite them first.")
    role = {"role": Role.COORDINATOR, "programme_id": programme.pk, "ended_at": None}
    _, appointed = Membership.objects.get_or_create(person=person, **role, defaults={"since_at": now})
    if appointed:
        audit.record("co-ordinator appointed", on=programme, by=by, at=now, person=str(person))


@transaction.atomic
def change_settings(programme: Programme, *, by: Person, now: datetime.datetime, **settings: Any) -> list[str]:
    """Change how a programme runs. Returns the names of what changed. Partnerships that exist keep their own rhythm.

    Another model of mentoring has sizes of its own. Refused once the programme is closed, when the dates are reversed, and
    for another model once partnerships have begun.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.state == ProgrammeState.CLOSED:
        raise Refused("This programme is closed, so its settings stay as they are.")
    if settings.get("model", programme.model) != programme.model:
        if programme.partnerships.exists():
            raise Refused("Partnerships have begun, so the model of mentoring stays as it is.")
        settings |= {"group_least": None, "group_most": None}
    changed = [name for name in SETTINGS if name in settings and getattr(programme, name) != settings[name]]
    for name in changed:
        setattr(programme, name, settings[name])
    check_dates(programme.starts_on, programme.ends_on)
    if changed:
        programme.save(update_fields=changed)
        audit.record("programme settings changed", on=programme, by=by, at=now, changed=changed)
    return changed


@transaction.atomic
def open_programme(programme: Programme, *, by: Person, now: datetime.datetime) -> None:
    """Say that the programme runs. Refused unless it is being prepared and somebody co-ordinates it (O3)."""
    if not coordinators_of(programme).exists():
        raise Refused("Nobody co-ordinates this programme yet. Name a co-ordinator first.")
    change_state(programme, ProgrammeState.PREPARING, ProgrammeState.LIVE, by=by, now=now)


@transaction.atomic
def close_programme(programme: Programme, *, by: Person, now: datetime.datetime) -> None:
    """Say that the programme is over. Partnerships that have reached their last day end with it (X2).

    Refused unless it runs, and while a partnership still has days to go.
    """
    for partnership in programme.partnerships.exclude(state="ended").filter(ends_on__lt=timezone.localdate(now)):
        end_partnership(partnership, by=by, now=now)
    going_on = programme.partnerships.exclude(state="ended").count()
    if going_on:
        plural = "partnerships are" if going_on > 1 else "partnership is"
        raise Refused(f"{going_on} {plural} still going on. End them first.")
    change_state(programme, ProgrammeState.LIVE, ProgrammeState.CLOSED, by=by, now=now)


@transaction.atomic
def end_partnership(partnership: Partnership, *, by: Person, now: datetime.datetime) -> Partnership:
    """End a partnership and free its members' places. Ending it twice changes nothing."""
    held = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if held.is_live:
        held.state, held.ended_at, held.resting_until = PartnershipState.ENDED, now, None
        held.save(update_fields=["state", "ended_at", "resting_until"])
        held.members.update(live=False)
        audit.record("partnership ended", on=held, by=by, at=now)
    return held


def change_state(
    programme: Programme, old: ProgrammeState, new: ProgrammeState, *, by: Person, now: datetime.datetime
) -> None:
    """Go from one state to the next. Refused from any other."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if locked.state != old:
        raise Refused(f"This programme is {locked.get_state_display().lower()}.")
    locked.state = programme.state = new
    locked.save(update_fields=["state"])
    audit.record(f"programme {new.label.lower()}", on=programme, by=by, at=now)


def check_dates(starts_on: datetime.date, ends_on: datetime.date) -> None:
    if ends_on <= starts_on:
        raise Refused(f"The end, {ends_on:%-d %B %Y}, is not after the start, {starts_on:%-d %B %Y}.")


def check_address(slug: str) -> None:
    """An address must be free, and must not be that of one of the organisation's own pages."""
    if Programme.objects.filter(slug=slug).exists():
        raise Refused(f"Another programme has the address “{slug}”. Choose a different one.")
    if slug in RESERVED_PROGRAMME_SLUGS or not leads_to_programme(slug):
        raise Refused(f"The address “{slug}” is used by another page. Choose a different one.")


def leads_to_programme(slug: str) -> bool:
    """Whether /<organisation>/<slug>/ is the home of a programme, whatever other pages an organisation has."""
    try:
        return resolve(f"/{current_organisation_id().hex}/{slug}/").view_name == "programmes:home"
    except Resolver404:
        return False
