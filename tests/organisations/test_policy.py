"""The policy table, and the page that prints it."""

import re

import pytest

from mentoring.fingerprint import ROOT
from mentoring.organisations.permissions import describe
from mentoring.organisations.policy import HAT_NAMES, TABLE, Hat, Policy, allows, verbs

CELL = re.compile(r"^(-|agg|[CRUDAxm]+)( [opgGe])?$")


def test_the_page_of_permissions_is_what_the_table_says():
    assert (ROOT / "docs" / "permissions.md").read_text() == describe(), "Run `manage.py permissions`."


@pytest.mark.parametrize("thing", TABLE)
def test_every_cell_is_written_in_the_letters_that_are_explained(thing):
    assert [cell for cell in TABLE[thing].values() if not CELL.match(cell)] == []


def test_every_hat_has_a_name():
    assert set(HAT_NAMES) == set(Hat)


def test_nobody_but_partners_reads_what_was_said_in_a_meeting():
    readers = {hat for hat in Hat if verbs(hat, "meeting content")}

    assert readers == {Hat.MENTOR, Hat.MENTEE, Hat.FACILITATOR}


def test_the_platform_reads_nothing_of_an_organisation():
    things = {thing for thing in TABLE if verbs(Hat.PLATFORM, thing)}

    assert things == {"platform", "document verification"}


def test_hats_add_up():
    assert allows(frozenset({Hat.ANYONE, Hat.COORDINATOR}), "plan", "U")
    assert not allows(frozenset({Hat.ANYONE, Hat.MENTOR}), "plan", "U")


def test_figures_are_not_reading():
    assert not allows(frozenset({Hat.SPONSOR}), "partnership", "R")
    assert allows(frozenset({Hat.SPONSOR}), "partnership", "agg")


def test_a_page_cannot_ask_for_what_has_no_row():
    with pytest.raises(ValueError, match="“secrets” has no row"):
        Policy("programme", "secrets", "R")
