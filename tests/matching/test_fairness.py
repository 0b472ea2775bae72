"""A co-ordinator sees whether one group is matched worse than another, and never a figure of fewer than five people."""

import pytest
from django.utils import timezone

from matching import actions
from matching.presenting.fairness import look_at
from programmes.recruitment.models import Question

from .joining import LEEDS, YORK, join

STAGES = [{"key": key, "label": key.title()} for key in ("early", "middle", "late", "other")]


@pytest.fixture
def stage(programme, questions):
    questions["stage"] = Question.objects.create(
        programme=programme, key="stage", asked_of="mentee", kind="choice", label="Career stage?", options=STAGES
    )
    return questions["stage"]


def run(programme, coordinator, questions, **groups):
    """So many mentees of each stage. Late ones want what nobody offers."""
    for key, count in groups.items():
        for number in range(count):
            wish = ["confidence"] if key == "late" else ["career"]
            given = {} if key == "silent" else {"stage": key}
            join(programme, questions, f"{key} {number}", "mentee", wants=wish, based=LEEDS, **given)
            join(programme, questions, f"for {key} {number}", "mentor", offers=["career"], based=LEEDS)
    return actions.run_round(programme, by=coordinator, now=timezone.now())


def test_a_group_that_is_matched_worse_is_named(client, sign_in, coordinator, programme, questions, stage):
    round = run(programme, coordinator, questions, early=6, late=5)
    sign_in(client, coordinator)

    page = client.get(programme.url("matching:fairness", pk=round.pk) + "?by=stage").content.decode()

    groups = {group.label: group for group in look_at(round, stage).groups}
    assert (groups["Early"].people, groups["Early"].matched, groups["Early"].middle) == (6, 6, 100)
    assert (groups["Late"].people, groups["Late"].matched, groups["Late"].middle) == (5, 5, 20)
    assert "“Late” is matched less well than “Early”. Ask why before you confirm." in page


def test_small_groups_are_joined_with_a_larger_one(coordinator, programme, questions, stage):
    """Otherwise the two could be found by subtracting the others from the total."""
    round = run(programme, coordinator, questions, early=8, middle=6, other=2)

    fairness = look_at(round, stage)

    assert {(group.label, group.people) for group in fairness.groups} == {("Early", 8), ("Smaller groups together", 8)}


def test_groups_that_are_large_together_are_one_group(coordinator, programme, questions, stage):
    round = run(programme, coordinator, questions, early=6, middle=3, silent=2)

    fairness = look_at(round, stage)

    assert {(group.label, group.people) for group in fairness.groups} == {("Early", 6), ("Smaller groups together", 5)}


def test_nothing_is_shown_of_four_people(client, sign_in, coordinator, programme, questions, stage):
    round = run(programme, coordinator, questions, early=2, late=2)
    sign_in(client, coordinator)

    page = client.get(programme.url("matching:fairness", pk=round.pk) + "?by=stage").content.decode()

    assert look_at(round, stage).groups == []
    assert "Figures are shown for five people or more." in page
    assert "Early" not in page


def test_answer_of_few_among_several_is_left_out(coordinator, programme, questions):
    """People may give several answers: nothing can be found by subtracting, so a small group is simply not shown."""
    several = Question.objects.create(
        programme=programme, key="shares", asked_of="both", kind="many", label="Which?", options=STAGES
    )
    questions["shares"] = several
    for number in range(6):
        shares = ["early", "late"] if number < 2 else ["early"]
        join(programme, questions, f"Mentee {number}", "mentee", wants=["career"], based=YORK, shares=shares)
        join(programme, questions, f"Mentor {number}", "mentor", offers=["career"], based=YORK)
    round = actions.run_round(programme, by=coordinator, now=timezone.now())

    fairness = look_at(round, several)

    assert [(group.label, group.people) for group in fairness.groups] == [("Early", 6)]
    assert fairness.hidden == 1


def make_equal(questions, programme):
    """A question of equality data, as the ready-made ones are."""
    questions["gender"] = Question.objects.create(
        programme=programme, key="gender", asked_of="both", kind="choice", label="How do you describe your gender?",
        options=STAGES, required=False, is_equality=True,
    )  # fmt: skip


def test_equality_data_come_first_and_tell_nobodys_answer(client, sign_in, coordinator, programme, questions, stage):
    """The co-ordinator sees each match and who has none; no figure here is a figure of one of them."""
    make_equal(questions, programme)
    for number in range(13):
        given = {"stage": "early", "gender": "late" if number < 6 else "early"}
        based = LEEDS | {"latitude": 53.8 + number / 31}
        join(programme, questions, f"Mentee {number}", "mentee", wants=["career"], based=based, **given)
        if number < 12:
            join(programme, questions, f"Mentor {number}", "mentor", offers=["career"], based=LEEDS)
    round = actions.run_round(programme, by=coordinator, now=timezone.now())
    sign_in(client, coordinator)

    page = client.get(programme.url("matching:fairness", pk=round.pk)).content.decode()

    fairness = look_at(round, questions["gender"])
    assert [(one.label, one.people, one.matched) for one in sorted(fairness.groups, key=lambda one: one.label)] == [
        ("Early", 5, None),
        ("Late", 5, None),
    ]
    assert all(figure % 10 == 0 for one in fairness.groups for figure in (one.low, one.middle, one.high))
    assert "How do you describe your gender?</caption>" in page
    assert "Not broken down" in page
    assert "counts are given to the nearest five" in page


def test_who_has_no_match_is_broken_down_where_five_have_none(coordinator, programme, questions):
    make_equal(questions, programme)
    for number in range(20):
        answers = {"gender": "late" if number < 8 else "early"}
        join(programme, questions, f"Mentee {number}", "mentee", wants=["career"], based=LEEDS, **answers)
        if number < 14:
            join(programme, questions, f"Mentor {number}", "mentor", offers=["career"], based=LEEDS)
    round = actions.run_round(programme, by=coordinator, now=timezone.now())

    groups = look_at(round, questions["gender"]).groups

    assert sorted((one.label, one.people) for one in groups) == [("Early", 10), ("Late", 10)]
    assert all(one.matched is not None and one.matched % 5 == 0 for one in groups)


def test_equality_data_are_given_freely_and_kept_from_whoever_decides(
    client, sign_in, coordinator, sponsor, outsider, programme, questions
):
    address = programme.url("recruitment:add_question")
    for person in (sponsor, outsider):
        sign_in(client, person)
        assert client.post(address, {"question": "equality_gender"}).status_code == 404
    sign_in(client, coordinator)

    assert client.get(address).status_code == 405
    form = client.post(address, {"question": "equality_gender"}, follow=True).content.decode()
    again = client.post(address, {"question": "equality_gender"}, follow=True).content.decode()

    asked = Question.objects.get(key="equality_gender")
    assert "“How do you describe your gender?” is asked from now on." in form
    assert "Equality data, read in groups only" in form
    assert "Your form has this question already." in again
    assert (asked.required, asked.is_equality) == (False, True)
    words = {"label": asked.label, "hint": "", "why": "", "required": "on"}
    refused = client.post(programme.url("recruitment:question", pk=asked.pk), words).content.decode()
    assert "Nobody can be made to answer this." in refused
    ellen = join(programme, questions | {"gender": asked}, "Ellen", "mentee", wants=["career"], gender="woman")
    application = programme.url("recruitment:application", pk=ellen.application.pk)
    read = client.get(application).content.decode()
    assert "What do you want?" in read
    assert "How do you describe your gender?" not in read
    assert "How do you describe your gender?" not in client.get(programme.url("matching:criteria")).content.decode()


@pytest.mark.parametrize("who", ["sponsor", "outsider", "administrator"])
def test_others_find_no_such_page(client, sign_in, programme, round, who, request):
    sign_in(client, request.getfixturevalue(who))

    assert client.get(programme.url("matching:fairness", pk=round.pk)).status_code == 404
