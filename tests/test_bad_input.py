"""What no form expects: unreadable bytes, very long words, keys that are none. Never an error page of ours."""

import uuid

import pytest
from django.http import HttpResponse

from .addresses import Address
from .walking import ADDRESSES, INSIDE, PLACED, Field, Three, may, nowhere, read_fields, request, three

__all__ = ["three"]

WRITTEN = [address for address in ADDRESSES if not address.name.startswith(("mfa_", "demo:"))]
NUL, LONG = "Words\x00with a hole", "x" * 1_000_000
KEYS = ["not-a-key", "0", "1' or '1'='1", "%00", str(uuid.UUID(int=0)), str(uuid.uuid4()), "x" * 2_000]


def whoever_may(address: Address) -> str:
    """Somebody inside who is let in; the co-ordinator where there is a choice."""
    order = ["coordinator", "mentee", *INSIDE]
    return next((visitor for visitor in order if may(visitor, address, "ours")), "nobody")


def fields_of(three: Three, visitor: str, path: str) -> list[Field]:
    opened = request(three.visitors[visitor][0], "get", path)
    return read_fields(opened) if opened.status_code == 200 else []


def sent(three: Three, visitor: str, path: str, data: dict[str, str]) -> HttpResponse:
    return request(three.visitors[visitor][0], "post", path, data)


@pytest.mark.parametrize("address", WRITTEN, ids=lambda address: address.name)
def test_unreadable_bytes_and_endless_words_are_refused_with_a_clear_answer(three, address):
    visitor = whoever_may(address)
    path = address.path(three.ours)
    fields = fields_of(three, visitor, path)
    names = dict.fromkeys([found.name for found in fields] or ["words", "pk"])

    hole = sent(three, visitor, path, dict.fromkeys(names, NUL))
    answers = [
        sent(three, visitor, path, {found.name: found.value for found in fields} | {name: LONG}) for name in names
    ]

    assert [answer.status_code for answer in (hole, *answers) if answer.status_code >= 500] == []


WITH_KEYS = [address for address in PLACED if {"pk", "partnership"} & set(address.parts)]


@pytest.mark.parametrize("address", WITH_KEYS, ids=lambda address: address.name)
def test_keys_that_are_none_and_keys_of_nothing_are_the_same_not_found(three, address):
    visitor = whoever_may(address)
    known = str(address.path(three.ours))
    key = next(part for part in known.split("/") if part.count("-") == 4 and len(part) == 36)

    for wrong in KEYS:
        answers = [request(three.visitors[visitor][0], method, known.replace(key, wrong)) for method in ("get", "post")]
        seen = [(answer.status_code, answer.content == nowhere()) for answer in answers if answer.status_code != 405]
        assert set(seen) <= {(404, True), (400, False)}, (wrong, seen)
