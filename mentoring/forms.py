"""The forms every page uses: laid out by crispy, bounded, and plain in what they say."""

from collections.abc import Collection
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator

# A name with a line break in it would write lines of its own into a letter.
one_line = RegexValidator(r"[\r\n\v\f\x85\u2028\u2029]", "Write it on one line.", inverse_match=True)
LONGEST_TEXT = 10_000  # characters, where a field sets no limit of its own


class Bounded:
    """Mixed into every form: text fields have a limit, and messages are in our words.

    `mark_optional`: names of the fields that are said to be optional; None marks every one that is. A form says which
    where most of its fields are, or where its page says so once for all of them.
    """

    fields: dict[str, Any]
    mark_optional: Collection[str] | None = None
    error_css_class = "has-error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.add_fields()
        for name, field in self.fields.items():
            bound(field)
            pick_from_calendar(field)
            say_plainly(field, str(field.label or name.replace("_", " ")))

    def add_fields(self) -> None:
        """For a form whose fields are known only when it is made: add them here, and they are bounded like the others."""


def bound(field: forms.Field) -> None:
    """Give a text field without a limit the general one. Textareas count in the server only, so nothing typed is cut."""
    if isinstance(field, forms.CharField) and field.max_length is None and not isinstance(field, forms.UUIDField):
        field.max_length = LONGEST_TEXT
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
    if isinstance(field.widget, forms.TextInput):
        field.validators.append(one_line)
    field.widget.attrs.pop("maxlength", None)


def pick_from_calendar(field: forms.Field) -> None:
    """A date is picked from the browser's calendar, which wants and sends 2027-01-31."""
    if isinstance(field, forms.DateField) and isinstance(field.widget, forms.DateInput):
        field.widget.input_type, field.widget.format = "date", "%Y-%m-%d"


def say_plainly(field: forms.Field, label: str) -> None:
    """Replace Django's bare "This field is required." by a sentence that names the field."""
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = f"Fill in “{label}”."


class Form(Bounded, forms.Form):
    """A form that cleans input and never saves."""


class ModelForm(Bounded, forms.ModelForm):
    """A form over a model's fields that cleans input; an action saves."""
