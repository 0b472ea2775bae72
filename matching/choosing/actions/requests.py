"""Asking for a mentor, answering, and every way a request ends. Each end is told to both, and no letter says whose no it was."""

import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from matching.actions import begin_partnership
from matching.choosing import letters
from matching.choosing.models import Choosing, Decline, Request, RequestState
from matching.choosing.queries import open_requests
from matching.models import Exclusion
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Degree, Participant, ParticipantState, Partnership, ProgrammeState
from programmes.queries import contact_of

from .holding import hold_choosing, hold_request, refuse_partnered
from .ringing import look_for_more

TAKEN = "Somebody else has just asked this mentor. Choose another, or look again in a few days."


@transaction.atomic
def ask(
    choosing: Choosing, mentee: Participant, mentor: Participant, words: str, *, by: Person, now: datetime.datetime
) -> Request:
    """A mentee asks a mentor from the directory, and says why.

    Refused for somebody who has a mentor, has asked as many as they may, asks the same mentor twice, or asks one who is
    not in the directory or has no place left; and for two who must not be matched.
    """
    held = hold_choosing(choosing, Degree.DIRECTORY)
    refuse_partnered(mentee)
    refuse_asked_before(held, mentee, mentor)
    if mentor.person_id == mentee.person_id or forbidden(mentee, mentor):
        raise Refused("This mentor is not free for you. Choose another.")
    own = open_requests(held.programme).filter(mentee=mentee)
    turns = set(range(1, held.most_open + 1)) - set(own.values_list("turn", flat=True))
    if not turns:
        raise Refused("You are waiting for an answer already. Withdraw that request first, or wait until it ends.")
    request = make_request(held, mentee, mentor, now=now, turn=min(turns), words=words, mentee_yes_at=now)
    if request is None:
        raise Refused(TAKEN)
    audit.record("mentor asked", on=request, by=by, at=now)
    letters.tell_of_request(request, request.mentor)
    return request


def refuse_asked_before(choosing: Choosing, mentee: Participant, mentor: Participant) -> None:
    """A no is a no, and nobody is pressed: asking again is possible only where nobody said no."""
    again = choosing.requests.filter(mentee=mentee, mentor=mentor)
    if again.filter(state__in=[RequestState.OPEN, RequestState.DECLINED]).exists():
        raise Refused("You have asked this mentor already. Choose another.")


def forbidden(mentee: Participant, mentor: Participant) -> bool:
    """Whether the co-ordinator, or a rule, keeps these two apart."""
    from matching.choosing.asking import fitting, gather  # loads SciPy

    return not fitting(gather(mentee.programme, [mentee], {mentor: 1}))


def make_request(
    choosing: Choosing, mentee: Participant, mentor: Participant, *, now: datetime.datetime, **fields: object
) -> Request | None:
    """An open request that holds one of the mentor's places; None when there is no place to hold."""
    slot = free_place(mentor)
    expires_at = now + datetime.timedelta(days=choosing.answer_days)
    try:
        with transaction.atomic():
            return Request.objects.create(
                programme=choosing.programme,
                choosing=choosing,
                mentee=mentee,
                mentor=mentor,
                slot=slot,
                asked_at=now,
                expires_at=expires_at,
                **fields,
            )
    except IntegrityError:
        return None


def free_place(mentor: Participant) -> int:
    """The lowest place that neither a partnership nor a request takes; above the capacity when there is none."""
    taken = set(mentor.memberships.filter(live=True).values_list("slot", flat=True))
    taken |= set(Request.objects.filter(mentor=mentor, state=RequestState.OPEN).values_list("slot", flat=True))
    return next(slot for slot in range(1, len(taken) + 2) if slot not in taken)


@transaction.atomic
def accept(request: Request, participant: Participant, *, by: Person, now: datetime.datetime) -> Partnership | None:
    """One of the two says yes. When both have, their partnership begins and both are written to; None while one is awaited.

    Refused once the request has ended. Where a place was taken meanwhile it ends as overtaken, and both hear that.
    """
    held = hold_request(request)
    if not is_possible(held):
        end_request(held, RequestState.OVERTAKEN, now=now)
        return None
    if participant.pk == held.mentee_id:
        held.mentee_yes_at = held.mentee_yes_at or now
    else:
        held.mentor_yes_at = held.mentor_yes_at or now
    held.save(update_fields=["mentee_yes_at", "mentor_yes_at"])
    audit.record("request answered", on=held, by=by, at=now)
    return begin(held, by=by, now=now) if held.mentee_yes_at and held.mentor_yes_at else None


def begin(request: Request, *, by: Person, now: datetime.datetime) -> Partnership | None:
    """The same beginning as from the desk: each takes one of their places, and a letter introduces them."""
    signer = contact_of(request.programme) or by
    people = [request.mentee, request.mentor]
    try:
        with transaction.atomic():
            # Its own hold on the place goes first.
            Request.objects.filter(pk=request.pk).update(state=RequestState.OVERTAKEN, ended_at=now)
            partnership = begin_partnership(request.programme, people, by=by, now=now, signed_by=signer)
    except IntegrityError:
        end_request(request, RequestState.OVERTAKEN, now=now)
        return None
    request.state, request.ended_at, request.partnership = RequestState.ACCEPTED, now, partnership
    request.save(update_fields=["state", "ended_at", "partnership"])
    for other in open_requests(request.programme).filter(mentee=request.mentee):
        end_request(other, RequestState.OVERTAKEN, now=now)
    return partnership


@transaction.atomic
def decline(request: Request, participant: Participant, reason: str, *, by: Person, now: datetime.datetime) -> None:
    """One of the two says no, kindly, with a reason for the co-ordinator or without. Both hear that it did not come about."""
    held = hold_request(request)
    if participant.pk == held.mentee_id and not held.choosing.is_suggested:
        raise Refused("You asked for this yourself. You can withdraw it.")
    Decline.objects.create(
        request=held, programme=held.programme, declined_by=by, reason=reason.strip(), declined_at=now
    )
    end_request(held, RequestState.DECLINED, now=now)


@transaction.atomic
def withdraw(request: Request, participant: Participant, *, by: Person, now: datetime.datetime) -> None:
    """The mentee takes back what they asked. Refused for the one who was asked, and once it has ended."""
    held = hold_request(request)
    if participant.pk != held.mentee_id:
        raise Refused("You were asked. You can say yes or no.")
    if held.choosing.is_suggested:
        raise Refused("We suggested this. You can say no, and nobody minds.")
    end_request(held, RequestState.WITHDRAWN, now=now)


@transaction.atomic
def end_if_due(request_id: UUID, *, now: datetime.datetime) -> bool:
    """End a request whose time is up, or that nothing can come of any more. Doing it twice changes nothing."""
    request = Request.objects.filter(pk=request_id, state=RequestState.OPEN).first()
    if request is None:
        return False
    held = hold_request(request)
    state = state_due(held, now)
    if state:
        end_request(held, state, now=now)
    return bool(state)


def state_due(request: Request, now: datetime.datetime) -> RequestState | None:
    """How an open request ends now by itself, if it does."""
    if request.programme.state == ProgrammeState.CLOSED or not request.choosing.is_open:
        return RequestState.CLOSED
    if not is_possible(request):
        return RequestState.OVERTAKEN
    return RequestState.EXPIRED if request.expires_at <= now else None


def is_possible(request: Request) -> bool:
    """Whether both still take part and may be matched, the mentee waits, and the mentor has a place."""
    if Exclusion.objects.filter(mentee=request.mentee_id, mentor=request.mentor_id).exists():
        return False
    if any(one.state != ParticipantState.ACTIVE for one in (request.mentee, request.mentor)):
        return False
    live = {one.pk: one.memberships.filter(live=True).count() for one in (request.mentee, request.mentor)}
    return not live[request.mentee_id] and live[request.mentor_id] < request.mentor.capacity


def end_request(request: Request, state: RequestState, *, now: datetime.datetime) -> None:
    """The one way a request ends without a partnership: its place is free again, and both are told.

    The trail says that it ended and not who said no: those who answer for the programme read it too.
    """
    request.state, request.ended_at = state, now
    request.save(update_fields=["state", "ended_at"])
    letters.tell_of_end(request)
    audit.record("request ended", on=request, by=None, at=now)
    if request.choosing.is_suggested and state != RequestState.CLOSED:
        look_for_more(request.choosing_id)
