"""Where somebody stood and wanted to stand, from 0 to 10: plain SVG, with the same in a table beneath it."""

from dataclasses import dataclass

from django.utils.formats import date_format

from .queries import Story

WIDTH, ROW, BESIDE, RIGHT = 640, 44, 130, 24
ABOVE, TALL = 24, 76  # where the words are long, they stand above their line
STEPS = 10


@dataclass(frozen=True)
class Point:
    """One line of the drawing: a day, or what was judged; where they were, and wanted to be. `before`: the time before."""

    label: str
    now: int
    wanted: int
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """A point in the drawing's own units."""

    point: Point
    y: int
    label_y: int
    now_x: float
    wanted_x: float
    before_x: float | None


@dataclass(frozen=True)
class Drawing:
    """What the template needs to draw the scale. `heading`: of the table's first column."""

    lines: list[Line]
    heading: str
    sentence: str
    left: int
    height: int
    width: int = WIDTH

    @property
    def ticks(self) -> list[tuple[int, float]]:
        return [(number, place(number, self.left)) for number in range(STEPS + 1)]

    @property
    def has_before(self) -> bool:
        return any(line.before_x is not None for line in self.lines)


def over_time(points: list[Point], what: str = "", who: str = "") -> Drawing | None:
    """The same thing day by day, oldest at the top; none where there is nothing to draw.

    `what`: its name; `who`: whose it is, where it is not the reader's own.
    """
    if not points:
        return None
    first, last = points[0].now, points[-1]
    if len(points) == 1 or first == last.now:
        sentence = f"{who} is at {last.now} and wants" if who else f"you are at {last.now} and want"
    else:
        come = f"come from {first} to {last.now}, and"
        sentence = f"{who} has {come} wants" if who else f"you have {come} want"
    sentence = f"{sentence} to be at {last.wanted}."
    said = f"{what}: {sentence}" if what else sentence[0].upper() + sentence[1:]
    return draw(points, "Day", said, left=BESIDE, row=ROW)


def side_by_side(points: list[Point], sentence: str) -> Drawing | None:
    """Several things on one day; none where there is nothing to draw."""
    return draw(points, "What", sentence, left=ABOVE, row=TALL) if points else None


def draw(points: list[Point], heading: str, sentence: str, *, left: int, row: int) -> Drawing:
    middle = row - ROW // 2
    lines = [
        Line(
            point,
            y=row * number + middle,
            label_y=row * number + (middle + 5 if row == ROW else 24),
            now_x=place(point.now, left),
            wanted_x=place(point.wanted, left),
            before_x=None if point.before in (None, point.now) else place(point.before, left),
        )
        for number, point in enumerate(points)
    ]
    return Drawing(lines, heading, sentence, left, row * len(lines) + 30)


def place(number: int, left: int) -> float:
    return left + (WIDTH - left - RIGHT) * number / STEPS


def points_of(story: Story) -> list[Point]:
    """Where they stood with a goal, each time they looked (A7)."""
    return [
        Point(date_format(entry.written_at, "j M Y"), int(entry.words["now"]), int(entry.words["wanted"]))
        for entry in story.scaled
    ]
