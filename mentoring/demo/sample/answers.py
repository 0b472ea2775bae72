"""What applicants in the sample write, chosen by a seeded generator and typed as the questions ask."""

from random import Random
from typing import Any

from programmes.models import Programme
from programmes.recruitment.models import Question
from programmes.recruitment.places import place_value

TOWNS = ("York", "Leeds", "Sheffield", "Hull", "Manchester", "Newcastle upon Tyne")

WORDS = {
    "background": (
        "I finished my doctorate two years ago and have a fixed-term post in a research group of nine.",
        "I have been a technician for six years and look after the imaging suite.",
        "I came back last spring after four years at home with my children.",
        "I moved here from industry and am finding out how a university works.",
    ),
    "wants": (
        "Somebody outside my department who has applied for promotion and can tell me what panels look for.",
        "A person who has kept a research career going with a family.",
        "Somebody who will ask me hard questions and not give me the answers too soon.",
        "A mentor who knows how committees work and how to be heard in one.",
    ),
    "experience": (
        "Twenty years in research, eight of them leading a group; I have sat on promotion panels.",
        "I run a technical service of thirty people and began as an apprentice.",
        "I returned after a break of five years and now chair our teaching committee.",
        "I have worked in three countries and in industry, and I write a lot of references.",
    ),
    "motive": (
        "Somebody did this for me once.",
        "I learn as much as I give.",
        "It is the part of my work I like best.",
    ),
    "network": ("Regional women in engineering network", "The technicians' forum", "Two learned societies"),
    "line_manager": ("", "", ""),
}
COMMON = (6, 6, 1, 1, 1, 1)  # how often each answer is given to a question for equality


def make_answer(question: Question, random: Random, capacity: int = 1) -> Any:
    """A value that the question accepts."""
    if question.key == "capacity":
        return str(capacity) if str(capacity) in dict(question.choices) else question.choices[0][0]
    if question.is_equality:
        return random.choices(question.choices, COMMON[: len(question.choices)])[0][0]
    if question.kind in ("text", "long_text"):
        return random.choice(WORDS.get(question.key, ("",)))
    return TYPED[question.kind](question, random)


def some(question: Question, random: Random, most: int) -> list[str]:
    keys = [key for key, _ in question.choices]
    chosen = set(random.sample(keys, min(len(keys), random.randint(1, most))))
    return [key for key in keys if key in chosen]


def make_ranking(question: Question, random: Random) -> list[str]:
    keys = [key for key, _ in question.choices]
    return random.sample(keys, min(3, len(keys)))


def make_place(question: Question, random: Random) -> Any:
    return place_value(random.choice(TOWNS))


def make_week(question: Question, random: Random) -> list[str]:
    return sorted(
        random.sample([f"{day}-{part}" for day in ("tue", "wed", "thu") for part in ("afternoon", "evening")], 3)
    )


TYPED = {
    "choice": lambda question, random: random.choice(question.choices)[0],
    "many": lambda question, random: some(question, random, 4),
    "scale": lambda question, random: random.randint(3, 5),
    "place": make_place,
    "availability": make_week,
    "ranked": make_ranking,
}


SAID = (
    "More notice of dates would help.",
    "Being asked what I wanted, and then being asked again a month later.",
    "Half an hour less travelling. Video worked well.",
    "I would not have applied without these conversations.",
)


def make_survey_answers(programme: Programme, role: str, random: Random) -> dict[str, Any]:
    """What somebody answers at the end: mostly content, not always."""
    answers: dict[str, Any] = {}
    for question in programme.blueprint["survey"]:
        if question["role"] in (role, "both"):
            answers[question["key"]] = make_survey_answer(question, random)
    return {key: value for key, value in answers.items() if value != ""}


def make_survey_answer(question: dict[str, Any], random: Random) -> Any:
    if question["kind"] == "scale":
        return random.choice((3, 4, 4, 5, 5))
    if question["kind"] == "choice":
        return random.choice(question["options"])["key"]
    return random.choice(SAID) if random.random() < 0.5 else ""
