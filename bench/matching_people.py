"""Structured instances for the matching bench: supply is skewed away from demand, and hard rules cut across.

People have a sector and a specialism, a region and the formats they can meet in, a career stage, free times, skills, a
text of words that go with their sector, and some have ranked choices. About 60 of 100 pairs are allowed.

T (tight) has n mentees and n/2 mentors with 1 to 4 places each, 95 places for 100 mentees; S has n and n with 1 to 4
places; Q has n and n with one place each.
"""

from __future__ import annotations

from typing import Any

import numpy as np

SECTORS = [f"sector {number}" for number in range(12)]
SPECIALISMS = [f"specialism {number}" for number in range(60)]
REGIONS = [f"region {number}" for number in range(12)]
GRADES = [f"grade {number}" for number in range(8)]
SLOTS = ["morning", "lunch", "afternoon", "evening"]
SKILLS = [f"skill {number}" for number in range(40)]
WORDS = [
    first + second
    for first in ("ba", "de", "fi", "go", "lu", "mar", "ne", "pol")
    for second in ("ka", "len", "mo", "nis", "ra", "sto", "tu", "vel")
]
FORMATS = {"here": ["in person"], "online": ["online"], "both": ["in person", "online"]}

ATTRIBUTES = {
    **{name: {"kind": "category"} for name in ("sector", "specialism", "where", "family", "gender", "wish")},
    "grade": {"kind": "level", "order": GRADES},
    "days": {"kind": "availability"},
    **{name: {"kind": "set"} for name in ("wants", "offers", "formats")},
    "about": {"kind": "text"},
    "choices": {"kind": "people"},
}


def list_criteria(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Weights add up to 100 before the ranked choices."""
    near = rng.integers(0, 700, (12, 12))
    affinity = np.maximum(near, near.T) + np.diag([1000] * 12)
    sectors = [
        [first, second, int(min(1000, affinity[row, column]))]
        for row, first in enumerate(SECTORS)
        for column, second in enumerate(SECTORS)
    ]
    meet = rng.integers(0, 600, (12, 12))
    meet = np.maximum(meet, meet.T) + np.diag([1000] * 12)
    regions = [
        [
            f"{first}, {one}",
            f"{second}, {other}",
            500 if "online" in (one, other) else int(min(1000, meet[row, column])),
        ]
        for row, first in enumerate(REGIONS)
        for column, second in enumerate(REGIONS)
        for one in FORMATS
        for other in FORMATS
    ]
    return [
        {"kind": "table", "attribute": "sector", "points": sectors, "weight": 18},
        {"kind": "same", "attribute": "specialism", "weight": 12},
        {"kind": "table", "attribute": "where", "points": regions, "weight": 10},
        {"kind": "gap", "attribute": "grade", "from": 2, "to": 4, "fade": 3, "weight": 13},
        {"kind": "overlap", "attribute": "days", "weight": 10},
        {"kind": "wants-offers", "wants": "wants", "offers": "offers", "weight": 20},
        {"kind": "text", "attribute": "about", "weight": 12},
        {"kind": "same", "attribute": "family", "weight": 5},
        {"kind": "choices", "attribute": "choices", "side": "mentee", "weight": 10},
        {"kind": "choices", "attribute": "choices", "side": "mentor", "weight": 5},
    ]


RULES = [
    {"kind": "overlap", "attribute": "days", "reason": "they are never free at the same time"},
    {"kind": "overlap", "attribute": "formats", "reason": "they cannot meet in the same way"},
    {"kind": "gap", "attribute": "grade", "from": 0, "reason": "the mentor is junior to the mentee"},
    {"kind": "wish", "by": "mentee", "mentee": "wish", "mentor": "gender", "reason": "the mentee asked for a woman"},
]


def make_document(shape: str, size: int, seed: int = 1) -> dict[str, Any]:
    """An instance such as T1000."""
    rng = np.random.default_rng([seed, size, ord(shape)])
    mentors = size // 2 if shape == "T" else size
    demand = 1 / np.arange(1, 13) ** 0.7
    mentee_ids, mentor_ids = [f"m{row}" for row in range(size)], [f"n{column}" for column in range(mentors)]
    mentee_values = make_values(rng, size, demand, grades=(0, 6), others=mentor_ids, asked=0.30)
    mentor_values = make_values(rng, mentors, demand[::-1] + 0.2, grades=(2, 8), others=mentee_ids, asked=0.15)
    places = make_places(rng, shape, mentors, size)
    managers = {mentee_ids[row]: mentor_ids[row % mentors] for row in range(0, size, 3)}
    return {
        "name": f"{shape}{size}",
        "attributes": ATTRIBUTES,
        "mentees": [{"id": id, "values": each} for id, each in zip(mentee_ids, mentee_values, strict=True)],
        "mentors": [
            {"id": id, "capacity": capacity, "values": each}
            for id, capacity, each in zip(mentor_ids, places, mentor_values, strict=True)
        ],
        "criteria": list_criteria(rng),
        "rules": [*RULES, {"kind": "line", "managers": managers}],
        "objective": "total",
    }


def make_places(rng: np.random.Generator, shape: str, mentors: int, mentees: int) -> list[int]:
    if shape == "Q":
        return [1] * mentors
    places = rng.choice([1, 2, 3, 4], mentors, p=[0.45, 0.30, 0.15, 0.10])
    if shape == "T":
        wanted, order = round(mentees * 0.95), rng.permutation(mentors)
        for index in range(100 * mentors):
            spare = int(places.sum()) - wanted
            here = order[index % mentors]
            places[here] += -1 if spare > 0 and places[here] > 1 else 1 if spare < 0 and places[here] < 4 else 0
            if spare == 0:
                break
    return [int(each) for each in places]


def make_values(
    rng: np.random.Generator,
    count: int,
    demand: np.ndarray,
    *,
    grades: tuple[int, int],
    others: list[str],
    asked: float,
) -> list[dict[str, Any]]:
    sector = rng.choice(12, count, p=demand / demand.sum())
    specialism = sector * 5 + rng.integers(0, 5, count)
    region = rng.choice(12, count, p=np.arange(12, 0, -1) / 78)
    grade = rng.integers(*grades, count)
    pattern = rng.integers(1, 16, count)
    skills = rng.random((count, 40)).argpartition(6, axis=1)[:, :6]
    held, wants = rng.integers(3, 7, count), rng.integers(1, 6, count)
    woman, wish, chooses = rng.random(count) < 0.5, rng.random(count) < 0.08, rng.random(count) < asked
    family = rng.integers(0, 3, count)
    formats = rng.choice(list(FORMATS), count, p=[0.3, 0.2, 0.5])
    words = write_texts(rng, sector)
    choices = rng.integers(0, len(others), (count, 3))
    return [
        {
            "sector": SECTORS[sector[row]],
            "specialism": SPECIALISMS[specialism[row]],
            "where": f"{REGIONS[region[row]]}, {formats[row]}",
            "formats": FORMATS[formats[row]],
            "about": words[row],
            "grade": GRADES[grade[row]],
            "days": [slot for bit, slot in enumerate(SLOTS) if pattern[row] >> bit & 1],
            "family": f"family {family[row]}",
            "gender": "woman" if woman[row] else "man",
            "wants": [SKILLS[skill] for skill in skills[row, : wants[row]]],
            "offers": [SKILLS[skill] for skill in skills[row, : held[row]]],
            "choices": [others[choice] for choice in dict.fromkeys(choices[row].tolist())] if chooses[row] else None,
            **({"wish": "woman"} if wish[row] and woman[row] else {}),
        }
        for row in range(count)
    ]


def write_texts(rng: np.random.Generator, sectors: np.ndarray) -> list[str]:
    """Twelve words each: half from the eight that go with the sector, half from all 64."""
    own = rng.integers(0, 8, (len(sectors), 6)) + 5 * sectors[:, None]
    words = np.concatenate([own, rng.integers(0, len(WORDS), own.shape)], axis=1)
    return [" ".join(WORDS[word] for word in row) for row in words]
