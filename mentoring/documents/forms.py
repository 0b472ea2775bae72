"""What is asked of somebody who checks a document."""

from typing import Any

from django import forms

from mentoring.forms import Form

from .codes import read_code


class CheckForm(Form):
    """A file, or the code printed on it."""

    mark_optional = False

    file = forms.FileField(
        label="The PDF file",
        required=False,
        allow_empty_file=True,
        help_text="We compare it with our register and keep no copy.",
    )
    code = forms.CharField(
        label="Or the code at the foot of its pages",
        required=False,
        max_length=40,
        help_text="For example K7QM-2XHT-9BVA. The code alone cannot show that a file is unchanged.",
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if not typed:
            return ""
        code = read_code(typed)
        if code is None:
            raise forms.ValidationError(
                f"“{typed}” is not a document’s code. A code has twelve letters and digits in three groups of four."
            )
        return code

    def clean(self) -> dict[str, Any]:
        if self.too_large:
            self.add_error("file", "The file is larger than any document of ours. Choose the PDF itself.")
        elif not self.errors and not self.cleaned_data.get("file") and not self.cleaned_data.get("code"):
            raise forms.ValidationError("Choose a PDF file, or type the code that is printed on it.")
        return self.cleaned_data
