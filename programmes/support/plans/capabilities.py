"""What a goal or a piece of learning strengthens: a programme's own list of capabilities (R2), if its blueprint has one."""

from itertools import groupby

from programmes.models import Programme

Choices = list[tuple[str, list[tuple[str, str]]]]


def capabilities_of(programme: Programme) -> Choices:
    """Capabilities in their groups, as choices of a form; none where the programme has none."""
    listed = programme.blueprint.get("capabilities", [])
    groups = groupby(listed, key=lambda one: one["group"])
    return [(group, [(one["key"], one["label"]) for one in ones]) for group, ones in groups]


def say(programme: Programme, keys: list[str]) -> list[str]:
    """Labels of capabilities by their keys, in the programme's order."""
    return [one["label"] for one in programme.blueprint.get("capabilities", []) if one["key"] in keys]
