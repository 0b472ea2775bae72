"""A small programme half way through, committed, for a real browser to walk through."""

from dataclasses import dataclass
from random import Random

import pytest
from django.utils import timezone

from mentoring.demo.sample import university
from mentoring.demo.sample.cast import MENTEES, MENTORS
from mentoring.demo.sample.story import PASSWORD, Story
from mentoring.organisations import tenancy
from programmes.models import Programme
from tests import cast


@dataclass(frozen=True)
class Place:
    """Where the programme is and who signs in, by what they are."""

    programme: Programme
    emails: dict[str, str]
    password: str = PASSWORD

    def at(self, page: str = "") -> str:
        return f"/{self.programme.organisation.slug}/{self.programme.slug}/{page}"


@pytest.fixture
def place(web: str, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The university of the sample data with three pairs instead of thirteen."""
    monkeypatch.setattr(university, "MENTEES", MENTEES[:3])
    monkeypatch.setattr(university, "MENTORS", MENTORS[:3])
    organisation = cast.make_organisation("exampleford", name="University of Exampleford")
    with tenancy.tenant(organisation):
        story = Story(organisation, "exampleford.example", Random(1))
        university.tell(story, timezone.localdate())
        programme = Programme.objects.select_related("organisation").get()
    return Place(programme, {row["role"]: row["email"] for row in story.sign_ins})
