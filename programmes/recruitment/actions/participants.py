"""What changes about somebody who takes part."""

import datetime

from django.db import IntegrityError, transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Participant


@transaction.atomic
def change_places(participant: Participant, capacity: int, *, by: Person, now: datetime.datetime) -> Participant:
    """How many mentees a mentor takes at once (S8). Refused below the number they have."""
    before, participant.capacity = participant.capacity, capacity
    try:
        with transaction.atomic():
            participant.save(update_fields=["capacity"])
    except IntegrityError:
        raise Refused(f"{participant.name} has more partnerships than {capacity} already.") from None
    audit.record("places changed", on=participant, by=by, at=now, before=before, after=capacity)
    return participant
