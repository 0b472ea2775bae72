"""Every model of mentoring, from people's answers to partnerships, through the pages that a co-ordinator uses."""

import pytest
from django.utils import timezone

from matching import actions
from matching.engine import check, read_instance
from matching.models import Proposal, Round, RoundState
from mentoring.outbox.models import Message
from programmes.models import Model, Partnership
from tests import cast

from .joining import make_questions_for_groups, mentee, mentor, set_model


@pytest.fixture
def questions(programme):
    return make_questions_for_groups(programme)


def run_and_confirm(client, programme):
    """As a co-ordinator does it. Returns the names of each partnership's people."""
    desk = client.post(programme.url("matching:run"), follow=True)
    assert desk.status_code == 200
    checked = client.get(programme.url("matching:confirm"))
    for proposal in Round.objects.get(state=RoundState.PROPOSED).proposals.all():
        if proposal.is_match:
            assert all(one.name in checked.content.decode() for one in proposal.people)
    done = client.post(programme.url("matching:confirm"), follow=True)
    assert done.status_code == 200
    found = Partnership.objects.filter(programme=programme)
    assert {one.model for one in found} == {programme.model}
    return sorted(sorted(str(member.person) for member in one.members.all()) for one in found)


def the_round(programme):
    return Round.objects.get(programme=programme, state=RoundState.PROPOSED)


def test_group_has_one_mentor_and_the_size_that_the_programme_says(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.GROUP, group_least=2, group_most=3)
    for name in ("Ada", "Ben", "Cal", "Dee", "Eva"):
        mentee(programme, questions, name)
    for name in ("Max", "Nia", "Oz"):
        mentor(programme, questions, name)
    sign_in(client, coordinator)

    groups = run_and_confirm(client, programme)

    assert sorted(len(group) - 1 for group in groups) == [2, 3]
    assert sorted(name for group in groups for name in group if name < "M") == ["Ada", "Ben", "Cal", "Dee", "Eva"]
    assert Message.objects.filter(kind="matched").count() == 7


def test_two_by_two_puts_a_new_mentor_beside_an_experienced_one(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.TWO_BY_TWO)
    mentees = [mentee(programme, questions, name) for name in ("Ada", "Ben", "Cal")]
    mentors = [mentor(programme, questions, name) for name in ("Max", "Nia", "Oz")]
    earlier = cast.make_programme("last-year")
    before = cast.make_participant(earlier, "mentor", mentors[1].person)
    cast.make_partnership(earlier, before, state="ended")
    sign_in(client, coordinator)

    (foursome,) = run_and_confirm(client, programme)

    assert len(foursome) == 4
    assert "Nia" in foursome
    assert len({one.name for one in mentees} & set(foursome)) == 2


def test_team_gets_mentors_from_outside(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.TEAM)
    for name, team in (("Ada", "Red team"), ("Ben", "red  Team"), ("Cal", "Blue")):
        mentee(programme, questions, name, team=team)
    for name, team in (("Max", "Red team"), ("Nia", "Green"), ("Oz", "Blue")):
        mentor(programme, questions, name, team=team)
    sign_in(client, coordinator)

    teams = run_and_confirm(client, programme)

    assert {"Ada", "Ben"} <= set(next(team for team in teams if "Ada" in team))
    assert all(not {"Max", "Ada"} <= set(team) and not {"Oz", "Cal"} <= set(team) for team in teams)


def test_peers_are_two_of_one_pool_whatever_they_applied_as(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.PEER_PAIR)
    for name, aim in (("Ada", "lead"), ("Ben", "return"), ("Cal", "lead")):
        mentee(programme, questions, name, aims=[aim])
    mentor(programme, questions, "Max", aims=["return"])
    sign_in(client, coordinator)

    pairs = run_and_confirm(client, programme)

    assert pairs == [["Ada", "Cal"], ["Ben", "Max"]]
    assert "Write to each other" in Message.objects.filter(kind="matched").first().body


def test_circle_shares_an_aim_and_has_a_facilitator(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.CIRCLE)
    for name, aim in (("Ada", "lead"), ("Ben", "lead"), ("Cal", "lead"), ("Dee", "return")):
        mentee(programme, questions, name, aims=[aim])
    cast.make_participant(programme, "facilitator", cast.make_person("Fay"))
    sign_in(client, coordinator)

    desk = client.post(programme.url("matching:run"), follow=True).content.decode()

    assert "All said Leading" in desk
    assert "Facilitator" in desk
    match, alone = Proposal.objects.order_by("-points")
    assert [one.name for one in match.people] == ["Ada", "Ben", "Cal", "Fay"]
    assert [one.name for one in alone.people] == ["Dee"]
    assert client.get(programme.url("matching:home") + "?show=nobody").content.decode().count("<h2>Dee</h2>") == 1
    assert "Choose a mentor" not in desk
    assert run_and_confirm(client, programme) == [["Ada", "Ben", "Cal", "Fay"]]


def test_who_is_in_no_circle_reads_how_many_could_come_together(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.CIRCLE)
    for name, aim in (("Ada", "lead"), ("Ben", "lead"), ("Cal", "return")):
        mentee(programme, questions, name, aims=[aim])
    facilitator = mentor(programme, questions, "Fay", aims=["lead"])
    facilitator.role = "facilitator"
    facilitator.save()
    sign_in(client, coordinator)

    client.post(programme.url("matching:run"))

    desk = client.get(programme.url("matching:home") + "?show=nobody").content.decode()
    fay = "Would fit a circle with Fay around “Leading”, but only 2 mentees could be in it, and 3 are needed to begin"
    assert desk.count(fay) == 2
    assert "Nobody who could lead a circle shares one of their answers under “What would you like to work on" in desk


def test_spot_is_one_to_one_without_an_agreement(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.SPOT)
    mentee(programme, questions, "Ada")
    mentor(programme, questions, "Max")
    sign_in(client, coordinator)

    assert run_and_confirm(client, programme) == [["Ada", "Max"]]

    assert "sign" not in Message.objects.filter(kind="matched").first().body.split("unsubscribe")[0].replace(
        "signed", ""
    )


@pytest.mark.parametrize(
    "model", [Model.GROUP, Model.CIRCLE, Model.TEAM, Model.TWO_BY_TWO, Model.PEER_PAIR, Model.SPOT]
)
def test_what_a_round_keeps_is_what_the_engine_proves(programme, coordinator, questions, model):
    set_model(programme, model)
    for number in range(6):
        mentee(programme, questions, f"Mentee {number}", aims=["lead"], team=f"Team {number % 2}")
        mentor(programme, questions, f"Mentor {number}", aims=["lead"])

    round = actions.run_round(programme, by=coordinator, now=timezone.now())

    assert round.state == RoundState.PROPOSED, round.failure
    assert check(read_instance(round.instance), round.outcome) == []
    points = sum(proposal.points for proposal in round.proposals.all())
    assert points == round.outcome["total"]
    people = [member.participant_id for proposal in round.proposals.all() for member in proposal.members.all()]
    assert len(people) == len(set(people))


def test_locked_group_stays_together_in_the_next_round(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.GROUP, group_least=2, group_most=2)
    for name in ("Ada", "Ben", "Cal", "Dee"):
        mentee(programme, questions, name)
    for name in ("Max", "Nia"):
        mentor(programme, questions, name)
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    kept = round.proposals.first()
    sign_in(client, coordinator)

    client.post(programme.url("matching:lock", pk=kept.pk), {"locked": "yes"})
    client.post(programme.url("matching:run"))

    again = the_round(programme)
    locked = again.proposals.get(is_locked=True)
    assert again.number == round.number + 1
    assert [one.pk for one in locked.people] == [one.pk for one in kept.people]


def test_two_peers_who_are_parted_are_not_put_together_again(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.PEER_PAIR)
    for name in ("Ada", "Ben", "Cal", "Dee"):
        mentee(programme, questions, name)
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    parted = round.proposals.first()
    sign_in(client, coordinator)

    client.post(programme.url("matching:part", pk=parted.pk))

    pairs = [{one.pk for one in proposal.people} for proposal in the_round(programme).proposals.all()]
    assert {one.pk for one in parted.people} not in pairs
    assert len(pairs) == 2


def test_peers_are_counted_and_compared_whatever_they_applied_as(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.PEER_PAIR)
    for name in ("Ada", "Ben", "Cal"):
        mentee(programme, questions, name, aims=["lead"])
    mentor(programme, questions, "Max", aims=["lead"])
    first = actions.run_round(programme, by=coordinator, now=timezone.now())
    second = actions.exclude_pair(first.proposals.first(), by=coordinator, now=timezone.now())
    sign_in(client, coordinator)

    rounds = client.get(programme.url("matching:rounds")).content.decode()
    beside = client.get(programme.url("matching:compare", pk=first.pk, other=second.pk)).content.decode()

    assert rounds.count("4 of 4") == 2
    assert "0 people have the same match in both; 4 do not." in beside
    assert ">Max</th>" in beside


def test_one_peer_alone_is_told_that_nobody_is_there(client, sign_in, coordinator, programme, questions):
    set_model(programme, Model.PEER_PAIR)
    mentee(programme, questions, "Ada")
    sign_in(client, coordinator)

    page = client.post(programme.url("matching:run"), follow=True)

    assert "nobody to match them with" in page.content.decode()


def test_sizes_are_set_on_the_settings_page_of_models_that_have_them(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)
    assert "Fewest together" not in client.get(programme.url("programmes:settings")).content.decode()
    set_model(programme, Model.CIRCLE)
    page = client.get(programme.url("programmes:settings"))
    given = page.context["form"].initial | {"summary": ""}
    given = {key: value for key, value in given.items() if value not in (None, False)}

    refused = client.post(programme.url("programmes:settings"), given | {"group_least": 6, "group_most": 5})
    client.post(programme.url("programmes:settings"), given | {"group_least": 4, "group_most": 6})

    assert "This is less than the fewest, which is 6." in refused.content.decode()
    programme.refresh_from_db()
    assert (programme.group_least, programme.group_most) == (4, 6)


def test_model_is_chosen_on_the_settings_page_until_partnerships_begin(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)
    page = client.get(programme.url("programmes:settings"))
    given = {key: value for key, value in page.context["form"].initial.items() if value not in (None, False)}

    client.post(programme.url("programmes:settings"), given | {"summary": "", "model": "team"})

    programme.refresh_from_db()
    assert programme.model == Model.TEAM
    assert (
        "Mentors of one team. Left empty, 1 or 2." in client.get(programme.url("programmes:settings")).content.decode()
    )
    cast.make_partnership(programme)
    assert "model" not in client.get(programme.url("programmes:settings")).context["form"].fields
