"""Where the words of new agreements come from: the programme's own template, else the organisation's, else the platform's."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from programmes.blueprints import load_blueprint
from programmes.models import Model, Programme

from .clauses import WITHOUT_AGREEMENT, Clause, clauses_for, read_clauses
from .models import AgreementTemplate

PLATFORM, ORGANISATION, PROGRAMME = "platform", "organisation", "programme"
MODELS = [(value, label) for value, label in Model.choices if value not in WITHOUT_AGREEMENT]


@dataclass(frozen=True)
class Wording:
    """The clauses that stand in one place (a programme, or a model of mentoring in the organisation) and their origin.

    level: the template they come from, the nearest one there is. place: what names the template of this place itself.
    """

    clauses: list[Clause]
    level: str
    place: dict[str, Any]

    @property
    def seen(self) -> str:
        """Tells these clauses from any others."""
        return fingerprint(self.clauses)

    @property
    def is_own(self) -> bool:
        """Whether this place has wording of its own."""
        return self.level == (PROGRAMME if self.place["programme"] else ORGANISATION)


def fingerprint(clauses: Iterable[Clause]) -> str:
    """The same for the same clauses in the same order, and for no others."""
    kept = json.dumps([clause.as_data() for clause in clauses], sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()[:16]


def wording_of(programme: Programme, model: str = "") -> Wording:
    """What new agreements of a programme say; of its own model, or of partnerships in it that follow another one."""
    model = model or programme.model
    kept = {template.programme_id: template.clauses for template in templates_of(programme, model)}
    place = {"programme": programme, "model": ""}
    for owner, level in ((programme.pk, PROGRAMME), (None, ORGANISATION)):
        if (clauses := kept.get(owner)) is not None:
            return Wording(read_clauses(clauses), level, place)
    return Wording(read_clauses(clauses_for(programme.blueprint, model)), PLATFORM, place)


def templates_of(programme: Programme, model: str) -> list[AgreementTemplate]:
    """The programme's own template, where its model is meant, and the organisation's for the model."""
    found = AgreementTemplate.objects.filter(programme=None, model=model)
    if model == programme.model:
        found |= AgreementTemplate.objects.filter(programme=programme)
    return list(found)


def organisation_wording(model: str, blueprint: str = "ukrc") -> Wording:
    """The organisation's words for a model of mentoring; before it has any, those of a ready-made programme."""
    place = {"programme": None, "model": model}
    kept = AgreementTemplate.objects.filter(**place).first()
    if kept:
        return Wording(read_clauses(kept.clauses or []), ORGANISATION, place)
    return Wording(read_clauses(clauses_for(load_blueprint(blueprint), model)), PLATFORM, place)


def own_wordings() -> set[str]:
    """The models of mentoring for which the organisation has words of its own."""
    return set(AgreementTemplate.objects.filter(programme=None).values_list("model", flat=True))
