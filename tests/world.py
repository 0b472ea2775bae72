"""Worlds for the tests that prove nobody sees what is not theirs: a programme with one of everything in it.

Words mark what belongs to a world. Its public word stands in what anybody may read (names of the organisation, of the
programme and of its co-ordinator); its secret word in everything else, but for what partners write of their meetings
(content) and what the mentee writes alone (private). A test that finds a word on a page it should not be on has found
a leak.

One of every tenant's table is made here, by reading the models. Where that is not enough (a constraint wants fields that
belong together), say in MAKERS of tests/records.py how. What an address names by `<uuid:pk>` is read from the word before
it: `/objectives/<uuid:pk>/` is an Objective. Where the word is no model's, say in NAMED what it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from matching.choosing.links import signature_of as staying_signature
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation, PartnerOrganisation, Role
from mentoring.organisations.protection import tenant_models
from mentoring.outbox.mail import signer
from programmes.blueprints import load_blueprint
from programmes.models import Partnership, Programme, ProgrammeState
from programmes.recruitment.links import signature_of
from programmes.support import one_tap

from . import cast, records


@dataclass
class World:
    """A programme in an organisation, its people by what they are, and one record of every model."""

    organisation: Organisation
    public: str
    programme: Programme = None  # type: ignore[assignment]
    partnership: Partnership = None  # type: ignore[assignment]
    people: dict[str, Person] = field(default_factory=dict)
    passkey: Any = None
    records: dict[type[models.Model], Any] = field(default_factory=dict)

    @property
    def secret(self) -> str:
        return f"{self.public}secret"

    @property
    def content(self) -> str:
        return f"{self.public}content"

    @property
    def private(self) -> str:
        return f"{self.public}private"

    def one(self, model: type[models.Model]) -> Any:
        """This world's record of the model, made when it is first asked for."""
        if model not in self.records:
            self.records[model] = find(self, model) or records.make(self, model)
        return self.records[model]

    def person(self, name: str) -> Person:
        """Somebody whose name and address carry the world's secret word."""
        if name not in self.people:
            self.people[name] = cast.make_person(f"{name.title()} {self.secret}", f"{name}@{self.secret}.example.org")
        return self.people[name]


def make_world(organisation: Organisation, public: str) -> World:
    """A running programme with everybody who can have to do with it, and one of everything."""
    world = World(organisation, public)
    with tenancy.tenant(organisation):
        make_programme(world)
        make_people(world)
        world.records |= {Programme: world.programme, Partnership: world.partnership, Organisation: organisation}
        # Partners' own records are the database's to keep from others, so a partner makes them.
        with tenancy.tenant(organisation, world.people["mentee"]):
            for model in record_models():
                world.one(model)
    return world


def make_programme(world: World) -> None:
    runs_it = cast.make_person(f"Co-ordinator {world.public}", f"coordinator@{world.public}.example.org")
    world.people["coordinator"] = runs_it
    world.programme = cast.make_programme(
        f"{world.public}-programme",
        by=runs_it,
        name=f"Programme {world.public}",
        state=ProgrammeState.LIVE,
        summary=f"For the people of {world.public}",
        blueprint=load_blueprint("ukrc"),
    )
    cast.give_role(runs_it, Role.COORDINATOR, world.programme)
    for step in steps():
        step.start(world.programme, world.programme.blueprint, runs_it, timezone.now())


def steps() -> list[Any]:
    """The steps of a programme that are there."""
    return [import_module(f"{step}.step").STEP for step in settings.STEPS if find_spec(f"{step}.step")]


def make_people(world: World) -> None:
    """One person of each kind, with one role each; two partners, and a mentor and a mentee without a partnership."""
    cast.give_role(world.person("administrator"), Role.ADMINISTRATOR)
    cast.give_role(world.person("sponsor"), Role.SPONSOR, world.programme)
    cast.give_role(world.person("facilitator"), Role.FACILITATOR, world.programme)
    cast.give_role(
        world.person("contact"), Role.PARTNER, world.programme, partner=f"Partner {world.organisation.slug}secret"
    )
    cast.give_role(world.person("applicant"), Role.MEMBER)
    parts = {
        name: cast.make_participant(world.programme, name.split()[-1], world.person(name), capacity=2)
        for name in ("mentor", "mentee", "another mentor", "another mentee")
    }
    with tenancy.directory():
        passkey = {"name": world.secret, "credential": {}}
        world.passkey = Authenticator.objects.create(
            user=world.person("keyholder"), type=Authenticator.Type.WEBAUTHN, data=passkey
        )
    world.partnership = cast.make_partnership(world.programme, parts["mentor"], parts["mentee"])


@cache
def record_models() -> list[type[models.Model]]:
    """Every tenant's model whose rows somebody makes; history tables are filled by triggers."""
    return [model for model in tenant_models() if not hasattr(model, "pgh_tracked_model")]


def find(world: World, model: type[models.Model]) -> Any:
    """A record that is there already because a step or the cast made it."""
    rows = model._default_manager.all()
    for name, owner in (("programme", world.programme), ("partnership", world.partnership)):
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return rows.filter(**{name: owner}).order_by("pk").first()
    return rows.first() if model is PartnerOrganisation else None


# What `<uuid:pk>` names after a word that is not the plural of a model.
NAMED: dict[str, str] = {
    "contracts": "contracts.Agreement",
    "applications": "recruitment.Application",
    "mentors": "choosing.Profile",
    "stay": "choosing.Staying",
    "budget": "plan.BudgetLine",
    "import": "recruitment.Import",
    "figures": "needs.Objective",
    "people": "programmes.Participant",
    "words-alone": "support.OneToOneRequest",
    "sessions": "training.TrainingSession",
    "members": "organisations.Membership",
    "partners": "organisations.PartnerOrganisation",
    "platform": "organisations.Organisation",
}


def named(segment: str) -> type[models.Model]:
    """The model that `<segment>/<uuid:pk>/` names."""
    if segment in NAMED:
        return apps.get_model(NAMED[segment])
    for candidate in record_models():
        if str(candidate._meta.verbose_name_plural).replace(" ", "-") == segment:
            return candidate
    raise AssertionError(f"Say in NAMED of tests/world.py what <uuid:pk> names after “{segment}/”.")


# Values of the other parts of addresses, by name, or by step and name where steps mean different things.
PARTS: dict[str, Callable[[World], Any]] = {
    "uidb36": lambda world: "1",
    "key": lambda world: "1-2",
    "organisation": lambda world: world.organisation.slug,
    "programme": lambda world: world.programme.slug,
    "partnership": lambda world: world.partnership.pk,
    "organisations:secret": lambda world: records.secret_of(world, "role"),
    "evaluation:secret": lambda world: records.secret_of(world, "survey"),
    "other": lambda world: world.one(records.model("matching.Round")).pk,
    "application": lambda world: world.one(records.model("recruitment.Application")).pk,
    "choosing:signature": lambda world: staying_signature(world.one(records.model("choosing.Staying")).pk),
    "signature": lambda world: signature_of(world.one(records.model("recruitment.Application")).pk),
    "support:person": lambda world: world.people["mentor"].pk,
    "support:path": lambda world: "grow",
    "support:token": lambda world: one_tap.sign(
        one_tap.Question(world.partnership.pk, world.people["mentee"].pk, world.programme.starts_on)
    ),
    "token": lambda world: signer.sign(str(world.people["mentee"].pk)),
    "contracts:key": lambda world: world.one(records.model("contracts.AgreementTemplate")).clauses[0]["key"],
    "wording:key": lambda world: "new",
    "model": lambda world: "group",
    "role": lambda world: "mentee",
    "name": lambda world: "none",
    "number": lambda world: 1,
    "form": lambda world: "meeting-log",
}


def part(world: World, step: str, name: str, segment: str) -> Any:
    """The value of one part of an address in this world; `segment` is what stands before it."""
    if name == "pk" and segment == "keys":
        return world.passkey.pk
    if name == "pk":
        return world.one(named(segment)).pk
    found = PARTS.get(f"{step}:{name}") or PARTS.get(name)
    if found is None:
        raise AssertionError(f"Say in PARTS of tests/world.py what <{name}> of an address of {step} is.")
    return found(world)
