"""Wishes that people said outside the application form count in a round, and are said among its reasons."""

import pytest
from django.utils import timezone

from matching import actions, queries
from matching.asking import wishing
from matching.asking.instances import name
from matching.asking.wishing import Wishes
from matching.engine import check, read_instance
from tests import cast


@pytest.fixture
def people(programme):
    return {
        who: cast.make_participant(programme, role, cast.make_person(who))
        for who, role in {"Ellen": "mentee", "Dai": "mentee", "Nia": "mentor", "Tom": "mentor"}.items()
    }


@pytest.fixture
def wish(people, monkeypatch):
    """`wish(Ellen=["Tom"])` lets people have these wishes."""

    def wished(**ranked):
        sides = {"mentee": {}, "mentor": {}}
        for who, chosen in ranked.items():
            sides[people[who].role][name(people[who])] = [name(people[one]) for one in chosen]
        monkeypatch.setattr(wishing, "_sources", [lambda programme: Wishes(sides["mentee"], sides["mentor"])])

    return wished


def run(programme, coordinator):
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    found = {
        " and ".join(one.name for one in proposal.people): [reason["words"] for reason in proposal.reasons]
        for proposal in queries.proposals_of(round)
    }
    return round, found


def test_mentees_get_whom_they_wished_for_and_the_desk_says_so(programme, coordinator, people, wish):
    wish(Ellen=["Tom", "Nia"], Dai=["Nia"])

    round, found = run(programme, coordinator)

    assert found == {
        "Ellen and Tom": ["The first choice of Ellen"],
        "Dai and Nia": ["The first choice of Dai"],
    }
    assert round.is_proved


def test_where_both_sides_wished_nobody_would_both_rather_have_each_other(programme, coordinator, people, wish):
    wish(Ellen=["Tom", "Nia"], Dai=["Tom", "Nia"], Tom=["Dai", "Ellen"], Nia=["Dai", "Ellen"])

    round, found = run(programme, coordinator)

    assert round.outcome["objective"] == "stable"
    assert check(read_instance(round.instance), round.outcome) == []
    assert found == {
        "Dai and Tom": ["The first choice of Dai", "The first choice of Tom"],
        "Ellen and Nia": ["The second choice of Ellen", "The second choice of Nia"],
    }


def test_somebody_who_was_not_chosen_is_a_reason_to_look_twice(programme, coordinator, people, wish):
    wish(Ellen=["Tom"], Dai=["Tom"])

    _, found = run(programme, coordinator)

    assert sorted(words for reasons in found.values() for words in reasons) in (
        ["Not among those whom Dai chose", "The first choice of Ellen"],
        ["Not among those whom Ellen chose", "The first choice of Dai"],
    )
