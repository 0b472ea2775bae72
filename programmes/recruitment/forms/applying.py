"""What an applicant fills in."""

from collections.abc import Iterable
from typing import Any

from django import forms

from mentoring.forms import Form
from programmes.recruitment.kinds import ask
from programmes.recruitment.models import Question


class StartForm(Form):
    """Who applies. Somebody signed in is not asked."""

    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="We write to you about this application and nothing else.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Enter an e-mail address like name@example.org."},
    )


def make_answers_form(
    questions: Iterable[Question], data: Any = None, *, answers: dict[str, Any], unfinished: bool = False
) -> Form:
    """A form that asks these questions, holding what was answered so far. Unfinished, nothing in it is required."""
    kind = type("AnswersForm", (Form,), {question.key: ask(question) for question in questions})
    form: Form = kind(data, initial=answers, prefix="answer")
    if unfinished:
        for field in form.fields.values():
            field.required = False
    return form
