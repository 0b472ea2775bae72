"""Worlds for the tests that prove nobody sees what is not theirs: a programme with one of everything in it.

Words mark what belongs to a world. Its public word stands in what anybody may read (names of the organisation, of the
programme and of its co-ordinator); its secret word in everything else, but for what partners write of their meetings
(content) and what the mentee writes alone (private). A test that finds a word on a page it should not be on has found
a leak.

One of every tenant's table is made here, by reading the models. Where that is not enough (a constraint wants fields that
belong together), say in MAKERS how the record is made. What an address names by `<uuid:pk>` is read from the word before
it: `/objectives/<uuid:pk>/` is an Objective. Where the word is no model's, say in NAMED what it is.
"""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import Error, models, transaction
from django.utils import timezone

from matching.actions import run_round
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import Membership, Organisation, PartnerOrganisation, Role
from mentoring.organisations.protection import tenant_models
from mentoring.outbox.mail import signer
from programmes.blueprints import load_blueprint
from programmes.models import Participant, Partnership, PartnershipState, Programme, ProgrammeState
from programmes.recruitment.links import signature_of

from . import cast


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
            self.records[model] = find(self, model) or make(self, model)
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


def make(world: World, model: type[models.Model]) -> Any:
    """A new record whose words carry the world's secret."""
    maker = MAKERS.get(model._meta.label)
    try:
        with transaction.atomic():
            return maker(world) if maker else model._default_manager.create(**values(world, model))
    except Error as error:
        raise AssertionError(f"Say in MAKERS of tests/world.py how a {model._meta.label} is made: {error}") from error


def values(world: World, model: type[models.Model], **given: Any) -> dict[str, Any]:
    """What the model's fields need: defaults where there are any, nothing where nothing is allowed, else a fitting value."""
    wanted = [item for item in model._meta.concrete_fields if item.name not in given and needs_value(item)]
    return {item.name: value_for(world, item) for item in wanted} | given


def needs_value(item: models.Field) -> bool:
    return not (item.has_default() or item.null or item.primary_key or item.name == "organisation")


def value_for(world: World, item: models.Field) -> Any:
    if item.name in ("mentor", "mentee") and item.related_model is Participant:
        return world_part(world, f"another {item.name}")
    if isinstance(item, models.ForeignKey):
        return world.people["mentee"] if item.related_model is Person else world.one(item.related_model)
    if item.name == "programme_id":
        return world.programme.pk
    if item.choices:
        return item.choices[0][0]
    return PLAIN[item.get_internal_type()](world, item)


def words(world: World, item: models.Field) -> str:
    return f"{item.name} {world.secret}"[: item.max_length]


PLAIN: dict[str, Callable[[World, models.Field], Any]] = {
    "CharField": words,
    "TextField": words,
    "SlugField": lambda world, item: f"{item.name}-{world.secret}"[: item.max_length].lower(),
    "EmailField": lambda world, item: f"{item.name}@{world.secret}.example.org",
    "UUIDField": lambda world, item: world.partnership.pk,
    "DateField": lambda world, item: world.programme.starts_on + datetime.timedelta(days=30),
    "DateTimeField": lambda world, item: timezone.now(),
    "TimeField": lambda world, item: datetime.time(10),
    "BooleanField": lambda world, item: False,
    "DecimalField": lambda world, item: 1,
    "FloatField": lambda world, item: 1,
    "IntegerField": lambda world, item: 1,
    "BigIntegerField": lambda world, item: 1,
    "SmallIntegerField": lambda world, item: 1,
    "PositiveIntegerField": lambda world, item: 1,
    "PositiveSmallIntegerField": lambda world, item: 1,
    "JSONField": lambda world, item: {"words": world.secret},
    "BinaryField": lambda world, item: world.secret.encode(),
}


def model(label: str) -> Any:
    return apps.get_model(label)


def create(label: str, world: World, **given: Any) -> Any:
    return model(label)._default_manager.create(**values(world, model(label), **given))


def make_document(world: World) -> Any:
    content = f"%PDF {world.secret}".encode()
    return create("documents.Document", world, content=content, sha256=hashlib.sha256(content).hexdigest())


def make_message(world: World) -> Any:
    return create("outbox.Message", world, programme_id=world.programme.pk, state="draft")


def make_membership(world: World) -> Any:
    return Membership.objects.get(person=world.people["sponsor"], role=Role.SPONSOR)


def make_invitation(world: World) -> Any:
    return create("organisations.Invitation", world, secret_sha256=hash_of(secret_of(world, "role")), role="sponsor")


def said(world: World, words: str) -> dict[str, str]:
    """What somebody wrote into the boxes of the programme's progress record."""
    return {box["key"]: words for box in world.programme.blueprint["records"]}


def make_agreement(world: World) -> Any:
    """Filled in, signed by each partner in their own name, and in force, with its contract kept."""
    agreement = create("contracts.Agreement", world, state="signing")
    world.records[model("contracts.Agreement")] = agreement
    version = world.one(model("contracts.Version"))
    for member in world.partnership.members.all():
        with tenancy.tenant(world.organisation, member.person):
            world.records[model("contracts.Signature")] = create(
                "contracts.Signature",
                world,
                version=version,
                sha256=version.sha256,
                member=member,
                person=member.person,
            )
    agreement.state, agreement.active_at, agreement.contract = "active", timezone.now(), version.document
    agreement.save()
    return agreement


def make_version(world: World) -> Any:
    document = world.one(model("documents.Document"))
    return create("contracts.Version", world, document=document, sha256=document.sha256)


def make_round(world: World) -> Any:
    return run_round(world.programme, by=world.people["coordinator"], now=timezone.now())


def make_proposal(world: World) -> Any:
    return world.one(model("matching.Round")).proposals.filter(mentor__isnull=False).first()


def make_ending(world: World) -> Any:
    """Of an earlier partnership: the world's own goes on."""
    parts = {name: world_part(world, f"another {name}") for name in ("mentor", "mentee")}
    ended = cast.make_partnership(world.programme, **parts, state=PartnershipState.ENDED)
    return create("support.Ending", world, partnership=ended)


def world_part(world: World, name: str) -> Participant:
    return Participant.objects.get(programme=world.programme, person=world.people[name])


def secret_of(world: World, kind: str) -> str:
    """The secret of a link that only a letter holds; the database keeps its hash."""
    return hashlib.sha256(f"{kind} {world.secret}".encode()).hexdigest()


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# Records that need more than their fields' kinds say.
MAKERS: dict[str, Callable[[World], Any]] = {
    "documents.Document": make_document,
    "outbox.Message": make_message,
    "organisations.Membership": make_membership,
    "organisations.Invitation": make_invitation,
    "matching.Round": make_round,
    "matching.Proposal": make_proposal,
    "recruitment.Application": lambda world: create(
        "recruitment.Application", world, state="submitted", submitted_at=timezone.now(), note=f"A note {world.secret}"
    ),
    "recruitment.Import": lambda world: create(
        "recruitment.Import",
        world,
        headers=["Name", "Address"],
        cells=[[f"Nia {world.secret}", f"nia@{world.secret}.example.org"]],
        columns={"0": "name", "1": "email"},
    ),
    "needs.Objective": lambda world: create("needs.Objective", world, measure="number"),
    "support.Ending": make_ending,
    "support.Meeting": lambda world: create("support.Meeting", world, minutes=60, medium="video"),
    "support.ProgressRecord": lambda world: create(
        "support.ProgressRecord", world, next_step=world.content, answers=said(world, world.content)
    ),
    "contracts.Agreement": make_agreement,
    "contracts.Version": make_version,
    "evaluation.SurveyResponse": lambda world: create("evaluation.SurveyResponse", world, is_anonymous=True),
    "evaluation.SurveyInvitation": lambda world: create(
        "evaluation.SurveyInvitation", world, secret_sha256=hash_of(secret_of(world, "survey"))
    ),
    "support.Reflection": lambda world: create("support.Reflection", world, answers=said(world, world.private)),
}

# What `<uuid:pk>` names after a word that is not the plural of a model.
NAMED: dict[str, str] = {
    "applications": "recruitment.Application",
    "budget": "plan.BudgetLine",
    "import": "recruitment.Import",
    "figures": "needs.Objective",
    "people": "programmes.Participant",
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
    "organisations:secret": lambda world: secret_of(world, "role"),
    "evaluation:secret": lambda world: secret_of(world, "survey"),
    "application": lambda world: world.one(model("recruitment.Application")).pk,
    "signature": lambda world: signature_of(world.one(model("recruitment.Application")).pk),
    "token": lambda world: signer.sign(str(world.people["mentee"].pk)),
    "role": lambda world: "mentee",
    "name": lambda world: "none",
    "number": lambda world: 1,
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
