"""Keys of other people's records, in one's own places: in the path, in every field of every form, and in the query."""

import pytest

from .walking import ADDRESSES, INSIDE, PLACED, filled_in, may, problems_of, three

__all__ = ["three"]


@pytest.mark.parametrize("side", ["other", "theirs"])
@pytest.mark.parametrize("visitor", INSIDE)
def test_objects_of_others_are_nothing_in_ones_own_place(three, visitor, side):
    """Our organisation and programme in the path, somebody else's record after it: for everybody a page that is not there."""
    objects, found = three.sides()[side], []

    for address in PLACED:
        if not address.names_an_object or (side == "other" and address.policy.gate == "organisation"):
            continue
        if not may(visitor, address, "ours"):
            continue
        path = address.path_in(three.ours, objects)
        for method in ("get", "post"):
            found += [
                f"{method} {path}: {text}"
                for text in problems_of(three, visitor, address, "ours", method, path, lets_in=False)
            ]

    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("side", ["other", "theirs"])
@pytest.mark.parametrize("visitor", INSIDE)
def test_keys_of_others_in_fields_and_queries_lead_nowhere(three, visitor, side):
    """Pages that are open to the visitor, sent with somebody else's keys in every field and in the query."""
    world, found = three.sides()[side], []

    for address in ADDRESSES:
        if not may(visitor, address, "ours") or address.is_capability:
            continue
        path = address.path(three.ours)
        data = filled_in(three.fields(visitor, path), world)
        for method in ("get", "post"):
            found += [
                f"{method} {path}: {text}" for text in problems_of(three, visitor, address, "ours", method, path, data)
            ]

    assert not found, "\n" + "\n".join(found)
