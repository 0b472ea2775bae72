"""Reasons, recomputed from the criteria: why this pair, and why nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .instance import Instance
from .single_pairs import judge_pairs, score_pairs


def explain_pair(instance: Instance, mentee_id: str, mentor_id: str) -> dict[str, Any]:
    """The points of a pair criterion by criterion (they add up to its score), and the rules that forbid it, if any.

    Of two peers those of both directions together.
    """
    mentee, mentor = instance.find_mentee(mentee_id), instance.find_mentor(mentor_id)
    ways = [(mentee, mentor), (mentor, mentee)] if instance.model.is_pool else [(mentee, mentor)]
    points = [sum(each) for each in zip(*score_pairs(instance, ways), strict=True)]
    broken = list(dict.fromkeys(reason for way in judge_pairs(instance, ways) for reason in way))
    return {
        "mentee": mentee_id,
        "mentor": mentor_id,
        "allowed": not broken,
        "broken": broken,
        "score": sum(points),
        "criteria": [
            {
                "name": criterion.name,
                "points": worth,
                "most": criterion.most * len(ways),
                "words": "; ".join(dict.fromkeys(criterion.say(*way) for way in ways)),
            }
            for criterion, worth in zip(instance.criteria, points, strict=True)
        ],
    }


def explain_unmatched(instance: Instance, mentee_id: str, loads: Mapping[str, int]) -> dict[str, Any]:
    """Why a mentee has nobody: how many mentors each hard rule removes, and whose places are full among those who fit.

    `removes` counts the mentors a rule refuses; `alone` those whom no other rule refuses, so that giving up this one
    rule would bring them back; `free` names those of them who have a place left. `without_places` counts mentors with
    a capacity of 0, who are in no other figure.
    """
    mentee = instance.find_mentee(mentee_id)
    own = mentee_id if instance.model.is_pool else None
    mentors = [mentor for mentor in instance.mentors if mentor.capacity and mentor.id != own]
    refused = np.zeros((len(instance.rules), len(mentors)), dtype=bool)
    for row, rule in enumerate(instance.rules):
        refused[row] = ~rule.compare([mentee], mentors)(slice(0, 1))[0]
        if instance.model.is_pool:
            refused[row] |= ~rule.compare(mentors, [mentee])(slice(0, len(mentors)))[:, 0]
    alone = refused & (refused.sum(axis=0) == 1)
    left = np.array([mentor.capacity > loads.get(mentor.id, 0) for mentor in mentors], dtype=bool)
    fitting = [mentor for column, mentor in enumerate(mentors) if not refused[:, column].any()]
    full = sorted(mentor.id for mentor in fitting if loads.get(mentor.id, 0) >= mentor.capacity)
    return {
        "mentee": mentee_id,
        "mentors": len(mentors),
        "without_places": sum(mentor.capacity == 0 for mentor in instance.mentors),
        "rules": [
            {
                "reason": rule.reason,
                "removes": int(refused[row].sum()),
                "alone": int(alone[row].sum()),
                "free": sorted(mentors[column].id for column in np.flatnonzero(alone[row] & left)),
            }
            for row, rule in enumerate(instance.rules)
            if refused[row].any()
        ],
        "fitting": len(fitting),
        "full": full,
    }
