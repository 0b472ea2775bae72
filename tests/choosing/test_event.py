"""A matching event: people come, meet several others once, rank them, and matching keeps to what both sides said."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching import queries
from matching.actions import add_exclusion
from matching.choosing import actions, sweeping
from matching.choosing.models import Occasion, Seat
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import Partnership
from tests import cast
from tests.documents.reading import data_in, text_of


@pytest.fixture
def event(programme, coordinator, in_degree, people):
    in_degree("event")
    return actions.plan_event(
        programme, by=coordinator, now=timezone.now(), held_at=timezone.now() + datetime.timedelta(days=2),
        place="The long room", rounds=2, minutes=6, pause=2, tables=2,
    )  # fmt: skip


@pytest.fixture
def seated(event, people, coordinator):
    """Everybody comes, and the timetable is sent."""
    for part in people.values():
        actions.answer_invitation(event, part, True, by=part.person, now=timezone.now())
    actions.make_timetable(event, by=coordinator, now=timezone.now())
    actions.send_timetable(event, by=coordinator, now=timezone.now())
    event.refresh_from_db()
    return event


def test_from_the_plan_to_proposed_matches(visit, programme, coordinator, people, in_degree, letters):
    in_degree("event")
    runs = visit(coordinator)
    runs.open(programme.url("choosing:home"))
    runs.follow("Plan and invite")
    held_at = timezone.localtime() + datetime.timedelta(days=2)
    runs.press(
        "Plan it and invite people", held_at=f"{held_at:%Y-%m-%dT18:00}", place="The long room", rounds="2", tables="2"
    )
    invited = letters()
    for part in people.values():
        visitor = visit(part)
        visitor.open(programme.url("choosing:own"))
        visitor.press("I come")
    runs.open(programme.url("choosing:event"))
    runs.press("Make the timetable")
    hidden = "The long room, round" in visit(people["Ellen"]).open(programme.url("choosing:own"))
    runs.press("Send it to everybody")
    seen = visit(people["Ellen"]).open(programme.url("choosing:own"))

    with time_machine.travel(timezone.now() + datetime.timedelta(days=3)):
        for who, first in {"Ellen": "Tom", "Dai": "Nia", "Nia": "Dai", "Tom": "Ellen"}.items():
            visitor = visit(people[who])
            visitor.open(programme.url("choosing:own"))
            visitor.follow("Put people in order")
            visitor.press("Keep my choice", ranked_0=str(people[first].pk))
        runs = visit(coordinator)
        runs.open(programme.url("choosing:event"))
        runs.press("Close, and match by what people chose")
        runs.press("Run matching")

    assert invited == [(who, "choosing_invited") for who in ("Dai", "Ellen", "Nia", "Tom")]
    assert not hidden
    assert "Round 1" in seen
    assert "Nia" in seen
    assert "Tom" in seen
    round = queries.proposed_round(programme)
    assert round.outcome["objective"] == "stable"
    assert {str(one) for one in queries.proposals_of(round)} == {"Ellen with Tom", "Dai with Nia"}
    assert "stable" in runs.page
    for proposal in queries.proposals_of(round):
        assert runs.open(programme.url("matching:choose", pk=proposal.pk))
    assert Partnership.objects.count() == 0


def test_everybody_meets_everybody_once(seated):
    met = list(seated.seats.values_list("round", "mentee__person__name", "mentor__person__name"))

    assert sorted((mentee, mentor) for _, mentee, mentor in met) == [("Dai", "Nia"), ("Dai", "Tom"), ("Ellen", "Nia"), ("Ellen", "Tom")]  # fmt: skip
    assert sorted(round for round, _, _ in met) == [1, 1, 2, 2]


def test_two_who_must_never_be_matched_never_sit_together(event, people, coordinator, programme):
    add_exclusion(programme, people["Ellen"], people["Nia"], reason="line", by=coordinator, now=timezone.now())
    for part in people.values():
        actions.answer_invitation(event, part, True, by=part.person, now=timezone.now())

    actions.make_timetable(event, by=coordinator, now=timezone.now())

    assert not event.seats.filter(mentee=people["Ellen"], mentor=people["Nia"]).exists()
    assert event.seats.count() == 3


def test_somebody_who_is_mentee_and_mentor_sits_at_one_table_at_a_time(event, people, coordinator, programme):
    both = cast.make_participant(programme, "mentor", people["Ellen"].person)
    for part in (*people.values(), both):
        actions.answer_invitation(event, part, True, by=part.person, now=timezone.now())

    actions.make_timetable(event, by=coordinator, now=timezone.now())

    assert not event.seats.filter(mentor=both).exists()


def test_timetable_is_for_those_who_come(event, people, coordinator, letters):
    for who in ("Ellen", "Nia"):
        actions.answer_invitation(event, people[who], True, by=people[who].person, now=timezone.now())
    actions.answer_invitation(event, people["Tom"], False, by=people["Tom"].person, now=timezone.now())
    letters()

    actions.make_timetable(event, by=coordinator, now=timezone.now())
    actions.send_timetable(event, by=coordinator, now=timezone.now())

    assert [(seat.mentee, seat.mentor) for seat in Seat.objects.all()] == [(people["Ellen"], people["Nia"])]
    assert letters() == [("Ellen", "choosing_timetable"), ("Nia", "choosing_timetable")]


def test_somebody_drops_out_and_the_timetable_is_made_and_sent_again(
    seated, people, visit, programme, coordinator, letters
):
    letters()
    visitor = visit(people["Tom"])
    visitor.open(programme.url("choosing:own"))
    visitor.press("I cannot come")
    runs = visit(coordinator)
    runs.open(programme.url("choosing:event"))
    runs.press("Make it again")
    runs.press("Send it to everybody")

    assert letters() == [(who, "choosing_timetable") for who in ("Dai", "Ellen", "Nia")]
    assert not Seat.objects.filter(mentor=people["Tom"]).exists()


def test_timetables_print_a_page_for_each_person(seated, visit, coordinator, programme, people):
    runs, ellen = visit(coordinator), visit(people["Ellen"])
    runs.open(programme.url("choosing:timetables_pdf"))
    ellen.open(programme.url("choosing:timetable_pdf"))

    everybody, own = text_of(runs.content), text_of(ellen.content)

    assert all(name in everybody for name in people)
    assert "The long room" in own
    assert "Dai" not in own, "she does not meet him"
    assert "Nia" in own
    assert len(data_in(runs.content)["timetables"]) == len(people)


def test_ranking_waits_for_the_event(seated, people, visit, programme):
    assert "nobody to rank" in visit(people["Ellen"]).open(programme.url("choosing:rank"))
    with pytest.raises(Refused, match="has not begun"):
        actions.rank(seated.choosing, people["Ellen"], [], by=people["Ellen"].person, now=timezone.now())


def test_only_those_one_met_can_be_ranked(seated, people, join, later):
    other = join("Somebody", "mentor")

    with pytest.raises(Refused, match="only from your list"):
        actions.rank(seated.choosing, people["Ellen"], [other.pk], by=people["Ellen"].person, now=later(3))


def test_nobody_reads_what_others_chose(seated, people, visit, programme, later):
    actions.rank(seated.choosing, people["Ellen"], [people["Nia"].pk], by=people["Ellen"].person, now=later(3))

    with time_machine.travel(later(3)):
        page = visit(people["Nia"]).open(programme.url("choosing:own"))

    assert "You met 2." in page
    assert "Ellen" in page, "she met her"
    assert "choice" not in page.lower().replace("nobody you met learns what you chose", "")
    assert "Ellen" not in "".join(
        Message.objects.filter(name="Nia", kind="choosing_ended").values_list("body", flat=True)
    )


def test_timetable_needs_people(event, coordinator):
    with pytest.raises(Refused, match="at least one mentee and one mentor"):
        actions.make_timetable(event, by=coordinator, now=timezone.now())


def test_an_event_in_the_past_is_explained(visit, coordinator, programme, people, in_degree):
    in_degree("event")
    runs = visit(coordinator)
    runs.open(programme.url("choosing:plan_event"))

    assert "That moment has passed." in runs.press(
        "Plan it and invite people", refused=True, held_at="2020-01-01T10:00", place="Here"
    )


def test_last_day_for_ranking_before_the_event_is_explained(visit, coordinator, programme, people, in_degree):
    in_degree("event")
    runs = visit(coordinator)
    runs.open(programme.url("choosing:plan_event"))
    held_at = timezone.localtime() + datetime.timedelta(days=9)

    page = runs.press(
        "Plan it and invite people", refused=True, held_at=f"{held_at:%Y-%m-%dT%H:%M}", place="Here",
        closes_on=f"{timezone.localdate():%Y-%m-%d}",
    )  # fmt: skip

    assert "Give a last day that is not before it." in page


@pytest.mark.parametrize("changed", [{"table": 1}, {"mentee": "Ellen"}, {"mentor": "Nia"}])
def test_database_seats_nobody_twice_in_a_round(event, people, changed):
    Seat.objects.create(occasion=event, round=1, table=1, mentee=people["Ellen"], mentor=people["Nia"])
    named = {name: people.get(value, value) for name, value in changed.items()}
    other = {"table": 2, "mentee": people["Dai"], "mentor": people["Tom"]} | named

    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(occasion=event, round=1, **other)


def test_database_seats_the_same_two_once(event, people):
    Seat.objects.create(occasion=event, round=1, table=1, mentee=people["Ellen"], mentor=people["Nia"])

    with pytest.raises(IntegrityError, match="seat_never_again"), transaction.atomic():
        Seat.objects.create(occasion=event, round=2, table=1, mentee=people["Ellen"], mentor=people["Nia"])


def test_times_of_rounds(organisation):
    begins = datetime.datetime(2027, 1, 11, 18, tzinfo=datetime.UTC)
    occasion = Occasion(held_at=begins, rounds=3, minutes=6, pause=2)

    assert [f"{occasion.starts(number):%H:%M}" for number in (1, 2, 3)] == ["18:00", "18:08", "18:16"]
    assert f"{occasion.ends_at:%H:%M}" == "18:22"


def test_whoever_comes_later_is_invited_while_the_event_is_ahead(event, join, organisation, letters, later):
    letters()
    join("Anna", "mentee", aims=["career"]), join("Una", "mentor", offers=["career"])

    done = [sweeping.sweep_organisation(organisation.pk, later(0)) for _ in range(2)]
    join("Olwen", "mentee", aims=["career"])
    after = sweeping.sweep_organisation(organisation.pk, later(3))

    assert (done, after) == ([2, 0], 0)
    assert letters() == [("Anna", "choosing_invited"), ("Una", "choosing_invited")]
