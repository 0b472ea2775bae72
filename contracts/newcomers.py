"""Whoever joins when the others have signed signs what is in force: said on their own page, and by the same reminders."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from mentoring.accounts.models import Person
from mentoring.outbox.sweeps import Swept, sweeps
from programmes.models import LIVE_STATES, Member, Model, Partnership
from programmes.steps import Need
from programmes.waiting import waits

from . import letters
from .models import Agreement, AgreementState, Signature
from .queries import version_to_sign
from .reminders import DAYS, FORGOTTEN, last_day

PAIRS = (Model.ONE_TO_ONE, Model.PEER_PAIR, Model.SPOT)  # nobody joins two


def newcomers_to_sign() -> QuerySet[Member]:
    """Those who joined when the others had signed, and have not signed what is in force."""
    in_force = Agreement.objects.filter(
        partnership=OuterRef("partnership"), state=AgreementState.ACTIVE, active_at__lt=OuterRef("joined_at")
    )
    signed = Signature.objects.filter(member=OuterRef("pk"), version__agreement__state=AgreementState.ACTIVE)
    return Member.objects.filter(Exists(in_force), ~Exists(signed), live=True, partnership__state__in=LIVE_STATES)


@sweeps("signatures of newcomers")
def promise_to_newcomers(now: datetime.datetime, limit: int) -> Swept:
    """The same letters, on the same days after they joined, to those who joined when the others had signed."""
    joined = (now - FORGOTTEN, now - datetime.timedelta(days=DAYS[0]))
    # Who joined later reads from a day on: by that they are found through an index of their own.
    waiting = newcomers_to_sign().filter(reads_from__isnull=False, joined_at__range=joined)
    found = waiting.select_related("person", "partnership__programme__organisation")
    return Swept(sum(remind_newcomer(member, now) for member in found))


def remind_newcomer(member: Member, now: datetime.datetime) -> bool:
    """Promise the letter of the last of the days that has come. Whether it is new."""
    version = version_to_sign(member)
    day = last_day(member.joined_at, now, DAYS)
    if version is None or day is None:
        return False
    key = f"{version.pk}|day {day}"
    return letters.send("reminder", member.partnership, member.person, key=key, by_day=now)


@waits
def agreements_to_sign(person: Person, partnerships: list[Partnership]) -> list[Need]:
    """Agreements that were in force when this person joined; any other is asked for where the partnership stands."""
    several = {one.pk: one for one in partnerships if one.is_live and one.model not in PAIRS}
    if not several:
        return []
    found = newcomers_to_sign().filter(person=person, partnership__in=several)
    return [
        Need("Read and sign your agreement", one.url("contracts:agreement"), one.programme.name)
        for one in (several[partnership] for partnership in found.values_list("partnership", flat=True))
    ]
