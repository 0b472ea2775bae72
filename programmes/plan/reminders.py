"""Two weeks before a policy is to be reviewed, those who run the programme hear of it, once (P15)."""

import datetime

from mentoring import outbox
from mentoring.accounts.clocks import today_of
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.outbox.models import Message
from mentoring.outbox.rechecks import recheck
from mentoring.outbox.sweeps import Swept, sweeps
from programmes.models import Programme, ProgrammeState
from programmes.queries import coordinators_of

from .models import WrittenPolicy

KIND = "policy_review"
DAY = datetime.timedelta(days=1)
BEFORE, AFTER = 14 * DAY, 60 * DAY  # from when and until when a letter is of use


@sweeps("policies")
def promise_due(now: datetime.datetime, limit: int) -> Swept:
    """Promise the letters about reviews that are due; those promised before stay as they are."""
    found = around(now)
    programmes = {policy.programme_id: policy.programme for policy in found}
    runs = {key: list(coordinators_of(programme)) for key, programme in programmes.items()}
    due = {
        name(policy, person): (policy, person)
        for policy in found
        for person in runs[policy.programme_id]
        if is_due(policy, person, now)
    }
    before = set(Message.objects.filter(kind=KIND, key__in=list(due)).values_list("key", flat=True))
    new = {key: one for key, one in due.items() if key not in before}
    outbox.write_all(
        (
            compose(policy, person),
            {"to": person, "kind": KIND, "key": key, "programme": policy.programme, "by_day": True, "due_at": now},
        )
        for key, (policy, person) in new.items()
    )
    return Swept(len(new))


def around(now: datetime.datetime) -> list[WrittenPolicy]:
    """The policies whose review may be due somewhere on earth now. Only these are read, by their index."""
    days = (now.date() - AFTER - DAY, now.date() + BEFORE + DAY)
    found = WrittenPolicy.objects.filter(review_on__range=days).exclude(programme__state=ProgrammeState.CLOSED)
    return list(found.select_related("programme__organisation"))


def is_due(policy: WrittenPolicy, person: Person, now: datetime.datetime) -> bool:
    today = today_of(person, now)
    return policy.review_on - BEFORE <= today <= policy.review_on + AFTER


def name(policy: WrittenPolicy, person: Person) -> str:
    """What is promised: this policy's review, by this day, to this co-ordinator."""
    return f"{KIND}|{policy.pk}|{policy.review_on}|{person.pk}"


def compose(policy: WrittenPolicy, person: Person) -> outbox.Letter:
    programme: Programme = policy.programme
    context = {
        "person": person,
        "policy": policy,
        "programme": programme,
        "url": absolute(programme.url("plan:reviewed", pk=policy.pk)),
    }
    return outbox.compose("plan/emails/policy_review.txt", context)


@recheck(KIND)
def is_wanted(message: Message) -> bool:
    """While the policy is there, is to be reviewed by that day, and its reader runs the programme."""
    _, policy_id, _, person_id = message.key.split("|")
    policy = WrittenPolicy.objects.filter(pk=policy_id).select_related("programme").first()
    if policy is None or policy.programme.state == ProgrammeState.CLOSED:
        return False
    readers = coordinators_of(policy.programme).filter(pk=person_id)
    return any(name(policy, person) == message.key for person in readers)
