"""Letters about what a programme puts on: by day, in the day's one letter for those who want one, and never too late."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from mentoring import outbox
from mentoring.accounts.clocks import zone
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.outbox.models import Message
from mentoring.outbox.rechecks import recheck
from programmes.models import Participant, ParticipantState

from .models import Gathering


def tell_everybody(change: str, gathering: Gathering, *, by: Person, now: datetime.datetime) -> None:
    """Write to everybody who takes part, but the one who did it: it is put on, or called off."""
    programme = gathering.programme
    taking_part = Participant.objects.filter(programme=programme, state=ParticipantState.ACTIVE).values("person")
    about = {"kind": f"gathering_{change}", "programme": programme, "signed_by": by, "by_day": True, "due_at": now}
    outbox.write_all(
        (
            outbox.compose(f"network/emails/{change}.txt", words_for(gathering, reader)),
            {"to": reader, "key": f"gathering_{change}|{gathering.pk}|{reader.pk}", **about},
        )
        for reader in Person.objects.filter(pk__in=taking_part).exclude(pk=by.pk)
    )


def words_for(gathering: Gathering, reader: Person) -> dict[str, Any]:
    """What a letter says, with the day and hour by the reader's own clock."""
    local = timezone.localtime(gathering.starts_at, zone(reader.time_zone))
    clock = reader.time_zone.rpartition("/")[2].replace("_", " ")
    return {
        "reader": reader,
        "gathering": gathering,
        "programme": gathering.programme,
        "day": date_format(local, "l j F"),
        "when": f"{date_format(local, 'l j F Y, H:i')} ({clock} time)",
        "url": absolute(gathering.programme.url("network:home")),
    }


@recheck("gathering_put_on")
def is_still_on(message: Message) -> bool:
    """Asked just before sending: not once it is called off or has begun."""
    return Gathering.objects.filter(pk=gathering_of(message), cancelled_at=None, starts_at__gt=timezone.now()).exists()


@recheck("gathering_called_off")
def would_be_missed(message: Message) -> bool:
    """Who has not heard of it needs no letter that it is off."""
    heard = Message.objects.filter(key=message.key.replace("called_off", "put_on"), sent_at__isnull=False)
    return heard.exists() and Gathering.objects.filter(pk=gathering_of(message), starts_at__gt=timezone.now()).exists()


def gathering_of(message: Message) -> str:
    return message.key.split("|")[1]
