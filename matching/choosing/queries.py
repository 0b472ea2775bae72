"""Questions about what people choose: what is open, who can be asked, who ranked whom."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from matching.models import Exclusion
from matching.queries import live_partnerships, mentees_to_match
from mentoring.accounts.models import Person
from mentoring.outbox.models import Message
from programmes.models import Member, Participant, ParticipantRole, ParticipantState, PartnershipState, Programme
from programmes.queries import participants_in
from programmes.support.models import NextWish, Wish

from .models import Attendee, Choice, Choosing, Decline, Occasion, Request, RequestState, Seat

BOTH = ("mentee__person", "mentor__person")


def open_choosing(programme: Programme) -> Choosing | None:
    """What is open now, with its event where it is one."""
    return programme.choosings.filter(closed_at=None).select_related("occasion").first()


def last_choosing(programme: Programme) -> Choosing | None:
    """What is open now, or was last."""
    return programme.choosings.select_related("occasion").order_by("-opened_at").first()


def parts_of(person: Person, programme: Programme) -> QuerySet[Any]:
    """The person's own parts as mentee and as mentor, with their profile, and how many `partnerships` are live."""
    found = Participant.objects.filter(programme=programme, person=person, state=ParticipantState.ACTIVE)
    found = found.filter(role__in=[ParticipantRole.MENTEE, ParticipantRole.MENTOR]).order_by("role")
    return found.select_related("person", "profile").annotate(partnerships=live_partnerships())


def with_answers(parts: QuerySet[Any], choosing: Choosing) -> QuerySet[Any]:
    """Parts with what they said so far: `chose` counts whom they ranked, `is_coming` is their answer to the event."""
    ranked = Choice.objects.filter(choosing=choosing, chooser=OuterRef("pk")).order_by().values("chooser")
    coming = Attendee.objects.filter(occasion__choosing=choosing, participant=OuterRef("pk")).values("is_coming")
    count = Subquery(ranked.annotate(count=Count("pk")).values("count"))
    return parts.annotate(chose=Coalesce(count, 0), is_coming=Subquery(coming))


def shown_mentors(programme: Programme) -> QuerySet[Any]:
    """Mentors who let mentees read something of them, by name, with their profile and `taken`: the places that a
    partnership or an open request takes."""
    asked = Request.objects.filter(mentor=OuterRef("pk"), state=RequestState.OPEN).order_by().values("mentor")
    count = Subquery(asked.annotate(count=Count("pk")).values("count"))
    found = participants_in(programme, ParticipantRole.MENTOR).filter(profile__is_shown=True)
    return found.select_related("person", "profile").annotate(taken=live_partnerships() + Coalesce(count, 0))


def places_to_ask(programme: Programme) -> dict[Participant, int]:
    """Mentors who are shown and can be asked, with the number of their free places. One query."""
    return {
        mentor: mentor.capacity - mentor.taken for mentor in shown_mentors(programme) if mentor.taken < mentor.capacity
    }


def mentors_for(mentee: Participant) -> dict[Participant, int]:
    """Mentors who are shown and have a place, with their free places: not this mentee themselves, and nobody whom they are
    kept apart from or have parted from before (S10). Rules are not looked at. One query."""
    apart = Exclusion.objects.filter(mentee=mentee).values("mentor")
    found = shown_mentors(mentee.programme).exclude(pk__in=apart).exclude(person=mentee.person_id)
    found = found.exclude(Exists(parted_from(mentee)))
    return {mentor: mentor.capacity - mentor.taken for mentor in found if mentor.taken < mentor.capacity}


def parted_from(mentee: Participant) -> QuerySet[Member]:
    """Earlier partnerships of a mentor (the outer query) with this mentee, unless both are known to wish the same again."""
    again = NextWish.objects.filter(partnership=OuterRef("partnership"), wish=Wish.AGAIN)
    both = Exists(again.filter(person=mentee.person_id)) & Exists(again.filter(person=OuterRef("person")))
    ended = Member.objects.filter(participant=OuterRef("pk"), partnership__state=PartnershipState.ENDED)
    return ended.filter(partnership__members__participant=mentee).exclude(both)


def mentees_to_ask(programme: Programme) -> list[Participant]:
    """Mentees without a partner and without an open request."""
    asking = set(open_requests(programme).values_list("mentee_id", flat=True))
    return [mentee for mentee in mentees_to_match(programme) if mentee.pk not in asking]


def not_yet_told(choosing: Choosing, kind: str, people: list[Participant]) -> list[Participant]:
    """Those of these people to whom no such letter of this choosing was written."""
    keys = {letter_key(kind, choosing.pk, one.pk): one for one in people}
    told = set(Message.objects.filter(kind=kind, key__in=keys).values_list("key", flat=True))
    return [one for key, one in keys.items() if key not in told]


def letter_key(kind: str, about: object, reader: UUID) -> str:
    """What is promised by a letter of this app, to one reader."""
    return f"{kind}|{about}|{reader}"


def open_requests(programme: Programme) -> QuerySet[Request]:
    return programme.requests.filter(state=RequestState.OPEN)


def requests_of(programme: Programme, parts: Iterable[Participant]) -> QuerySet[Request]:
    """Requests in which these people are asked or ask, the newest first, with both and what they show."""
    own = [part.pk for part in parts]
    found = programme.requests.filter(Q(mentee__in=own) | Q(mentor__in=own)).order_by("-asked_at")
    return found.select_related(*BOTH, "mentee__profile", "mentor__profile", "choosing")


def pairs_tried(choosing: Choosing) -> set[tuple[UUID, UUID]]:
    """Mentee and mentor of every request of this choosing, however it ended."""
    return set(choosing.requests.values_list("mentee_id", "mentor_id"))


def count_requests(choosing: Choosing) -> dict[str, int]:
    """How many requests stand in each state. One query."""
    rows = choosing.requests.order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)


def declines_in(programme: Programme) -> QuerySet[Decline]:
    """Answers that were a no and said why. The database shows them to those who run the programme."""
    found = Decline.objects.filter(programme=programme).exclude(reason="").order_by("-declined_at")
    return found.select_related("declined_by")


def ranks_by(choosing: Choosing, chooser: Participant) -> dict[UUID, int]:
    """Whom somebody ranked, by id, the first wish first."""
    return dict(choosing.choices.filter(chooser=chooser).order_by("rank").values_list("chosen", "rank"))


def list_of(choosing: Choosing, mentee: Participant) -> list[Any]:
    """A mentee's short list, with the mentors and what they show, and the `rank` the mentee has given. One query."""
    given = Choice.objects.filter(choosing=choosing, chooser=mentee, chosen=OuterRef("mentor")).values("rank")
    found = choosing.entries.filter(mentee=mentee).annotate(rank=Subquery(given))
    return list(found.select_related("mentor__person", "mentor__profile").order_by("place"))


def count_choosers(choosing: Choosing) -> int:
    return choosing.choices.values("chooser").distinct().count()


def seats_of(parts: Iterable[Participant], occasion: Occasion) -> QuerySet[Seat]:
    """Where these sit, round by round."""
    own = [part.pk for part in parts]
    return occasion.seats.filter(Q(mentee__in=own) | Q(mentor__in=own)).select_related(*BOTH).order_by("round")


def people_without_a_match(programme: Programme) -> list[Participant]:
    """Mentees without a mentor, then mentors without a mentee, by name, each with what they said to staying, if asked."""
    found = programme.participants.filter(role__in=[ParticipantRole.MENTEE, ParticipantRole.MENTOR])
    found = found.filter(Q(state=ParticipantState.ACTIVE) | Q(staying__wish="leave"))
    found = found.select_related("person", "staying").annotate(partnerships=live_partnerships())
    waiting = [one for one in found.order_by("person__name") if not one.partnerships]
    return sorted(waiting, key=lambda one: one.role != ParticipantRole.MENTEE)
