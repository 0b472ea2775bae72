"""What two partners do: agree, sign, meet."""

import datetime
from random import Random

from contracts.actions import make_version, sign_agreement, write_answers
from contracts.queries import agreement_or_template, answers_in, boxes_in
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from programmes.models import Partnership
from programmes.support import promises, stages
from programmes.support.actions import Activity, Words, log_meeting
from programmes.support.planning.actions import Plan, plan_meeting
from programmes.support.plans import actions as goals
from programmes.support.plans.stories import Plan as AimPlan
from programmes.support.plans.stories import Review

from .moments import at

CLAUSES = {
    "communication": "We meet in person in the library café, or by video when one of us travels. The mentee writes between meetings, usually once a fortnight.",
    "confidentiality": "all",
    "boundaries": "No calls at weekends. We do not talk about people who work with both of us.",
    "objectives": "Prepare a case for promotion by the spring, and get used to speaking in meetings where most people are senior.",
    "contact_mentor": "By e-mail, I answer within two days. Not on Fridays, and not in August.",
    "reading": "rhythm",
    "kinds": "Topics we choose, a visitor now and then. Bethan prepares the first, Niamh the second.",
    "practical": "By video, on a Thursday evening. In between by e-mail, and nobody has to answer at once.",
    "contact_mentee": "By e-mail or text message. Not before nine and not on Wednesday afternoons.",
}
STEPS = (
    "Write half a page on what a successful year would look like",
    "Ask Margaret whether I may sit in on one committee meeting",
    "Draft the first section of the promotion case",
    "Read the criteria side by side and mark three gaps",
    "Try the short version of the talk on two people",
)
TOPICS = (
    "How promotion panels read a case, and what they skip.",
    "Saying no to a third committee.",
    "Coming back after a break: what to say, and to whom.",
    "A difficult conversation with a collaborator, rehearsed.",
)


def agree(partnership: Partnership, on: datetime.date) -> None:
    """The partners fill in their agreement together, and each signs it."""
    people = [member.person for member in partnership.ordered_members()]
    for person in people:
        with tenancy.tenant(partnership.organisation_id, person):
            fill_in(partnership, person, on)
    with tenancy.tenant(partnership.organisation_id, people[0]):
        version = make_version(partnership, by=people[0], now=at(on, 14))
    for hour, person in enumerate(people, start=15):
        with tenancy.tenant(partnership.organisation_id, person):
            sign_agreement(partnership, sha256=version.sha256, typed_name=person.name, by=person, now=at(on, hour))


def fill_in(partnership: Partnership, person: Person, on: datetime.date) -> None:
    """Write in the boxes that are shared or this person's own, and still empty."""
    agreement = agreement_or_template(partnership)
    answers = answers_in(agreement)
    boxes = [box for box in boxes_in(agreement) if box.may_be_filled_by(person) and box.name not in answers]
    words = {box.name: CLAUSES[box.clause.key] for box in boxes}
    write_answers(partnership, words=words, seen=dict.fromkeys(words, ""), by=person, now=at(on, 11))


def meet(partnership: Partnership, on: datetime.date, random: Random, number: int) -> None:
    """One of them logs a meeting; every other time the mentor logs it too."""
    mentee, mentor = partnership.mentees[0].person, partnership.mentors[0].person
    activity = Activity(
        met_on=on,
        minutes=random.choice((45, 60, 60, 75, 90)),
        medium=random.choice(("face_to_face", "video", "video", "phone")),
        usefulness=random.choice(("very", "very", "fairly")),
    )
    words = Words(
        next_on=on + datetime.timedelta(days=partnership.cadence_days),
        next_step=random.choice(STEPS),
        answers={"topics": random.choice(TOPICS), "mentee_actions": random.choice(STEPS)} if number % 2 else {},
        due={"mentee_actions": on + datetime.timedelta(days=14)} if number % 2 else {},
    )
    with tenancy.tenant(partnership.organisation_id, mentee):
        log_meeting(partnership, activity, words, by=mentee, now=at(on, 17))
    if number % 2 == 0:
        with tenancy.tenant(partnership.organisation_id, mentor):
            log_meeting(partnership, activity, Words(), by=mentor, now=at(on, 18))


def look_ahead(partnership: Partnership, today: datetime.date) -> None:
    """A goal that has moved, a scale that rises, what is done and what is open, and the next meeting."""
    mentee, begun = partnership.mentees[0].person, today - datetime.timedelta(days=120)
    plan = AimPlan(
        {
            "goal": "Apply for promotion in the spring round",
            "measure": "The case is sent, and two people have read it before",
            "steps": "Read the criteria\nDraft the first section\nAsk Margaret and one outsider to read it",
            "learn": "How panels read a case",
            "milestones": "Draft by Christmas, whole case by the end of February",
        },
        due_on=today + datetime.timedelta(days=110),
        review_on=today + datetime.timedelta(days=20),
    )
    with tenancy.tenant(partnership.organisation_id, mentee):
        goal = goals.set_goal(partnership, plan, by=mentee, now=at(begun, 18))
        for days_on, point in ((0, "3"), (45, "5"), (90, "6")):
            thoughts = {"outcome": "To be read as a leader of research", "now": point, "wanted": "8"}
            when = at(begun + datetime.timedelta(days=days_on), 19)
            goals.keep_thoughts(goal, "oskar", thoughts, by=mentee, now=when)
        goals.review_goal(
            goal,
            Review(
                {
                    "progress": "The first section is drafted.",
                    "evidence": "Margaret has read it and wants to see the rest.",
                },
                "open",
                today + datetime.timedelta(days=20),
            ),
            by=mentee,
            now=at(begun + datetime.timedelta(days=91), 18),
        )
        for done in promises.open_actions(partnership)[:2]:
            promises.tick(done, done=True, by=mentee, now=at(begun + datetime.timedelta(days=100), 18))
        stages.come_to(partnership, "progress", by=mentee, now=at(begun, 18))
        coming = at(today + datetime.timedelta(days=12), 10)
        agenda = "The second section\nWho should read it first"
        now = at(today - datetime.timedelta(days=2), 18)
        plan_meeting(partnership, Plan(coming, 60, "face_to_face", "Library café"), agenda, by=mentee, now=now)
