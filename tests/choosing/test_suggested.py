"""We suggest, both say yes or no: neither hears the other's answer first, a no is kind, and the next is suggested."""

import pytest
import time_machine
from django.utils import timezone

from matching.actions import add_exclusion
from matching.choosing import actions, sweeping, tasks
from matching.choosing.models import Choosing, Request
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import Partnership


@pytest.fixture
def suggested(opened):
    return opened("suggested", answer_days=5)


def pairs(state="open"):
    found = Request.objects.filter(state=state).select_related("mentee__person", "mentor__person")
    return sorted((one.mentee.name, one.mentor.name) for one in found)


def test_everybody_is_suggested_the_best_for_all_and_both_are_asked(suggested, letters):
    assert pairs() == [("Dai", "Tom"), ("Ellen", "Nia")]
    assert letters() == [(who, "choosing_asked") for who in ("Dai", "Ellen", "Nia", "Tom")]


def test_both_say_yes_and_become_partners(visit, programme, people, suggested, letters):
    letters()
    ellen = visit(people["Ellen"])
    ellen.open(programme.url("choosing:own"))
    ellen.follow("Read and answer")
    assert "Offers Confidence" in ellen.page
    first = ellen.press("Yes, I would like that")
    seen_by_nia = visit(people["Nia"]).open(programme.url("choosing:own"))
    nothing_yet = (letters(), Partnership.objects.count())

    nia = visit(people["Nia"])
    nia.open(programme.url("choosing:own"))
    nia.follow("Read and answer")
    assert "Ellen" not in nia.page, "she has not agreed to show her name"
    assert "Confidence" not in nia.page, "nor what she wants to work on"
    nia.press("Yes, I would like that")

    assert "We tell you as soon as the other has answered." in first
    assert "Ellen" not in seen_by_nia
    assert nothing_yet == ([], 0)
    assert [str(one) for one in Partnership.objects.all()] == ["Ellen and Nia"]
    assert letters() == [("Ellen", "matched"), ("Nia", "matched")]


def test_after_a_no_both_hear_the_same_and_the_next_is_suggested(visit, programme, people, suggested, letters):
    letters()
    tom = visit(people["Tom"])
    tom.open(programme.url("choosing:own"))
    tom.follow("Read and answer")
    tom.follow("No, not this time")
    tom.press("Say no")
    ended = letters()
    nia = visit(people["Nia"])
    nia.open(programme.url("choosing:own"))
    nia.follow("Read and answer")
    nia.follow("No, not this time")
    nia.press("Say no", reason="Too little time")

    made = actions.suggest_next(suggested, now=timezone.now())
    again = actions.suggest_next(suggested, now=timezone.now())

    assert ended == [("Dai", "choosing_ended"), ("Tom", "choosing_ended")]
    assert pairs("declined") == [("Dai", "Tom"), ("Ellen", "Nia")]
    assert pairs() == [("Dai", "Nia"), ("Ellen", "Tom")]
    assert (made, again) == (2, 0)


def test_a_no_and_no_answer_read_alike(people, suggested, organisation, as_person, later):
    """So that nobody can tell from the letter which it was."""
    with as_person(people["Tom"]):
        actions.decline(
            Request.objects.get(mentor=people["Tom"]), people["Tom"], "", by=people["Tom"].person, now=timezone.now()
        )
    sweeping.sweep_organisation(organisation.pk, later(6))

    to = {
        who: Message.objects.filter(kind="choosing_ended", name=who).order_by("created_at").first().body
        for who in ("Dai", "Ellen")
    }
    assert to["Dai"].replace("Dai", "Ellen").replace("a possible mentor", "Nia") == to["Ellen"]


def test_nobody_is_suggested_the_same_twice_and_what_is_left_is_said(
    people, suggested, organisation, later, visit, programme
):
    sweeping.sweep_organisation(organisation.pk, later(6))
    second = pairs()
    sweeping.sweep_organisation(organisation.pk, later(12))

    assert second == [("Dai", "Nia"), ("Ellen", "Tom")]
    assert pairs() == []
    assert "We are looking for somebody who suits you." in visit(people["Ellen"]).open(programme.url("choosing:own"))


def test_somebody_changes_their_mind_before_the_other_answered(visit, programme, people, suggested):
    ellen = visit(people["Ellen"])
    ellen.open(programme.url("choosing:request", pk=Request.objects.get(mentee=people["Ellen"]).pk))
    ellen.press("Yes, I would like that")
    ellen.open(programme.url("choosing:request", pk=Request.objects.get(mentee=people["Ellen"]).pk))
    ellen.follow("I have changed my mind")
    ellen.press("Say no")

    assert pairs("declined") == [("Ellen", "Nia")]


def test_two_who_must_not_be_matched_are_not_suggested(programme, coordinator, people, in_degree):
    in_degree("suggested")
    add_exclusion(programme, people["Ellen"], people["Nia"], reason="line", by=coordinator, now=timezone.now())

    actions.open_choosing(programme, by=coordinator, now=timezone.now())

    assert pairs() == [("Dai", "Nia"), ("Ellen", "Tom")]


def test_mentor_who_shows_nothing_is_suggested_to_nobody(programme, coordinator, people, in_degree):
    in_degree("suggested")
    actions.change_profile(people["Nia"], by=people["Nia"].person, now=timezone.now(), is_shown=False)

    actions.open_choosing(programme, by=coordinator, now=timezone.now())

    assert pairs() == [("Dai", "Tom")]


def test_coordinator_closes_and_open_suggestions_end(visit, programme, coordinator, suggested, letters):
    letters()
    visitor = visit(coordinator)
    visitor.open(programme.url("choosing:home"))

    visitor.press("Close it")

    assert pairs("closed") == [("Dai", "Tom"), ("Ellen", "Nia")]
    assert {who for who, kind in letters() if kind == "choosing_ended"} == {"Dai", "Ellen", "Nia", "Tom"}
    assert actions.suggest_next(Choosing.objects.get(), now=timezone.now()) == 0


def test_suggestion_cannot_be_withdrawn_only_answered(people, suggested):
    request = Request.objects.get(mentee=people["Ellen"])

    with pytest.raises(Refused, match="We suggested this"):
        actions.withdraw(request, people["Ellen"], by=people["Ellen"].person, now=timezone.now())


def test_a_worker_suggests_the_next_and_ends_what_ran_out(people, suggested, as_person, later):
    with as_person(people["Tom"]):
        actions.decline(
            Request.objects.get(mentor=people["Tom"]), people["Tom"], "", by=people["Tom"].person, now=timezone.now()
        )
    with as_person(people["Nia"]):
        actions.decline(
            Request.objects.get(mentor=people["Nia"]), people["Nia"], "", by=people["Nia"].person, now=timezone.now()
        )
    told = {"organisation": str(suggested.organisation_id)}

    tasks.suggest.apply(kwargs={"choosing_id": str(suggested.pk)}, headers=told, throw=True)
    suggested_next = pairs()
    with time_machine.travel(later(6)):
        tasks.sweep.apply(headers=told, throw=True)

    assert suggested_next == pairs("expired") == [("Dai", "Nia"), ("Ellen", "Tom")]
    assert pairs() == []
