"""What is proved of an outcome, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def say_proof(outcome: Mapping[str, Any]) -> str:
    """Of an outcome as a document that `check` has found to hold: "at most 0.8 % better is possible"."""
    bound = outcome.get("bound")
    if outcome["proved"] or not bound:
        return "no better assignment exists; proved"
    people = bound["matched"] - outcome["matched"]
    said = [f"{people} more {'person' if people == 1 else 'people'} matched"] if people else []
    points = bound["total"] - outcome["total"]
    if points and outcome["total"] > 0:
        # Rounded up: what is said to be the most must be.
        said.append(f"{-(-1000 * points // outcome['total']) / 10:g} % better")
    elif points:
        said.append(f"{points} more points")
    if not said:
        return f"the highest total that is proved; the lowest score of a pair could be {bound['worst']} at most"
    return f"not proved to be the best; at most {' and '.join(said)} {'is' if len(said) == 1 else 'are'} possible"
