"""mentor-match (PyPI) on a table of scores: run by the Python of its own environment, where `matching` is its package.

    python mentor_match.py SCORES.json > FOUND.json

SCORES.json has `scores` (a row for each mentee, a number for each mentor, null where the pair is refused) and `capacity`. Each
round matches one to one, so there are as many rounds as any mentor has places; whoever is served, or full, is disqualified.
"""

import json
import sys
import time
from importlib import import_module
from typing import Any

process, people = import_module("matching.process"), import_module("matching.mentee")
rules, mentors_of = import_module("matching.rules.rule"), import_module("matching.mentor")


class Score(rules.Rule):  # type: ignore[name-defined]
    """One look into the table: the least that a rule can do."""

    def apply(self, match_object: Any) -> int:
        score = SCORES[match_object.mentee.grade][match_object.mentor.grade]
        if score is None:
            match_object.disallowed = True
            return 0
        return score


def is_served(match: Any) -> bool:
    return bool(match.mentee.mentors) or len(match.mentor.mentees) >= CAPACITY[match.mentor.grade]


with open(sys.argv[1]) as file:
    document = json.load(file)
SCORES, CAPACITY = document["scores"], document["capacity"]
mentees = [people.Mentee(grade=row, email=f"m{row}") for row in range(len(SCORES))]
mentors = [mentors_of.Mentor(grade=column, email=f"n{column}") for column in range(len(CAPACITY))]
begun = time.process_time()
process.process_data(mentors, mentees, [[Score(), rules.Disqualify(is_served)] for _ in range(max(CAPACITY))])
seconds = time.process_time() - begun
found = [SCORES[mentee.grade][mentee.mentors[0].grade] for mentee in mentees if mentee.mentors]
json.dump({"seconds": seconds, "matched": len(found), "total": sum(found)}, sys.stdout)
