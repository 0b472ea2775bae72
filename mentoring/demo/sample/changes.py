"""Agreements that did not stay as they were: one that goes on longer, and a change that somebody would rather not sign."""

import datetime

from contracts.actions import (
    decline_version,
    make_version,
    propose_change,
    sign_agreement,
    write_answers,
)
from contracts.queries import answers_in
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from programmes.models import Partnership

from .moments import at, days

WEEKLY = "A quarter of an hour by video every Monday, and an hour in the library café once a month."
REASON = "A weekly call is more than I can keep to this term. Twice a month would be fine, if that helps you too."


def go_on_longer(partnership: Partnership, on: datetime.date) -> None:
    """Both sign that they go on for three months more."""
    mentee, mentor = partnership.mentees[0].person, partnership.mentors[0].person
    with tenancy.tenant(partnership.organisation_id, mentee):
        propose_change(partnership, by=mentee, now=at(on, 10), ends_on=partnership.ends_on + days(91))
        version = make_version(partnership, by=mentee, now=at(on, 11))
    for person, hour in ((mentee, 12), (mentor, 16)):
        sign(partnership, version.sha256, person, at(on, hour))


def want_other_words(partnership: Partnership, on: datetime.date) -> None:
    """The mentee would like to meet weekly, by other words; the mentor says kindly why not. What they signed first counts."""
    mentee, mentor = partnership.mentees[0].person, partnership.mentors[0].person
    with tenancy.tenant(partnership.organisation_id, mentee):
        change = propose_change(partnership, by=mentee, now=at(on, 10))
        seen = {"communication": answers_in(change)["communication"].words}
        write_answers(partnership, words={"communication": WEEKLY}, seen=seen, by=mentee, now=at(on, 10))
        version = make_version(partnership, by=mentee, now=at(on, 11))
    sign(partnership, version.sha256, mentee, at(on, 12))
    later = at(on + days(1), 9)
    with tenancy.tenant(partnership.organisation_id, mentor):
        decline_version(
            partnership, sha256=version.sha256, reason=REASON, coordinators_only=False, by=mentor, now=later
        )


def sign(partnership: Partnership, sha256: str, person: Person, now: datetime.datetime) -> None:
    with tenancy.tenant(partnership.organisation_id, person):
        sign_agreement(partnership, sha256=sha256, typed_name=person.name, by=person, now=now)
