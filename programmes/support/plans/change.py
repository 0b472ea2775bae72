"""How somebody stands towards a change, and what may hold them back (A9, resource 2 of 003). Private to the partners.

Kept by key among the sealed words of a plan, so that the words here may be made better. Never on the plan that prints:
that may be shown to others.
"""

from typing import Any

POSTURES = {
    "for_doing": "I want it, and I am doing something about it",
    "for_waiting": "I want it, and I wait for it to come",
    "against_doing": "I would rather not, and I say so or work against it",
    "against_waiting": "I would rather not, and I hope that it passes",
}
HOLDING_BACK = {
    "beliefs": "It goes against something I believe in",
    "routine": "I am used to how things are",
    "role": "I would lose a part that I like to play",
    "picture": "I cannot see what it is for",
    "disagree": "I think it is the wrong thing to do",
    "confidence": "I am not sure that I can do it",
    "means": "There is too little time, money or help",
    "interest": "I would have less of something I want",
    "control": "It would be decided without me",
    "livelihood": "It could cost me income, or the use of what I am good at",
    "loyalty": "It would come between me and people I care about",
    "unknown": "I do not know what comes afterwards",
    "no_better": "It may be no better afterwards",
}


def say_posture(words: dict[str, Any]) -> str:
    return POSTURES.get(words.get("posture", ""), "")


def say_holding_back(words: dict[str, Any]) -> list[str]:
    return [label for key, label in HOLDING_BACK.items() if key in words.get("holding_back", [])]
