"""Changing what an organisation says of itself and how long it keeps things."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.organisations.models import Organisation


@transaction.atomic
def change_settings(organisation: Organisation, *, by: Person, now: datetime.datetime, **fields: Any) -> list[str]:
    """Set the given fields; says which of them changed. A logo comes redrawn (`logos.redraw`)."""
    changed = [name for name, value in fields.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, fields[name])
    organisation.save(update_fields=changed)
    if changed:
        audit.record("organisation settings changed", on=organisation, by=by, at=now, changed=changed)
    return changed
