"""What happens around the pairs: somebody asks, somebody suggests, a call is noted, two would like to be found."""

import datetime

from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from programmes.help import actions as helping
from programmes.models import Partnership, Programme
from programmes.network import actions as networking
from programmes.support.day import actions as day

from .moments import at, days

QUESTION = "My mentor has offered to take me along to a committee. Is there anything I should know before I say yes?"
ANSWER = (
    "What a good offer. Ask the chair whether guests are welcome, agree beforehand what you may repeat afterwards, and "
    "go. Tell me how it was, if you like."
)
WAITS = "We both travel a lot this term. May we meet by video three times in a row?"


def tell(
    programme: Programme,
    partnerships: list[Partnership],
    *,
    administrator: Person,
    coordinator: Person,
    today: datetime.date,
) -> None:
    """An answered question and an open one, a suggestion, a lead, a call, a gathering and two entries in the directory."""
    helping.name_lead(administrator, by=administrator, now=at(programme.starts_on))
    ask_and_answer(programme, partnerships[3], coordinator, today)
    waits = partnerships[4].mentees[0].person
    with tenancy.tenant(programme.organisation_id, waits):
        helping.ask(programme, kind="question", words=WAITS, by=waits, now=at(today - days(1), 16))
    helping.suggest(programme, words="A list of rooms where two people can talk undisturbed.", on=today - days(20))
    note_call(programme, partnerships[0], coordinator, today)
    networking.put_on(
        programme, title="Lunch for everybody", starts_at=at(today + days(16), 12), place="Library café, first floor",
        words="No speeches. Come when you can.", by=coordinator, now=at(today - days(5)),
    )  # fmt: skip
    for member, line in (
        (partnerships[2].mentors[0], "Happy to talk about returning after a break."),
        (partnerships[3].mentees[0], "Laboratory work, Welsh, and grant applications."),
    ):
        with tenancy.tenant(programme.organisation_id, member.person):
            networking.be_found(member.participant, line=line, by=member.person, now=at(today - days(30)))


def ask_and_answer(programme: Programme, partnership: Partnership, coordinator: Person, today: datetime.date) -> None:
    """A question of last month, answered within the day."""
    asks = partnership.mentees[0].person
    with tenancy.tenant(programme.organisation_id, asks):
        enquiry = helping.ask(programme, kind="question", words=QUESTION, by=asks, now=at(today - days(25), 9))
    with tenancy.tenant(programme.organisation_id, coordinator):
        enquiry.programme = programme
        helping.answer(enquiry, answer=ANSWER, by=coordinator, now=at(today - days(25), 15))


def note_call(programme: Programme, partnership: Partnership, coordinator: Person, today: datetime.date) -> None:
    """The co-ordinator rang the pair that has gone quiet."""
    with tenancy.tenant(programme.organisation_id, coordinator):
        day.write_note(
            programme, partnership=partnership, kind="call", noted_on=today - days(2), for_evaluation=True, by=coordinator,
            words="Rang the mentee. Both are well; a move of house came in between. They will write to each other this week.",
            now=at(today - days(2), 11),
        )  # fmt: skip
