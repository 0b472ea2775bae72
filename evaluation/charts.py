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

LETTERS = 34  # in a line of a label
ROW = 54  # pixels
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


def label(counted: Tally) -> str:
    words = f"{counted.question.get_role_display()}: {counted.question.label}"
    return "\n".join(textwrap.wrap(words, LETTERS))


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
    """Dots on a line from 1 to 5, a row for each question, with its figure beside it."""
    mean = {"field": "mean", "type": "quantitative"}
    return {
        "width": 300,
        "height": ROW * len(rows),
        "background": "transparent",
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "question",
                "type": "nominal",
                "sort": None,
                "axis": {
                    "title": None,
                    "labelExpr": "split(datum.label, '\\n')",
                    "labelLimit": 400,
                    "ticks": False,
                    "domain": False,
                    "labelPadding": 12,
                },
            },
            "x": {
                **mean,
                "scale": {"domain": [1, 5]},
                "axis": {"title": None, "values": [1, 2, 3, 4, 5], "format": "d"},
            },
        },
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 3}, "encoding": {"x": {"datum": 1}, "x2": {"field": "mean"}}},
            {"mark": {"type": "point", "filled": True, "size": 180, "opacity": 1}},
            {
                "mark": {"type": "text", "dx": 14, "align": "left", "fontWeight": 600},
                "encoding": {"text": {**mean, "format": ".1f"}},
            },
        ],
        "config": {
            "font": "Public Sans, sans-serif",
            "view": {"stroke": None},
            "axis": {"labelFontSize": 14},
            "text": {"fontSize": 15},
        },
    }
