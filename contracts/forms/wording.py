"""What those who word agreements are asked for."""

import itertools
import re
from typing import Any

from django import forms
from django.utils.text import slugify

from contracts.clauses import EACH, TOGETHER, Clause
from mentoring.forms import Form
from mentoring.organisations.models import PartnerOrganisation

KINDS = {
    "fixed": "It stands as it is",
    "text": "Partners write",
    "choice": "Partners choose",
    "table": "Partners fill in lines",
}
FILLED_BY = {
    TOGETHER: "All together",
    EACH: "Each for themselves",
    "mentor": "The mentor",
    "mentee": "The mentee",
    "facilitator": "The facilitator",
}
LANGUAGES = {"": "None", "cy": "Welsh", "gd": "Scottish Gaelic"}
MOST_OPTIONS, MOST_COLUMNS = 8, 4


class ClauseForm(Form):
    """One clause. A clause that decides something keeps its kind and its answers: only its words can be changed."""

    title = forms.CharField(label="Title", max_length=200)
    kind = forms.ChoiceField(label="What happens with it", choices=KINDS.items(), widget=forms.RadioSelect)
    text = forms.CharField(
        label="Words",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What is agreed; or, where partners answer, what to write or choose. In words that stand as they are, "
        "{rhythm}, {starts_on}, {ends_on}, {programme}, {organisation} and {coordinator} are filled in from the records.",
    )
    answers = forms.CharField(
        label="Answers to choose from, or columns",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One on each line.",
    )
    filled_by = forms.ChoiceField(
        label="Who fills it in", choices=FILLED_BY.items(), required=False, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label="Second language", choices=LANGUAGES.items(), required=False)
    also_title = forms.CharField(label="Title in the second language", max_length=200, required=False)
    also_text = forms.CharField(
        label="Words in the second language", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, clause: Clause | None, taken: set[str], **kwargs: Any) -> None:
        self.clause, self.taken = clause, taken
        initial = {**(shown(clause) if clause else {"kind": "fixed", "filled_by": TOGETHER}), **kwargs.pop("initial")}
        super().__init__(*args, initial=initial, **kwargs)
        if clause and clause.decides:
            for name in ("kind", "answers", "filled_by"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        kind, lines = given.get("kind"), lines_of(given.get("answers", ""))
        if kind == "choice" and not 2 <= len(lines) <= MOST_OPTIONS:
            self.add_error("answers", f"Write two to {MOST_OPTIONS} answers, one on each line.")
        if kind == "table" and not 2 <= len(lines) <= MOST_COLUMNS:
            self.add_error("answers", f"Write two to {MOST_COLUMNS} columns, one on each line.")
        if kind in ("choice", "table") and any(len(line) > 200 for line in lines):
            self.add_error("answers", "Keep each line under 200 characters.")
        if given.get("language") and not (given.get("also_title") and given.get("also_text")):
            self.add_error("also_text", "Write the title and the words in the second language too, or choose none.")
        return given

    def made(self) -> Clause:
        """The clause as it was filled in."""
        given, old = self.cleaned_data, self.clause
        also = {"language": given["language"], "title": given["also_title"], "text": given["also_text"]}
        words = {"title": given["title"], "text": given["text"], "also": also if given["language"] else {}}
        if old and old.decides:
            return Clause(**{**old.as_data(), **words})
        lines = lines_of(given["answers"])
        return Clause(
            key=old.key if old else free_key(given["title"], self.taken),
            kind=given["kind"],
            options=keyed(lines, old.options if old else []) if given["kind"] == "choice" else [],
            columns=keyed(lines, old.columns if old else []) if given["kind"] == "table" else [],
            filled_by=given["filled_by"] or TOGETHER,
            source=old.source if old else "",
            **words,
        )


def shown(clause: Clause) -> dict[str, Any]:
    return {
        "title": clause.title,
        "kind": clause.kind,
        "text": clause.text,
        "answers": "\n".join(one["label"] for one in clause.options or clause.columns),
        "filled_by": clause.filled_by,
        "language": clause.also.get("language", ""),
        "also_title": clause.also.get("title", ""),
        "also_text": clause.also.get("text", ""),
    }


def lines_of(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def keyed(labels: list[str], known: list[dict[str, str]]) -> list[dict[str, str]]:
    """Answers or columns with their keys: one that was there keeps its own."""
    keys = {one["label"]: one["key"] for one in known}
    made: list[dict[str, str]] = []
    for label in labels:
        taken = {one["key"] for one in made} | set(keys.values())
        made.append({"key": keys.get(label) or free_key(label, taken), "label": label})
    return made


def free_key(words: str, taken: set[str]) -> str:
    """A short name made of the words that nothing else has."""
    stem = re.sub(r"[^a-z0-9]+", "_", slugify(words))[:30].strip("_") or "clause"
    numbered = (f"{stem}_{number}" for number in itertools.count(2))
    return next(key for key in itertools.chain([stem], numbered) if key not in taken)


class PartyForm(Form):
    """Who, beside the partners, is named in the agreement."""

    partner = forms.ModelChoiceField(
        PartnerOrganisation.objects.none(),
        label="Partner organisation named as a party",
        required=False,
        empty_label="None",
        help_text="Its contacts may download the signed contracts. Agreements that partners have begun stay as they are.",
    )

    def add_fields(self) -> None:
        self.fields["partner"].queryset = PartnerOrganisation.objects.order_by("name")
