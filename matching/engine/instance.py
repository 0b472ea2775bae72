"""The instance: what `solve` is asked. Reading it refuses every fault with the path that leads there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .attributes import Attribute, Place, read_attributes, read_place, read_value
from .criteria import Criterion
from .model import Model, read_model
from .people import Person
from .reading import At, Fault
from .reading_criteria import read_criteria, read_rules
from .rules import Conflict, NotOneself, Rule

OBJECTIVES = ("fair", "total", "ranked", "stable")
FIELDS = (
    *("name", "key", "objective", "places", "attributes", "mentees", "mentors"),
    *("criteria", "rules", "locked", "excluded", "model", "people"),
)
MOST_PLACES = 1000
# Every sum of scores stays a whole number that a double can hold, with room for the bonus of a match.
LARGEST_TOTAL = 2**46
ORDERLESS = ("mentees", "mentors", "people", "locked", "excluded", "scores", "pairs")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Instance:
    """People in the order of a keyed hash of their ids, so that neither names nor the order of lists has a say."""

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    locked: tuple[Pair, ...]
    objective: str
    key: str
    digest: str
    model: Model = field(default_factory=Model)

    def find_mentee(self, id: str) -> Person:
        return find(self.mentees, id, "mentee")

    def find_mentor(self, id: str) -> Person:
        return find(self.mentors, id, "mentor")


def find(people: tuple[Person, ...], id: str, role: str) -> Person:
    for person in people:
        if person.id == id:
            return person
    raise Fault(role, f"no {role} has the id {id!r}")


def read_instance(document: Any) -> Instance:
    """Read and check an instance (see README.md for its form). Raises Fault with the path to the first fault."""
    at = At(document).fields(*FIELDS, needed=["criteria"])
    at.get("name", "").text()
    key = at.get("key", "").text()
    places = {name: read_place(place) for name, place in at.get("places", {}).entries()}
    attributes = read_attributes(at.get("attributes", {}))
    model = read_model(at.get("model", "one-to-one"), attributes)
    mentees, mentors = read_sides(at, model, attributes, places)
    criteria, listed = read_criteria(at["criteria"], attributes, (mentees, mentors))
    excluded = read_pairs(at.get("excluded", []), mentees, mentors)
    rules = (
        *([Conflict("they were excluded by hand", frozenset(excluded))] if excluded else []),
        *([NotOneself("nobody is matched with themselves")] if model.is_pool else []),
        *(mirror(rule) if model.is_pool else rule for rule in listed),
        *read_rules(at.get("rules", []), attributes),
    )
    instance = Instance(
        mentees=sort_by_hash(mentees, key),
        mentors=sort_by_hash(mentors, key),
        criteria=criteria,
        rules=rules,
        locked=read_pairs(at.get("locked", []), mentees, mentors),
        objective=at.get("objective", "fair").choice(*OBJECTIVES),
        key=key,
        digest=digest_document(document),
        model=model,
    )
    check_locks(instance, at)
    check_size(instance, at)
    return instance


def mirror(rule: Rule) -> Rule:
    """In a pool a pair is the same whoever is named first."""
    if not isinstance(rule, Conflict):
        return rule
    return replace(rule, pairs=rule.pairs | {(second, first) for first, second in rule.pairs})


def read_sides(
    at: At, model: Model, attributes: Mapping[str, Attribute], places: Mapping[str, Place]
) -> tuple[dict[str, Person], dict[str, Person]]:
    """Mentees and mentors; in a pool everybody is on both sides."""
    for name in ("mentees", "mentors") if model.is_pool else ("people",):
        if name in at:
            raise at[name].fault(f"the model {model.kind} has {'people' if model.is_pool else 'mentees and mentors'}")
    if model.is_pool:
        people = read_people(at["people"], attributes, places)
        return people, people
    usual = model.most if model.kind in ("group", "circle") else 1
    return read_people(at["mentees"], attributes, places), read_people(at["mentors"], attributes, places, usual)


def read_people(
    at: At, attributes: Mapping[str, Attribute], places: Mapping[str, Place], capacity: int | None = None
) -> dict[str, Person]:
    """`capacity` is how many places people have who do not say; None where nobody has any."""
    people: dict[str, Person] = {}
    for entry in at.items():
        entry.fields("id", "values", *(["capacity"] if capacity else []), needed=["id"])
        id = entry["id"].name()
        if id in people:
            raise entry["id"].fault(f"the id {id!r} is used twice")
        places_of = entry.get("capacity", capacity or 1).whole(0, MOST_PLACES)
        people[id] = Person(id, places_of, read_values(entry.get("values", {}), attributes, places))
    return people


def read_values(at: At, attributes: Mapping[str, Attribute], places: Mapping[str, Place]) -> dict[str, Any]:
    values = {}
    for name, value in at.entries():
        if name not in attributes:
            raise value.fault("unknown attribute; declare it under attributes")
        values[name] = read_value(value, attributes[name], places)
    return values


def read_pairs(at: At, mentees: Mapping[str, Person], mentors: Mapping[str, Person]) -> tuple[Pair, ...]:
    pairs: dict[Pair, None] = {}
    for entry in at.items():
        mentee, mentor = entry.row(2)
        for side, people, role in ((mentee, mentees, "mentee"), (mentor, mentors, "mentor")):
            if side.name() not in people:
                raise side.fault(f"no {role} has the id {side.value!r}")
        if (mentee.value, mentor.value) in pairs:
            raise entry.fault("this pair is listed twice")
        pairs[mentee.value, mentor.value] = None
    return tuple(pairs)


def check_locks(instance: Instance, at: At) -> None:
    """A locked pair keeps every hard rule, takes a place that exists, and nobody has more locks than can be kept."""
    taken: dict[str, int] = {}
    for index, (mentee_id, mentor_id) in enumerate(instance.locked):
        here = at["locked"].items()[index]
        mentee, mentor = instance.find_mentee(mentee_id), instance.find_mentor(mentor_id)
        check_lock_by_rules(instance, mentee, mentor, here)
        before = instance.locked[:index]
        if instance.model.is_pool and any({mentee_id, mentor_id} & set(pair) for pair in before):
            raise here.fault("one of the two is locked with somebody else")
        if not instance.model.has_many_mentors and any(mentee_id == other for other, _ in before):
            raise here.fault(f"the mentee {mentee_id!r} is locked twice")
        taken[mentor_id] = taken.get(mentor_id, 0) + 1
        if taken[mentor_id] > mentor.capacity and not instance.model.has_many_mentors:
            raise here.fault(f"the mentor {mentor_id!r} has {mentor.capacity} places and more locks than that")


def check_lock_by_rules(instance: Instance, mentee: Person, mentor: Person, here: At) -> None:
    ways = [(mentee, mentor), (mentor, mentee)] if instance.model.is_pool else [(mentee, mentor)]
    for rule in instance.rules:
        for one, other in ways:
            if not rule.compare([one], [other])(slice(0, 1))[0, 0]:
                raise here.fault(f"locked against a hard rule: {rule.reason}")


def check_size(instance: Instance, at: At) -> None:
    largest = sum(criterion.largest for criterion in instance.criteria)
    if largest * (len(instance.mentees) + 1) > LARGEST_TOTAL:
        raise at["criteria"].fault("the scores are too large to add up exactly for so many people")


def sort_by_hash(people: Mapping[str, Person], key: str) -> tuple[Person, ...]:
    return tuple(sorted(people.values(), key=lambda person: (hash_id(person.id, key), person.id)))


def hash_id(id: str, key: str) -> int:
    """64 bits that nobody chose."""
    secret = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(hashlib.blake2b(id.encode(), digest_size=8, key=secret).digest())


def digest_document(document: Any) -> str:
    """SHA-256 of the instance, the same however its people and pairs are ordered."""
    return hashlib.sha256(dump(sort_lists(document)).encode()).hexdigest()


def sort_lists(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: sort_lists(entry, key) for key, entry in value.items()}
    if isinstance(value, list):
        entries = [sort_lists(entry) for entry in value]
        return sorted(entries, key=dump) if name in ORDERLESS else entries
    return value


def dump(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
