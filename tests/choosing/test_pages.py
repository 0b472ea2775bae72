"""What people show of themselves, and what pages cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching import step as matching
from matching.choosing import actions, sweeping
from matching.choosing.models import Profile, Request
from mentoring.refusal import Refused
from tests import cast

PARTNER, COORDINATOR = 12, 20  # queries


def test_home_of_the_programme_leads_to_choosing(visit, programme, coordinator, opened):
    opened("directory")

    visitor = visit(coordinator)
    visitor.open(programme.url("programmes:home"))
    status = matching.status(programme, timezone.localdate())

    assert "Let people choose" in visitor.page
    assert (status.action, status.url) == ("Let people choose", programme.url("choosing:home"))


def test_nothing_is_shown_before_somebody_says_yes(visit, programme, join, opened, people):
    anna = join("Anna", "mentor", offers=["confidence"])
    opened("directory")

    page = visit(anna).open(programme.url("choosing:own"))

    assert "You are not in the directory, because you show nothing." in page
    assert "Anna" not in visit(people["Ellen"]).open(programme.url("choosing:mentors"))


def test_mentor_ticks_answer_by_answer(visit, programme, join, in_degree):
    in_degree("directory")
    anna = join("Anna", "mentor", offers=["confidence"], secret="I may leave")
    visitor = visit(anna)
    visitor.open(programme.url("choosing:profile"))
    assert visitor.value("Save", "shows") is None, "nothing is ticked for anybody"

    visitor.press("Save", is_shown="yes", shows=["offers"], about="I listen.")

    profile = Profile.objects.get(participant=anna)
    assert (profile.is_shown, profile.shows, profile.shows_name, profile.about) == (
        True,
        ["offers"],
        False,
        "I listen.",
    )


def test_agreeing_to_show_nothing_is_explained(visit, programme, join):
    visitor = visit(join("Anna", "mentor", offers=["confidence"]))
    visitor.open(programme.url("choosing:profile"))

    assert "Tick at least one answer" in visitor.press("Save", is_shown="yes", refused=True)


def test_answers_to_questions_that_are_never_shown_cannot_be_ticked(visit, programme, join, questions):
    type(questions["secret"]).objects.filter(pk=questions["secret"].pk).update(key="capacity")
    visitor = visit(join("Anna", "mentor", offers=["confidence"], secret="Two"))

    visitor.open(programme.url("choosing:profile"))

    assert visitor.choices("Save", "shows") == ["offers"]


def test_somebody_who_is_mentee_and_mentor_has_a_profile_for_each(visit, programme, join, people):
    both = cast.make_participant(programme, "mentee", people["Nia"].person)
    visitor = visit(both)
    visitor.open(programme.url("choosing:profile") + "?as=mentee")
    visitor.press("Save", is_shown="yes", about="I want to learn.")

    assert Profile.objects.get(participant=both).about == "I want to learn."
    assert Profile.objects.get(participant=people["Nia"]).about == ""


def count(visitor, address):
    """What a visitor's request asks of the database. A test's own transaction around it adds three statements."""
    visitor.open(address)
    with CaptureQueriesContext(connection) as queries:
        visitor.open(address)
    return len(queries) - 3


@pytest.fixture
def crowd(join):
    """`crowd(3)` lets so many mentees and mentors more take part."""

    def joined(number):
        for one in range(number):
            join(f"Mentee {one}", "mentee", aims=["career"])
            join(f"Mentor {one}", "mentor", offers=["career"], shows=["offers"], capacity=2)

    return joined


@pytest.mark.parametrize("degree", ["shortlist", "suggested", "directory"])
def test_own_pages_cost_little_and_the_same_in_a_crowd(visit, programme, people, crowd, opened, coordinator, degree):
    crowd(2)
    few = cost(visit, programme, people, opened(degree), coordinator)
    actions.close_choosing(programme.choosings.get(), by=coordinator, now=timezone.now())
    crowd(20)
    many = cost(visit, programme, people, opened(degree), coordinator)

    assert few == many
    assert max(value for page, value in many.items() if page not in ("home", "event")) <= PARTNER, many
    assert many["home"] <= COORDINATOR


def cost(visit, programme, people, choosing, coordinator):
    ellen, nia, runs = visit(people["Ellen"]), visit(people["Nia"]), visit(coordinator)
    mine = {"own": ellen, "rank": ellen, "mentors": ellen, "profile": nia, "home": runs, "without_a_match": runs}
    if choosing.degree != "shortlist":
        del mine["rank"]
    found = {page: count(visitor, programme.url(f"choosing:{page}")) for page, visitor in mine.items()}
    found["mentor's own"] = count(nia, programme.url("choosing:own"))
    for request in Request.objects.filter(mentee=people["Ellen"], state="open"):
        found["request"] = count(ellen, programme.url("choosing:request", pk=request.pk))
    return found


def test_where_several_come_together_the_pages_say_why_nobody_chooses_and_what_to_do(
    visit, programme, coordinator, opened, organisation, letters
):
    """A programme changes its model while people choose: that ends, and nothing can be opened again."""
    choosing = opened("suggested")
    programme.model = "group"
    programme.save()
    letters()

    sweeping.sweep_organisation(organisation.pk, timezone.now())

    choosing.refresh_from_db()
    assert not choosing.is_open
    assert not Request.objects.filter(state="open").exists()
    assert {kind for _, kind in letters()} == {"choosing_closed", "choosing_ended"}
    visitor = visit(coordinator)
    for page in ("home", "who", "open", "plan_event"):
        said = visitor.open(programme.url(f"choosing:{page}"))
        assert "a yes of two cannot make a whole group" in said
        visitor.follow("settings")
    with pytest.raises(Refused, match="where one mentee has one mentor"):
        actions.open_choosing(programme, by=coordinator, now=timezone.now())
    assert "Let people choose" not in visitor.open(programme.url("matching:home"))
    assert matching.status(programme, timezone.localdate()).action == "Run matching"
