"""The co-ordinator decides: swap, by hand, not these two and back, repairs. What a page promises is what then happens."""

from dataclasses import replace

import pytest
from django.utils import timezone

from matching import actions, queries
from matching.asking.criteria import Choice, Level
from matching.engine import explain_pair, read_instance, solve
from matching.models import Exclusion, RoundState
from matching.presenting.alternatives import choices_for
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import Participant
from programmes.recruitment.models import Application, Question
from tests.visitor import Visitor

from .joining import LEEDS, YORK, join


def proposal_for(programme, name):
    round = queries.proposed_round(programme)
    return next(one for one in queries.proposals_of(round) if one.people[0].name == name)


def partner_of(programme, name):
    mentors = proposal_for(programme, name).mentors
    return mentors[0].name if mentors else None


def person(name):
    return Participant.objects.get(person__name=name)


@pytest.fixture
def many(programme, coordinator, questions):
    """Twelve mentees and ten mentors with one place each, all over the north."""
    for number in range(12):
        based = {"name": f"Place {number}", "latitude": 53 + number / 9, "longitude": -1 - number % 5 / 4}
        wish = ["career"] if number % 3 else ["confidence", "career"]
        join(programme, questions, f"Mentee {number}", "mentee", wants=wish, based=based)
        if number < 10:
            join(programme, questions, f"Mentor {number}", "mentor", offers=wish[:1], based=based | {"latitude": 54})
    return actions.run_round(programme, by=coordinator, now=timezone.now())


def test_every_reason_on_the_desk_follows_from_the_criteria(many):
    """A tick stands exactly where the engine, asked again, gives points; the points add up to the score."""
    instance = read_instance(many.instance)
    labels = {"wants": "ffer", "based": ("Both in or near", "About")}

    for match in queries.matches_of(many):
        mentee, mentor = match.pair
        explained = explain_pair(instance, str(mentee.person_id), str(mentor.person_id))
        worth = {one["name"]: one["points"] for one in explained["criteria"]}
        offers = next(one for one in match.reasons if labels["wants"] in one["words"])
        distance = next(one for one in match.reasons if one["words"].startswith(labels["based"]))
        assert offers["good"] == (worth["wants"] > 0)
        assert distance["good"] == (worth["based"] > 0)
        assert len(match.reasons) == 2
        assert match.points == explained["score"]


def test_what_a_swap_would_cost_is_what_solving_again_with_the_lock_costs(many, programme):
    mentee = queries.matches_of(many)[0].mentees[0]
    choices = choices_for(many, mentee, proposal_for(programme, mentee.name).mentors)
    instance = read_instance(many.instance)

    assert len(choices.fitting) == 6
    for one in choices.fitting:
        pair = (str(mentee.person_id), str(one.partner.person_id))
        again = solve(replace(instance, locked=(pair,)))
        assert one.change.total == again.total - many.outcome["total"]
        assert one.change.matched == again.matched - many.outcome["matched"]


def test_what_a_swap_says_of_the_others_is_what_happens(client, sign_in, coordinator, programme, many):
    sign_in(client, coordinator)
    mentee = queries.matches_of(many)[0].mentees[0]
    before = {one.people[0].name: [mentor.name for mentor in one.mentors] for one in queries.proposals_of(many)}
    chosen = choices_for(many, mentee, proposal_for(programme, mentee.name).mentors).fitting[-1]

    address = programme.url("matching:choose", pk=proposal_for(programme, mentee.name).pk)
    page = client.get(address).content.decode()
    client.post(address, {"mentor": chosen.partner.pk})

    after = queries.proposed_round(programme)
    now = {one.people[0].name: [mentor.name for mentor in one.mentors] for one in queries.proposals_of(after)}
    assert now[mentee.name] == [chosen.partner.name]
    assert proposal_for(programme, mentee.name).is_locked
    moved = sorted(name for name in now if now[name] != before[name] and name != mentee.name)
    names = {str(one.person_id): one.name for one in Participant.objects.select_related("person")}
    assert moved == sorted(names[move[0]] for move in chosen.change.moves if names[move[0]] != mentee.name)
    assert all(words in page for words in chosen.effect)
    assert after.outcome["total"] - many.outcome["total"] == chosen.change.total


def test_nobody_is_put_together_with_their_manager_by_hand(client, sign_in, coordinator, programme, people):
    actions.add_exclusion(programme, people[0], people[3], reason="line", by=coordinator, now=timezone.now())
    actions.run_round(programme, by=coordinator, now=timezone.now())
    sign_in(client, coordinator)
    address = programme.url("matching:choose", pk=proposal_for(programme, "Ellen").pk)

    page = client.get(address).content.decode()
    answer = client.post(address, {"mentor": people[3].pk, "anyway": "True"}).content.decode()

    assert "Mentors who cannot be chosen" in page
    assert "Ellen and Nia are never matched, because they were excluded by hand." in answer
    assert partner_of(programme, "Ellen") == "Ravi"


def test_rule_that_is_not_firm_is_set_aside_by_hand_and_stays_so(client, sign_in, coordinator, programme, people):
    actions.change_criteria(programme, {"based": Choice(Level.MUST, far=10)}, by=coordinator, now=timezone.now())
    actions.run_round(programme, by=coordinator, now=timezone.now())
    sign_in(client, coordinator)
    address = programme.url("matching:choose", pk=proposal_for(programme, "Ellen").pk)

    page = client.get(address).content.decode()
    warned = client.post(address, {"mentor": people[2].pk}).content.decode()
    client.post(address, {"mentor": people[2].pk, "anyway": "True"})
    actions.run_round(programme, by=coordinator, now=timezone.now())

    assert "Does not fit, because they are more than 10 miles apart." in page
    assert "Choose them all the same if you are sure." in warned
    assert partner_of(programme, "Ellen") == "Ravi"
    assert partner_of(programme, "Dai") == "Ravi"
    twice = client.get(programme.url("matching:home") + "?show=look-twice").content.decode()
    assert "You put them together although they are more than 10 miles apart." in twice


def test_a_place_that_is_locked_for_another_is_not_given_away(coordinator, programme, round, people):
    actions.lock_pair(proposal_for(programme, "Ellen"), by=coordinator, now=timezone.now(), locked=True)

    with pytest.raises(Refused, match="Every place with Nia is taken or locked"):
        actions.choose_mentor(round, people[1], people[3], by=coordinator, now=timezone.now())


def test_parting_two_people_is_undone_with_one_press(client, sign_in, coordinator, programme, round):
    sign_in(client, coordinator)

    client.post(programme.url("matching:part", pk=proposal_for(programme, "Ellen").pk))
    page = client.get(programme.url("matching:home")).content.decode()
    client.post(programme.url("matching:undo_part", pk=Exclusion.objects.get().pk))

    assert "Ellen and Nia will not be matched." in page
    assert Exclusion.objects.count() == 0
    assert queries.proposed_round(programme) == round
    assert partner_of(programme, "Ellen") == "Nia"


def test_repair_asks_a_mentor_to_take_one_more(client, sign_in, coordinator, programme, questions):
    join(programme, questions, "Nia", "mentor", offers=["confidence"], based=YORK)
    for name in ("Ellen", "Dai"):
        join(programme, questions, name, "mentee", wants=["confidence"], based=YORK)
    actions.run_round(programme, by=coordinator, now=timezone.now())
    waiting = next(one for one in queries.proposals_of(queries.proposed_round(programme)) if not one.is_match)
    name = waiting.people[0].name
    sign_in(client, coordinator)

    page = client.get(programme.url("matching:home") + "?show=nobody").content.decode()
    number = next(place for place, one in enumerate(waiting.repairs) if one["kind"] == "place")
    client.post(programme.url("matching:repair", pk=waiting.pk), {"repair": number})

    assert "Ask Nia to take one more" in page
    assert f"{name} would have Nia" in page
    assert person("Nia").capacity == 2
    assert {partner_of(programme, one) for one in ("Ellen", "Dai")} == {"Nia"}
    letter = Message.objects.get()
    assert (letter.state, letter.name) == ("draft", "Nia")
    assert "Could you take one more mentee, 2 in all?" in letter.body


def test_repair_widens_the_distance_on_the_question_itself(coordinator, programme, questions):
    join(programme, questions, "Nia", "mentor", offers=["confidence"], based=YORK)
    join(programme, questions, "Ellen", "mentee", wants=["confidence"], based=LEEDS)
    actions.change_criteria(programme, {"based": Choice(Level.MUST, far=5)}, by=coordinator, now=timezone.now())
    actions.run_round(programme, by=coordinator, now=timezone.now())
    waiting = proposal_for(programme, "Ellen")
    number, wider = next((place, one) for place, one in enumerate(waiting.repairs) if one["kind"] == "widen")

    actions.repair(waiting, number, by=coordinator, now=timezone.now())

    assert wider["words"] == "Allow 22 miles instead of 5"
    assert Question.objects.get(key="based", replaced_at=None).matching["far"] == 22
    assert partner_of(programme, "Ellen") == "Nia"


def test_repair_that_is_not_there_is_refused(client, sign_in, coordinator, programme, round):
    sign_in(client, coordinator)

    for asked in ("7", "-1", "first", ""):
        page = client.post(
            programme.url("matching:repair", pk=proposal_for(programme, "Ellen").pk), {"repair": asked}, follow=True
        )
        assert "This has changed meanwhile." in page.content.decode()
    assert queries.proposed_round(programme) == round


def test_notes_of_a_conversation_stand_beside_the_match(client, sign_in, coordinator, programme, round):
    Application.objects.filter(name="Ellen").update(note="Hopes for somebody who has moved country.")
    sign_in(client, coordinator)

    page = client.get(programme.url("matching:home")).content.decode()

    assert "Hopes for somebody who has moved country." in page
    assert "Wants: Confidence" in page


def test_weakest_matches_are_looked_at_twice(client, sign_in, coordinator, programme, many):
    sign_in(client, coordinator)
    weakest = min(queries.matches_of(many), key=lambda one: one.points)

    page = client.get(programme.url("matching:home") + "?show=look-twice").content.decode()

    assert "One of the weakest matches of this round." in page
    assert f"pair-{weakest.people[0].pk}" in page


@pytest.mark.parametrize("who", ["sponsor", "outsider", "administrator"])
def test_others_choose_and_repair_nothing(client, sign_in, programme, round, people, who, request):
    sign_in(client, request.getfixturevalue(who))
    proposal = proposal_for(programme, "Ellen")

    assert client.get(programme.url("matching:choose", pk=proposal.pk)).status_code == 404
    assert client.post(programme.url("matching:choose", pk=proposal.pk), {"mentor": people[2].pk}).status_code == 404
    assert client.post(programme.url("matching:repair", pk=proposal.pk), {"repair": "0"}).status_code == 404
    assert queries.proposed_round(programme) == round


def test_choosing_among_matches_of_long_ago_leads_back_to_the_desk(coordinator, programme, round):
    old = proposal_for(programme, "Ellen")
    actions.run_round(programme, by=coordinator, now=timezone.now())
    round.refresh_from_db()
    visitor = Visitor(coordinator.email, "correct horse battery")

    visitor.open(programme.url("matching:choose", pk=old.pk))

    assert round.state == RoundState.REPLACED
    assert "These matches have changed meanwhile." in visitor.page


def test_those_who_wait_see_whom_they_compete_with_and_whom_to_recruit(
    client, sign_in, coordinator, programme, questions
):
    join(programme, questions, "Nia", "mentor", offers=["confidence"], based=YORK)
    join(programme, questions, "Ravi", "mentor", offers=["career"], based=YORK)
    for name in ("Ellen", "Dai"):
        join(programme, questions, name, "mentee", wants=["confidence"], based=YORK)
    join(programme, questions, "Sian", "mentee", wants=["career"], based=YORK)
    actions.change_criteria(programme, {"wants": Choice(Level.MUST)}, by=coordinator, now=timezone.now())
    actions.run_round(programme, by=coordinator, now=timezone.now())
    sign_in(client, coordinator)

    desk = client.get(programme.url("matching:home") + "?show=nobody").content.decode()
    home = client.get(programme.url("programmes:home")).content.decode()

    assert "can use only 1 mentor with 1 place, so 1 must wait." in desk
    wanted = "Mentors who answer “Confidence” to “What do you offer?” could be matched with 1 person who waits."
    assert wanted in desk
    assert wanted in home


def test_where_any_mentor_would_do_no_kind_is_named(coordinator, programme, questions):
    join(programme, questions, "Nia", "mentor", offers=["confidence"], based=YORK)
    for name, wish in (("Ellen", "confidence"), ("Dai", "career")):
        join(programme, questions, name, "mentee", wants=[wish], based=YORK)

    round = actions.run_round(programme, by=coordinator, now=timezone.now())

    told = "Any mentor with a free place could be matched with 1 person who waits."
    assert [one["words"] for one in round.advice if one["recruit"]] == [told]
