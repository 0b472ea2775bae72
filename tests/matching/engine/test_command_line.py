"""The commands as a person types them."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest

import matching.engine
from matching.engine.__main__ import main

EXAMPLE = Path(matching.engine.__file__).parent / "example"
SMALLEST = {
    "mentees": [{"id": "a"}],
    "mentors": [{"id": "x", "capacity": 2}],
    "criteria": [{"kind": "pairs", "scores": [["a", "x", 10]], "missing": "forbidden"}],
    "objective": "total",
}


def run(*arguments, given=None):
    """The command in this process: starting another takes a second."""
    said, complained = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(complained):
        patch.setattr(sys, "stdin", io.StringIO(given if isinstance(given, str) else json.dumps(given)))
        code = main([*map(str, arguments)])
    return SimpleNamespace(returncode=code, stdout=said.getvalue(), stderr=complained.getvalue())


def test_the_command_starts_and_its_exit_says_how_it_went():
    for document, code in ((SMALLEST, 0), ({}, 2)):
        done = subprocess.run(
            [sys.executable, "-m", "matching.engine", "solve", "-"],
            input=json.dumps(document), capture_output=True, text=True, cwd=EXAMPLE.parents[2], timeout=120,
        )  # fmt: skip
        assert done.returncode == code, done.stderr


def test_smallest_instance_is_solved_and_checked(tmp_path):
    answer = run("solve", "-", given=SMALLEST)
    outcome = json.loads(answer.stdout)
    (tmp_path / "outcome.json").write_text(answer.stdout)

    assert {name: outcome[name] for name in ("pairs", "matched", "total", "worst", "proved")} == {
        "pairs": [["a", "x"]],
        "matched": 1,
        "total": 10,
        "worst": 10,
        "proved": True,
    }
    assert run("check", "-", tmp_path / "outcome.json", given=SMALLEST).returncode == 0


def test_example_gives_the_outcome_beside_it():
    assert run("solve", EXAMPLE / "instance.json").stdout == (EXAMPLE / "outcome.json").read_text()


def test_damaged_outcome_exits_with_1_and_the_reason(tmp_path):
    outcome = json.loads((EXAMPLE / "outcome.json").read_text()) | {"total": 219667}
    (tmp_path / "outcome.json").write_text(json.dumps(outcome))

    answer = run("check", EXAMPLE / "instance.json", tmp_path / "outcome.json")

    assert answer.returncode == 1
    assert "total: the outcome says 219667, but it is 219666" in answer.stderr


def test_outcome_that_is_no_json_exits_with_1(tmp_path):
    (tmp_path / "outcome.json").write_text("{")

    assert run("check", EXAMPLE / "instance.json", tmp_path / "outcome.json").returncode == 1


def test_bad_instance_exits_with_2_and_the_path():
    answer = run("solve", "-", given=SMALLEST | {"mentors": [{"id": "x", "capacity": -1}]})

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "mentors[0].capacity: expected 0 to 1000, found -1" in answer.stderr


def test_missing_file_and_broken_json_exit_with_2():
    assert run("solve", "nowhere.json").returncode == 2
    assert run("solve", "-", given='{"mentees": [').returncode == 2
    assert run("solve", "-", given="[" * 100_000).returncode == 2


def test_explain_gives_reasons_for_everybody_and_for_one_pair():
    everybody = json.loads(run("explain", EXAMPLE / "instance.json", EXAMPLE / "outcome.json").stdout)
    pair = json.loads(
        run(
            "explain", EXAMPLE / "instance.json", EXAMPLE / "outcome.json", "--mentee", "amina", "--mentor", "yusuf"
        ).stdout
    )

    assert [reasons["score"] for reasons in everybody["pairs"]] == [97333, 80000, 42333]
    assert pair["broken"] == ["the mentee asked for a woman"]
