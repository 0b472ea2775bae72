"""Form fields for the answers that Django has none for: a place, parts of a week, a ranking."""

from typing import Any

from django import forms

from .places import REGIONS, place_value

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
PARTS = {"morning": "Morning", "afternoon": "Afternoon", "evening": "Evening"}
WEEK = {f"{day}-{part}": f"{DAYS[day]} {PARTS[part].lower()}" for day in DAYS for part in PARTS}
ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"]


class Labelled(forms.MultiWidget):
    """A few inputs under one question, each with its own label."""

    template_name = "recruitment/widgets/labelled.html"
    use_fieldset = True

    def __init__(self, widgets: list[forms.Widget], labels: list[str]) -> None:
        super().__init__(widgets)
        self.labels = labels

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            part["label"] = label
        return context

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}_0"


class PlaceWidget(Labelled):
    def __init__(self) -> None:
        regions = [("", "Known from the town"), *REGIONS.items()]
        super().__init__(
            [forms.TextInput({"autocomplete": "off"}), forms.Select(choices=regions)],
            ["Town or postcode", "Region, for a smaller place"],
        )

    def decompress(self, value: dict[str, Any] | None) -> list[str]:
        if not value:
            return ["", ""]
        return [value.get("name", ""), "" if "latitude" in value else value.get("region", "")]


class PlaceField(forms.MultiValueField):
    """A town we know, or any place with its region."""

    widget = PlaceWidget

    def __init__(self, **options: Any) -> None:
        parts = (
            forms.CharField(max_length=80, required=False),
            forms.ChoiceField(choices=[("", ""), *REGIONS.items()], required=False),
        )
        super().__init__(parts, require_all_fields=False, **options)

    def compress(self, parts: list[str]) -> dict[str, Any] | None:
        name, region = parts or ["", ""]
        if not name and not region:
            return None
        if value := place_value(name, region):
            return value
        raise forms.ValidationError(
            f"We do not know “{name}”. Check the spelling, give the first half of the postcode, or choose a region too."
        )


class WeekWidget(forms.SelectMultiple):
    """Seven days across, parts of the day down."""

    template_name = "recruitment/widgets/week.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = set(context["widget"]["value"])
        context["days"] = [{"short": label[:3], "label": label} for label in DAYS.values()]
        context["parts"] = [
            {"label": PARTS[part], "cells": [self.cell(day, part, chosen) for day in DAYS]} for part in PARTS
        ]
        return context

    def cell(self, day: str, part: str, chosen: set[str]) -> dict[str, Any]:
        key = f"{day}-{part}"
        return {"value": key, "label": WEEK[key], "checked": key in chosen}

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}_mon-morning"


class WeekField(forms.MultipleChoiceField):
    widget = WeekWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=list(WEEK.items()), **options)

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [key for key in WEEK if key in chosen]


class RankingField(forms.MultiValueField):
    """First, second, third choice: different ones, none after a gap."""

    def __init__(self, *, choices: list[tuple[str, str]], most: int, **options: Any) -> None:
        most = min(most, len(choices), len(ORDINALS))
        blank = [("", "No choice"), *choices]
        parts = tuple(forms.ChoiceField(choices=blank, required=False) for _ in range(most))
        widget = RankingWidget(
            [forms.Select(choices=blank) for _ in range(most)], [f"{word} choice" for word in ORDINALS[:most]]
        )
        super().__init__(parts, require_all_fields=False, widget=widget, **options)

    def compress(self, parts: list[str]) -> list[str] | None:
        ranked = [part for part in parts if part]
        if len(set(ranked)) < len(ranked):
            raise forms.ValidationError("The same choice stands twice. Choose different ones, or “No choice”.")
        return ranked or None


class RankingWidget(Labelled):
    def decompress(self, value: list[str] | None) -> list[str]:
        return [*(value or []), *[""] * len(self.widgets)][: len(self.widgets)]
