"""How the tests' worlds make one record of every model: by reading the model, or as MAKERS says."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import Error, models, transaction
from django.utils import timezone

from matching.actions import run_round
from matching.queries import matches_of
from mentoring.accounts.models import Person
from mentoring.documents.actions import seal_key_in_use
from mentoring.organisations import tenancy
from mentoring.organisations.models import Membership, Role
from programmes.models import Participant, PartnershipState

from . import cast

if TYPE_CHECKING:
    from .world import World


def make(world: World, model: type[models.Model]) -> Any:
    """A new record whose words carry the world's secret."""
    maker = MAKERS.get(model._meta.label)
    try:
        with transaction.atomic():
            return maker(world) if maker else model._default_manager.create(**values(world, model))
    except Error as error:
        raise AssertionError(f"Say in MAKERS of tests/records.py how a {model._meta.label} is made: {error}") from error


def values(world: World, model: type[models.Model], /, **given: Any) -> dict[str, Any]:
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


def create(label: str, world: World, /, **given: Any) -> Any:
    return model(label)._default_manager.create(**values(world, model(label), **given))


def make_document(world: World) -> Any:
    content = f"%PDF {world.secret}".encode()
    return create("documents.Document", world, content=content, sha256=hashlib.sha256(content).hexdigest())


def make_seal_key(world: World) -> Any:
    """Its certificate names the organisation."""
    return seal_key_in_use(timezone.now())


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
    agreement.reading_since, agreement.keep_until = agreement.active_at, agreement.ends_on
    agreement.save()
    return agreement


def make_version(world: World) -> Any:
    document = world.one(model("documents.Document"))
    return create("contracts.Version", world, document=document, sha256=document.sha256)


def make_scan(world: World) -> Any:
    content = f"%PDF-1.7 {world.secret} %%EOF".encode()
    return create("contracts.PaperCopy", world, content=content, sha256=hashlib.sha256(content).hexdigest())


def make_template(world: World) -> Any:
    """The programme's own words."""
    clause = {"key": "aims", "kind": "fixed", "title": f"Aims {world.secret}", "text": world.secret}
    return create("contracts.AgreementTemplate", world, programme=world.programme, model="", clauses=[clause])


def make_round(world: World) -> Any:
    return run_round(world.programme, by=world.people["coordinator"], now=timezone.now())


def make_proposal(world: World) -> Any:
    return matches_of(world.one(model("matching.Round")))[0]


def make_proposal_member(world: World) -> Any:
    return world.one(model("matching.Proposal")).ordered_members()[0]


def make_content_key(world: World) -> Any:
    key = model("support.ContentKey").make(partnership=world.partnership)
    key.save(force_insert=True)
    return key


def words_of(world: World) -> Any:
    """Words of the partners for a record that has some of its own."""
    return create("support.PartnersWords", world, words={"what": world.content})


def make_ending(world: World) -> Any:
    """Of an earlier partnership: the world's own goes on."""
    parts = {name: world_part(world, f"another {name}") for name in ("mentor", "mentee")}
    ended = cast.make_partnership(world.programme, **parts, state=PartnershipState.ENDED)
    return create("support.Ending", world, partnership=ended)


def make_choosing(world: World) -> Any:
    """A directory that is open, in a programme that lets mentees ask."""
    type(world.programme).objects.filter(pk=world.programme.pk).update(degree="directory")
    return create("choosing.Choosing", world, degree="directory")


def make_profile(world: World) -> Any:
    return create(
        "choosing.Profile", world, participant=world_part(world, "another mentor"), is_shown=True, about=world.secret
    )


def make_request(world: World) -> Any:
    until = timezone.now() + datetime.timedelta(days=7)
    return create("choosing.Request", world, slot=1, words=world.secret, mentee_yes_at=timezone.now(), expires_at=until)


def make_decline(world: World) -> Any:
    """Of an earlier request: the world's own is open."""
    now = timezone.now()
    until = now + datetime.timedelta(days=7)
    ended = create(
        "choosing.Request", world, slot=2, words=world.secret, state="declined", expires_at=until, ended_at=now
    )
    return create("choosing.Decline", world, request=ended)


def make_choice(world: World) -> Any:
    parts = {"chooser": world_part(world, "another mentee"), "chosen": world_part(world, "another mentor")}
    return create("choosing.Choice", world, rank=1, **parts)


def make_note(world: World) -> Any:
    """Those who run the programme write it."""
    with tenancy.tenant(world.organisation, world.people["coordinator"]):
        return create("support.DatedNote", world, partnership=world.partnership, written_by=world.people["coordinator"])


def make_lead(world: World) -> Any:
    """One for the whole organisation."""
    administrator = world.people["administrator"]
    lead = model("help.SafeguardingLead").objects.filter(ended_at=None).first()
    return lead or create("help.SafeguardingLead", world, person=administrator, named_by=administrator)


def make_concern_key(world: World) -> Any:
    key = model("help.ConcernKey").make()
    key.save(force_insert=True)
    return key


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
    "documents.SealKey": make_seal_key,
    "outbox.Message": make_message,
    "organisations.Membership": make_membership,
    "organisations.Invitation": make_invitation,
    "matching.Round": make_round,
    "matching.Proposal": make_proposal,
    "choosing.Choosing": make_choosing,
    "choosing.Profile": make_profile,
    "choosing.Request": make_request,
    "choosing.Decline": make_decline,
    "choosing.Choice": make_choice,
    "choosing.Staying": lambda world: create(
        "choosing.Staying", world, participant=world_part(world, "another mentee")
    ),
    "matching.ProposalMember": make_proposal_member,
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
        "support.ProgressRecord", world, words={"next_step": world.content, "answers": said(world, world.content)}
    ),
    "support.DatedNote": make_note,
    "network.Post": lambda world: create("network.Post", world, board="mentee"),
    "help.SafeguardingLead": make_lead,
    "help.ConcernKey": make_concern_key,
    "help.Concern": lambda world: create("help.Concern", world, words={"said": world.secret}),
    "contracts.Agreement": make_agreement,
    "contracts.AgreementTemplate": make_template,
    "contracts.PaperCopy": make_scan,
    "contracts.Version": make_version,
    "evaluation.SurveyResponse": lambda world: create("evaluation.SurveyResponse", world, is_anonymous=True),
    "evaluation.SurveyInvitation": lambda world: create(
        "evaluation.SurveyInvitation", world, secret_sha256=hash_of(secret_of(world, "survey"))
    ),
    "support.PartnersWords": lambda world: create(
        "support.PartnersWords", world, words={"agenda": world.content, "why": world.content}
    ),
    "support.GoalEntry": lambda world: create(
        "support.GoalEntry", world, kind="plan", words={"goal": world.content, "measure": world.content}
    ),
    "plan.WrittenPolicy": lambda world: create(
        "plan.WrittenPolicy", world, review_on=world.programme.starts_on + datetime.timedelta(days=395), is_for_all=True
    ),
    "support.LearningEntry": lambda world: create("support.LearningEntry", world, what=world.private, minutes=30),
    "support.Goal": lambda world: create("support.Goal", world),
    "support.DevelopmentPlan": lambda world: create("support.DevelopmentPlan", world, readers="mentors"),
    "support.DevelopmentEntry": lambda world: create(
        "support.DevelopmentEntry",
        world,
        need=world.one(model("support.DevelopmentNeed")),
        kind="plan",
        words={"need": world.content, "why": world.content},
    ),
    "support.ActionPoint": lambda world: create("support.ActionPoint", world, box="", kept=words_of(world)),
    "support.Topic": lambda world: create("support.Topic", world, kept=words_of(world)),
    "support.Attendance": lambda world: create("support.Attendance", world, person=world.people["mentee"], visitor=""),
    "support.OneToOneRequest": lambda world: create(
        "support.OneToOneRequest", world, asked_by=world.people["mentee"], asked_of=world.people["mentor"]
    ),
    "support.StageReached": lambda world: create("support.StageReached", world, stage="rapport"),
    "support.PlannedMeeting": lambda world: create(
        "support.PlannedMeeting", world, minutes=60, medium="video", session=""
    ),
    "support.Reflection": lambda world: create("support.Reflection", world, words=said(world, world.private)),
    "support.ContentKey": make_content_key,
}
