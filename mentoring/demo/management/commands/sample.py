"""`manage.py sample`: three organisations to look at, or many large ones to measure."""

import datetime
import json
from random import Random
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mentoring.demo.sample import company, society, university
from mentoring.demo.sample.story import Story
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation

STORIES = (
    ("exampleford", "University of Exampleford", "exampleford.example", university),
    ("pharmacology", "Society of Pharmacology", "pharmacology.example", society),
    ("whitby-simons", "Whitby Simons Engineering", "whitby-simons.example", company),
)


class Command(BaseCommand):
    help = "Make three sample organisations and print who can sign in, as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        sign_ins = [row for number, story in enumerate(STORIES) for row in tell(*story, today=today, seed=number)]
        self.stdout.write(json.dumps(sign_ins, ensure_ascii=False, indent=1))


def tell(slug: str, name: str, domain: str, chapter: Any, *, today: datetime.date, seed: int) -> list[dict[str, str]]:
    """One organisation's story, in one transaction: all of it, or nothing."""
    organisation = Organisation(slug=slug, name=name)
    with tenancy.platform():
        organisation.save(force_insert=True)
    with tenancy.tenant(organisation):
        story = Story(organisation, domain, Random(seed))
        chapter.tell(story, today)
        return story.sign_ins
