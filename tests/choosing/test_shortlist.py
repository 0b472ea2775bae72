"""Mentees rank mentors on a short list, whose profiles show what each mentor agreed to; the next round counts it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching import queries
from matching.actions import run_round
from matching.choosing import actions, sweeping
from matching.choosing.models import Choice, Entry
from mentoring.refusal import Refused
from tests import cast


@pytest.fixture
def shortlist(opened):
    return opened("shortlist")


def test_coordinator_opens_mentee_ranks_coordinator_closes_and_matching_counts_it(
    visit, programme, coordinator, people, in_degree, letters
):
    in_degree("shortlist")
    visitor = visit(coordinator)
    visitor.open(programme.url("matching:home"))
    visitor.follow("Mentees rank mentors on a short list")
    visitor.follow("Open it")
    visitor.press("Open it and tell people")
    told = letters()

    ellen = visit(people["Ellen"])
    ellen.open("/my/")
    ellen.follow("See what there is to choose")
    ellen.follow("Read your list")
    assert "Mentor A: Nia" in ellen.page
    assert "Tom" not in ellen.page
    assert "Offers Confidence" in ellen.page
    assert "I am tired" not in ellen.page
    ellen.press("Keep my choice", ranked_0=str(people["Tom"].pk), ranked_1=str(people["Nia"].pk))
    ellen.open(programme.url("choosing:own"))
    visitor.open(programme.url("choosing:home"))
    assert "1 of 2" in visitor.page
    dai = visit(people["Dai"])
    dai.open(programme.url("choosing:rank"))
    dai.press("Keep my choice", ranked_0=str(people["Nia"].pk))

    visitor.open(programme.url("choosing:home"))
    visitor.press("Close, and match by what people chose")
    visitor.press("Run matching")

    assert told == [("Dai", "choosing_opened"), ("Ellen", "choosing_opened")]
    assert "You have chosen 2" in ellen.page
    assert "The first choice of Ellen" in visitor.page
    others = "".join(
        visitor.open(programme.url("matching:choose", pk=proposal.pk))
        for proposal in queries.proposals_of(queries.proposed_round(programme))
    )
    assert "The second choice of Ellen" in others
    assert "Not among those whom Dai chose" in others
    found = {
        " and ".join(one.name for one in proposal.people): [reason["words"] for reason in proposal.reasons]
        for proposal in queries.proposals_of(queries.proposed_round(programme))
    }
    assert {who: said[0] for who, said in found.items()} == {
        "Ellen and Tom": "The first choice of Ellen",
        "Dai and Nia": "The first choice of Dai",
    }


def test_list_holds_ten_and_spreads_over_mentors(programme, coordinator, join, in_degree):
    for number in range(14):
        join(f"Mentee {number}", "mentee", aims=["career"])
        join(f"Mentor {number}", "mentor", offers=["career"], shows=["offers"])
    in_degree("shortlist")

    choosing = actions.open_choosing(programme, by=coordinator, now=timezone.now())

    lists = choosing.entries.values_list("mentee", "mentor", "place")
    assert sorted({place for _, _, place in lists}) == list(range(1, 11))
    assert len(lists) == 140
    assert len({mentor for _, mentor, _ in lists}) == 14, "every mentor is on some list"


def test_mentor_who_shows_nothing_is_on_no_list(programme, coordinator, people, in_degree, visit):
    actions.change_profile(people["Tom"], by=people["Tom"].person, now=timezone.now(), is_shown=False)
    in_degree("shortlist")

    choosing = actions.open_choosing(programme, by=coordinator, now=timezone.now())

    assert set(choosing.entries.values_list("mentor__person__name", flat=True)) == {"Nia"}
    assert "Tom" in visit(coordinator).open(programme.url("choosing:home")), "she sees who is left out"


def test_consent_withdrawn_after_opening_takes_the_profile_off_the_page(shortlist, people, visit, programme):
    actions.change_profile(people["Nia"], by=people["Nia"].person, now=timezone.now(), is_shown=False)

    page = visit(people["Ellen"]).open(programme.url("choosing:rank"))

    assert "Nia" not in page
    assert "Offers Confidence" not in page


def test_mentee_changes_their_mind_until_it_closes(shortlist, people, visit, programme):
    ellen = visit(people["Ellen"])
    for ranked in ("Nia", "Tom"):
        ellen.open(programme.url("choosing:rank"))
        ellen.press("Keep my choice", ranked_0=str(people[ranked].pk))
    actions.close_choosing(shortlist, by=people["Ellen"].person, now=timezone.now())

    assert [one.chosen for one in Choice.objects.all()] == [people["Tom"]]
    assert "nobody to rank" in ellen.open(programme.url("choosing:rank"))
    with pytest.raises(Refused, match="closed meanwhile"):
        actions.rank(shortlist, people["Ellen"], [], by=people["Ellen"].person, now=timezone.now())


def test_the_same_mentor_twice_is_explained(shortlist, people, visit, programme):
    ellen = visit(people["Ellen"])
    ellen.open(programme.url("choosing:rank"))

    page = ellen.press("Keep my choice", refused=True, ranked_0=str(people["Nia"].pk), ranked_1=str(people["Nia"].pk))

    assert "The same choice stands twice." in page


def test_somebody_who_is_not_on_the_list_cannot_be_ranked(shortlist, people, join):
    other = join("Somebody", "mentor")

    with pytest.raises(Refused, match="only from your list"):
        actions.rank(shortlist, people["Ellen"], [other.pk], by=people["Ellen"].person, now=timezone.now())


def test_mentor_has_nothing_to_rank(shortlist, people, visit, programme):
    assert "nobody to rank" in visit(people["Nia"]).open(programme.url("choosing:rank"))


def test_ranks_are_given_once(shortlist, people):
    Choice.objects.create(choosing=shortlist, chooser=people["Ellen"], chosen=people["Nia"], rank=1)

    for changed in (
        {"chosen": people["Tom"], "rank": 1},
        {"chosen": people["Nia"], "rank": 2},
        {"chosen": people["Tom"], "rank": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Choice.objects.create(choosing=shortlist, chooser=people["Ellen"], **changed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(choosing=shortlist, mentee=people["Ellen"], mentor=people["Nia"], place=9)


def test_ranks_of_an_earlier_time_do_not_count_once_something_else_is_opened(
    shortlist, people, programme, coordinator, in_degree
):
    actions.rank(shortlist, people["Ellen"], [people["Tom"].pk], by=people["Ellen"].person, now=timezone.now())
    actions.close_choosing(shortlist, by=coordinator, now=timezone.now())
    in_degree("directory")
    actions.open_choosing(programme, by=coordinator, now=timezone.now() + datetime.timedelta(minutes=1))

    round = run_round(programme, by=coordinator, now=timezone.now())

    assert {criterion["kind"] for criterion in round.instance["criteria"]} == {"wants-offers"}


# --- Opening -------------------------------------------------------------------------------------------------------


def test_coordinator_changes_who_chooses(visit, coordinator, programme):
    visitor = visit(coordinator)
    visitor.open(programme.url("choosing:home"))
    visitor.follow("Change who chooses")
    visitor.press("Save", degree="directory")

    assert "Mentees ask mentors in a directory" in visitor.page


def test_who_chooses_is_not_changed_while_people_choose(shortlist, visit, coordinator, programme):
    visitor = visit(coordinator)
    visitor.open(programme.url("choosing:who"))

    assert "Close that first." in visitor.press("Save", degree="directory", refused=True)


def test_opening_without_a_mentor_who_agreed_is_refused_and_they_can_be_asked(
    visit, coordinator, programme, join, in_degree, letters
):
    join("Ellen", "mentee"), join("Nia", "mentor")
    in_degree("shortlist")
    visitor = visit(coordinator)
    visitor.open(programme.url("choosing:open"))
    refused = visitor.press("Open it and tell people", refused=True)
    visitor.open(programme.url("choosing:home"))
    visitor.press("Ask those who have not answered")

    assert "Ask them first." in refused
    assert letters() == [("Nia", "choosing_profile")]


def test_a_last_day_that_has_passed_is_explained(visit, coordinator, programme, people, in_degree):
    in_degree("shortlist")
    visitor = visit(coordinator)
    visitor.open(programme.url("choosing:open"))

    assert "3 May 2020 has passed." in visitor.press("Open it and tell people", refused=True, closes_on="2020-05-03")


def test_only_one_is_open_at_a_time(shortlist, programme, coordinator):
    with pytest.raises(Refused, match="choosing already"):
        actions.open_choosing(programme, by=coordinator, now=timezone.now())


@pytest.mark.parametrize("who", ["sponsor", "outsider", "administrator", "partner_contact"])
def test_others_find_nothing(visit, programme, shortlist, who, request):
    visitor = visit(request.getfixturevalue(who))

    for page in ("home", "who", "open", "own", "rank", "profile", "mentors", "event", "without_a_match"):
        visitor.open(programme.url(f"choosing:{page}"), 404)


def test_coordinator_is_nobody_on_the_pages_of_those_who_take_part(visit, programme, coordinator, shortlist):
    for page in ("own", "rank", "profile", "mentors"):
        visit(coordinator).open(programme.url(f"choosing:{page}"), 404)


def test_mentee_runs_nothing(visit, programme, people, shortlist):
    ellen = visit(people["Ellen"])

    for page in ("home", "who", "open", "event", "without_a_match"):
        ellen.open(programme.url(f"choosing:{page}"), 404)
    assert cast.Programme.objects.get(pk=programme.pk).choosings.get().is_open


def test_mentee_who_joins_late_gets_a_list_and_the_others_keep_theirs(
    shortlist, programme, organisation, people, join, letters, later, visit
):
    before = {one.pk: (one.mentee_id, one.mentor_id, one.place) for one in shortlist.entries.all()}
    letters()
    anna = join("Anna", "mentee", aims=["career"])

    done = [sweeping.sweep_organisation(organisation.pk, later(0)) for _ in range(2)]

    assert done == [1, 0]
    assert letters() == [("Anna", "choosing_opened")]
    after = {one.pk: (one.mentee_id, one.mentor_id, one.place) for one in shortlist.entries.all()}
    assert before.items() <= after.items()
    mine = [str(one) for one in shortlist.entries.filter(mentee=anna).order_by("place")]
    assert mine == ["Mentor A", "Mentor B"]
    visitor = visit(anna)
    visitor.open(programme.url("choosing:rank"))
    visitor.press("Keep my choice", ranked_0=str(people["Tom"].pk))
    assert shortlist.choices.get(chooser=anna).chosen == people["Tom"]


def test_nobody_hears_of_what_was_closed_before_they_came(shortlist, organisation, coordinator, join, letters, later):
    actions.close_choosing(shortlist, by=coordinator, now=timezone.now())
    letters()
    join("Anna", "mentee", aims=["career"])

    assert sweeping.sweep_organisation(organisation.pk, later(0)) == 0
    assert actions.include_late(shortlist, now=timezone.now()) == 0
    assert letters() == []
