"""Step 4: select and match."""

import datetime

from mentoring.wording import plural
from programmes.models import Degree, Programme
from programmes.steps import Need, State, Status, Step

from .models import Round
from .queries import count_matches, demand_of, proposed_round
from .together import matches_pairs


def status(programme: Programme, today: datetime.date) -> Status:
    """Completed when every mentee has a partnership; in progress while some wait and some mentor has a place."""
    home = programme.url("matching:home")
    mentees, waiting, places = demand_of(programme)
    round = proposed_round(programme)
    if round:
        matched = count_matches(round)
        sentence = f"{plural(matched, 'pair')} proposed · {plural(waiting - matched, 'mentee')} without a match"
        need = Need(f"{plural(matched, 'pair')} to review", home, "Nothing is sent until you confirm")
        why = "We paired everyone we could and say why for each pair. Nothing is sent until you confirm."
        needs = [need, *to_recruit(programme, round)]
        return Status(State.IN_PROGRESS, sentence, needs, action="Review matches", url=home, why=why, minutes=20)
    if not mentees:
        return Status(State.CANNOT_START, "Starts when you have accepted mentees and mentors")
    if not waiting:
        return Status(State.COMPLETED, f"{mentees} mentee{'' if mentees == 1 else 's'} matched")
    if not places:
        return Status(
            State.IN_PROGRESS if waiting < mentees else State.CANNOT_START,
            f"{plural(waiting, 'mentee')} without a match · no mentor has a free place",
        )
    state = State.NOT_STARTED if waiting == mentees else State.IN_PROGRESS
    if programme.degree != Degree.CENTRAL and matches_pairs(programme):
        return Status(
            state,
            f"{plural(waiting, 'mentee')} without a match",
            action="Let people choose",
            url=programme.url("choosing:home"),
            why=f"{programme.get_degree_display()}. See what is open, and how far it has come.",
            minutes=10,
        )
    return Status(
        state,
        f"{plural(waiting, 'mentee')} without a match",
        action="Run matching",
        url=home,
        why="Matching takes seconds, and you decide.",
        minutes=20,
    )


def to_recruit(programme: Programme, round: Round) -> list[Need]:
    """Whom to look for, where mentors who answer so would help those who wait."""
    words = [one["words"] for one in round.advice if one["recruit"]]
    url = programme.url("recruitment:home")
    return [Need(f"{plural(len(words), 'kind')} of mentor to recruit", url, words[0])] if words else []


STEP = Step(number=4, slug="matching", verb="Select and match", status=status)
