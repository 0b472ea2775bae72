"""Why these two, and why nobody yet, in words."""

from math import asin, cos, radians, sin, sqrt
from typing import Any

from matching.asking.instances import name
from matching.asking.wishing import Wishes
from mentoring.wording import listed, plural
from programmes.models import Participant
from programmes.recruitment.fields import WEEK
from programmes.recruitment.models import Question

RANKS = ("first", "second", "third", "fourth", "fifth")
MILES_ACROSS_THE_EARTH = 7917.5
Reason = dict[str, Any]
Given = dict[str, Any]


def reasons_for(questions: list[Question], points: dict[str, int], mentee: Given, mentor: Given) -> list[Reason]:
    """One reason for each question that counts and that both answered, what speaks for the pair first."""
    by_key = {question.key: question for question in questions}
    said = [reason(by_key[key], by_key, worth, mentee, mentor) for key, worth in points.items() if key in by_key]
    return sorted((one for one in said if one), key=lambda one: not one["good"])


def reason(question: Question, by_key: dict[str, Question], worth: int, mentee: Given, mentor: Given) -> Reason | None:
    other = question.matching.get("with") or question.key
    wants, has = mentee.get(question.key), mentor.get(other)
    if wants in (None, "", []) or has in (None, "", []):
        return None
    say = SAY.get(question.matching["comparison"], say_same)
    words = say(question, by_key.get(other, question), wants, has)
    return {"good": worth > 0, "words": words} if words else None


def say_wanted(question: Question, other: Question, wants: Any, has: Any) -> str:
    """In the order in which the mentee wants them."""
    labels = dict(question.choices)
    shared = [labels[key] for key in as_list(wants) if key in as_list(has) and key in labels]
    if shared:
        return f"Offers {listed(shared)}"
    return f"Does not offer {listed([labels[key] for key in as_list(wants) if key in labels])}"


def say_overlap(question: Question, other: Question, wants: Any, has: Any) -> str:
    labels = dict(question.choices)
    shared = [key for key in as_list(wants) if key in as_list(has)]
    if question.kind == "availability":
        free = [WEEK.get(key, key) for key in WEEK if key in shared]
        return f"Both free on {listed(free)}" if free else "Never free at the same time"
    if not shared:
        return f"Nothing in common under “{question_words(question)}”"
    return f"Both said {listed([labels.get(key, str(key)) for key in shared])}"


def say_same(question: Question, other: Question, wants: Any, has: Any) -> str:
    if question.kind in ("many", "availability", "ranked"):
        return say_overlap(question, other, wants, has)
    labels = dict(question.choices)
    if wants == has:
        return f"Both said {labels.get(wants, wants)}"
    return f"Not the same under “{question_words(question)}”: {labels.get(wants, wants)}, and {labels.get(has, has)}"


def say_gap(question: Question, other: Question, wants: Any, has: Any) -> str:
    labels = dict(question.choices)
    return f"The mentee is at “{labels.get(wants, wants)}”, the mentor at “{labels.get(has, has)}”"


def say_distance(question: Question, other: Question, wants: Any, has: Any) -> str:
    if wants.get("latitude") is None or has.get("latitude") is None:
        return ""
    miles = round(distance_in_miles(wants, has))
    near = wants.get("name") if miles < 3 else None
    return f"Both in or near {near}" if near else f"About {miles} miles apart"


def distance_in_miles(one: Given, other: Given) -> float:
    """Along the earth's surface, by the haversine formula."""
    north = radians(other["latitude"] - one["latitude"])
    east = radians(other["longitude"] - one["longitude"])
    chord = sin(north / 2) ** 2 + cos(radians(one["latitude"])) * cos(radians(other["latitude"])) * sin(east / 2) ** 2
    return MILES_ACROSS_THE_EARTH * asin(sqrt(chord))


def say_wishes(wishes: Wishes, mentee: Participant, mentor: Participant) -> list[Reason]:
    """What these two wished of each other."""
    said = [
        say_wish(mentee, wishes.mentees.get(name(mentee)), name(mentor)),
        say_wish(mentor, wishes.mentors.get(name(mentor)), name(mentee)),
    ]
    return [reason for reason in said if reason]


def say_wish(who: Participant, ranked: list[str] | None, other: str) -> Reason | None:
    if not ranked:
        return None
    if other in ranked:
        return {"good": True, "words": f"The {RANKS[ranked.index(other)]} choice of {who.person.first_name}"}
    return {"good": False, "words": f"Not among those whom {who.person.first_name} chose"}


def why_nobody(explained: dict[str, Any]) -> list[Reason]:
    """What the engine found about a mentee without a match, in words with numbers."""
    said = []
    if explained["full"]:
        count = len(explained["full"])
        said.append(
            f"{plural(count, 'mentor')} would fit, but {'the' if count > 1 else 'that mentor’s'} places are taken by others"
        )
    said += [f"{plural(rule['removes'], 'mentor')} ruled out: {rule['reason']}" for rule in explained["rules"]]
    if not explained["mentors"]:
        said.append("No mentor has a free place")
    return [{"good": False, "words": words} for words in said]


def question_words(question: Question) -> str:
    return question.label.rstrip("?.: ")


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


SAY = {"wants_offers": say_wanted, "overlap": say_overlap, "same": say_same, "gap": say_gap, "distance": say_distance}
