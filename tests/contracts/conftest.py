"""A programme from the UKRC blueprint, and a partnership whose agreement is not yet signed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts import actions, queries
from contracts.models import Agreement, Version
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation
from programmes.blueprints import load_blueprint
from programmes.models import Participant, Partnership, PartnershipState, Programme
from tests import cast

WORDS = {
    "communication": "Every third Thursday at four, in the small room beside the library.",
    "confidentiality": "agreed",
    "boundaries": "No calls after seven in the evening.",
    "objectives": "Apply for a ward manager’s post by March, and know why.",
    "contact_mentor": "mor@example.org, 01234 567890; not on Fridays.",
    "contact_mentee": "swn@example.org; not during night shifts.",
    "reading": "rhythm",
}


@pytest.fixture
def programme(organisation: Organisation, administrator: Person) -> Programme:
    return cast.make_programme(
        "health-futures", by=administrator, name="Health Futures", blueprint=load_blueprint("ukrc")
    )


@pytest.fixture
def partnership(programme: Programme, mentor: Participant, mentee: Participant) -> Partnership:
    return cast.make_partnership(programme, mentor, mentee, state=PartnershipState.AGREED)


def fill_in(partnership: Partnership, words: dict[str, str] = WORDS) -> Agreement:
    """Each partner writes what is theirs to write."""
    for member in partnership.ordered_members():
        agreement = queries.agreement_or_template(partnership)
        answers = queries.answers_in(agreement)
        boxes = [box for box in queries.boxes_in(agreement) if box.may_be_filled_by(member.person)]
        seen = {box.name: answers[box.name].words if box.name in answers else "" for box in boxes}
        written = {box.name: words[box.clause.key] for box in boxes}
        actions.write_answers(partnership, words=written, seen=seen, by=member.person, now=timezone.now())
    return queries.agreement_or_template(partnership)


def make_ready(partnership: Partnership, words: dict[str, str] = WORDS) -> Version:
    fill_in(partnership, words)
    return actions.make_version(partnership, by=partnership.mentees[0].person, now=timezone.now())


def sign_as(person: Person, partnership: Partnership, version: Version, name: str = "") -> Any:
    """As if from the person's own request: the database is told who asks."""
    with tenancy.tenant(partnership.organisation_id, person):
        return actions.sign_agreement(
            partnership, sha256=version.sha256, typed_name=name or str(person), by=person, now=timezone.now()
        )


def sign_all(partnership: Partnership) -> Agreement:
    version = make_ready(partnership)
    for member in partnership.ordered_members():
        sign_as(member.person, partnership, version)
    found = queries.agreement_of(partnership)
    assert found
    return found


def form_of(partnership: Partnership, person: Person, **words: str) -> dict[str, str]:
    """What the person's form would post, with some boxes changed."""
    agreement = queries.agreement_or_template(partnership)
    answers = queries.answers_in(agreement)
    boxes = {box.clause.key: box for box in queries.boxes_in(agreement) if box.may_be_filled_by(person)}
    kept = {box.name: answers[box.name].words if box.name in answers else "" for box in boxes.values()}
    return {
        **{f"seen-{name}": text for name, text in kept.items()},
        **kept,
        **{boxes[key].name: text for key, text in words.items()},
    }


def sign_change(partnership: Partnership) -> Agreement:
    """Both sign the change that was written."""
    version = actions.make_version(partnership, by=partnership.mentees[0].person, now=timezone.now())
    for member in partnership.ordered_members():
        sign_as(member.person, partnership, version)
    found = queries.agreement_of(partnership)
    assert found
    return found


@pytest.fixture
def visit(sign_in: Callable[[Client, Person], Client]) -> Callable[..., Any]:
    """`visit(person, partnership, "contracts:sign", typed_name="…")` posts where there is something to post."""

    def go(person: Person, partnership: Partnership, name: str = "contracts:agreement", **form: str) -> Any:
        client = sign_in(Client(), person)
        url = partnership.url(name)
        return client.post(url, form, follow=True) if form else client.get(url)

    return go


def questions(client: Client, url: str) -> list[str]:
    """What a page asks the database, without the words that open and close its transaction."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    frame = ("SAVEPOINT", "RELEASE", "select set_config")
    return [query["sql"] for query in asked if not query["sql"].startswith(frame)]


def text_on(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())
