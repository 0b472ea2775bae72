"""Ready-made programmes: TOML files, checked by blueprint.schema.json before anything is made from them."""

import functools
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema

FOLDER = Path(__file__).parent
KEYED = ("objectives", "budget", "questions", "clauses", "topics", "records", "survey", "capabilities", "development")


class BlueprintError(ValueError):
    """A blueprint is not what the schema asks for. Each line of the message begins with the path of what is wrong."""


def blueprint_names() -> list[str]:
    """The names of the ready-made programmes, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_blueprint(name: str) -> dict[str, Any]:
    """A fresh copy of a ready-made programme. Refuses an unknown name and a file that breaks the schema."""
    if name not in blueprint_names():
        raise BlueprintError(f"There is no blueprint called “{name}”.")
    blueprint = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    check_blueprint(blueprint, name)
    return blueprint


def check_blueprint(blueprint: dict[str, Any], name: str = "blueprint") -> None:
    """Raise BlueprintError naming the path of everything that is wrong."""
    faults = list(_schema_faults(blueprint)) or [*_repeated_keys(blueprint), *_lost_references(blueprint)]
    if faults:
        raise BlueprintError("\n".join(f"{name}: {fault}" for fault in faults))


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((FOLDER / "blueprint.schema.json").read_text(encoding="utf-8")))


def _schema_faults(blueprint: dict[str, Any]) -> Iterator[str]:
    for error in sorted(_validator().iter_errors(blueprint), key=lambda error: error.json_path):
        yield f"{error.json_path.removeprefix('$.')}: {error.message}"


def _repeated_keys(blueprint: dict[str, Any]) -> Iterator[str]:
    for section in KEYED:
        seen: set[str] = set()
        for place, item in enumerate(blueprint.get(section, [])):
            if item["key"] in seen:
                yield f"{section}[{place}].key: “{item['key']}” is used twice"
            seen.add(item["key"])


def _lost_references(blueprint: dict[str, Any]) -> Iterator[str]:
    """A question matched with one that is not asked, or an objective measured by an answer on no scale."""
    questions = {question["key"]: question for question in blueprint["questions"]}
    for place, question in enumerate(blueprint["questions"]):
        other = question.get("matching", {}).get("with")
        if other and other not in questions:
            yield f"questions[{place}].matching.with: there is no question “{other}”"
    scales = {question["key"] for question in blueprint["survey"] if question["kind"] == "scale"}
    for place, objective in enumerate(blueprint["objectives"]):
        measured = objective["measure"].get("question")
        if measured and measured not in scales:
            yield f"objectives[{place}].measure.question: the survey has no scale “{measured}”"
