"""What holds for the tree as a whole. `make check` runs this file."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.template.loader import get_template
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from mentoring.fingerprint import ROOT

TEMPLATES = sorted(path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html" and not {"emails", "pdf"} & set(path.parts)]
LOCKED = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
INLINE = re.compile(r"<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_template_compiles(path: Path):
    assert get_template(str(path))


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_page_carries_no_script_or_style_of_its_own(path: Path):
    assert INLINE.findall((ROOT / "templates" / path).read_text()) == []


def direct_requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    return [*project["project"]["dependencies"], *groups["embedded"], *groups["dev"]]


@pytest.mark.parametrize("line", direct_requirements())
def test_lock_holds_what_pyproject_asks_for(line: str):
    requirement = Requirement(line)

    assert requirement.specifier.contains(LOCKED[canonicalize_name(requirement.name)])


def test_image_has_the_system_packages_of_the_makefile():
    makefile, image = ((ROOT / name).read_text() for name in ("Makefile", "Dockerfile"))
    packages = re.search(r"^RUN_PACKAGES := (.*)$", makefile, re.MULTILINE)

    assert packages
    assert f"--no-install-recommends {packages[1]} \\" in image


def test_pages_of_the_demo_exist_in_the_demo_only():
    ask = "from django.urls import resolve; import django; django.setup(); print(resolve('/caught-mail/').view_name)"

    ran = {
        demo: subprocess.run(
            [sys.executable, "-c", ask], cwd=ROOT, env=os.environ | {"DEMO": demo}, capture_output=True, text=True
        )
        for demo in ("true", "false")
    }

    assert ran["true"].stdout == "demo:caught-mail\n"
    assert "Resolver404" in ran["false"].stderr


def test_missing_setting_is_named():
    environment = {name: value for name, value in os.environ.items() if name != "BASE_URL"}

    ran = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert ran.returncode == 1
    assert 'Environment variable "BASE_URL" not set' in ran.stderr
