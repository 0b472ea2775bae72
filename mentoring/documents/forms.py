"""What is asked of somebody who checks a document."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from mentoring.forms import Form

from .codes import read_code
from .identity import Identity
from .uploads import SeenFile

sha256 = RegexValidator(r"^[0-9a-f]{64}\Z", "This is not the fingerprint of a file.")


class CheckForm(Form):
    """A file, or what the browser says of one that it kept to itself, or the code printed on it."""

    mark_optional = ()

    file = forms.FileField(
        label="The PDF file",
        required=False,
        allow_empty_file=True,
        help_text="Where your browser can, it compares the file by itself and sends us none of it. We keep no copy.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    code = forms.CharField(
        label="Or the code at the foot of its pages",
        required=False,
        max_length=40,
        help_text="For example K7QM-2XHT-9BVA. The code alone cannot show that a file is unchanged.",
    )
    sha256 = forms.CharField(required=False, validators=[sha256], widget=forms.HiddenInput)
    said_to_be = forms.CharField(required=False, widget=forms.HiddenInput)

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

    def clean_said_to_be(self) -> str:
        return read_code(self.cleaned_data["said_to_be"]) or ""

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.too_large:
            self.add_error("file", "The file is larger than any document of ours. Choose the PDF itself.")
        elif not self.errors and not any(data.get(name) for name in ("file", "code", "sha256")):
            raise forms.ValidationError("Choose a PDF file, or type the code that is printed on it.")
        return data

    def identity(self) -> Identity | None:
        """What the file is, whoever looked at it; nothing where only a code was typed."""
        file: SeenFile | None = self.cleaned_data["file"]
        if file:
            return file.identity
        if self.cleaned_data["sha256"]:
            return Identity(self.cleaned_data["sha256"], code=self.cleaned_data["said_to_be"])
        return None
