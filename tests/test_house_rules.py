"""Rules of the house that a reviewer would otherwise have to remember."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentoring.fingerprint import FLOORS, ROOT

PAGES = [path for path in sorted((ROOT / "templates").rglob("*.html")) if not {"pdf", "emails"} & set(path.parts)]
# Signing in or out twice has the effect of one by itself.
CHANGING = [path for path in PAGES if not {"account", "mfa"} & set(path.parts) and path.name != "account_links.html"]
PYTHON = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
MODULES = [path for path in PYTHON if "migrations" not in path.parts]
VIEWS = [path for path in MODULES if "views" in (path.stem, path.parent.name)]
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
WORDS = re.compile(r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
LONGEST = 350  # lines
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "save", "delete", "update", "bulk_update"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CHANGING, ids=name_of)
def test_every_form_that_changes_something_works_once(path):
    assert [form[:80] for form in FORM.findall(path.read_text()) if "{% once %}" not in form] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_speak_calmly(path):
    words = WORDS.sub(" ", path.read_text().replace("<!DOCTYPE html>", "").replace("!=", ""))

    assert [word for word in ("!", "Oops", "oops") if word in words] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_is_short_enough_to_be_read_at_once(path):
    assert len(path.read_text().splitlines()) <= LONGEST


def writes_in(path: Path) -> Iterator[str]:
    """Calls such as `Model.objects.create(…)` or `record.save()`; dictionaries' `update` is no write."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            target = ast.unparse(node.func.value)
            if node.func.attr in ("save", "delete") or ".objects" in target:
                yield f"line {node.lineno}: {target}.{node.func.attr}"


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_leave_writing_to_actions(path):
    assert list(writes_in(path)) == []
