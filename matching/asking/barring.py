"""Why two people may not be put together by hand, where several come together."""

from matching.engine import Instance, explain_pair
from programmes.models import Participant

from .gathering import Gathered
from .instances import name

SAME_TEAM = "they work in the same team"


def why_not(gathered: Gathered, instance: Instance, mentee: Participant, other: Participant) -> list[str]:
    """The rules that refuse the mentee, or anybody who goes with them, beside the other; a team's mentor is no member of it."""
    moved = gathered.moved_with(mentee)
    said = [words for one in moved for words in explain_pair(instance, name(one), name(other))["broken"]]
    team = gathered.teams.get(mentee)
    return list(dict.fromkeys([*said, *([SAME_TEAM] if team and gathered.teams.get(other) == team else [])]))
