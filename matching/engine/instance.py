"""The instance: what `solve` is asked. Reading it refuses every fault with the path that leads there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .attributes import Attribute, Place, read_attributes, read_place, read_value
from .criteria import Criterion
from .people import Person
from .reading import At, Fault
from .reading_criteria import read_criteria, read_rules
from .rules import Conflict, Rule

OBJECTIVES = ("fair", "total", "stable")
FIELDS = (
    *("name", "key", "objective", "places", "attributes", "mentees", "mentors"),
    *("criteria", "rules", "locked", "excluded"),
)
MOST_PLACES = 1000
# Every sum of scores stays a whole number that a double can hold, with room for the bonus of a match.
LARGEST_TOTAL = 2**46
ORDERLESS = ("mentees", "mentors", "locked", "excluded", "scores", "pairs")

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
    at = At(document).fields(*FIELDS, needed=["mentees", "mentors", "criteria"])
    at.get("name", "").text()
    key = at.get("key", "").text()
    places = {name: read_place(place) for name, place in at.get("places", {}).entries()}
    attributes = read_attributes(at.get("attributes", {}))
    mentees = read_people(at["mentees"], attributes, places, has_places=False)
    mentors = read_people(at["mentors"], attributes, places, has_places=True)
    criteria, listed = read_criteria(at["criteria"], attributes, (mentees, mentors))
    excluded = read_pairs(at.get("excluded", []), mentees, mentors)
    rules = (
        *([Conflict("they were excluded by hand", frozenset(excluded))] if excluded else []),
        *listed,
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
    )
    check_locks(instance, at)
    check_size(instance, at)
    return instance


def read_people(
    at: At, attributes: Mapping[str, Attribute], places: Mapping[str, Place], *, has_places: bool
) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for entry in at.items():
        entry.fields("id", "values", *(["capacity"] if has_places else []), needed=["id"])
        id = entry["id"].name()
        if id in people:
            raise entry["id"].fault(f"the id {id!r} is used twice")
        capacity = entry.get("capacity", 1).whole(0, MOST_PLACES)
        people[id] = Person(id, capacity, read_values(entry.get("values", {}), attributes, places))
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
    """A locked pair keeps every hard rule, takes a place that exists, and a mentee has one lock at most."""
    taken: dict[str, int] = {}
    for index, (mentee_id, mentor_id) in enumerate(instance.locked):
        here = at["locked"].items()[index]
        mentee, mentor = instance.find_mentee(mentee_id), instance.find_mentor(mentor_id)
        for rule in instance.rules:
            if not rule.compare([mentee], [mentor])(slice(0, 1))[0, 0]:
                raise here.fault(f"locked against a hard rule: {rule.reason}")
        if any(mentee_id == other for other, _ in instance.locked[:index]):
            raise here.fault(f"the mentee {mentee_id!r} is locked twice")
        taken[mentor_id] = taken.get(mentor_id, 0) + 1
        if taken[mentor_id] > mentor.capacity:
            raise here.fault(f"the mentor {mentor_id!r} has {mentor.capacity} places and more locks than that")


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
