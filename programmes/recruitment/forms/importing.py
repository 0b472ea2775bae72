"""What a co-ordinator fills in to import a list."""

from typing import Any

from django import forms

from mentoring.forms import Form
from programmes.recruitment.importing.checking import Fault, Row
from programmes.recruitment.importing.columns import Target
from programmes.recruitment.importing.decoding import MOST_ROWS, NotATable, Table, letter_of, read_table
from programmes.recruitment.models import AppliesAs, Import, QuestionKind


class UploadForm(Form):
    """A file, and whom it lists. Cleans to a `table`."""

    role = forms.ChoiceField(label="Whom does it list?", choices=AppliesAs.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label="CSV file",
        help_text=f"Any columns, in any order, with their names in the first row. At most {MOST_ROWS:,} people.",
        allow_empty_file=True,
        max_length=1000,
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].error_messages["required"] = (
                "The file is larger than 12 MB. Split it, or leave out columns."
            )

    def clean_file(self) -> Table:
        try:
            return read_table(self.cleaned_data["file"].read())
        except NotATable as reason:
            raise forms.ValidationError(str(reason)) from None


class ColumnsForm(Form):
    """What each column holds."""

    mark_optional = ()

    def __init__(self, *args: Any, found: Import, targets: dict[str, Target], **kwargs: Any) -> None:
        self.found, self.targets = found, targets
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        found = self.found
        choices = [("", "Leave this column out"), *((key, target.label) for key, target in self.targets.items())]
        for index, header in enumerate(found.headers):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=f"{letter_of(index)}: {header}",
                choices=choices,
                required=False,
                initial=found.columns.get(str(index), ""),
                help_text=examples(found, index),
                error_messages={"invalid_choice": "Choose from the list."},
            )

    def columns(self) -> dict[str, str]:
        """The target of each column that has one, by the column's index."""
        said = {name.removeprefix("column-"): key for name, key in self.cleaned_data.items()}
        return {index: key for index, key in said.items() if key}


def examples(found: Import, index: int) -> str:
    """The first few different things that stand in a column."""
    words = dict.fromkeys(cells[index][:60] for _, cells in found.cells[:50] if cells[index])
    return "For example: " + "; ".join(list(words)[:3]) if words else "This column is empty."


class MendForm(Form):
    """A box for each faulty cell of some rows, holding what was found, with what is expected as its error."""

    mark_optional = ()

    def __init__(self, *args: Any, rows: list[Row], targets: dict[int, Target], **kwargs: Any) -> None:
        self.rows, self.targets = rows, targets
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        for row in self.rows:
            for fault in row.faults:
                if fault.column is not None:
                    self.fields[name_of(row, fault)] = cell_field(row, fault, self.targets.get(fault.column))

    def cells(self) -> dict[tuple[int, int], str]:
        """What was typed, by (place of the row, column)."""
        return {(int(place), int(column)): words for (_, place, column), words in self.parts()}

    def parts(self) -> list[tuple[list[str], str]]:
        return [(name.split("-"), words) for name, words in self.cleaned_data.items()]


def name_of(row: Row, fault: Fault) -> str:
    return f"cell-{row.place}-{fault.column}"


def cell_field(row: Row, fault: Fault, target: Target | None) -> forms.Field:
    label = f"Row {row.number}, {fault.label}"
    if target and target.question and target.question.kind == QuestionKind.CHOICE:
        listed = [(words, words) for _, words in target.question.choices]
        found = [(fault.found, fault.found or "Nothing")] if fault.found not in dict(listed) else []
        return AnyChoiceField(label=label, choices=found + listed, required=False, initial=fault.found)
    return forms.CharField(label=label, required=False, initial=fault.found)


class AnyChoiceField(forms.ChoiceField):
    """A menu whose answer is read like any cell, so that a stale one is explained instead of refused here."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= 10_000


def is_menu(form: MendForm, row: Row, fault: Fault) -> bool:
    return isinstance(form.fields[name_of(row, fault)], AnyChoiceField)


def make_mend_form(rows: list[Row], columns: dict[int, Target]) -> MendForm:
    """The boxes as they are shown first: filled with what was found, each with its fault as the error."""
    data = {name_of(row, fault): fault.found for row in rows for fault in row.faults if fault.column is not None}
    form = MendForm(data, rows=rows, targets=columns)
    if form.is_valid():
        for row in rows:
            for fault in row.faults:
                if fault.column is not None:
                    found = f"Found “{fault.found[:200]}”." if fault.found else "Found nothing."
                    expected = "one of the list" if is_menu(form, row, fault) else fault.expected
                    form.add_error(name_of(row, fault), f"{found} Expected {expected}.")
    return form
