"""A company whose programme has ended: meetings, survey answers, objectives against results."""

import datetime

from mentoring.organisations.models import Role
from programmes.actions import close_programme

from .cast import STAFF, STAFF_MENTORS
from .moments import at, days
from .partners import agree, meet
from .story import Story

WHY = (
    "We are a small engineering firm, and almost everybody near the top is a man. We had talented women and very few for "
    "them to look to, so we asked our customers and suppliers for mentors."
)
WHO = "Women in engineering and project posts, two to ten years after joining."


def tell(story: Story, today: datetime.date) -> None:
    administrator = story.employ("Neil Harding", Role.ADMINISTRATOR)
    coordinator = story.employ("Joyce Tanner", Role.MEMBER)
    programme = story.begin(
        "Women Who Build 2025",
        "women-who-build-2025",
        today - days(330),
        today - days(60),
        by=administrator,
        coordinator=coordinator,
    )
    sponsor = story.employ("Alan Whitby", Role.SPONSOR, programme)
    story.prepare(programme, why=WHY, who=WHO, by=coordinator, sponsor=sponsor)
    mentees = story.recruit(programme, STAFF, "mentee", coordinator)
    mentors = story.recruit(programme, STAFF_MENTORS, "mentor", coordinator)
    story.train(programme, [*mentees, *mentors], on=programme.starts_on - days(7), by=coordinator)
    partnerships = story.match(programme, by=coordinator, on=programme.starts_on - days(4))
    story.launch(programme, by=coordinator)
    for number, partnership in enumerate(partnerships):
        agree(partnership, programme.starts_on + days(6))
        for count in range(3 if number == 0 else 7 + number % 2):
            meet(partnership, programme.starts_on + days(14 + 28 * count), story.random, count)
    story.evaluate(programme, by=coordinator, today=today)
    close_programme(programme, by=coordinator, now=at(today - days(20)))
    for person, role in (
        (administrator, "organisation administrator"),
        (coordinator, "co-ordinator"),
        (sponsor, "sponsor"),
    ):
        story.show(person, role, programme)
