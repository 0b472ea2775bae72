"""What has changed in an agreement since somebody signed it, so that they need not look for it."""

from typing import Any

from .models import Agreement, Version

Said = dict[str, Any]


def since_signed(agreement: Agreement, words: Said, before: Version | None) -> Said:
    """For a page: what somebody signed before, if it was taken back, and the keys of what these words say otherwise."""
    return {
        "taken_back": before if before and before.agreement_id == agreement.pk else None,
        "changed": differences(before.content, words) if before else set(),
    }


def differences(before: Said, after: Said) -> set[str]:
    """The keys of the clauses that say something else now; also `rhythm` and `period` where those differ."""
    earlier, now = answers_of(before), answers_of(after)
    facts = {fact for fact in ("rhythm", "period") if before[fact] != after[fact]}
    return facts | {key for key in now if now[key] != earlier.get(key)}


def answers_of(words: Said) -> dict[str, list[tuple[str, str]]]:
    """What stands in each clause, whose box it is, and nothing of when it was written."""
    return {
        clause["key"]: [(answer["of"], answer["words"]) for answer in clause["answers"]] for clause in words["clauses"]
    }
