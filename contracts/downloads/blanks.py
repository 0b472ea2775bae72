"""Forms to fill in by hand, made from the programme's own words: for people who would rather use a pen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts.content import fill_in
from contracts.preview import sample_facts
from contracts.queries import new_agreement
from mentoring.documents import render_pdf
from mentoring.documents.attachments import as_data
from mentoring.wording import say_rhythm
from programmes.models import Model, ParticipantRole, Partnership, Programme
from programmes.support.boxes import boxes_of
from programmes.support.development.asked import WAYS, questions_of
from programmes.support.models import EndingReason
from programmes.support.plans.capabilities import capabilities_in

Made = Callable[[Programme], dict[str, Any]]
MENTOR, MENTEE, FACILITATOR = (
    ParticipantRole.MENTOR.label,
    ParticipantRole.MENTEE.label,
    ParticipantRole.FACILITATOR.label,
)
PEOPLE: dict[str, tuple[str, ...]] = {
    Model.GROUP: (MENTOR, MENTEE, MENTEE, MENTEE),
    Model.TWO_BY_TWO: (MENTOR, MENTOR, MENTEE, MENTEE),
    Model.TEAM: (MENTOR, MENTEE, MENTEE, MENTEE),
    Model.PEER_PAIR: (MENTEE, MENTEE),
    Model.CIRCLE: (FACILITATOR, MENTEE, MENTEE, MENTEE, MENTEE),
}
PAIR = (MENTEE, MENTOR)
LOG_LINES, STEP_LINES, GOALS = 10, 5, 2


@dataclass(frozen=True)
class BlankForm:
    """A form: its title, what it is for, and what its template is given as data."""

    title: str
    purpose: str
    made: Made


def contract(programme: Programme) -> dict[str, Any]:
    """The clauses that new agreements of the programme begin with (K1 to K6)."""
    facts = sample_facts(programme.organisation, programme, programme.model)
    known = new_agreement(Partnership(programme=programme, model=programme.model)).clauses
    clauses = [clause | {"text": fill_in(clause["text"], facts)} for clause in known]
    return {
        "period": {"from": programme.starts_on.isoformat(), "until": programme.ends_on.isoformat()},
        "rhythm": say_rhythm(programme.cadence_weeks * 7),
        "promises": [clause for clause in clauses if clause["kind"] == "fixed"],
        "clauses": [clause | {"people": owners(clause, programme)} for clause in clauses if clause["kind"] != "fixed"],
    }


def owners(clause: dict[str, Any], programme: Programme) -> list[str]:
    """Who has a box of their own in this clause; one nameless box where all share it."""
    filled_by = clause.get("filled_by", "")
    own = [role for role in people(programme) if role.lower() == filled_by or filled_by == "each"]
    return own or [""]


def people(programme: Programme) -> tuple[str, ...]:
    return PEOPLE.get(programme.model, PAIR)


def record(programme: Programme) -> dict[str, Any]:
    """The boxes of the programme's progress record (G9); what each keeps to themselves is on a sheet of its own."""
    boxes = [
        {"label": box.label, "hint": box.hint, "kind": box.kind, "private": box.is_private}
        for box in boxes_of(programme)
        if box.kind != "many"
    ]
    return {
        "shared": [box for box in boxes if not box["private"]],
        "own": [box for box in boxes if box["private"]],
    }


def log(programme: Programme) -> dict[str, Any]:
    return {"rhythm": say_rhythm(programme.cadence_weeks * 7), "columns": ["date", "how", "minutes", "next meeting on"]}


def plan(programme: Programme) -> dict[str, Any]:
    return {"columns": ["step", "who helps", "by when", "done on"]}


def development(programme: Programme) -> dict[str, Any]:
    """What the programme asks about where somebody stands, and a sheet for what they need to learn (A5)."""
    return {
        "questions": [{"label": one.label, "hint": one.hint} for one in questions_of(programme)],
        "capabilities": [one.label for one in capabilities_in(programme)],
        "ways": list(WAYS.values()),
    }


def exit_form(programme: Programme) -> dict[str, Any]:
    """Stopping needs no reason (X2); the first answer says so."""
    return {"reasons": [label for _, label in EndingReason.choices]}


FORMS = {
    "contract": BlankForm("Mentoring agreement", "What you agree with each other, for all of you to sign.", contract),
    "progress-record": BlankForm("Progress record", "What you keep of one meeting; one sheet is for yourself.", record),
    "meeting-log": BlankForm("Meeting log", "When you met, how and for how long: a line for each meeting.", log),
    "action-plan": BlankForm("Action plan", "What the mentee wants to reach, and the next steps towards it.", plan),
    "development-plan": BlankForm(
        "Development plan", "Where you stand, and what you need to learn from that.", development
    ),
    "exit-form": BlankForm(
        "Ending a partnership", "That you stop, and what you would like the co-ordinator to know.", exit_form
    ),
}


def print_blank(programme: Programme, form: str) -> bytes:
    """The form as a PDF that carries its questions as data."""
    wanted = FORMS[form]
    data = {"form": form, "title": wanted.title, "programme": programme.name, **wanted.made(programme)}
    context = {
        "organisation": programme.organisation,
        "programme": programme,
        "people": people(programme),
        "data": data,
        "purpose": wanted.purpose,
        "log_lines": range(LOG_LINES),
        "step_lines": range(STEP_LINES),
        "goals": range(GOALS),
    }
    attached = as_data(f"{form}.json", data, "The form’s questions as data")
    return render_pdf(f"contracts/pdf/blank/{form}.html", context, title=wanted.title, data=attached)
