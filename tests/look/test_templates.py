"""Rules of every template and stylesheet in the repository."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test.signals import template_rendered

from mentoring.fingerprint import ROOT

TEMPLATES = Path(ROOT) / "templates"
STATIC = Path(ROOT) / "static"
LETTERS = ("emails/", "email/", "pdf/")  # written for mail programs and for paper, where there is no policy

PAGES = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*.html")
    if not any(part in path.relative_to(TEMPLATES).as_posix() for part in LETTERS)
)


def markup(name: str) -> str:
    """A template without its comments."""
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", (TEMPLATES / name).read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_a_template_has_no_inline_style_or_script(name):
    refused = re.findall(
        r"\sstyle=|<style|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)[^>]*>|javascript:|hx-on", markup(name)
    )

    assert refused == []


@pytest.mark.parametrize("name", PAGES)
def test_a_template_marks_nothing_as_safe_but_what_crispy_has_rendered(name):
    marked = [] if name.startswith("bootstrap5/") else re.findall(r"\|\s*safe\b|{%\s*autoescape off", markup(name))

    assert marked == []


def test_the_stylesheets_of_every_page_together_are_at_most_12_kilobytes_compressed():
    linked = re.findall(r'rel="stylesheet" href="{% static "(.+?)" %}"', markup("base.html"))

    sizes = [len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in linked]

    assert len(sizes) == 4
    assert sum(sizes) <= 12_000


def test_our_script_and_htmx_together_are_at_most_18_kilobytes_compressed():
    files = [STATIC / "vendor" / "htmx" / "htmx.min.js", STATIC / "js" / "alongside.js"]

    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) <= 18_000


def test_the_two_faces_that_every_page_loads_are_at_most_70_kilobytes():
    faces = ["public-sans-latin.woff2", "source-serif-4-600-latin.woff2"]

    assert sum((STATIC / "vendor" / "fonts" / face).stat().st_size for face in faces) <= 70_000


def test_no_static_file_names_a_source_map_that_is_not_there():
    naming = [path.name for path in STATIC.rglob("*.*s") if b"sourceMappingURL" in path.read_bytes()]

    assert naming == []


def test_everything_that_others_made_comes_with_its_licence():
    for folder in (STATIC / "vendor").iterdir():
        assert list(folder.glob("*LICEN*")) or list(folder.glob("*OFL.txt")), folder.name


@pytest.mark.django_db
def test_the_style_guide_shows_every_component(client):
    components = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "components").rglob("*.html")}
    shown = set()

    def note(sender, template, **_):
        shown.add(template.name)

    template_rendered.connect(note)
    try:
        client.get("/styleguide/")
    finally:
        template_rendered.disconnect(note)

    assert components - shown == set()


@pytest.mark.parametrize("name", [*PAGES, "sw.js", "manifest.json"])
def test_every_static_file_that_a_template_names_is_there(name):
    named = re.findall(r"{% static ['\"](.+?)['\"] %}", markup(name))

    assert [file for file in named if finders.find(file) is None] == []
