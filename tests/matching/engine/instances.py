"""Small instances drawn by hypothesis, and what is best among all assignments, found by trying every one."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from matching.engine import floors, read_instance

SECTORS = ["health", "law", "arts"]
WORDS = ["bridges", "Brücken", "the", "rivers", "rivers!", "solar"]
SKILLS = ["writing", "budgets", "teams", "teaching"]
LEVELS = ["new", "settled", "senior"]

ATTRIBUTES = {
    "sector": {"kind": "category"},
    "skills": {"kind": "set"},
    "years": {"kind": "number"},
    "level": {"kind": "level", "order": LEVELS},
    "home": {"kind": "place"},
    "team": {"kind": "category"},
    "choices": {"kind": "people"},
    "about": {"kind": "text"},
}
PLACES = {
    "York": {"lat": 53.96, "lon": -1.08},
    "Leeds": {"lat": 53.80, "lon": -1.55},
    "Cardiff": {"lat": 51.48, "lon": -3.18},
}


@st.composite
def values(draw, others):
    answers = {
        "sector": draw(st.sampled_from([None, *SECTORS])),
        "skills": draw(st.lists(st.sampled_from(SKILLS), unique=True)),
        "years": draw(st.none() | st.integers(0, 12)),
        "level": draw(st.sampled_from([None, *LEVELS])),
        "home": draw(st.sampled_from([None, *PLACES])),
        "team": draw(st.sampled_from([None, "red", "blue"])),
        "choices": draw(st.lists(st.sampled_from(others), unique=True, max_size=3)),
        "about": " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=4))),
    }
    return {name: answer for name, answer in answers.items() if answer is not None}


CRITERIA = [
    {"kind": "same", "attribute": "sector"},
    {"kind": "overlap", "attribute": "skills"},
    {"kind": "wants-offers", "wants": "skills", "offers": "skills"},
    {"kind": "text", "attribute": "about"},
    {"kind": "distance", "attribute": "home", "near": 5, "far": 200, "unit": "miles"},
    {"kind": "gap", "attribute": "years", "from": 2, "to": 6, "fade": 3},
    {"kind": "gap", "attribute": "level", "from": 1},
    {"kind": "table", "attribute": "sector", "points": [["health", "law", 300], ["arts", "arts", 1000]], "missing": 50},
    {"kind": "choices", "attribute": "choices", "side": "mentee"},
    {"kind": "choices", "attribute": "choices", "side": "mentor", "points": [900, 100]},
]
RULES = [
    {"kind": "oneself"},
    {"kind": "conflict", "pairs": [["m0", "n0"], ["m1", "gone"]]},
    {"kind": "earlier", "pairs": [["m0", "n0"], ["n1", "m1"]], "again": "choices"},
    {"kind": "differ", "attribute": "team"},
    {"kind": "same", "attribute": "sector", "unanswered": "fail"},
    {"kind": "overlap", "attribute": "skills"},
    {"kind": "distance", "attribute": "home", "at_most": 60},
    {"kind": "gap", "attribute": "years", "from": 0},
    {"kind": "wish", "by": "mentee", "mentee": "team", "mentor": "skills"},
    {"kind": "wish", "by": "mentor", "mentee": "sector", "mentor": "skills", "unanswered": "pass"},
    {"kind": "eligible", "who": "mentor", "attribute": "level", "among": ["settled", "senior"]},
    {"kind": "line", "managers": {"m0": "n0", "n0": "n1", "m1": "boss", "n2": "m1"}},
]


@st.composite
def scored(draw, objective, mentees=4, mentors=3, least=(0, 0)):
    """Explicit scores: few distinct ones make ties, many make none."""
    rows = [f"m{index}" for index in range(draw(st.integers(least[0], mentees)))]
    columns = [f"n{index}" for index in range(draw(st.integers(least[1], mentors)))]
    points = st.integers(-3, 3) if draw(st.booleans()) else st.integers(-1000, 1000)
    scores = [[row, column, draw(points)] for row in rows for column in columns if draw(st.integers(0, 3))]
    return {
        "mentees": [{"id": row} for row in rows],
        "mentors": [{"id": column, "capacity": draw(st.integers(0, 3))} for column in columns],
        "criteria": [{"kind": "pairs", "scores": scores, "missing": draw(st.sampled_from(["forbidden", 0]))}],
        "objective": objective,
        "key": draw(st.sampled_from(["", "autumn"])),
    }


@st.composite
def scored_with_a_pair(draw, objective):
    """Explicit scores where m0 and n0 at least may be matched."""
    document = draw(scored(objective, least=(1, 1)))
    document["mentors"][0]["capacity"] = max(1, document["mentors"][0]["capacity"])
    scores = document["criteria"][0]["scores"]
    if ["m0", "n0"] not in [row[:2] for row in scores]:
        scores.append(["m0", "n0", 0])
    return document


def damages(entry):
    """What could stand there instead of an entry of an outcome."""
    others = [None, -1, 0, 1, 2, 7, True, "m0", "n0", "n1", [], {}, [["m0", "n0"]]]
    return st.sampled_from([other for other in others if repr(other) != repr(entry)])


@st.composite
def typed(draw, objective, mentees=4, mentors=3, least=(1, 1)):
    """People with answers, criteria and rules of every kind."""
    rows = [f"m{index}" for index in range(draw(st.integers(least[0], mentees)))]
    columns = [f"n{index}" for index in range(draw(st.integers(least[1], mentors)))]
    criteria = draw(st.lists(st.sampled_from(CRITERIA), max_size=5))
    return {
        "places": PLACES,
        "attributes": ATTRIBUTES,
        "mentees": [{"id": row, "values": draw(values(columns))} for row in rows],
        "mentors": [
            {"id": column, "capacity": draw(st.integers(0, 2)), "values": draw(values(rows))} for column in columns
        ],
        "criteria": [criterion | {"weight": draw(st.sampled_from([0, 1, 7, 100]))} for criterion in criteria],
        "rules": draw(st.lists(st.sampled_from(RULES), max_size=2)),
        "excluded": [[rows[0], columns[0]]] if draw(st.booleans()) else [],
        "objective": objective,
    }


def list_scores(instance):
    """The score of every allowed pair, by id."""
    everybody, nobody = slice(0, len(instance.mentees)), np.zeros((len(instance.mentees), len(instance.mentors)), int)
    points = sum((one.compare(instance.mentees, instance.mentors)(everybody) for one in instance.criteria), nobody)
    refused = sum((~one.compare(instance.mentees, instance.mentors)(everybody) for one in instance.rules), nobody)
    return {
        (mentee.id, mentor.id): int(points[row, column])
        for row, mentee in enumerate(instance.mentees)
        for column, mentor in enumerate(instance.mentors)
        if not refused[row, column]
    }


def list_assignments(instance):
    """Every assignment that keeps the rules, the locks and the places, as a list of pairs."""
    scores = list_scores(instance)
    capacity = {mentor.id: mentor.capacity for mentor in instance.mentors}
    ids = [mentee.id for mentee in instance.mentees]
    for chosen in product([None, *capacity], repeat=len(ids)):
        pairs = [(mentee, mentor) for mentee, mentor in zip(ids, chosen, strict=True) if mentor]
        loads = [sum(mentor == id for _, mentor in pairs) for id in capacity]
        full = any(load > places for load, places in zip(loads, capacity.values(), strict=True))
        if not full and all(pair in scores for pair in pairs) and all(pair in pairs for pair in instance.locked):
            yield pairs


def find_best(document):
    """The figures of the best assignment, by trying every one in the order that README.md gives."""
    instance = read_instance(document)
    scores = list_scores(instance)
    running = list(list_assignments(instance))
    matched = max(len(pairs) for pairs in running)
    running = [pairs for pairs in running if len(pairs) == matched]
    if instance.objective == "fair":
        running = raise_floors(running, scores, instance)
    best = max(running, key=lambda pairs: sum(scores[pair] for pair in pairs))
    found = [scores[pair] for pair in best]
    return matched, sum(found), min(found, default=None) if instance.objective == "fair" else None


def raise_floors(running, scores, instance):
    """The assignments above the floors, as README.md tells how these are raised."""
    locked, top = set(instance.locked), sum(criterion.largest for criterion in instance.criteria)
    free = [[pair for pair in pairs if pair not in locked] for pairs in running]
    matched = len(free[0])
    totals = [sum(scores[pair] for pair in pairs) for pairs in free]
    limit = floors.find_limit(matched, max(totals), top)
    running = [pairs for pairs, total in zip(free, totals, strict=True) if total >= limit]
    best = find_best_scores(instance, scores)
    own, apart = {}, set()
    for _ in range(floors.MOST_FLOORS if matched else 0):
        floor = max(min([scores[pair] for pair in pairs if not apart & name(pair)], default=top) for pairs in running)
        own |= {person: floor for person in best if person not in apart}
        running = [
            pairs for pairs in running if all(scores[pair] >= min(own[one] for one in name(pair)) for pair in pairs)
        ]
        wider = set()
        for side in ("mentee", "mentor"):
            isolated = {person for person in best if person[0] == side and best[person] < floors.find_step(floor)}
            few = len(isolated) <= floors.count_few(matched)
            wider |= isolated if few else {person for person in apart if person[0] == side}
        if wider <= apart:
            break
        apart = wider
    return [[*pairs, *locked] for pairs in running]


def name(pair):
    """The two people of a pair, told apart where they have the same id."""
    return {("mentee", pair[0]), ("mentor", pair[1])}


def find_best_scores(instance, scores):
    """What everybody could have with anybody who is free."""
    taken = [mentor for _, mentor in instance.locked]
    best = {}
    for pair, score in scores.items():
        if instance.find_mentor(pair[1]).capacity > taken.count(pair[1]) and pair[0] not in dict(instance.locked):
            best |= {person: max(score, best.get(person, score)) for person in name(pair)}
    return best


def figures(outcome):
    """What the objective decides: among assignments of one total, the worst score is only luck."""
    return outcome.matched, outcome.total, outcome.worst if outcome.objective == "fair" else None
