"""How every benchmark says what it found."""

from collections.abc import Iterable
from typing import Any


def print_table(header: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Columns as wide as their widest cell; numbers with three figures."""
    cells = [header, *(tuple(show(cell) for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def show(cell: object) -> str:
    return (
        f"{cell:.3g}"
        if isinstance(cell, float) and cell < 100
        else f"{cell:.0f}"
        if isinstance(cell, float)
        else str(cell)
    )


def print_verdict(name: str, ratio: float, bar: float, *, at_least: bool = False) -> None:
    """The last line: whether the ratio keeps to the bar (at most it, or at least it)."""
    holds = ratio >= bar if at_least else ratio <= bar
    print(f"{name} ratio={ratio:.3f} bar={bar} {'holds' if holds else 'falls short'}", flush=True)
