"""The words of an agreement, put together: the one source of its page, its PDF and the data inside the PDF."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from programmes.models import Partnership

from .clauses import Box, Clause, boxes_of
from .models import Answer, Signature

TITLE = "Mentoring agreement"


def day(date: datetime.date) -> str:
    return date_format(date, "j F Y")


def put_together(
    partnership: Partnership, clauses: Sequence[Clause], answers: dict[str, Answer], party: str, number: int
) -> dict[str, Any]:
    """Everything that an agreement says, as plain data. Dates, names and rhythm come from the programme's records."""
    members = partnership.ordered_members()
    return {
        "title": TITLE,
        "number": number,
        "organisation": partnership.programme.organisation.name,
        "programme": partnership.programme.name,
        "parties": [
            {"member": str(member.pk), "name": str(member.person), "role": member.get_role_display()}
            for member in members
        ],
        "party": party,
        "starts_on": partnership.starts_on.isoformat(),
        "ends_on": partnership.ends_on.isoformat(),
        "period": f"{day(partnership.starts_on)} to {day(partnership.ends_on)}",
        "rhythm": partnership.rhythm,
        "promises": [
            {"key": clause.key, "title": clause.title, "text": clause.text, "source": clause.source}
            for clause in clauses
            if clause.kind == "fixed"
        ],
        "clauses": [
            {
                "key": clause.key,
                "title": clause.title,
                "prompt": clause.text,
                "source": clause.source,
                "answers": [said(box, answers.get(box.name)) for box in boxes_of([clause], members)],
            }
            for clause in clauses
            if clause.kind != "fixed"
        ],
    }


def said(box: Box, answer: Answer | None) -> dict[str, str]:
    """What stands in a box, with its writer."""
    words = answer.words if answer else ""
    return {
        "of": str(box.member.person) if box.member else "",
        "words": box.clause.label(words) if box.clause.kind == "choice" else words,
        "by": str(answer.written_by) if answer else "",
        "on": day(timezone.localdate(answer.written_at)) if answer else "",
    }


def signed(signature: Signature) -> dict[str, str]:
    """A signature as it is printed and carried as data (K6: signature, printed name, date)."""
    at = timezone.localtime(signature.signed_at)
    return {
        "signature": signature.typed_name,
        "name": signature.printed_name,
        "role": signature.role,
        "email": signature.email,
        "on": day(at.date()),
        "at": date_format(at, "H:i T"),
        "signed_at": signature.signed_at.isoformat(),
        "statement": signature.statement,
        "sha256": signature.sha256,
        "internet_address": signature.internet_address or "",
        "browser": signature.browser,
    }
