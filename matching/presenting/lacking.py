"""Why somebody is in no team, foursome or pair of peers, beyond what rules do: what these need and there is not.

Of groups and circles the engine says how many could come together (groups.py)."""

from collections.abc import Callable

from matching.asking.gathering import Gathered
from matching.together import sizes_of
from mentoring.wording import listed, plural
from programmes.models import Model, Participant

from .reasons import Reason


def why_no_group(gathered: Gathered, who: Participant) -> list[Reason]:
    """In words with numbers."""
    say = LACKS.get(Model(gathered.programme.model))
    return [{"good": False, "words": words} for words in (say(gathered, who) if say else [])]


def lack_of_team(gathered: Gathered, who: Participant) -> list[str]:
    team = gathered.teams.get(who)
    outside = [one for one in gathered.places if not team or gathered.teams.get(one) != team]
    least, _ = sizes_of(gathered.programme)
    many = f"{plural(len(outside), 'mentor')} from outside the team {'has' if len(outside) == 1 else 'have'} a place"
    return [f"{many}, and other teams take {'it' if len(outside) == 1 else 'them'}; a team needs {least}"]


def lack_of_foursome(gathered: Gathered, who: Participant) -> list[str]:
    old = gathered.experienced
    new = len(gathered.places) - len(old)
    here = listed([
        plural(len(gathered.mentees), "mentee"), plural(len(old), "experienced mentor"), plural(new, "new mentor"),
    ])  # fmt: skip
    return [f"Two mentees come together with one experienced and one new mentor, and there are {here}"]


def lack_of_peer(gathered: Gathered, who: Participant) -> list[str]:
    if len(gathered.mentees) % 2:
        return ["There is an odd number of people, so one of them stays over"]
    return ["Everybody else who fits is in a pair"]


LACKS: dict[Model, Callable[[Gathered, Participant], list[str]]] = {
    Model.TEAM: lack_of_team,
    Model.TWO_BY_TWO: lack_of_foursome,
    Model.PEER_PAIR: lack_of_peer,
}
