"""A circle at the professional body that has met three times: topics it chose, who came, one who joined later, a session ahead."""

import datetime

from matching.actions import begin_partnership
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from programmes.models import Partnership
from programmes.needs.actions import state_need
from programmes.recruitment.actions import accept_application
from programmes.support.actions import Activity, Words, log_meeting
from programmes.support.circles import actions as sessions
from programmes.support.circles import people, sharing
from programmes.support.planning.actions import Plan, plan_meeting

from .cast import PILOT_FACILITATOR, PILOT_MEMBERS, PILOT_NEWCOMER
from .moments import at, days
from .partners import agree
from .story import Story

WHY = "Before we ask everybody, one circle tries it out: does it help to talk to four people at the same turning point?"
WHO = "Members who come back after a break."
TOPICS = ("Coming back part-time and being taken seriously", "How panels read a gap in a career", "Saying no, kindly")
STEPS = (
    "Each brings one sentence about the gap",
    "Read the two adverts that Farah sends",
    "Try out one no before we meet",
)


def tell(story: Story, today: datetime.date, *, administrator: Person, coordinator: Person) -> None:
    programme = story.begin(
        "Turning Points: the pilot", "turning-points-pilot", today - days(120), today + days(150), by=administrator,
        coordinator=coordinator, blueprint="circles",
    )  # fmt: skip
    state_need(programme, by=coordinator, now=at(programme.starts_on - days(100)), why=WHY, target_group=WHO)
    members = story.recruit(programme, PILOT_MEMBERS, "mentee", coordinator)
    late = story.apply(programme, PILOT_NEWCOMER, "mentee", programme.starts_on - days(60))
    facilitators = story.recruit(programme, (PILOT_FACILITATOR,), "mentor", coordinator)
    begun = at(programme.starts_on - days(4), 15)
    circle = begin_partnership(programme, [*facilitators, *members], by=coordinator, now=begun, signed_by=coordinator)
    story.launch(programme, by=coordinator)
    agree(circle, programme.starts_on + days(4))
    for number, on in enumerate(today - days(back) for back in (98, 56, 14)):
        hold(circle, number, on)
    with tenancy.tenant(programme.organisation_id, coordinator):
        newcomer = accept_application(late, by=coordinator, now=at(today - days(16)))
        people.join(circle, newcomer, by=coordinator, now=at(today - days(15)))
    look_ahead(circle, newcomer.person, today)
    story.show(circle.mentors[0].person, "facilitator", programme)
    story.show(circle.mentees[0].person, "circle member", programme)


def hold(circle: Partnership, number: int, on: datetime.date) -> None:
    """Somebody proposes a topic, they meet, and the facilitator notes who came; once a visitor did."""
    facilitator, members = circle.mentors[0].person, [member.person for member in circle.mentees]
    proposer = members[number]
    with tenancy.tenant(circle.organisation_id, proposer):
        topic = sessions.propose_topic(circle, TOPICS[number], by=proposer, now=at(on - days(20)))
    with tenancy.tenant(circle.organisation_id, facilitator):
        plan = Plan(at(on, 18), 120, "video", session="topic", topic=topic, first_turn=proposer)
        plan_meeting(circle, plan, TOPICS[number], by=facilitator, now=at(on - days(18)))
        held = log_meeting(
            circle, Activity(on, 120, "video", "very"), Words(next_step=STEPS[number]), by=facilitator, now=at(on, 21)
        )
        came = [facilitator, *(member for member in members if member != members[-1 - number])]
        visitors = ["Dr Una Hart"] if number == 1 else []
        sessions.record_attendance(held.meeting, came, visitors, by=facilitator, now=at(on, 21))


def look_ahead(circle: Partnership, newcomer: Person, today: datetime.date) -> None:
    """Two have let the newcomer read what was kept before, two more topics wait, and one asks another for a word alone."""
    members = [member.person for member in circle.mentees]
    for person in members[:2]:
        with tenancy.tenant(circle.organisation_id, person):
            sharing.share(circle, newcomer, by=person, now=at(today - days(12)))
    with tenancy.tenant(circle.organisation_id, members[2]):
        topic = sessions.propose_topic(
            circle, "Asking for a reference after years away", by=members[2], now=at(today - days(9))
        )
    with tenancy.tenant(circle.organisation_id, newcomer):
        sessions.wish(topic, wished=True, by=newcomer, now=at(today - days(8)))
        sessions.propose_topic(circle, "Interviews by video", by=newcomer, now=at(today - days(8)))
    with tenancy.tenant(circle.organisation_id, members[0]):
        sessions.ask_for_a_word(circle, circle.mentors[0].person, by=members[0], now=at(today - days(1)))
    facilitator = circle.mentors[0].person
    with tenancy.tenant(circle.organisation_id, facilitator):
        plan = Plan(
            at(today + days(28), 18), 120, "video", "https://meet.example.org/turning-points", session="open_space"
        )
        plan_meeting(circle, plan, "What each of us would like next year", by=facilitator, now=at(today - days(3)))
