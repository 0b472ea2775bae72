"""A professional body that is recruiting: mentees first, mentors just opened, applications to read."""

import datetime

from mentoring.organisations.models import Role
from programmes.recruitment.actions import accept_application

from .cast import APPLICANTS, SOCIETY_MENTORS
from .moments import at, days
from .story import Story

WHY = (
    "Half of our student members are women, and fewer than three in ten of our fellows. Many stop renewing in their "
    "thirties. We want members at an early stage to meet people who stayed."
)
WHO = "Members in the first ten years of their careers, anywhere in Britain and Ireland."


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
    for number, name in enumerate(APPLICANTS):
        application = story.apply(programme, name, "mentee", today - days(20 - 2 * number))
        if number < 5:
            accept_application(application, by=coordinator, now=at(today - days(17 - 2 * number)))
    for number, name in enumerate(SOCIETY_MENTORS):
        application = story.apply(programme, name, "mentor", today - days(5 - number))
        if number < 2:
            accept_application(application, by=coordinator, now=at(today - days(3 - number)))
    for person, role in (
        (administrator, "organisation administrator"),
        (coordinator, "co-ordinator"),
        (sponsor, "sponsor"),
    ):
        story.show(person, role, programme)
