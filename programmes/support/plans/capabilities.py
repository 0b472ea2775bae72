"""What a goal or a need strengthens: a programme's own list of capabilities (R2), if its blueprint has one."""

from dataclasses import dataclass
from itertools import groupby

from programmes.models import Programme

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Capability:
    """Something that people should be able to do; in their development plan they say where they are with it (A5)."""

    key: str
    label: str
    group: str
    source: str = ""

    @property
    def now_field(self) -> str:
        return f"now_{self.key}"

    @property
    def wanted_field(self) -> str:
        return f"wanted_{self.key}"


def capabilities_in(programme: Programme) -> list[Capability]:
    """All of them, in the programme's order."""
    return [Capability(**one) for one in programme.blueprint.get("capabilities", [])]


def choices_in(programme: Programme) -> Choices:
    """Capabilities in their groups, as choices of a form; none where the programme has none."""
    groups = groupby(capabilities_in(programme), key=lambda one: one.group)
    return [(group, [(one.key, one.label) for one in ones]) for group, ones in groups]


def say(programme: Programme, keys: list[str]) -> list[str]:
    """Labels of capabilities by their keys, in the programme's order."""
    return [one.label for one in capabilities_in(programme) if one.key in keys]
