"""What the programme's model of mentoring needs to know of people, in words: how groups are made, and what is missing."""

from dataclasses import dataclass

from matching.asking.shaping import find_before, find_shared, find_team
from matching.together import sizes_of
from programmes.models import Model, Programme
from programmes.recruitment.models import Question


@dataclass(frozen=True)
class Need:
    """How people come together in this model; `missing` says which question the form lacks, `add` its ready-made key."""

    words: str
    missing: str = ""
    add: str = ""


def need_of(programme: Programme, questions: list[Question]) -> Need | None:
    """Nothing for pairs."""
    find = NEEDS.get(Model(programme.model))
    return find(programme, questions) if find else None


def need_of_group(programme: Programme, questions: list[Question]) -> Need:
    return Need(f"A mentor has {say_sizes(programme)} mentees at once. You set this in the settings.")


def need_of_circle(programme: Programme, questions: list[Question]) -> Need:
    words = f"A circle has {say_sizes(programme)} members and a facilitator."
    shared = find_shared(questions)
    if shared:
        return Need(f"{words} All of them share an answer to “{shared.label}”.")
    missing = "No question with several answers counts in matching, so any members may come together."
    return Need(words, f"{missing} To have circles around a shared aim, let one count.")


def need_of_team(programme: Programme, questions: list[Question]) -> Need:
    least, most = sizes_of(programme)
    mentors = "one mentor" if least == most == 1 else f"{say_sizes(programme)} mentors"
    words = f"A team has {mentors}, who work outside it."
    team = find_team(questions)
    if team:
        said = f"“{team.label}” says who is of one team, however they write it; whoever leaves it empty is one alone."
        return Need(f"{words} {said}")
    return Need(words, "Your form does not ask which team people work in, so everybody is a team of one.", "team")


def need_of_foursome(programme: Programme, questions: list[Question]) -> Need:
    words = "Two mentees come together with a mentor who has been one before and a mentor who has not."
    before = find_before(questions)
    if before:
        return Need(f"{words} Earlier partnerships here say who has, and a yes to “{before.label}”.")
    return Need(words, "Only earlier partnerships here say who has: your form does not ask mentors.", "before")


def need_of_peers(programme: Programme, questions: list[Question]) -> Need:
    return Need("Everybody is matched with everybody, two by two, whatever they applied as.")


def say_sizes(programme: Programme) -> str:
    least, most = sizes_of(programme)
    return f"{least}" if least == most else f"{least} to {most}"


NEEDS = {
    Model.GROUP: need_of_group,
    Model.CIRCLE: need_of_circle,
    Model.TEAM: need_of_team,
    Model.TWO_BY_TWO: need_of_foursome,
    Model.PEER_PAIR: need_of_peers,
}
