"""What this app writes to people. Nobody reads here who said no to whom."""

from typing import Any

from mentoring import outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from programmes.models import Participant, ParticipantRole, Programme
from programmes.queries import contact_of

from .cards import called, profile_of
from .links import stay_url
from .models import Choosing, Occasion, Request
from .queries import letter_key


def own_url(programme: Programme) -> str:
    """The page on which somebody chooses, whatever there is to choose."""
    return absolute(programme.url("choosing:own"))


def name_shown(participant: Participant, otherwise: str) -> str:
    """The name somebody lets possible partners read, or another word for them."""
    profile = profile_of(participant)
    return participant.name if profile and profile.shows_name else otherwise


def name_for(request: Request, reader: Participant) -> str:
    """What the reader calls the other of a request: a mentee who asks has given their name."""
    other = request.other(reader)
    if request.choosing.is_suggested:
        return name_shown(other, f"a possible {other.role}")
    return other.name if other.role == ParticipantRole.MENTEE else name_shown(other, called(other))


def promise(
    name: str,
    programme: Programme,
    reader: Participant,
    key: str,
    *,
    contact: Person | None,
    draft: bool | None = None,
    **words: Any,
) -> tuple[outbox.Letter, dict[str, Any]]:
    """A letter to one participant, and how it is sent: once for each key, read first where the programme wants that."""
    context = {"reader": reader, "programme": programme, "contact": contact, "url": own_url(programme), **words}
    return outbox.compose(f"choosing/emails/{name}.txt", context), {
        "to": reader.person,
        "kind": f"choosing_{name}",
        "key": letter_key(f"choosing_{name}", key, reader.pk),
        "programme": programme,
        "signed_by": contact,
        "draft": programme.sends_drafts if draft is None else draft,
    }


def tell(name: str, choosing: Choosing, readers: list[Participant], **words: Any) -> None:
    """The same letter to many, about what is open or closed."""
    contact = contact_of(choosing.programme)
    outbox.write_all(
        promise(name, choosing.programme, reader, str(choosing.pk), contact=contact, choosing=choosing, **words)
        for reader in readers
    )


def ask_for_profiles(programme: Programme, mentors: list[Participant], key: str) -> None:
    """Ask mentors what mentees may read of them."""
    contact, link = contact_of(programme), absolute(programme.url("choosing:profile"))
    outbox.write_all(promise("profile", programme, mentor, key, contact=contact, link=link) for mentor in mentors)


def tell_of_request(request: Request, reader: Participant) -> None:
    """Somebody is asked for an answer. Never held back as a draft: the days to answer have begun."""
    outbox.write_all([_of_request("asked", request, reader)])


def tell_of_end(request: Request) -> None:
    """Both hear that a request has ended, in words that name nobody's no."""
    outbox.write_all(_of_request("ended", request, reader) for reader in (request.mentee, request.mentor))


def _of_request(name: str, request: Request, reader: Participant) -> tuple[outbox.Letter, dict[str, Any]]:
    programme = request.programme
    link = absolute(programme.url("choosing:request", pk=request.pk))
    words = {"request": request, "other": name_for(request, reader), "link": link}
    contact = contact_of(programme)
    return promise(name, programme, reader, str(request.pk), contact=contact, draft=False, **words)


def send_timetables(occasion: Occasion, seats: dict[Participant, list[Any]]) -> None:
    """Each who comes reads where they sit, round by round."""
    programme = occasion.choosing.programme
    contact, key = contact_of(programme), f"{occasion.pk}|{occasion.seated_at}"
    outbox.write_all(
        promise("timetable", programme, reader, key, contact=contact, draft=False, occasion=occasion, seats=own)
        for reader, own in seats.items()
    )


def draft_waiting(programme: Programme, readers: list[Participant], key: str, by: Person) -> None:
    """Drafts for those without a partner: kind words, and a link by which they stay in the pool or leave it."""
    outbox.write_all(
        promise("waiting", programme, reader, key, contact=by, draft=True, link=absolute(stay_url(reader)))
        for reader in readers
    )
