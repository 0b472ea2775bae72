"""`manage.py setup`: the first organisation of a new deployment and its administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mentoring.organisations.actions import is_new_deployment, set_up
from mentoring.organisations.first_run import setup_token
from mentoring.organisations.forms import SetUpForm

QUESTIONS = {
    "organisation": "Name of the organisation",
    "slug": "Its address (small letters, digits, hyphens)",
    "name": "Administrator's full name",
    "email": "Administrator's e-mail address",
}


class Command(BaseCommand):
    help = "Make the first organisation and its administrator. Asks for what the options do not say."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name}", help=question)

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_new_deployment():
            raise CommandError("Alongside has been set up already.")
        answers = {name: options[name] or input(f"{question}: ") for name, question in QUESTIONS.items()}
        form = SetUpForm(answers | {"token": setup_token(), "password": ""})
        if not form.is_valid():
            raise CommandError("\n".join(f"{name}: {error}" for name, found in form.errors.items() for error in found))
        person = set_up(now=timezone.now(), **{name: form.cleaned_data[name] for name in (*QUESTIONS, "password")})
        self.stdout.write(f"{answers['organisation']} is ready. {person.email} signs in by a code sent by e-mail.")
