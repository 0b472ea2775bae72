"""Small instances of every model in which more than two come together, and what is best among all choices of groups."""

from itertools import combinations, product

from hypothesis import strategies as st

from matching.engine import read_instance

from . import instances

MODELS = {
    "group": [{"kind": "group", "least": 2, "most": 3}, {"kind": "group"}, "group"],
    "circle": [
        {"kind": "circle", "least": 2, "most": 3, "shared": "skills"},
        {"kind": "circle", "least": 3},
        {"kind": "circle", "least": 1, "most": 2, "shared": "sector"},
    ],
    "team": [{"kind": "team", "team": "team"}, {"kind": "team", "team": "team", "least": 2, "most": 2}],
    "two-by-two": [{"kind": "two-by-two", "experienced": "level", "among": ["senior"]}],
    "peers": ["peers"],
}


@st.composite
def documents(draw, kind, objective, mentees=4, mentors=3):
    """Typed people, or explicit scores with many ties; sometimes a lock that can be kept."""
    make = instances.typed if draw(st.booleans()) else instances.scored
    document = draw(make(objective, mentees=mentees, mentors=mentors))
    document = {"attributes": instances.ATTRIBUTES, "places": instances.PLACES} | document
    document["model"] = draw(st.sampled_from(MODELS[kind]))
    for side in ("mentees", "mentors"):
        if "values" not in (document[side] or [{}])[0]:
            document[side] = [each | {"values": draw(few_values())} for each in document[side]]
    if kind == "peers":
        return pool(document)
    if kind == "two-by-two" and len(document["mentors"]) > 1:
        for level, mentor in zip(["senior", "new"], document["mentors"], strict=False):
            mentor["values"] = mentor["values"] | {"level": level}
    return document


@st.composite
def documents_with_a_group(draw, kind, objective):
    """The same, where at least one group can be: three like-minded mentees and two mentors who suit them are among them."""
    make = instances.typed if draw(st.booleans()) else instances.scored
    document = draw(make(objective, mentees=4, mentors=3, least=(3, 2)))
    document = {"attributes": instances.ATTRIBUTES, "places": instances.PLACES} | document
    document["model"] = draw(st.sampled_from(MODELS[kind]))
    alike = {"team": "red", "skills": instances.SKILLS[:2], "sector": instances.SECTORS[0]}
    for mentee in document["mentees"]:
        answers = alike if mentee["id"] in ("m0", "m1", "m2") else draw(few_values())
        mentee["values"] = mentee.get("values", {}) | answers
    for mentor, level in zip(document["mentors"], ["senior", "new", None], strict=False):
        answers = alike | {"team": "blue", "level": level} if level else draw(few_values())
        mentor["values"] = mentor.get("values", {}) | answers
        mentor["capacity"] = max(mentor["capacity"], 3) if level else mentor["capacity"]
    document = pool(document) if kind == "peers" else document
    while not has_group(document):
        document = loosen(document)
    return document


def has_group(document):
    return any(list_choices(read_instance(document)))


def loosen(document):
    """The same with one thing less that keeps people apart."""
    if document.get("rules") or document.get("excluded"):
        return document | {"rules": document["rules"][1:], "excluded": []}
    (criterion,) = document["criteria"]
    return document | {"criteria": [criterion | {"missing": 0}]}


@st.composite
def few_values(draw):
    answers = {
        "team": draw(st.sampled_from([None, "red", "blue"])),
        "level": draw(st.sampled_from([None, "new", "senior"])),
        "skills": draw(st.lists(st.sampled_from(instances.SKILLS[:2]), unique=True)),
        "sector": draw(st.sampled_from(instances.SECTORS[:2])),
    }
    return {name: answer for name, answer in answers.items() if answer is not None}


def pool(document):
    """Mentees and mentors as one pool of people, with the same pairs."""
    mentors = [{name: value for name, value in each.items() if name != "capacity"} for each in document["mentors"]]
    return {name: value for name, value in document.items() if name not in ("mentees", "mentors")} | {
        "people": [*document["mentees"], *mentors]
    }


def weigh(instance):
    """The score of every pair that may be; for a pool both directions together."""
    one_way = instances.list_scores(instance)
    if not instance.model.is_pool:
        return {pair: score for pair, score in one_way.items() if instance.find_mentor(pair[1]).capacity}
    return {
        (one, other): score + one_way[other, one]
        for (one, other), score in one_way.items()
        if one < other and (other, one) in one_way
    }


def list_choices(instance):
    """Every choice of groups that keeps rules, sizes, places and locks: a list of (mentees, mentors)."""
    scores = weigh(instance)
    choices = {"group": list_circles, "circle": list_circles, "team": list_teams, "two-by-two": list_foursomes,
               "peers": list_peers}[instance.model.kind](instance, scores)  # fmt: skip
    for groups in choices:
        pairs = set(list_pairs(groups))
        if pairs <= set(scores) and all(pair in pairs or pair[::-1] in pairs for pair in instance.locked):
            yield groups


def list_locked(instance):
    """Locked pairs, whoever is named first. A mentor who is locked with one of a team is locked with all of it."""
    team = instance.model.attribute if instance.model.kind == "team" else None
    locked = set()
    for one, other in instance.locked:
        name = instance.find_mentee(one).values.get(team)
        mates = [each.id for each in instance.mentees if name and each.values.get(team) == name]
        locked |= {pair for id in (one, *mates) for pair in ((id, other), (other, id))}
    return locked


def list_pairs(groups):
    mixed = [(mentee, mentor) for mentees, mentors in groups for mentee in mentees for mentor in mentors]
    return mixed + [tuple(sorted(mentees)) for mentees, mentors in groups if not mentors]


def list_circles(instance, scores):
    model, ids = instance.model, [mentee.id for mentee in instance.mentees]
    for chosen in product([None, *(mentor.id for mentor in instance.mentors)], repeat=len(ids)):
        groups = {}
        for mentee, mentor in zip(ids, chosen, strict=True):
            if mentor:
                groups.setdefault(mentor, []).append(mentee)
        if all(
            model.least <= len(members) <= min(model.most, instance.find_mentor(mentor).capacity)
            and shares(instance, mentor, members)
            for mentor, members in groups.items()
        ):
            yield [(tuple(members), (mentor,)) for mentor, members in groups.items()]


def said(person, attribute):
    answer = person.values.get(attribute)
    return set() if answer is None else set(answer) if isinstance(answer, frozenset) else {answer}


def shares(instance, mentor, members):
    attribute = instance.model.attribute
    if not attribute:
        return True
    common = set.intersection(*(said(instance.find_mentee(id), attribute) for id in members))
    own = said(instance.find_mentor(mentor), attribute)
    return bool(common & own if own else common)


def list_teams(instance, scores):
    model, teams = instance.model, {}
    for mentee in instance.mentees:
        teams.setdefault(mentee.values.get(model.attribute) or ("alone", mentee.id), []).append(mentee.id)
    ways = []
    for name, members in teams.items():
        outside = [each.id for each in instance.mentors if each.values.get(model.attribute) != name]
        sizes = range(model.least, model.most + 1)
        ways.append([None, *((tuple(members), some) for size in sizes for some in combinations(outside, size))])
    for chosen in product(*ways):
        groups = [group for group in chosen if group]
        if keeps_places(instance, groups):
            yield groups


def keeps_places(instance, groups):
    taken = [mentor for _, mentors in groups for mentor in mentors]
    return all(taken.count(each.id) <= each.capacity for each in instance.mentors)


def list_foursomes(instance, scores):
    model, ids = instance.model, [mentee.id for mentee in instance.mentees]
    old = [each.id for each in instance.mentors if each.values.get(model.attribute) in model.among]
    new = [each.id for each in instance.mentors if each.id not in old]
    every = [(two, both) for two in combinations(ids, 2) for both in product(old, new)]
    for size in range(len(ids) // 2 + 1):
        for groups in combinations(every, size):
            if len({id for two, _ in groups for id in two}) == 2 * size and keeps_places(instance, groups):
                yield list(groups)


def list_peers(instance, scores):
    def go_on(pairs, taken):
        yield [(pair, ()) for pair in pairs]
        for pair in scores:
            if not taken & set(pair) and (not pairs or pair > pairs[-1]):
                yield from go_on([*pairs, pair], taken | set(pair))

    yield from go_on([], set())


def find_top(scores, locked):
    """Where no pair is free, the floor is as high as any pair's score."""
    return max((score for pair, score in scores.items() if pair not in locked), default=0)


def find_best(document):
    """People matched, the lowest score of a pair that is not locked (by `fair`), and the total."""
    instance = read_instance(document)
    scores = weigh(instance)
    locked = list_locked(instance)

    def count(groups):
        return sum(len(mentees) for mentees, _ in groups)

    def find_worst(groups):
        free = [scores[pair] for pair in list_pairs(groups) if pair not in locked]
        return min(free, default=find_top(scores, locked))

    def add(groups):
        return sum(scores[pair] for pair in list_pairs(groups))

    running = list(list_choices(instance))
    matched = max(map(count, running))
    running = [groups for groups in running if count(groups) == matched]
    worst = max(map(find_worst, running))
    if instance.objective == "fair":
        running = [groups for groups in running if find_worst(groups) == worst]
    return matched, worst if instance.objective == "fair" else None, max(map(add, running))


def figures(instance, outcome):
    locked = list_locked(instance)
    points = zip(outcome.pairs, outcome.points, strict=True)
    top = find_top(weigh(instance), locked)
    worst = min((sum(each) for pair, each in points if pair not in locked), default=top)
    return outcome.matched, worst if outcome.objective == "fair" else None, outcome.total
