"""A university half way through a year: 13 mentees, 12 mentors of whom one takes two, one pair silent, one late (as at York)."""

import datetime

from contracts.actions import name_party
from mentoring.organisations.models import Role
from programmes.models import Partnership, Programme

from . import care, changes
from .cast import MENTEES, MENTORS
from .learning import learn
from .moments import at, days
from .partners import agree, look_ahead, meet
from .story import Story

WHY = (
    "Women make up half of our early-career staff and a quarter of our professors. Leavers tell us that nobody showed "
    "them how decisions are made here, and that they did not know whom to ask."
)
WHO = "Women in research and technical posts, from their first fixed-term contract to senior lecturer."
FEWEST_FOR_CARE = 4
SILENT, LATE = 0, 1  # which partnerships, in the order they began


def tell(story: Story, today: datetime.date) -> None:
    administrator = story.employ("Morag Sinclair", Role.ADMINISTRATOR)
    coordinator = story.employ("Priya Raman", Role.MEMBER)
    programme = story.begin(
        "Alongside Women 2026",
        "alongside-women-2026",
        today - days(182),
        today + days(183),
        by=administrator,
        coordinator=coordinator,
    )
    sponsor = story.employ("Professor Jean Abbott", Role.SPONSOR, programme)
    contact = story.employ("Owen Bell", Role.PARTNER, programme, partner="Exampleford Teaching Hospital")
    name_party(
        programme, partner=contact.memberships.get().partner, by=coordinator, now=at(programme.starts_on - days(60))
    )
    story.prepare(programme, why=WHY, who=WHO, by=coordinator, sponsor=sponsor)
    story.ask_for_equality(programme, by=coordinator)
    mentees = story.recruit(programme, MENTEES, "mentee", coordinator)
    mentors = story.recruit(programme, MENTORS, "mentor", coordinator, two_places=MENTORS[0])
    story.train(programme, [*mentees, *mentors], on=programme.starts_on - days(7), by=coordinator)
    partnerships = story.consider(programme, by=coordinator, on=programme.starts_on - days(4))
    story.launch(programme, by=coordinator)
    for number, partnership in enumerate(partnerships):
        accompany(story, partnership, programme, number, today)
    if len(partnerships) > FEWEST_FOR_CARE:
        care.tell(programme, partnerships, administrator=administrator, coordinator=coordinator, today=today)
        changes.go_on_longer(partnerships[3], today - days(40))
        changes.want_other_words(partnerships[4], today - days(5))
    met_often = partnerships[2]
    look_ahead(met_often, today)
    learn(met_often, today)
    for person, role in (
        (administrator, "organisation administrator"),
        (coordinator, "co-ordinator"),
        (met_often.mentors[0].person, "mentor"),
        (met_often.mentees[0].person, "mentee"),
        (sponsor, "sponsor"),
        (contact, "partner contact"),
    ):
        story.show(person, role, programme)


def accompany(story: Story, partnership: Partnership, programme: Programme, number: int, today: datetime.date) -> None:
    """From the agreement to the last meeting: the silent pair stopped nine weeks ago, the late one just misses its rhythm."""
    begun = programme.starts_on + days(5 + number % 5)
    agree(partnership, begun)
    last = today - days({SILENT: 63, LATE: 31}.get(number, 3 + number % 14))
    dates = [last - days(28 * back) for back in range(7) if last - days(28 * back) > begun]
    for count, on in enumerate(reversed(dates)):
        meet(partnership, on, story.random, count)
