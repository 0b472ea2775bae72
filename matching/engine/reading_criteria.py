"""Criteria and hard rules, from the document to the objects that compare people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from . import criteria as kinds
from . import rules
from .attributes import SETS, Attribute, read_value
from .reading import At

LARGEST_SCORE = 10**9
COMMON = ("kind", "name", "weight", "side")
SIDES = ("attribute", "mentee", "mentor")
SINGLE = ("category", "level", "number")

Attributes = Mapping[str, Attribute]
Ids = tuple[Collection[str], Collection[str]]


def read_criteria(at: At, attributes: Attributes, ids: Ids) -> tuple[tuple[kinds.Criterion, ...], list[rules.Rule]]:
    """The criteria, and the rules that explicit scores bring with `"missing": "forbidden"`."""
    criteria: list[kinds.Criterion] = []
    listed: list[rules.Rule] = []
    for entry in at.items():
        criterion = read_criterion(entry, attributes)
        check_ids(entry, ids)
        criteria.append(criterion)
        if isinstance(criterion, kinds.Scores) and entry.get("missing", 0).value == "forbidden":
            listed.append(rules.Listed("the list of scores does not name them", frozenset(criterion.scores)))
    return tuple(criteria), listed


def read_criterion(at: At, attributes: Attributes) -> kinds.Criterion:
    if not isinstance(at.value, dict):
        raise at.fault("expected an object")
    kind = at["kind"].choice(*CRITERIA)
    return CRITERIA[kind](at, attributes)


def check_ids(at: At, ids: Ids) -> None:
    """Explicit scores name people who exist: a slip of the pen must not lose a score in silence."""
    if at["kind"].value == "pairs":
        for entry in at["scores"].items():
            for id, known, role in zip(entry.items(), ids, ("mentee", "mentor"), strict=False):
                if id.value not in known:
                    raise id.fault(f"no {role} has the id {id.value!r}")


def read_common(at: At, *own: str, needed: tuple[str, ...] = ()) -> dict[str, Any]:
    at.fields(*COMMON, *own, needed=needed)
    return {
        "name": at.get("name", at["kind"].value).name(),
        "weight": at.get("weight", 1).whole(0, 100),
        "side": at.get("side", "both").choice("both", "mentee", "mentor"),
    }


def read_sides(at: At, attributes: Attributes, *allowed: str) -> dict[str, Any]:
    """The attribute of the mentee and of the mentor, of one kind among those allowed."""
    if "attribute" in at and ("mentee" in at or "mentor" in at):
        raise at["attribute"].fault("give either one attribute, or one for the mentee and one for the mentor")
    first, second = ("attribute", "attribute") if "attribute" in at else ("mentee", "mentor")
    theirs, others = (read_attribute_name(at[side], attributes, *allowed) for side in (first, second))
    if (theirs.kind in SETS, theirs.order) != (others.kind in SETS, others.order):
        raise at[second].fault(f"cannot compare a {theirs.kind} with this {others.kind}")
    if theirs.kind != others.kind and theirs.kind not in SETS:
        raise at[second].fault(f"cannot compare a {theirs.kind} with a {others.kind}")
    return {"mentee": theirs.name, "mentor": others.name}


def read_attribute_name(at: At, attributes: Attributes, *allowed: str) -> Attribute:
    attribute = attributes.get(at.name())
    if attribute is None:
        raise at.fault(f"unknown attribute {at.value!r}; declare it under attributes")
    if attribute.kind not in allowed:
        raise at.fault(f"{at.value!r} is a {attribute.kind}; this needs a {' or '.join(allowed)}")
    return attribute


def read_scores(at: At, attributes: Attributes) -> kinds.Scores:
    common = read_common(at, "scores", "missing", needed=("scores",))
    scores: dict[tuple[str, str], int] = {}
    for entry in at["scores"].items():
        mentee, mentor, points = entry.row(3)
        if (mentee.name(), mentor.name()) in scores:
            raise entry.fault("this pair has a score already")
        scores[mentee.value, mentor.value] = points.whole(-LARGEST_SCORE, LARGEST_SCORE)
    missing = at.get("missing", 0)
    unlisted = 0 if missing.value == "forbidden" else missing.whole(-LARGEST_SCORE, LARGEST_SCORE)
    return kinds.Scores(**common, scores=scores, missing=unlisted)


def read_choices(at: At, attributes: Attributes) -> kinds.Choices:
    common = read_common(at, "attribute", "points", needed=("attribute",))
    if common["side"] == "both":
        raise at.fault('"side" must say whose choices these are: mentee or mentor')
    attribute = read_attribute_name(at["attribute"], attributes, "people")
    points = tuple(item.whole(0, kinds.FULL) for item in at.get("points", [1000, 800, 600, 400, 200]).items())
    if not points or list(points) != sorted(points, reverse=True):
        raise at["points"].fault("a later choice cannot be worth more than an earlier one")
    return kinds.Choices(**common, missing=0, attribute=attribute.name, points=points)


def read_same(at: At, attributes: Attributes) -> kinds.Same:
    return kinds.Same(**read_common(at, *SIDES), **read_sides(at, attributes, *SINGLE))


def read_overlap(at: At, attributes: Attributes) -> kinds.Overlap:
    return kinds.Overlap(**read_common(at, *SIDES), **read_sides(at, attributes, *SETS))


def read_wants_offers(at: At, attributes: Attributes) -> kinds.Overlap:
    common = read_common(at, "wants", "offers", needed=("wants", "offers"))
    wants, offers = (read_attribute_name(at[side], attributes, *SETS).name for side in ("wants", "offers"))
    return kinds.Overlap(**common, mentee=wants, mentor=offers)


def read_text(at: At, attributes: Attributes) -> kinds.SharedWords:
    return kinds.SharedWords(**read_common(at, *SIDES), **read_sides(at, attributes, "text"))


def read_distance(at: At, attributes: Attributes) -> kinds.Distance:
    common = read_common(at, *SIDES, "near", "far", "unit", needed=("far",))
    near, far = at.get("near", 0).number(0, 50_000), at["far"].number(0, 50_000)
    if far <= near:
        raise at["far"].fault("must be further than near")
    return kinds.Distance(**common, **read_sides(at, attributes, "place"), near=near, far=far, unit=read_unit(at))


def read_gap(at: At, attributes: Attributes) -> kinds.Gap:
    common = read_common(at, *SIDES, "from", "to", "fade")
    return kinds.Gap(
        **common, **read_sides(at, attributes, "number", "level"), **read_range(at), fade=at.get("fade", 0).number(0)
    )


def read_table(at: At, attributes: Attributes) -> kinds.Table:
    common = read_common(at, *SIDES, "points", "missing", needed=("points",))
    theirs, others = (
        read_attribute_name(at[side if side in at else "attribute"], attributes, "category", "level")
        for side in ("mentee", "mentor")
    )
    points: dict[tuple[Any, Any], int] = {}
    for entry in at["points"].items():
        first, second, worth = entry.row(3)
        answers = read_answer(first, theirs), read_answer(second, others)
        if answers in points:
            raise entry.fault("this pair of answers is listed twice")
        points[answers] = worth.whole(0, kinds.FULL)
    missing = at.get("missing", 0).whole(0, kinds.FULL)
    return kinds.Table(**common, mentee=theirs.name, mentor=others.name, points=points, missing=missing)


def read_answer(at: At, attribute: Attribute) -> Any:
    answer = read_value(at, attribute, {})
    if answer is None:
        raise at.fault("expected an answer, found null")
    return answer


def read_unit(at: At) -> str:
    return at.get("unit", "km").choice("km", "miles")


def read_range(at: At) -> dict[str, Any]:
    lowest, highest = at.get("from", -1e12).number(), at.get("to", 1e12).number()
    if highest < lowest:
        raise at["to"].fault("is below from")
    return {"lowest": lowest, "highest": highest}


def read_rules(at: At, attributes: Attributes) -> list[rules.Rule]:
    return [read_rule(entry, attributes) for entry in at.items()]


def read_rule(at: At, attributes: Attributes) -> rules.Rule:
    if not isinstance(at.value, dict):
        raise at.fault("expected an object")
    rule = RULES[at["kind"].choice(*RULES)](at, attributes)
    name = at["name"].name() if "name" in at else ""
    return replace(rule, name=name, firm=at.get("firm", rule.firm).flag())


def read_reason(at: At, default: str, *own: str, needed: tuple[str, ...] = ()) -> str:
    at.fields("kind", "name", "reason", "firm", *own, needed=needed)
    return at.get("reason", default).name()


def read_between(at: At, attributes: Attributes, default: str, allowed: tuple[str, ...], *own: str) -> dict[str, Any]:
    reason = read_reason(at, default, *SIDES, "unanswered", *own)
    passes = at.get("unanswered", "pass").choice("pass", "fail") == "pass"
    return {"reason": reason, **read_sides(at, attributes, *allowed), "unanswered": passes}


def read_conflict(at: At, attributes: Attributes) -> rules.Conflict:
    reason = read_reason(at, "they have a conflict of interest", "pairs", needed=("pairs",))
    pairs = [tuple(side.name() for side in entry.row(2)) for entry in at["pairs"].items()]
    return rules.Conflict(reason, frozenset(pairs))  # type: ignore[arg-type]


def read_earlier(at: At, attributes: Attributes) -> rules.Earlier:
    reason = read_reason(at, "they were partners before", "pairs", "again", needed=("pairs",))
    pairs = [tuple(side.name() for side in entry.row(2)) for entry in at["pairs"].items()]
    again = read_attribute_name(at["again"], attributes, "people").name if "again" in at else ""
    return rules.Earlier(reason, frozenset(pairs), again)  # type: ignore[arg-type]


def read_oneself(at: At, attributes: Attributes) -> rules.NotOneself:
    return rules.NotOneself(read_reason(at, "nobody is matched with themselves"))


def read_line(at: At, attributes: Attributes) -> rules.Line:
    reason = read_reason(at, "one is in the other's line of management", "managers", needed=("managers",))
    managers = {person: manager.name() for person, manager in at["managers"].entries()}
    return rules.Line(reason, managers)


def read_eligible(at: At, attributes: Attributes) -> rules.Eligible:
    reason = read_reason(
        at, "not eligible yet", "who", "attribute", "among", "unanswered", needed=("who", "attribute", "among")
    )
    attribute = read_attribute_name(at["attribute"], attributes, "category", "level", *SETS)
    item = Attribute(attribute.name, "category") if attribute.kind in SETS else attribute
    among = frozenset(read_answer(answer, item) for answer in at["among"].items())
    passes = at.get("unanswered", "fail").choice("pass", "fail") == "pass"
    return rules.Eligible(reason, at["who"].choice("mentee", "mentor"), attribute.name, among, passes)


def read_must_be_same(at: At, attributes: Attributes) -> rules.MustBeSame:
    return rules.MustBeSame(**read_between(at, attributes, "their answers must be the same", SINGLE))


def read_must_differ(at: At, attributes: Attributes) -> rules.MustDiffer:
    return rules.MustDiffer(**read_between(at, attributes, "their answers must differ", SINGLE))


def read_must_overlap(at: At, attributes: Attributes) -> rules.MustOverlap:
    between = read_between(at, attributes, "they share too little", SETS, "at_least")
    return rules.MustOverlap(**between, at_least=at.get("at_least", 1).whole(1, 1000))


def read_wish(at: At, attributes: Attributes) -> rules.Wish:
    reason = read_reason(
        at, "it is not what they asked for", "by", "mentee", "mentor", "unanswered", needed=("by", "mentee", "mentor")
    )
    names = {side: read_attribute_name(at[side], attributes, "category", *SETS).name for side in ("mentee", "mentor")}
    passes = at.get("unanswered", "fail").choice("pass", "fail") == "pass"
    return rules.Wish(reason, names["mentee"], names["mentor"], passes, by=at["by"].choice("mentee", "mentor"))


def read_within(at: At, attributes: Attributes) -> rules.Within:
    between = read_between(at, attributes, "they live too far apart", ("place",), "at_most", "unit")
    return rules.Within(**between, at_most=at["at_most"].number(0, 50_000), unit=read_unit(at))


def read_ahead(at: At, attributes: Attributes) -> rules.Ahead:
    between = read_between(at, attributes, "the gap between them does not fit", ("number", "level"), "from", "to")
    return rules.Ahead(**between, **read_range(at))


CRITERIA = {
    "pairs": read_scores,
    "choices": read_choices,
    "same": read_same,
    "overlap": read_overlap,
    "wants-offers": read_wants_offers,
    "text": read_text,
    "distance": read_distance,
    "gap": read_gap,
    "table": read_table,
}

RULES = {
    "conflict": read_conflict,
    "earlier": read_earlier,
    "oneself": read_oneself,
    "line": read_line,
    "eligible": read_eligible,
    "same": read_must_be_same,
    "differ": read_must_differ,
    "overlap": read_must_overlap,
    "wish": read_wish,
    "distance": read_within,
    "gap": read_ahead,
}
