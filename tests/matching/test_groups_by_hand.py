"""Where several come together the co-ordinator decides as well: swap, choose, part, repair. What a page says is what happens."""

from dataclasses import replace

import pytest
from django.utils import timezone

from matching import actions, queries
from matching.asking.criteria import Choice, Level
from matching.asking.gathering import gather
from matching.asking.instances import name
from matching.engine import read_instance, solve
from matching.models import Exclusion
from matching.presenting import moves
from matching.presenting.moves import moves_for
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import Model, Participant
from programmes.recruitment.models import Answer, Question

from .joining import LEEDS, join, make_questions_for_groups, mentee, mentor, set_model

SEVERAL = [Model.GROUP, Model.CIRCLE, Model.TEAM, Model.TWO_BY_TWO, Model.PEER_PAIR]


@pytest.fixture
def questions(programme):
    return make_questions_for_groups(programme)


def make_people(programme, questions, model):
    """Six mentees in three teams and four mentors, all over the north, who answered differently."""
    set_model(programme, model, **({"group_least": 2, "group_most": 3} if model in (Model.GROUP, Model.CIRCLE) else {}))
    for number in range(6):
        based = {"name": f"Place {number}", "latitude": 53 + number / 9, "longitude": -1 - number % 5 / 4}
        answers = {"aims": ["lead", "return"][: 1 + number % 2], "based": based, "wants": ["confidence", "career"]}
        join(programme, questions, f"Mentee {number}", "mentee", team=f"Team {number % 3}", **answers)
    for number in range(4):
        based = {"name": f"Place {number}", "latitude": 54, "longitude": -1 - number / 4}
        answers = {"aims": ["lead"], "based": based, "offers": [["confidence", "career"][number % 2]]}
        join(programme, questions, f"Mentor {number}", "mentor", team="Outside", **answers)
    if model == Model.TWO_BY_TWO:
        Question.objects.filter(key="team").update(key="before")
        for number in (0, 1):
            say(f"Mentor {number}", "before", "yes")


def say(person, key, value):
    Answer.objects.filter(application__name=person, question__key=key).update(value=value)


def person(called):
    return Participant.objects.get(person__name=called)


def group_of(programme, called):
    round = queries.proposed_round(programme)
    return next(one for one in queries.proposals_of(round) if called in [each.name for each in one.people])


def company_of(programme, called):
    return sorted(one.name for one in group_of(programme, called).people if one.name != called)


@pytest.mark.parametrize("model", SEVERAL)
def test_swap_says_what_happens_to_the_others_and_that_happens(
    client, sign_in, coordinator, programme, questions, model
):
    make_people(programme, questions, model)
    before = actions.run_round(programme, by=coordinator, now=timezone.now())
    proposal = next(one for one in queries.matches_of(before))
    who = proposal.people[0]
    sign_in(client, coordinator)
    address = programme.url("matching:choose", pk=proposal.pk) + f"?who={who.pk}"

    page = client.get(address).content.decode()
    choices = client.get(address).context["choices"]
    chosen = next(one for one in choices.fitting if one.change)
    done = client.post(address, {"mentor": chosen.partner.pk}, follow=True)

    instance = replace(read_instance(before.instance), locked=((name(who), name(chosen.partner)),))
    again = solve(instance)
    assert (chosen.change.matched, chosen.change.total) == (
        again.matched - before.outcome["matched"],
        again.total - before.outcome["total"],
    )
    assert all(words in page for words in [*chosen.effect, chosen.company])
    assert "Nothing is sent until you confirm." in done.content.decode()
    after = queries.proposed_round(programme)
    assert after.outcome["total"] - before.outcome["total"] == chosen.change.total
    assert chosen.partner.name in company_of(programme, who.name)
    assert group_of(programme, who.name).is_locked
    assert all(
        one in company_of(programme, who.name) for one in chosen.company.replace(" and ", ", ").split(", ") if one
    )
    nobody = {one.people[0].name for one in queries.proposals_of(after) if not one.is_match}
    said = {one.removesuffix(" would have nobody") for one in chosen.effect if one.endswith(" would have nobody")}
    mentees = {one.name for one in gather(programme).mentees}
    assert {one for words in said for one in words.replace(" and ", ", ").split(", ")} & mentees <= nobody
    actions.run_round(programme, by=coordinator, now=timezone.now())
    assert chosen.partner.name in company_of(programme, who.name)


def test_what_changes_is_said_once_for_those_who_share_it(programme, coordinator, questions):
    set_model(programme, Model.GROUP, group_least=2, group_most=2)
    for called, wish in (("Ada", "confidence"), ("Ben", "confidence"), ("Cal", "career"), ("Dee", "career")):
        mentee(programme, questions, called, wants=wish)
    mentor(programme, questions, "Max", offers="confidence")
    mentor(programme, questions, "Nia", offers="career")
    round = actions.run_round(programme, by=coordinator, now=timezone.now())

    (moved,) = moves_for(round, person("Ada"), [person("Max")]).fitting

    assert moved.partner.name == "Nia"
    assert moved.company in ("Cal", "Dee")
    (left,) = moved.effect
    assert left in ("Cal would have Max instead of Nia", "Dee would have Max instead of Nia")
    assert moved.change.total < 0


def test_what_there_was_no_time_for_is_worked_out_when_somebody_asks(
    client, sign_in, coordinator, programme, questions, monkeypatch
):
    monkeypatch.setattr(moves, "BUDGET", 0)
    set_model(programme, Model.GROUP, group_least=1, group_most=2)
    for called in ("Ada", "Ben"):
        mentee(programme, questions, called)
    for called in ("Max", "Nia", "Oz", "Pat"):
        mentor(programme, questions, called)
    actions.run_round(programme, by=coordinator, now=timezone.now())
    sign_in(client, coordinator)
    address = programme.url("matching:choose", pk=group_of(programme, "Ada").pk)

    page = client.get(address)
    others = page.context["choices"].rest
    asked = client.get(f"{address}?who={person('Ada').pk}&with={others[-1].partner.pk}")

    assert len(page.context["choices"].fitting) == 1
    assert len(others) == 2
    assert "See what it changes" in page.content.decode()
    assert [one.partner for one in asked.context["choices"].fitting] == [others[-1].partner]


def test_two_of_a_group_are_parted_and_the_rest_of_it_stays(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.GROUP, group_least=1, group_most=3)
    for called in ("Ada", "Ben", "Cal"):
        mentee(programme, questions, called)
    mentor(programme, questions, "Max")
    mentor(programme, questions, "Nia", offers="career")
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    with_max = next(one for one in queries.matches_of(round) if one.mentors[0].name == "Max")
    actions.lock_pair(with_max, by=coordinator, now=timezone.now(), locked=True)
    sign_in(client, coordinator)
    parted, other = with_max.mentees[:2]
    two = {"mentee": parted.pk, "mentor": person("Max").pk}

    strange = client.post(programme.url("matching:part", pk=with_max.pk), two | {"mentor": person("Nia").pk})
    client.post(programme.url("matching:part", pk=with_max.pk), two)

    assert strange.status_code == 404
    assert company_of(programme, parted.name) == ["Nia"]
    assert "Max" in company_of(programme, other.name)
    assert group_of(programme, other.name).is_locked
    client.post(programme.url("matching:undo_part", pk=Exclusion.objects.get().pk))
    assert queries.proposed_round(programme) == round
    assert "Max" in company_of(programme, parted.name)


def test_mentor_is_parted_from_a_whole_team_and_that_is_undone_at_once(
    client, sign_in, coordinator, programme, questions
):
    set_model(programme, Model.TEAM, group_most=1)
    for called in ("Ada", "Ben"):
        mentee(programme, questions, called, team="Red")
    mentor(programme, questions, "Max", team="Blue")
    mentor(programme, questions, "Nia", team="Blue", offers="career")
    actions.run_round(programme, by=coordinator, now=timezone.now())
    team = group_of(programme, "Ada")
    sign_in(client, coordinator)

    desk = client.get(programme.url("matching:home")).content.decode()
    client.post(programme.url("matching:part", pk=team.pk), {"mentee": team.people[0].pk, "mentor": person("Max").pk})

    assert "Not with Max" in desk
    assert company_of(programme, "Ada") == ["Ben", "Nia"]
    assert Exclusion.objects.count() == 2
    client.post(programme.url("matching:undo_part", pk=Exclusion.objects.first().pk))
    assert not Exclusion.objects.exists()
    assert company_of(programme, "Ada") == ["Ben", "Max"]


def test_nobody_is_put_where_a_rule_or_a_lock_forbids(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.GROUP, group_least=1, group_most=1)
    ada, ben = (mentee(programme, questions, called) for called in ("Ada", "Ben"))
    near = mentor(programme, questions, "Max")
    far = join(programme, questions, "Nia", "mentor", offers=["confidence"], based=LEEDS)
    actions.change_criteria(programme, {"based": Choice(Level.MUST, far=10)}, by=coordinator, now=timezone.now())
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    with_max = next(one for one in queries.matches_of(round))
    held, other = (ada, ben) if ada in with_max.people else (ben, ada)
    actions.lock_pair(with_max, by=coordinator, now=timezone.now(), locked=True)
    sign_in(client, coordinator)
    address = programme.url("matching:choose", pk=group_of(programme, other.name).pk)

    page = client.get(address).content.decode()
    barred = client.post(address, {"mentor": far.pk}).content.decode()
    full = client.post(address, {"mentor": near.pk}).content.decode()

    assert "Because too few others fit, or what is locked takes the places." in page
    assert "Because they are more than 10 miles apart." in page
    assert f"{other.name} and Nia cannot be put together, because they are more than 10 miles apart." in barred
    assert "What is locked cannot all be kept together. Unlock some of it, then run matching again." in full
    assert queries.proposed_round(programme) == round
    assert company_of(programme, held.name) == ["Max"]


def test_smaller_groups_may_begin_by_one_press(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.GROUP, group_least=3, group_most=3)
    for called in ("Ada", "Ben", "Cal", "Dee", "Eva"):
        mentee(programme, questions, called)
    mentor(programme, questions, "Max")
    mentor(programme, questions, "Nia")
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    alone = next(one for one in queries.proposals_of(round) if not one.is_match)
    sign_in(client, coordinator)

    page = client.get(programme.url("matching:home") + "?show=nobody").content.decode()
    number = next(place for place, one in enumerate(alone.repairs) if one["kind"] == "size")
    client.post(programme.url("matching:repair", pk=alone.pk), {"repair": number})

    assert "Let 2 mentees begin with one mentor" in page
    assert alone.repairs[number]["effect"].startswith(f"{alone.people[0].name} would have ")
    programme.refresh_from_db()
    assert (programme.group_least, programme.group_most) == (2, 3)
    assert all(one.is_match for one in queries.proposals_of(queries.proposed_round(programme)))


def test_distance_gives_way_or_somebody_else_does(coordinator, programme, questions):
    set_model(programme, Model.GROUP, group_least=1, group_most=1)
    mentee(programme, questions, "Ada")
    mentor(programme, questions, "Max")
    join(programme, questions, "Zoe", "mentee", wants=["confidence"], based=LEEDS)
    actions.change_criteria(programme, {"based": Choice(Level.MUST, far=10)}, by=coordinator, now=timezone.now())
    actions.run_round(programme, by=coordinator, now=timezone.now())
    mentor(programme, questions, "Nia")
    actions.run_round(programme, by=coordinator, now=timezone.now())
    alone = group_of(programme, "Zoe")
    wider = next(one for one in alone.repairs if one["kind"] == "widen")

    actions.repair(alone, alone.repairs.index(wider), by=coordinator, now=timezone.now())

    assert wider["words"] == "Allow 22 miles instead of 10"
    assert Question.objects.get(key="based", replaced_at=None).matching["far"] == 22
    assert group_of(programme, "Zoe").is_match


def test_mentor_of_one_team_is_asked_to_take_another(coordinator, programme, questions):
    set_model(programme, Model.TEAM)
    for called, team in (("Ada", "Red"), ("Ben", "Green")):
        mentee(programme, questions, called, team=team)
    mentor(programme, questions, "Max", team="Blue")
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    alone = next(one for one in queries.proposals_of(round) if not one.is_match)
    kinds = [one["kind"] for one in alone.repairs]
    asked = alone.repairs[kinds.index("place")]

    actions.repair(alone, kinds.index("place"), by=coordinator, now=timezone.now())

    assert "1 mentor from outside the team has a place, and other teams take it" in alone.reasons[-1]["words"]
    assert asked["words"] == "Ask Max to take one more"
    assert person("Max").capacity == 2
    assert all("Max" in company_of(programme, called) for called in ("Ada", "Ben"))
    assert "Could you take one more team, 2 in all?" in Message.objects.get(kind="one more").body


def test_peer_left_over_takes_the_place_of_another(coordinator, programme, questions):
    set_model(programme, Model.PEER_PAIR)
    for called in ("Ada", "Ben", "Cal"):
        mentee(programme, questions, called, aims=["lead"])
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    alone = next(one for one in queries.proposals_of(round) if not one.is_match)
    (swap,) = alone.repairs
    assert alone.reasons[-1]["words"] == "There is an odd number of people, so one of them stays over"

    with pytest.raises(Refused, match="has changed meanwhile"):
        actions.repair(alone, 1, by=coordinator, now=timezone.now())
    actions.repair(alone, 0, by=coordinator, now=timezone.now())

    assert swap["kind"] == "swap"
    assert "would have nobody" in swap["effect"]
    assert group_of(programme, alone.people[0].name).is_match


@pytest.mark.parametrize("who", ["sponsor", "outsider"])
def test_others_change_no_group(client, sign_in, coordinator, programme, questions, who, request):
    set_model(programme, Model.GROUP)
    mentee(programme, questions, "Ada")
    mentor(programme, questions, "Max")
    proposal = actions.run_round(programme, by=coordinator, now=timezone.now()).proposals.get()
    stranger = programme.url("matching:choose", pk=proposal.pk) + "?who=0198c0de-0000-7000-8000-000000000000"
    sign_in(client, coordinator)
    assert client.get(stranger).status_code == 404
    sign_in(client, request.getfixturevalue(who))

    assert client.get(programme.url("matching:choose", pk=proposal.pk)).status_code == 404
    assert client.post(programme.url("matching:part", pk=proposal.pk)).status_code == 404
    assert not Exclusion.objects.exists()
