"""`manage.py sample`: three organisations to look at, or many large ones to measure."""

import datetime
import json
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone

from mentoring.demo.sample import bulk, company, society, university
from mentoring.demo.sample.story import Story
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation
from mentoring.refusal import Refused

STORIES = (
    ("exampleford", "University of Exampleford", "exampleford.example", university),
    ("pharmacology", "Society of Pharmacology", "pharmacology.example", society),
    ("whitby-simons", "Whitby Simons Engineering", "whitby-simons.example", company),
)
SIZES = {
    "organisations": "how many organisations (1)",
    "programmes": "how many programmes in each (1)",
    "pairs": "how many partnerships in each programme (100)",
    "meetings": "how many meetings each partnership logged (10)",
    "seed": "the same seed makes the same data (1)",
    "processes": "how many processes share the organisations (1)",
}


class Command(BaseCommand):
    help = "Make three sample organisations, or as much as the options say, and print who can sign in, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, what in SIZES.items():
            parser.add_argument(f"--{name}", type=int, help=what)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Sample people share a password that everybody knows: only where DEMO is set.")
        sizes = {name: options[name] for name in SIZES if options[name] is not None}
        sign_ins = load(sizes) if sizes else tell_all(timezone.localdate())
        self.stdout.write(json.dumps(sign_ins, ensure_ascii=False, indent=1))


def tell_all(today: datetime.date) -> list[dict[str, str]]:
    """The stories side by side, each in a process and a transaction of its own: their organisations never meet."""
    connections.close_all()
    with ProcessPoolExecutor(len(STORIES), get_context("fork")) as pool:
        return [row for rows in pool.map(tell, range(len(STORIES)), repeat(today)) for row in rows]


def load(sizes: dict[str, Any]) -> list[dict[str, str]]:
    """Large data for benchmarks. Refuses a negative number, and a seed that was loaded before."""
    if wrong := [name for name, size in sizes.items() if size < 0]:
        raise CommandError(f"--{wrong[0]} is {sizes[wrong[0]]}: give a number from 0.")
    try:
        return bulk.load(**sizes)
    except Refused as refusal:
        raise CommandError(str(refusal)) from None


def tell(number: int, today: datetime.date) -> list[dict[str, str]]:
    """One organisation's story, in one transaction: all of it, or nothing."""
    slug, name, domain, chapter = STORIES[number]
    organisation = Organisation(slug=slug, name=name)
    with tenancy.platform():
        organisation.save(force_insert=True)
    with tenancy.tenant(organisation):
        story = Story(organisation, domain, Random(number))
        chapter.tell(story, today)
        return story.sign_ins
