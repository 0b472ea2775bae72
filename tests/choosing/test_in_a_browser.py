"""People choose on a phone, and co-ordinators let them at a desk: axe finds nothing, nothing overflows, keys are enough."""

import datetime
from random import Random

import pytest
from django.utils import timezone

from matching.choosing import actions
from mentoring.demo.sample.cast import email_of
from mentoring.demo.sample.story import PASSWORD, Story
from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from programmes.models import Degree, Partnership, Programme
from programmes.recruitment.actions import accept_application
from tests import cast
from tests.browser.conftest import Place
from tests.browser.keyboard import Keyboard
from tests.browser.test_pages import faults_on, sign_in
from tests.browsing import DESK, PHONE, look_through

MENTEES, MENTORS, COORDINATOR = ("Ellen Pŵyll", "Grace Adeyemi"), ("Nia Rees", "Tom Price"), "Priya Raman"
DOMAIN = "exampleford.example"


@pytest.fixture
def choosing(web):
    """`choosing(Degree.EVENT)` is a programme of four people who choose in this degree."""

    def begun(degree):
        today = timezone.localdate()
        organisation = cast.make_organisation("exampleford", name="University of Exampleford")
        with tenancy.tenant(organisation):
            story = Story(organisation, DOMAIN, Random(3))
            administrator = story.employ("Morag Sinclair", Role.ADMINISTRATOR)
            coordinator = story.employ(COORDINATOR, Role.MEMBER)
            ends_on = today + datetime.timedelta(days=300)
            programme = story.begin("Next", "next", today, ends_on, by=administrator, coordinator=coordinator)
            actions.set_degree(programme, degree, by=coordinator, now=timezone.now())
            parts = [
                part
                for role, names in (("mentee", MENTEES), ("mentor", MENTORS))
                for part in take_part(story, programme, role, names, coordinator)
            ]
            begin(programme, degree, parts, coordinator)
            found = Programme.objects.select_related("organisation").get()
        names = (*MENTEES, *MENTORS, COORDINATOR)
        return Place(found, {name: email_of(name, DOMAIN) for name in names})

    return begun


def take_part(story, programme, role, names, coordinator):
    today = timezone.localdate()
    story.open_for(programme, role, today - datetime.timedelta(days=9), None, coordinator)
    for name in names:
        application = story.apply(programme, name, role, today - datetime.timedelta(days=2))
        participant = accept_application(application, by=coordinator, now=timezone.now())
        actions.change_profile(
            participant, by=participant.person, now=timezone.now(), is_shown=True, shows_name=name == MENTORS[0],
            shows=["offers", "aims", "experience", "sector"], about="I like to think aloud with people.",
        )  # fmt: skip
        yield participant


def begin(programme, degree, parts, coordinator):
    now = timezone.now()
    if degree == Degree.EVENT:
        event = actions.plan_event(
            programme,
            by=coordinator,
            now=now,
            held_at=now + datetime.timedelta(days=3),
            place="The long room",
            rounds=2,
        )
        for part in parts:
            actions.answer_invitation(event, part, True, by=part.person, now=now)
        actions.make_timetable(event, by=coordinator, now=now)
        actions.send_timetable(event, by=coordinator, now=now)
    elif degree != Degree.CENTRAL:
        actions.open_choosing(programme, by=coordinator, now=now)


OWN = ["matching/choosing/you/", "matching/choosing/you/profile/"]
RUN = ["matching/choosing/", "matching/choosing/who/", "matching/choosing/without-a-match/"]
PAGES = {
    Degree.CENTRAL: ([], []),
    Degree.SHORTLIST: (["matching/choosing/you/rank/"], []),
    Degree.SUGGESTED: ([], []),
    Degree.DIRECTORY: (["matching/choosing/mentors/"], []),
    Degree.EVENT: ([], ["matching/choosing/event/"]),
}


@pytest.mark.parametrize("degree", PAGES)
def test_pages_of_those_who_choose_are_accessible(new_page, choosing, degree):
    place, found = choosing(degree), []
    own, run = PAGES[degree]

    visits = (
        (MENTEES[0], [*OWN, *own], [(PHONE, False)]),
        (MENTORS[0], OWN, [(PHONE, True)]),
        (COORDINATOR, [*RUN, *run], [(PHONE, False), (DESK, True)]),
    )
    for name, paths, screens in visits:
        page = new_page()
        sign_in(page, place.emails[name], place.password)
        for width, dark in screens:
            look_through(page, width, dark)
            found += faults_on(page, [place.at(path) for path in paths])
        page.context.close()

    assert found == []


def test_from_the_request_to_the_partnership_on_phones_by_keyboard(new_page, choosing):
    place = choosing(Degree.DIRECTORY)
    ellen, nia = (sit_down(new_page, place, name) for name in (MENTEES[0], MENTORS[0]))

    ellen.page.goto(place.at("matching/choosing/you/"))
    ellen.press("Read about the mentors")
    ellen.press(f"Ask {MENTORS[0]}")
    found = faults_on(ellen.page, [ellen.page.url])
    ellen.type("What would you like to say?", "You have done what I hope to do.")
    ellen.press("Send my request")
    nia.page.goto(place.at("matching/choosing/you/"))
    nia.press("Read and answer")
    found += faults_on(nia.page, [nia.page.url])
    assert "You have done what I hope to do." in nia.page.get_by_role("main").inner_text()
    nia.press("Yes, I would like that")

    assert found == []
    with tenancy.tenant(place.programme.organisation):
        assert str(Partnership.objects.get()) == f"{MENTEES[0]} and {MENTORS[0]}"


def sit_down(new_page, place, name):
    """Somebody signs in by keyboard, on a phone."""
    keys = Keyboard(new_page(width=PHONE))
    keys.page.goto("/accounts/login/")
    keys.type("E-mail address", place.emails[name])
    keys.type("Password", PASSWORD)
    keys.press("Sign in")
    return keys
