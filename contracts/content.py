"""The words of an agreement, put together: the one source of its page, its PDF and the data inside the PDF."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from mentoring.accounts.models import Person
from programmes.models import Member

from .clauses import Box, Clause, boxes_of, read_table
from .models import Answer, Signature

TITLE = "Mentoring agreement"


def day(date: datetime.date) -> str:
    return date_format(date, "j F Y")


@dataclass(frozen=True)
class Facts:
    """What an agreement takes from the programme's records, so that nobody types it again."""

    organisation: str
    programme: str
    members: list[Member]
    party: str
    coordinator: Person | None
    starts_on: datetime.date
    ends_on: datetime.date
    rhythm: str

    @property
    def places(self) -> dict[str, str]:
        """What stands in the braces of a fixed clause."""
        return {
            "{organisation}": self.organisation,
            "{programme}": self.programme,
            "{coordinator}": str(self.coordinator) if self.coordinator else "the co-ordinator",
            "{starts_on}": day(self.starts_on),
            "{ends_on}": day(self.ends_on),
            "{rhythm}": self.rhythm,
        }


def put_together(
    facts: Facts, clauses: Sequence[Clause], answers: dict[str, Answer], number: int = 0
) -> dict[str, Any]:
    """Everything that an agreement says, as plain data."""
    return {
        "title": TITLE,
        "number": number,
        "organisation": facts.organisation,
        "programme": facts.programme,
        "parties": [
            {
                "member": str(member.pk),
                "name": str(member.person),
                "role": member.get_role_display(),
                "email": member.person.email,
            }
            for member in facts.members
        ],
        "party": facts.party,
        "coordinator": person(facts.coordinator),
        "starts_on": facts.starts_on.isoformat(),
        "ends_on": facts.ends_on.isoformat(),
        "period": f"{day(facts.starts_on)} to {day(facts.ends_on)}",
        "rhythm": facts.rhythm,
        "promises": [
            {**named(clause, facts), "text": fill_in(clause.text, facts)} for clause in clauses if not clause.is_open
        ],
        "clauses": [
            {
                **named(clause, facts),
                "prompt": clause.text,
                "decides": clause.decides,
                "choices": [option["label"] for option in clause.options],
                "columns": [column["label"] for column in clause.columns],
                "answers": [said(box, answers.get(box.name)) for box in boxes_of([clause], facts.members)],
            }
            for clause in clauses
            if clause.is_open
        ],
    }


def named(clause: Clause, facts: Facts) -> dict[str, Any]:
    also = {**clause.also, "text": fill_in(clause.also["text"], facts)} if clause.also else {}
    return {"key": clause.key, "title": clause.title, "source": clause.source, "also": also}


def person(one: Person | None) -> dict[str, str]:
    return {"name": str(one), "email": one.email} if one else {}


def fill_in(text: str, facts: Facts) -> str:
    """Put facts in their places; whatever else stands in braces stays as it is."""
    for place, words in facts.places.items():
        text = text.replace(place, words)
    return text


def said(box: Box, answer: Answer | None) -> dict[str, Any]:
    """What stands in a box, with its writer."""
    words = answer.words if answer else ""
    return {
        "of": str(box.member.person) if box.member else "",
        "words": box.clause.say(words),
        "lines": lines_of(box.clause, words) if box.clause.kind == "table" else [],
        "by": str(answer.written_by) if answer else "",
        "on": day(timezone.localdate(answer.written_at)) if answer else "",
        "accepted": [str(one.member.person) for one in answer.acceptances.all()] if answer else [],
    }


def lines_of(clause: Clause, words: str) -> list[list[list[str]]]:
    """A table's lines; each cell with the name of its column."""
    names = [column["label"] for column in clause.columns]
    return [[[name, cell] for name, cell in zip(names, line, strict=True)] for line in read_table(words)]


def signed_in(signature: Signature) -> str:
    """How the signer had proved who they are."""
    if not signature.signed_in_at:
        return ""
    by = f" with {signature.signed_in_by}" if signature.signed_in_by else ""
    return f"signed in{by} on {date_format(timezone.localtime(signature.signed_in_at), 'j F Y')}"


def minute(at: datetime.datetime | None) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i T") if at else ""


def joined(signature: Signature) -> str:
    """When somebody joined who was not there yet when the others signed; empty for everybody else."""
    since = signature.member.joined_at
    return day(timezone.localdate(since)) if since > signature.version.made_at else ""


def signed(signature: Signature) -> dict[str, Any]:
    """A signature as it is printed and carried as data (K6: signature, printed name, date)."""
    at = timezone.localtime(signature.signed_at)
    return {
        "signature": signature.typed_name,
        "name": signature.printed_name,
        "role": signature.role,
        "email": signature.email,
        "on": day(at.date()),
        "joined": joined(signature),
        "at": date_format(at, "H:i T"),
        "signed_at": signature.signed_at.isoformat(),
        "statement": signature.statement,
        "consent": signature.consent,
        "said": f"{signature.statement} {signature.consent}".strip(),
        "sha256": signature.sha256,
        "way": signature.way,
        "signed_in": signed_in(signature),
        "session": signature.session,
        "opened": minute(signature.opened_at),
        "file_opened": minute(signature.file_opened_at),
        "language": signature.language,
        "scan": signature.paper.sha256 if signature.paper else "",
        "passkey": signature.passkey or {},
        "internet_address": signature.internet_address or "",
        "browser": signature.browser,
    }
