"""Those without a partner hear kindly, from drafts that the co-ordinator reads, and stay in the pool or leave it by one button."""

import re

import pytest
from django.utils import timezone

from matching.actions import confirm_round, run_round
from matching.choosing import actions
from matching.choosing.models import Staying
from matching.queries import mentees_to_match
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import Participant
from tests import cast
from tests.visitor import Visitor

LINK = re.compile(r"\[Stay in the pool, or leave it\]\((\S+)\)")


@pytest.fixture
def written(programme, coordinator, people):
    actions.write_to_waiting(programme, by=coordinator, now=timezone.now())
    return {one.name: LINK.search(one.body)[1] for one in Message.objects.all()}


def test_coordinator_drafts_letters_to_everybody_without_a_partner(visit, coordinator, programme, people):
    cast.make_partnership(programme, people["Nia"], people["Dai"])
    visitor = visit(coordinator)
    visitor.open(programme.url("matching:home"))
    visitor.follow("People without a match")

    visitor.press("Draft 2 letters")

    assert sorted((one.name, one.state) for one in Message.objects.all()) == [("Ellen", "draft"), ("Tom", "draft")]
    assert "2 letters are drafted." in visitor.page


@pytest.mark.parametrize(
    ("button", "told", "waits"), [("Keep me", "You stay in the pool", True), ("Take me out", "You have left", False)]
)
def test_somebody_answers_by_one_button_without_signing_in(written, programme, people, button, told, waits):
    reader = Visitor()
    reader.open(written["Ellen"])
    assert people["Ellen"] in mentees_to_match(programme), "opening the link changes nothing"

    page = reader.press(button)

    assert told in page
    assert (people["Ellen"] in mentees_to_match(programme)) == waits


def test_somebody_who_left_comes_back(written, programme, people):
    reader = Visitor()
    reader.open(written["Ellen"])
    reader.press("Take me out")
    reader.press("Come back to the pool")

    assert people["Ellen"] in mentees_to_match(programme)


def test_coordinator_sees_the_answers_and_writes_no_more_to_those_who_left(written, visit, coordinator, programme):
    for name, button in (("Ellen", "Take me out"), ("Nia", "Keep me")):
        reader = Visitor()
        reader.open(written[name])
        reader.press(button)
    visitor = visit(coordinator)

    page = visitor.open(programme.url("choosing:without_a_match"))

    assert "Has left" in page
    assert "Stays" in page
    assert visitor.has_button("Draft 3 letters")


def test_somebody_who_has_a_partner_by_now_is_told(written, programme, people):
    cast.make_partnership(programme, people["Nia"], people["Ellen"])
    reader = Visitor()
    reader.open(written["Ellen"])

    assert "You have a partner now" in reader.press("Take me out")
    assert Participant.objects.get(pk=people["Ellen"].pk).state == "active"


def test_link_of_another_or_a_changed_one_opens_nothing(written, people):
    changed = written["Ellen"][:-3] + "xyz/"
    other = written["Ellen"].replace(
        str(Staying.objects.get(participant=people["Ellen"]).pk), str(Staying.objects.get(participant=people["Nia"]).pk)
    )

    for link in (changed, other):
        Visitor().open(link, 404)


def test_nobody_is_drafted_twice_on_a_day(written, programme, coordinator):
    before = Message.objects.count()

    actions.write_to_waiting(programme, by=coordinator, now=timezone.now())

    assert Message.objects.count() == before


def test_nobody_to_write_to_is_said(visit, coordinator, programme):
    with pytest.raises(Refused, match="Everybody has a partner"):
        actions.write_to_waiting(programme, by=coordinator, now=timezone.now())
    assert "There is nobody to write to." in visit(coordinator).open(programme.url("choosing:without_a_match"))


def test_matched_partners_are_introduced_with_an_agenda_of_seven_things(programme, coordinator, people):
    confirm_round(run_round(programme, by=coordinator, now=timezone.now()), by=coordinator, now=timezone.now())

    letter = Message.objects.get(kind="matched", name="Ellen")
    assert len([line for line in letter.body.splitlines() if line.startswith("- ")]) == 7
    assert people["Nia"].person.email in letter.body
