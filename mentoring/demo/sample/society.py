"""A professional body that is recruiting: mentees first, mentors just opened, applications to read; the first mentees
already ask mentors from the directory. Beside it circles, whose first round waits (circles.py), after
a pilot that goes on (pilot.py)."""

import datetime

from matching.choosing.actions import ask, change_profile, decline, open_choosing, set_degree
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from programmes.models import Degree, Participant, Programme
from programmes.recruitment.actions import accept_application

from . import circles, pilot
from .cast import APPLICANTS, SOCIETY_MENTORS
from .moments import at, days
from .story import Story

WHY = (
    "Half of our student members are women, and fewer than three in ten of our fellows. Many stop renewing in their "
    "thirties. We want members at an early stage to meet people who stayed."
)
WHO = "Members in the first ten years of their careers, anywhere in Britain and Ireland."
ABOUT = (
    "I have moved between a company, a charity and a regulator, and I like to think aloud with people about the next step.",
    "I lead a small laboratory and brought up two children on the way. Ask me anything about either.",
)
WISH = (
    "You write that you moved from industry into regulation. I am thinking of the same step and know nobody who has taken "
    "it. Four or five conversations over the year would help me very much."
)


def tell(story: Story, today: datetime.date) -> None:
    administrator = story.employ("Duncan Ferris", Role.ADMINISTRATOR)
    coordinator = story.employ("Rhiannon Cole", Role.MEMBER)
    programme = story.begin(
        "Next Steps", "next-steps", today + days(45), today + days(320), by=administrator, coordinator=coordinator
    )
    sponsor = story.employ("Dr Amrit Gill", Role.SPONSOR, programme)
    story.prepare(programme, why=WHY, who=WHO, by=coordinator, sponsor=sponsor)
    story.open_for(programme, "mentee", today - days(25), today + days(20), coordinator)
    story.open_for(programme, "mentor", today - days(6), today + days(30), coordinator)
    mentees, mentors = [], []
    for number, name in enumerate(APPLICANTS):
        application = story.apply(programme, name, "mentee", today - days(20 - 2 * number))
        if number < 5:
            mentees.append(accept_application(application, by=coordinator, now=at(today - days(17 - 2 * number))))
    for number, name in enumerate(SOCIETY_MENTORS):
        application = story.apply(programme, name, "mentor", today - days(5 - number))
        if number < 2:
            mentors.append(accept_application(application, by=coordinator, now=at(today - days(3 - number))))
    let_mentees_ask(programme, mentees, mentors, by=coordinator, today=today)
    circles.tell(story, today, administrator=administrator, coordinator=coordinator)
    for person, role in (
        (administrator, "organisation administrator"),
        (coordinator, "co-ordinator"),
        (sponsor, "sponsor"),
        (mentors[0].person, "mentor"),
        (mentees[0].person, "mentee"),
    ):
        story.show(person, role, programme)
    pilot.tell(story, today, administrator=administrator, coordinator=coordinator)


def let_mentees_ask(
    programme: Programme, mentees: list[Participant], mentors: list[Participant], *, by: Person, today: datetime.date
) -> None:
    """The directory is open: one mentor is asked and has not answered, the other could not this time."""
    set_degree(programme, Degree.DIRECTORY, by=by, now=at(today - days(2)))
    shown = ["offers", "experience", "specialism", "based", "medium"]
    for number, mentor in enumerate(mentors):
        change_profile(
            mentor,
            by=mentor.person,
            now=at(today - days(2), 11),
            is_shown=True,
            shows_name=number == 0,
            shows=shown,
            about=ABOUT[number],
        )
    choosing = open_choosing(programme, by=by, now=at(today - days(2), 12))
    request = ask(choosing, mentees[1], mentors[1], WISH, by=mentees[1].person, now=at(today - days(2), 15))
    with tenancy.tenant(programme.organisation_id, mentors[1].person):
        decline(request, mentors[1], "My sabbatical begins next month.", by=mentors[1].person, now=at(today - days(1)))
    ask(choosing, mentees[0], mentors[0], WISH, by=mentees[0].person, now=at(today - days(1), 16))
