"""Where somebody stood and wanted to stand, drawn over time: plain SVG, with the same in a table beneath it."""

from dataclasses import dataclass

from ..models import GoalEntry

WIDTH, ROW, LEFT, RIGHT = 640, 44, 130, 24
STEPS = 10


@dataclass(frozen=True)
class Line:
    """One entry as a line with two dots, in the drawing's own units."""

    entry: GoalEntry
    y: int
    now_x: float
    wanted_x: float


@dataclass(frozen=True)
class Drawing:
    """What the template needs to draw the scale."""

    lines: list[Line]
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = WIDTH - RIGHT

    @property
    def ticks(self) -> list[tuple[int, float]]:
        return [(number, place(number)) for number in range(STEPS + 1)]

    @property
    def sentence(self) -> str:
        """What the drawing says, for its title."""
        first, last = int(self.lines[0].entry.words["now"]), int(self.lines[-1].entry.words["now"])
        wanted = self.lines[-1].entry.words["wanted"]
        if len(self.lines) == 1 or first == last:
            return f"You are at {last} and want to be at {wanted}."
        return f"You have come from {first} to {last}, and want to be at {wanted}."


def draw(entries: list[GoalEntry]) -> Drawing | None:
    """A drawing of these, oldest at the top; none where there is nothing to draw."""
    lines = [
        Line(entry, ROW * number + ROW // 2, place(int(entry.words["now"])), place(int(entry.words["wanted"])))
        for number, entry in enumerate(entries)
    ]
    return Drawing(lines, ROW * len(lines) + 30) if lines else None


def place(number: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * number / STEPS
