"""Every field of every PDF holds every way to make a renderer ask for something: nothing is asked for, and words stay words."""

import re
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from django.conf import settings

from mentoring.documents import render_pdf, rendering
from mentoring.documents.qr import qr_picture

from .conftest import SECRET
from .reading import text_of
from .test_rendering import attached_files
from .vectors import VECTORS

TEMPLATES = settings.BASE_DIR / "templates"
FRAMES = {"base.html", "form.html"}  # what others extend
DRAWN = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("pdf/**/*.html") if file.name not in FRAMES)
PRINTED = [name for name in DRAWN if "extends" in (TEMPLATES / name).read_text()]
NAMES = re.compile(r"[a-z_]+")
MARKS = re.compile(r"\{[{%](.*?)[%}]\}")
# A preview shows what can be chosen; without signatures there is room for them.
OF_DAYS = {"weekday", "day", "month", "year", "hour", "minute"}  # a day can hold nothing but a day
TIMES = {"log": SimpleNamespace(total=60), "meetings": (1, 60), "sessions": (1, 60), "own": (1, 60)}
WAYS = [{}, {"is_preview": ""}, {"is_preview": "", "signatures": []}]


class Hostile:
    """Says the same whatever it is asked for: any attribute, any item, any call, twice in a list."""

    do_not_call_in_templates = True

    def __init__(self, words):
        self._words = self.accent = words

    def __str__(self):
        return self._words

    def __getattr__(self, name):
        if name.startswith("_") or name in OF_DAYS:
            raise AttributeError(name)
        return self

    def __getitem__(self, key):
        return self

    def __len__(self):
        return 2

    def __iter__(self):
        return iter([self, self])


def names_in_templates():
    """What a template of any PDF may ask for."""
    sources = "".join((TEMPLATES / name).read_text() for name in [*DRAWN, *frames(), "contracts/reading.html"])
    asked = {name for mark in MARKS.findall(sources) for name in NAMES.findall(mark)}
    return asked - {"accent", "verify_address"}  # which the renderer makes itself, of a colour and an address it checks


def frames():
    return [str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("pdf/**/*.html") if file.name in FRAMES]


def test_the_list_of_pdfs_is_whole():
    """One for each template that `render_pdf` is given, those that are chosen by name among them."""
    assert {Path(name).stem for name in PRINTED} >= {
        "agreement", "index", "record", "plan", "hours", "timetables",
        "contract", "progress-record", "meeting-log", "action-plan", "exit-form",
    }  # fmt: skip


@pytest.mark.parametrize("template", PRINTED)
def test_nothing_is_asked_for_whatever_stands_in_the_fields(bait, template):
    words = " ".join(bait.fill(vector) for vector in VECTORS.values())
    every = {name: Hostile(words) for name in names_in_templates()}
    fixed = {"qr": qr_picture(words), "code": "K7QM-2XHT-9BVA", **TIMES}

    for way in WAYS if template.endswith("agreement.html") else WAYS[:1]:
        with mock.patch.object(rendering, "to_pdf", wraps=rendering.to_pdf) as handed:
            content = render_pdf(template, {**every, **fixed, **way}, title=words)

        html = handed.call_args.args[0]
        assert html.count("&lt;img src=") > 5
        assert f'<img src="{bait.url}' not in html
        assert bait.requests == []
        text = text_of(content)
        assert '<img src="http' in text
        assert SECRET not in text
        assert attached_files(content) == {}
