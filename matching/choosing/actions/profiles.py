"""What somebody lets possible partners read."""

import datetime

from django.db import transaction

from matching.choosing import letters
from matching.choosing.cards import questions_to_show
from matching.choosing.models import Profile
from matching.queries import mentors_with_places
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Participant, Programme

from .holding import hold_programme


@transaction.atomic
def change_profile(
    participant: Participant,
    *,
    by: Person,
    now: datetime.datetime,
    is_shown: bool,
    shows_name: bool = False,
    shows: list[str] | None = None,
    about: str = "",
) -> Profile:
    """Agree to be shown, change what is shown, or withdraw. Refused where nothing would be shown."""
    known = {question.key for question in questions_to_show(participant.programme, participant.role)}
    chosen = [key for key in shows or [] if key in known]
    if is_shown and not chosen and not about.strip():
        raise Refused("Tick at least one answer, or write a few words, so that people have something to go by.")
    profile, _ = Profile.objects.update_or_create(
        participant=participant,
        defaults={"is_shown": is_shown, "shows_name": shows_name, "shows": chosen, "about": about, "changed_at": now},
    )
    audit.record("profile shown" if is_shown else "profile not shown", on=participant, by=by, at=now)
    return profile


@transaction.atomic
def ask_for_profiles(programme: Programme, *, by: Person, now: datetime.datetime) -> int:
    """Write to mentors with a free place who have not said what mentees may read: once a day at most. Returns to how many."""
    held = hold_programme(programme)
    answered = set(Profile.objects.filter(participant__programme=held).values_list("participant", flat=True))
    silent = [mentor for mentor in mentors_with_places(held) if mentor.pk not in answered]
    if not silent:
        raise Refused("Every mentor with a free place has said what mentees may read.")
    letters.ask_for_profiles(held, silent, f"{now:%Y-%m-%d}")
    audit.record("mentors asked for their profile", on=held, by=by, at=now, mentors=len(silent))
    return len(silent)
