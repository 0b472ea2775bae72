"""One mentee's development plan: where she stood twice, what she needs to learn, and a goal that came from it."""

import datetime

from mentoring.organisations import tenancy
from programmes.models import Partnership
from programmes.support.development import actions
from programmes.support.models import Readers
from programmes.support.plans.stories import Plan, Review

from .moments import at, days

STANDS = {
    "stands": "I write well and quickly. Speaking in a room where most people are senior costs me a day beforehand.",
    "role": "From next year I am to chair the laboratory’s safety group, and I have never chaired anything.",
    "told": "Twice at reviews: “good ideas, heard too late”.",
    "ahead": "The promotion round in the spring.",
}
AT_FIRST = {"heard": [3, 8], "confidence": [5, 7], "network": [4, 6], "case": [2, 8]}
BY_NOW = {"heard": [5, 8], "confidence": [5, 7], "network": [6, 7], "case": [5, 8]}


def learn(partnership: Partnership, today: datetime.date) -> None:
    """She shows it to her mentor; a need has moved, another waits for a course."""
    mentee, begun = partnership.mentees[0].person, today - days(115)
    with tenancy.tenant(partnership.organisation_id, mentee):
        first = {"answers": STANDS, "scale": AT_FIRST}
        plan = actions.say_standing(partnership, first, Readers.MENTORS, by=mentee, now=at(begun, 20))
        speaking = actions.add_need(
            plan,
            Plan(
                {
                    "need": "Say what I think early in a meeting",
                    "why": "Two reviews said that my ideas come too late.",
                    "ways": ["together", "job"],
                    "support": "A committee that I may sit in on, and somebody who tells me afterwards what they saw",
                    "success": "I have spoken among the first three in four meetings",
                    "priority": "1",
                    "capabilities": ["heard", "confidence"],
                },
                due_on=today + days(60),
                review_on=today + days(16),
            ),
            by=mentee,
            now=at(begun, 20),
        )
        actions.add_need(
            plan,
            Plan(
                {
                    "need": "Chair a meeting so that it ends on time and everybody was heard",
                    "ways": ["training", "somebody"],
                    "support": "The half-day course of the People Office",
                    "priority": "2",
                },
                due_on=today + days(120),
            ),
            by=mentee,
            now=at(begun, 20),
        )
        actions.make_goal(speaking, by=mentee, now=at(begun, 21))
        actions.review_need(
            speaking,
            Review(
                {"progress": "Twice among the first three.", "evidence": "The minutes of both meetings name me."},
                "open",
                today + days(16),
            ),
            by=mentee,
            now=at(today - days(30), 18),
        )
        later = {"answers": STANDS, "scale": BY_NOW}
        actions.say_standing(partnership, later, Readers.MENTORS, by=mentee, now=at(today - days(30), 18))
