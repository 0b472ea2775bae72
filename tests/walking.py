"""Walking through every address as everybody: who visits, what may come of it, and what an answer gives away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mentoring.accounts.models import Person
from mentoring.documents import rendering
from mentoring.organisations import tenancy
from mentoring.organisations.policy import Hat, allows
from mentoring.organisations.protection import SPECIAL_TABLES, tenant_models

from . import cast
from .addresses import Address, addresses
from .database import copy_template, owner_url
from .plugin import DATABASE
from .world import World, make_world, record_models

ADDRESSES = addresses()
GATED = [address for address in ADDRESSES if address.policy]
IN_PLACE = ("organisation", "programme", "partnership")

PLACED = [address for address in GATED if address.policy and address.policy.gate in IN_PLACE]

# What each visitor wears on pages of the organisation, of their programme, and of the world's partnership.
ADMINISTRATOR, COORDINATOR = {Hat.ADMINISTRATOR}, {Hat.COORDINATOR}
WORN: dict[str, tuple[set[Hat], set[Hat], set[Hat]]] = {
    "nobody": (set(), set(), set()),
    "stranger": (set(), set(), set()),
    "platform": (set(), set(), set()),
    "administrator": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "coordinator": (COORDINATOR, COORDINATOR, COORDINATOR),
    "sponsor": ({Hat.SPONSOR}, {Hat.SPONSOR}, {Hat.SPONSOR}),
    "facilitator": ({Hat.FACILITATOR}, {Hat.FACILITATOR}, set()),
    "contact": ({Hat.PARTNER}, {Hat.PARTNER}, {Hat.PARTNER}),
    "applicant": ({Hat.APPLICANT}, set(), set()),
    "mentor": ({Hat.APPLICANT}, {Hat.MENTOR}, {Hat.MENTOR}),
    "mentee": ({Hat.APPLICANT}, {Hat.MENTEE}, {Hat.MENTEE}),
    "another mentor": ({Hat.APPLICANT}, {Hat.MENTOR}, set()),
    "another mentee": ({Hat.APPLICANT}, {Hat.MENTEE}, set()),
}
VISITORS = list(WORN)
OUTSIDE = ("nobody", "stranger", "platform")
INSIDE = [name for name in VISITORS if name not in OUTSIDE]

GUARD = """
create table tests_guarded (id text, side text, primary key (id, side));
create sequence tests_touched_theirs;
create sequence tests_touched_other;
-- Counts writes to rows that are, or name, another's objects. A sequence keeps its count when a transaction is undone.
create function tests_count() returns trigger language plpgsql security definer set search_path = public as $$
declare sides text[];
begin
    select array_agg(distinct g.side) into sides from tests_guarded g
        join jsonb_each_text(coalesce(to_jsonb(old), '{}') || coalesce(to_jsonb(new), '{}')) v on v.value = g.id;
    if 'theirs' = any (sides) then perform nextval('tests_touched_theirs'); end if;
    if 'other' = any (sides) then perform nextval('tests_touched_other'); end if;
    return null;
end $$;
"""
COUNTED = """
select (select case when is_called then last_value else 0 end from tests_touched_theirs),
       (select case when is_called then last_value else 0 end from tests_touched_other)
"""


@dataclass
class Three:
    """Our programme, another one of our organisation, and one of another organisation; and who visits them."""

    ours: World
    other: World
    theirs: World
    owner: psycopg.Connection
    visitors: dict[str, tuple[Client, Person | None]] = field(default_factory=dict)
    counted: tuple[int, int] = (0, 0)
    opened: dict[tuple[str, str], list["Field"]] = field(default_factory=dict)

    def fields(self, visitor: str, path: str) -> list["Field"]:
        """What the visitor is asked for on this page: none where it does not open."""
        if (visitor, path) not in self.opened:
            page = request(self.visitors[visitor][0], "get", path)
            self.opened[visitor, path] = read_fields(page) if page.status_code == 200 else []
        return self.opened[visitor, path]

    def count(self) -> tuple[int, int]:
        """How often rows of their organisation, and of the other programme, were touched so far."""
        self.counted = self.owner.execute(COUNTED).fetchone() or (0, 0)
        return self.counted

    def sides(self) -> dict[str, World]:
        return {"ours": self.ours, "other": self.other, "theirs": self.theirs}


@pytest.fixture(scope="module")
def three(django_db_setup: None, django_db_blocker: Any) -> Iterator[Three]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        save_time(patch)
        copy_template()
        ours = cast.make_organisation("bilby", name="Organisation bilby")
        theirs = cast.make_organisation("quokka", name="Organisation quokka")
        worlds = [make_world(ours, "bilby"), make_world(ours, "numbat"), make_world(theirs, "quokka")]
        with psycopg.connect(owner_url(DATABASE), autocommit=True, options="-c app.maintenance=on") as owner:
            found = Three(*worlds, owner)
            guard(found)
            bring_visitors(found)
            yield found
        copy_template()


def save_time(patch: pytest.MonkeyPatch) -> None:
    """Tens of thousands of answers are read here: none keeps what it was drawn from, and no document is drawn twice."""
    patch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    draw = cache(rendering.to_pdf)
    patch.setattr(rendering, "to_pdf", draw)
    patch.setattr(rendering, "to_pdf_apart", draw)


def guard(three: Three) -> None:
    """Let every write to the two other worlds be counted, whoever makes it and whatever becomes of it."""
    three.owner.execute(GUARD)
    shared = {str(record.pk) for record in three.ours.records.values()}
    for side in ("other", "theirs"):
        world = three.sides()[side]
        ids = {str(record.pk) for record in world.records.values()} | {
            str(person.pk) for person in world.people.values()
        }
        for identity in ids - shared:
            three.owner.execute("insert into tests_guarded values (%s, %s)", [identity, side])
    for table in {model._meta.db_table for model in tenant_models()} | set(SPECIAL_TABLES):
        three.owner.execute(
            f"create trigger tests_count after insert or update or delete on {table} for each row execute function tests_count()"
        )


def bring_visitors(three: Three) -> None:
    for name in VISITORS:
        client, person = Client(), None
        if name == "stranger":
            person = cast.make_person("Stranger", "stranger@example.org")
        elif name == "platform":
            person = cast.make_person("Operator", "operator@example.org", is_platform_administrator=True)
        elif name != "nobody":
            person = three.ours.people[name]
        if person:
            with tenancy.directory():
                client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        three.visitors[name] = (client, person)


# --- What should come of it ----------------------------------------------------------------------------------------


def may(visitor: str, address: Address, side: str) -> bool:
    """What the policy table says, worked out here without the gates."""
    policy = address.policy
    if policy is None or policy.gate.startswith("public"):
        return True
    if policy.gate == "person":
        return visitor != "nobody"
    if policy.gate == "platform":
        return visitor == "platform"
    hats = WORN[visitor][IN_PLACE.index(policy.gate)]
    if side == "theirs" or (side == "other" and policy.gate != "organisation"):
        hats = hats & ADMINISTRATOR if side == "other" else set()
    return allows(frozenset(hats | {Hat.ANYONE}), policy.thing, policy.verb)


def forbidden_words(three: Three, visitor: str, address: Address, side: str) -> list[str]:
    """Words that may not stand on any page this visitor gets."""
    ours, other, theirs = three.ours, three.other, three.theirs
    found = {world.private for world in (other, theirs)} | {world.content for world in (other, theirs)}
    found |= {theirs.public, theirs.secret}
    if visitor not in ("mentor", "mentee"):
        found.add(ours.content)
    if visitor != "mentee":
        found.add(ours.private)
    if visitor != "administrator":
        found |= {other.public, other.secret}
    if visitor in OUTSIDE:
        found |= {ours.public, ours.secret}
    world = three.sides()[side]
    if address.is_public or (address.policy and address.policy.gate == "platform" and visitor == "platform"):
        # Names of organisations, programmes and those who run them are for everybody on a public page of theirs.
        found -= {world.public, world.organisation.slug} if address.is_public else {ours.public, theirs.public}
        found = {word for word in found if not word.startswith(world.public)} if address.is_capability else found
    return sorted(found)


def leaks(words: list[str], response: HttpResponse, asked: str) -> list[str]:
    """The words found in what was answered, headers included, but for the address that was asked for."""
    content = response.content if not response.streaming else b"".join(response.streaming_content)
    text = content.decode("utf-8", "replace").lower() + str(dict(response.headers)).lower()
    return [word for word in words if word in text.replace(asked, "").replace(quote(asked), "")]


def problems_of(
    three: Three,
    visitor: str,
    address: Address,
    side: str,
    method: str,
    path: str,
    data: Any = None,
    lets_in: bool | None = None,
) -> list[str]:
    """One request, undone afterwards, and everything about its answer that should not be."""
    client, _ = three.visitors[visitor]
    before = three.counted
    try:
        response = request(client, method, path, data)
    except Exception as error:
        return [f"raised {type(error).__name__}: {error}"]
    found = [f"shows “{word}”" for word in leaks(forbidden_words(three, visitor, address, side), response, path)]
    if method == "get" and response.status_code == 405 and lets_in is False:
        return found  # open to this visitor, by POST alone, and tried so too
    if not (may(visitor, address, side) if lets_in is None else lets_in):
        found += unlike_nothing(visitor, response)
    touched = [after - earlier for after, earlier in zip(three.count(), before, strict=True)]
    opens_for_all = address.policy and address.policy.gate in ("public programme", "public organisation")
    if address.is_capability or (opens_for_all and side != "ours"):
        return found
    if touched[0] and not (visitor == "platform" and address.policy and address.policy.gate == "platform"):
        found.append("wrote to their organisation")
    if touched[1] and visitor != "administrator":
        found.append("wrote to the other programme")
    return found


def request(visitor: Client, method: str, path: str, data: Any = None) -> HttpResponse:
    """One request in a transaction that is undone. The visitor's own cookies stay, even where one signs out."""
    cookies = {name: morsel.value for name, morsel in visitor.cookies.items()}
    with transaction.atomic():
        response = getattr(visitor, method)(path, data or {})
        transaction.set_rollback(True)
    visitor.cookies = SimpleCookie(cookies)
    return response


def unlike_nothing(visitor: str, response: HttpResponse) -> list[str]:
    """Whether the answer differs from that of an address which does not exist."""
    if visitor == "nobody":
        asked = response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))
        return [] if asked else [f"answers {response.status_code}, not by asking to sign in"]
    if response.status_code != 404:
        return [f"answers {response.status_code}, not 404"]
    return [] if response.content == nowhere() else ["answers with a 404 of its own"]


@cache
def nowhere() -> bytes:
    return Client().get("/there/is/no/such/address/anywhere/").content


# --- Forms ---------------------------------------------------------------------------------------------------------


@dataclass
class Field:
    """A field of a form as a browser would send it."""

    name: str
    value: str = ""
    kind: str = "text"


class FormReader(HTMLParser):
    """The fields of a page's forms, with the values that stand in them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("input", "textarea", "button") and given.get("name"):
            self.fields.append(Field(given["name"], given.get("value", ""), given.get("type", "text")))
        if tag == "select" and given.get("name"):
            self.select = given["name"]
            self.fields.append(Field(self.select, "", "select"))
        if tag == "option" and self.select and given.get("value") and not self.fields[-1].value:
            self.fields[-1].value = given["value"]


def read_fields(response: HttpResponse) -> list[Field]:
    reader = FormReader()
    reader.feed(response.content.decode("utf-8", "replace"))
    return [found for found in reader.fields if found.name not in ("once", "csrfmiddlewaretoken")]


PLAUSIBLE = {"date": "2026-11-20", "number": "1", "email": "somebody@example.org", "color": "#175A63", "time": "10:00"}


def looks_like_a_key(value: str) -> bool:
    return len(value) == 36 and value.count("-") == 4


def foreign_key(world: World, name: str) -> str:
    """The key of the record that a field of this name would hold, in another world."""
    for model in record_models():
        if name.removesuffix("_id").rpartition("-")[2] == model._meta.model_name:
            return str(world.records[model].pk)
    people = {"person": "mentee", "mentor": "another mentor", "mentee": "another mentee"}
    if name in people and name == "person":
        return str(world.people["mentee"].pk)
    return str(world.one(participant_model()).pk)


@cache
def participant_model() -> type[models.Model]:
    return next(model for model in record_models() if model._meta.model_name == "participant")


EVERY_NAME = sorted(
    {model._meta.model_name or "" for model in record_models()} | {"pk", "id", "mentor", "mentee", "person"}
)


def filled_in(fields: list[Field], world: World) -> dict[str, Any]:
    """The form as somebody would send it, with every key exchanged for another world's, and more keys than were asked."""
    sent: dict[str, Any] = {name: foreign_key(world, name) for name in EVERY_NAME}
    for found in fields:
        if looks_like_a_key(found.value):
            sent[found.name] = foreign_key(world, found.name)
        else:
            sent[found.name] = found.value or PLAUSIBLE.get(found.kind, "some words")
    return sent
