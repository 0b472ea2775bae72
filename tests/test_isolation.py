"""Nobody sees or changes what is not theirs: every address, for everybody, in their own programme, another one, and
another organisation. Generated from the URLconf and the policy table, so that a new address is tried as soon as it is
there. What a new address or model needs is said in tests/world.py.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from mentoring.addresses import RESERVED_PROGRAMME_SLUGS, RESERVED_SLUGS
from mentoring.organisations import tenancy
from mentoring.organisations.policy import OWN_ACCOUNT_PAGES

from .walking import (
    ADDRESSES,
    PLACED,
    VISITORS,
    leaks,
    may,
    problems_of,
    request,
    three,
)

__all__ = ["three"]

# --- Every address -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_address_declares_who_may_come(address):
    assert address.policy or address.name in OWN_ACCOUNT_PAGES


def test_no_page_of_the_sign_in_package_is_listed_that_is_not_there():
    assert {address.name for address in ADDRESSES} >= OWN_ACCOUNT_PAGES


def test_first_words_of_addresses_are_nobodys_slug():
    first = {address.route.split("/")[0] for address in ADDRESSES}
    second = {
        address.route.split("/")[1] for address in ADDRESSES if "organisation>/" in address.route.split("/", 1)[0] + "/"
    }

    assert {word for word in first if word and not word.startswith("<")} - RESERVED_SLUGS == set()
    assert {word for word in second if word and not word.startswith("<")} - RESERVED_PROGRAMME_SLUGS == set()


@pytest.mark.parametrize("address", PLACED, ids=lambda address: address.name)
def test_address_leads_somewhere_for_somebody(three, address):
    """Otherwise the tests below would prove nothing: an address with wrong objects in it is closed to everybody."""
    path, answers = address.path(three.ours), {}

    for visitor in VISITORS:
        if may(visitor, address, "ours"):
            client, _ = three.visitors[visitor]
            seen = request(client, "get", path).status_code
            answers[visitor] = seen if seen != 405 else request(client, "post", path).status_code

    assert [visitor for visitor, status in answers.items() if status < 400 and status != 404], (path, answers)


@pytest.mark.parametrize("side", ["ours", "other", "theirs"])
@pytest.mark.parametrize("visitor", VISITORS)
def test_nobody_sees_or_changes_what_is_not_theirs(three, visitor, side):
    world, found = three.sides()[side], []

    for address in ADDRESSES:
        if side != "ours" and not address.parts:
            continue
        path = address.path(world)
        for method in ("get", "post"):
            found += [f"{method} {path}: {text}" for text in problems_of(three, visitor, address, side, method, path)]

    assert not found, "\n" + "\n".join(found)


def test_these_tests_would_notice_a_leak(three):
    """Their own administrator sees their words, and a write to their rows is counted even when it is undone."""
    person, before = three.theirs.people["administrator"], three.count()
    visitor = Client()
    with tenancy.directory():
        visitor.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = request(visitor, "get", reverse("organisations:members", args=[three.theirs.organisation.slug]))

    with tenancy.tenant(three.theirs.organisation):
        type(three.theirs.partnership).objects.filter(pk=three.theirs.partnership.pk).update(grace_days=1)
        transaction.set_rollback(True)

    assert leaks([three.theirs.secret], shown, "") == [three.theirs.secret]
    assert three.count()[0] > before[0]
