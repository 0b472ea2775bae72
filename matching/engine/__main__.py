"""The command line: solve an instance, check an outcome, explain it.

Exit 0 when all is well, 1 when an outcome does not hold, 2 when the instance has a fault (its path goes to stderr).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from . import (
    Fault,
    Instance,
    Repairs,
    check,
    explain_pair,
    explain_unmatched,
    find_companies,
    find_shortages,
    insist,
    read_instance,
    say_proof,
    solve,
    value_answers,
)
from .outcome import describe_outcome


def main(arguments: list[str] | None = None) -> int:
    options = build_parser().parse_args(arguments)
    try:
        instance = read_instance(read_json(options.instance))
        return options.run(instance, options)
    except Fault as fault:
        print(f"{options.instance}: {fault}", file=sys.stderr)
        return 2


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matching.engine", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for run, about in (
        (run_solve, "write the best outcome, with its proof"),
        (run_check, "does this outcome hold, and is it the best?"),
        (run_explain, "the reasons behind an outcome, or behind one pair"),
    ):
        command = commands.add_parser(run.__name__.removeprefix("run_"), help=about)
        command.add_argument("instance", metavar="INSTANCE.json")
        if run is run_solve:
            command.add_argument("--seconds", type=float, help="stop soon after this time with the best found")
        else:
            command.add_argument("outcome", metavar="OUTCOME.json")
        if run is run_explain:
            command.add_argument("--mentee")
            command.add_argument("--mentor")
        command.set_defaults(run=run)
    return parser


def run_solve(instance: Instance, options: argparse.Namespace) -> int:
    print(json.dumps(solve(instance, seconds=options.seconds).as_document(), ensure_ascii=False))
    return 0


def run_check(instance: Instance, options: argparse.Namespace) -> int:
    reasons = check_file(instance, options.outcome)
    for reason in reasons:
        print(f"{options.outcome}: {reason}", file=sys.stderr)
    if not reasons:
        print(say_proof(read_json(options.outcome)))
    return 1 if reasons else 0


def run_explain(instance: Instance, options: argparse.Namespace) -> int:
    if options.mentee and options.mentor:
        answer: Any = explain_choice(instance, options.mentee, options.mentor)
    else:
        reasons = check_file(instance, options.outcome)
        if reasons:
            print(f"{options.outcome}: {reasons[0]}", file=sys.stderr)
            return 1
        answer = explain_outcome(instance, read_json(options.outcome), options.mentee)
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


def explain_choice(instance: Instance, mentee: str, mentor: str) -> dict[str, Any]:
    """The reasons for and against a pair, and what insisting on it would change (null where a rule forbids it)."""
    reasons = explain_pair(instance, mentee, mentor)
    asked = reasons["allowed"] and not instance.model.has_many_partners
    change = insist(instance, solve(instance), mentee, mentor) if asked else None
    return reasons | {"change": change and change.as_document()}


def explain_outcome(instance: Instance, outcome: dict[str, Any], mentee: str | None) -> dict[str, Any]:
    """The reasons for every pair and every mentee without one, or for one mentee."""
    asked = {instance.find_mentee(mentee).id} if mentee else {person.id for person in instance.mentees}
    pairs = [(first, second) for first, second in outcome["pairs"]]
    if instance.model.is_pairs:
        outcome = describe_outcome(instance, pairs, {}, None).as_document()
    companies = find_companies(instance, [id for id in outcome["unmatched"] if id in asked])
    answer = {
        "pairs": [explain_pair(instance, *pair) for pair in pairs if asked & {pair[0], *find_peer(instance, pair)}],
        "unmatched": [
            explain_unmatched(instance, id, outcome["loads"])
            | ({"company": companies[id].as_document()} if id in companies else {})
            for id in outcome["unmatched"]
            if id in asked
        ],
    }
    return answer | (explain_waiting(instance, pairs, answer["unmatched"]) if instance.model.is_pairs else {})


def find_peer(instance: Instance, pair: tuple[str, str]) -> tuple[str, ...]:
    return pair[1:] if instance.model.is_pool else ()


def explain_waiting(
    instance: Instance, pairs: list[tuple[str, str]], unmatched: list[dict[str, Any]]
) -> dict[str, Any]:
    """What would give those who wait a mentor, why so many must wait, and whom to recruit."""
    found = describe_outcome(instance, pairs, {}, None)
    repairs = Repairs(instance, found)
    return {
        "unmatched": [
            each | {"repairs": [repair.as_document() for repair in repairs.find(each["mentee"])]} for each in unmatched
        ],
        "shortages": [shortage.as_document() for shortage in find_shortages(instance, found)],
        "newcomers": [worth.as_document() for worth in value_answers(instance, found)],
    }


def check_file(instance: Instance, path: str) -> list[str]:
    try:
        document = read_json(path)
    except Fault as fault:
        return [str(fault)]
    if not isinstance(document, dict):
        return ["the outcome is not an object"]
    return check(instance, document)


def read_json(path: str) -> Any:
    """A JSON file; "-" is standard input. Raises Fault where the text is no JSON."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
        return json.loads(text, object_pairs_hook=refuse_twins)
    except OSError as error:
        raise Fault("file", error.strerror or str(error)) from error
    except json.JSONDecodeError as error:
        raise Fault(f"line {error.lineno}, column {error.colno}", f"not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise Fault("file", f"not readable as JSON: {error}") from error


def refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twins = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twins:
        raise Fault(twins[0], "this field is given twice in one object")
    return dict(pairs)


if __name__ == "__main__":
    sys.exit(main())
