"""Questions about the contracts of a programme, for those who take them away."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from contracts.printing import SIGNED
from mentoring.accounts.models import Person
from mentoring.documents.models import Document, Seal
from mentoring.organisations import tenancy
from programmes.models import Programme

BATCH = 20  # contracts that are in memory at once: a megabyte or two


@dataclass(frozen=True)
class Contract:
    """A signed contract with its bytes, and how it stands."""

    document: Document
    state: str


def contracts_of(programme: Programme) -> QuerySet[Document]:
    """Every contract that was ever signed in a programme, those that a later one replaced too."""
    return Document.objects.filter(programme_id=programme.pk, kind=SIGNED)


def batches(programme: Programme, person: Person) -> Iterator[list[Contract]]:
    """The contracts by name, a few at a time, each few in a transaction: whoever reads slowly holds nothing open."""
    with tenancy.tenant(programme.organisation_id, person):
        every = by_name(contracts_of(programme))
    for start in range(0, len(every), BATCH):
        with tenancy.tenant(programme.organisation_id, person):
            batch = read_batch(every[start : start + BATCH])
        yield batch


def by_name(contracts: QuerySet[Document]) -> list[Any]:
    """Their keys in the order of an index: accents and capitals apart, and of one name the earlier first."""
    found = contracts.values_list("title", "created_at", "pk")
    return [key for _, _, key in sorted((plain(title), at, key) for title, at, key in found.iterator())]


def plain(words: str) -> str:
    """As it is looked for in an index: Ŵyn stands among the W."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(letter)
    )


def read_batch(keys: list[Any]) -> list[Contract]:
    """These contracts, in this order. Two queries."""
    found = Document.objects.in_bulk(keys)
    documents = [found[key] for key in keys if key in found]
    states = {
        seal.sha256: seal.get_state_display()
        for seal in Seal.objects.filter(sha256__in=[document.sha256 for document in documents])
    }
    return [Contract(document, states.get(document.sha256, "")) for document in documents]
