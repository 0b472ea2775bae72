"""One picture of the survey, drawn once for the same figures: Vega-Lite to SVG, no script, no style attribute."""

import hashlib
import json
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import vl_convert
from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .tallies import Tally

LETTERS = 42  # in a line of a label
LINE, GAP, WIDTH = 19, 42, 300  # pixels
KEPT_SECONDS = 60 * 60 * 24 * 30


@dataclass(frozen=True)
class Chart:
    """A picture, the sentence it shows, and the same in words for those who do not see it."""

    title: str
    svg: SafeString
    alt: str


def chart_of(tallies: Iterable[Tally]) -> Chart | None:
    """The means of the questions answered from 1 to 5. None while there is nothing to show."""
    shown = [(each, each.mean) for each in tallies if each.mean is not None]
    if not shown:
        return None
    rows = [{"question": label(each), "mean": round(mean, 1)} for each, mean in shown if mean is not None]
    return Chart(title=say_highest(shown), svg=draw(rows), alt=say_all(shown))


def label(counted: Tally) -> list[str]:
    """The question in lines, with whose it is."""
    return textwrap.wrap(f"{counted.question.get_role_display()}: {counted.question.label}", LETTERS)


def say_highest(shown: list[tuple[Tally, Any]]) -> str:
    """The picture's title: what to see in it."""
    best, mean = max(shown, key=lambda pair: pair[1])
    who = best.question.get_role_display()
    return f"{who} gave the highest mark, {mean:.1f} of 5, to “{best.question.label}”"


def say_all(shown: list[tuple[Tally, Any]]) -> str:
    marks = [f"{each.question.get_role_display()}, {each.question.label} {mean:.1f}" for each, mean in shown]
    return f"Mean answers from 1 to 5. {'. '.join(marks)}."


def draw(rows: list[dict[str, Any]]) -> SafeString:
    """The drawing without words for a screen reader: those stand beside it. The page's own style gives it colour."""
    spec = specification(rows)
    key = f"chart|{hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()}"
    svg = cache.get(key)
    if svg is None:
        svg = vl_convert.vegalite_to_svg(spec)
        cache.set(key, svg, KEPT_SECONDS)
    return format_html('<div class="chart" aria-hidden="true">{}</div>', mark_safe(svg))


def specification(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Under each question a line from 1 to 5 with a dot at its mean: narrow enough for a phone."""
    placed, height = place(rows)
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [0, height], "reverse": True}}
    mean = {"field": "mean", "type": "quantitative", "scale": {"domain": [1, 5]}}
    axis = {"title": None, "values": [1, 2, 3, 4, 5], "format": "d", "labelFontSize": 14}
    words = {"type": "text", "align": "left", "baseline": "top", "fontSize": 14, "lineHeight": LINE}
    return {
        "width": WIDTH,
        "height": height,
        "background": "transparent",
        "data": {"values": placed},
        "encoding": {"y": y, "x": {**mean, "axis": axis}},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 3}, "encoding": {"x": {"datum": 1}, "x2": {"field": "mean"}}},
            {"mark": {"type": "point", "filled": True, "size": 180, "opacity": 1}},
            {"mark": words, "encoding": {"y": {**y, "field": "top"}, "x": {"datum": 1}, "text": {"field": "question"}}},
            {
                "mark": {"type": "text", "dx": 14, "align": "left", "fontSize": 15, "fontWeight": 600},
                "encoding": {"text": {**mean, "format": ".1f"}},
            },
        ],
        "config": {"font": "Public Sans, sans-serif", "view": {"stroke": None}},
    }


def place(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """Each row with the places of its words and, below them, of its line; and the height of the whole."""
    placed, top = [], 0
    for row in rows:
        y = top + LINE * len(row["question"]) + GAP // 3
        placed.append(row | {"top": top, "y": y})
        top = y + GAP * 2 // 3
    return placed, top
