"""A programme of the soak's own, with partnerships whose agreements are ready to sign."""

import datetime
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

PREPARERS = 2  # processes


@dataclass(frozen=True)
class Place:
    """Where people sign: everything else is asked of the database when it is needed."""

    organisation: Any
    programme: Any

    def tenant(self, person: Any = None) -> Any:
        from mentoring.organisations import tenancy

        return tenancy.tenant(self.organisation, person)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def make_place(slug: str, blueprint: str = "ukrc", model: str = "one_to_one") -> Place:
    """An organisation with a key to seal with, and a programme that has begun."""
    from mentoring.organisations import tenancy
    from mentoring.organisations.actions import start_organisation
    from programmes.blueprints import load_blueprint
    from programmes.models import Programme

    administrator = make_person("Ada Adminford", f"administrator@{slug}.example")
    with tenancy.visitor(administrator):
        organisation = start_organisation(name="Signing University", slug=slug, by=administrator, now=now())
    with tenancy.tenant(organisation):
        programme = Programme.objects.create(
            slug="pairs",
            name="Pairs",
            created_by=administrator,
            starts_on=now().date(),
            ends_on=now().date() + datetime.timedelta(days=365),
            blueprint=load_blueprint(blueprint),
            model=model,
            state="live",
        )
    warm_up()
    return Place(organisation, programme)


def warm_up() -> None:
    """Load now what every child of this process needs for a contract: fonts and the seal take a second each."""
    from mentoring.documents import sealing  # noqa: F401
    from mentoring.documents.typesetting import prepared

    prepared()


def make_person(name: str, email: str) -> Any:
    from mentoring.accounts.models import Person
    from mentoring.organisations import tenancy

    with tenancy.directory():
        return Person.objects.create(name=name, email=email, password="!")


def make_many_ready(place: Place, number: int) -> list[Any]:
    """So many partnerships whose agreements wait for signatures, made by a few processes."""
    from django.db import connections

    connections.close_all()
    shares = [range(start, number, PREPARERS) for start in range(PREPARERS)]
    with ProcessPoolExecutor(PREPARERS, get_context("fork")) as pool:
        made = pool.map(make_share, [place] * PREPARERS, shares)
        return [partnership for share in made for partnership in share]


def make_share(place: Place, numbers: Iterable[int]) -> list[Any]:
    return [make_ready(place, f"{number}") for number in numbers]


def make_ready(place: Place, name: str, roles: tuple[str, ...] = ("mentee", "mentor")) -> Any:
    """People, a partnership, and an agreement that all of them have filled in."""
    from programmes.models import Partnership

    programme = place.programme
    with place.tenant():
        partnership = Partnership.objects.create(
            programme=programme,
            model=programme.model,
            starts_on=programme.starts_on,
            ends_on=programme.ends_on,
            cadence_days=28,
            grace_days=7,
        )
        for number, role in enumerate(roles):
            join(place, partnership, role, f"{name}.{number}")
    get_ready(place, partnership)
    return partnership


def join(place: Place, partnership: Any, role: str, name: str) -> Any:
    """Somebody takes part in a partnership from now on."""
    from mentoring.organisations.models import Membership, Role
    from programmes.models import Member, Participant

    person = make_person(f"{role.title()} {name}", f"{role}{name}@{place.organisation.slug}.example")
    Membership.objects.create(person=person, role=Role.MEMBER)
    participant = Participant.objects.create(programme=place.programme, person=person, role=role)
    Member.objects.create(partnership=partnership, participant=participant, person=person, role=role)
    return person


def get_ready(place: Place, partnership: Any, word: str = "As we said when we met.") -> None:
    """Everybody fills in what is theirs, and the words are fixed."""
    from contracts import actions, queries

    people = people_in(place, partnership)
    for person in people:
        with place.tenant(person):
            agreement = queries.agreement_or_template(partnership)
            boxes = [box for box in queries.boxes_in(agreement) if box.may_be_filled_by(person)]
            answers = queries.answers_in(agreement)
            seen = {box.name: answers[box.name].words if box.name in answers else "" for box in boxes}
            words = {box.name: words_for(box, word) for box in boxes}
            actions.write_answers(partnership, words=words, seen=seen, by=person, now=now())
    with place.tenant(people[0]):
        actions.make_version(partnership, by=people[0], now=now())


def words_for(box: Any, word: str) -> str:
    from contracts.clauses import write_table

    if box.clause.kind == "table":
        return write_table([[word] * len(box.clause.columns)])
    return str(box.clause.options[0]["key"]) if box.clause.options else word


def people_in(place: Place, partnership: Any) -> list[Any]:
    with place.tenant():
        return [member.person for member in partnership.ordered_members()]


def sign(place: Place, partnership: Any, person: Any) -> None:
    """As the person's own request would: the database is told who asks."""
    from contracts import actions, queries
    from programmes.queries import membership_in

    with place.tenant(person):
        member = membership_in(partnership, person)
        assert member, "Only partners sign."
        member.partnership = partnership
        version = queries.version_to_sign(member)
        assert version, "There is nothing to sign."
        actions.sign_agreement(partnership, sha256=version.sha256, typed_name=str(person), by=person, now=now())
