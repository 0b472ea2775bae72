"""A clause that is filled in line by line."""

from typing import Any

from django import forms

from contracts.clauses import read_table, write_table

SPARE = 2  # empty lines after those that are filled in
LEAST, MOST = 3, 12  # lines shown
LONGEST_CELL = 300  # characters


class TableWidget(forms.Widget):
    """Lines of text boxes, one for each column; each says for whoever cannot see the table which it is."""

    template_name = "contracts/widgets/table.html"
    use_fieldset = True

    def __init__(self, columns: list[str]) -> None:
        super().__init__()
        self.columns = columns

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        lines = read_table(value)
        shown = min(max(len(lines) + SPARE, LEAST), MOST)
        lines += [[""] * len(self.columns)] * (shown - len(lines))
        context["widget"] |= {
            "columns": self.columns,
            "lines": [list(zip(self.columns, line, strict=True)) for line in lines],
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        cells = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        width = len(self.columns)
        return write_table(cells[start : start + width] for start in range(0, len(cells), width))

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_1_1"


class TableField(forms.CharField):
    """The lines as they are kept in a box."""

    def __init__(self, columns: list[str], **options: Any) -> None:
        super().__init__(widget=TableWidget(columns), **options)

    def clean(self, value: Any) -> str:
        for line in read_table(value):
            if any(len(cell) > LONGEST_CELL for cell in line):
                raise forms.ValidationError(f"Keep each entry under {LONGEST_CELL} characters.")
        return str(value or "")
