"""PDFs look right, stay whole, and ask nothing of anybody."""

import datetime
import io
from types import SimpleNamespace

import pytest
import time_machine
from django.utils.safestring import mark_safe
from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from mentoring.documents import render_pdf
from mentoring.documents.attachments import DataFile
from mentoring.documents.typesetting import prepared, to_pdf

from .conftest import SECRET
from .reading import check_structure, facts_of, fonts_of, ink_of, picture_of, run, text_of
from .vectors import VECTORS

A_NOTE = DataFile("note.json", "{}", "A note as data", datetime.datetime(2026, 5, 3, 14, tzinfo=datetime.UTC))
ORGANISATION = SimpleNamespace(name="University of Exampleford", accent="#7A1F4B")


@pytest.fixture
def rendered(settings, tmp_path):
    """`rendered(words)` is a document whose one paragraph is these words, escaped unless marked as safe."""
    (tmp_path / "page.html").write_text(
        '{% extends "documents/pdf/base.html" %}{% block content %}<p>{{ words }}</p>{% endblock %}'
    )
    engine = settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}
    settings.TEMPLATES = [engine]

    def render(words="Hello", **options):
        context = {"words": words, "organisation": ORGANISATION, **options.pop("context", {})}
        return render_pdf("page.html", context, **{"title": "A note", "data": A_NOTE, **options})

    return render


def test_document_is_a_tagged_archive_file_in_our_fonts(rendered, tmp_path):
    content = rendered("Dŵr, tŷ")

    facts = facts_of(content)
    assert (facts["Title"], facts["Author"], facts["Tagged"], facts["Page size"]) == (
        "A note",
        "University of Exampleford",
        "yes",
        "595.276 x 841.89 pts (A4)",
    )
    assert b'pdfaid:part="3"' in metadata(content)
    assert b'pdfaid:conformance="A"' in metadata(content)
    assert "No syntax or stream encoding errors found" in check_structure(content, tmp_path)
    assert all(fonts_of(content, tmp_path).values())


def metadata(content: bytes) -> bytes:
    found = PdfReader(io.BytesIO(content)).xmp_metadata
    return found.stream.get_data() if found else b""


def test_same_words_give_the_same_bytes_years_later(rendered):
    made_at = datetime.datetime(2026, 5, 3, 14, tzinfo=datetime.UTC)
    data = DataFile("words.json", '{"words": "Hello"}', "The same for machines", made_at)

    first = rendered(data=data)
    prepared.cache_clear()
    with time_machine.travel("2031-01-01"):
        second = rendered(data=data)

    assert first == second
    assert first != rendered("Hallo", data=data)


def test_welsh_and_gaelic_letters_come_from_our_own_faces(rendered, tmp_path):
    plain, welsh = (fonts_of(rendered(words), tmp_path) for words in ("Sion agus Mor", "Siôn, dŵr, tŷ agus Mòr"))

    assert set(welsh) - set(plain) == {"BodyExtended"}
    assert not any("DejaVu" in name for name in welsh)


@pytest.mark.parametrize(
    ("face", "words"),
    [
        ("Greek", "Ελένη"),
        ("Cyrillic", "Олександр Їжак"),
        ("Vietnamese", "Nguyễn Thị Hồng Ánh"),
        ("Devanagari", "सीता"),
        ("Hebrew", "שלום עליכם"),
        ("Arabic", "مرحبا بكم يا محمد"),
        ("Emoji", "🦀😀👍🏾"),
    ],
)
def test_names_in_other_alphabets_come_from_our_own_faces(rendered, tmp_path, face, words):
    """Whatever fonts the machine has, or has not."""
    content = rendered(words)

    used = {name.split("-")[0] for name in fonts_of(content, tmp_path)}
    assert face in used
    assert used <= {face, "Body", "BodyExtended", "Head", "HeadExtended"}


def test_letter_with_a_hat_is_drawn_with_its_hat(rendered):
    """The picture, not only the text: w and ŵ differ in ink above the letter, and in nothing else."""
    plain, hatted = (picture_of(rendered(words * 20), dpi=96) for words in ("w ", "ŵ "))

    rows = [
        y
        for y in range(plain.height)
        if any(plain.getpixel((x, y)) != hatted.getpixel((x, y)) for x in range(plain.width))
    ]
    assert 2 <= len(rows) <= 8
    assert sum(hatted.histogram()[:200]) > sum(plain.histogram()[:200])


def test_pages_are_counted_and_named(rendered):
    content = rendered("A sentence that takes some room on the page. " * 250, context={"code": "K7QM-2XHT-9BVA"})

    second = run("pdftotext", "-f", "2", "-l", "2", "-layout", "-", "-", content=content).decode()
    assert "University of Exampleford" in second
    assert "A note" in second
    assert "Document K7QM-2XHT-9BVA" in second
    assert f"Page 2 of {facts_of(content)['Pages']}" in second


@pytest.mark.parametrize(
    "words",
    ["A" * 10_000, "Wörter " * 1_400, "שלום עליכם " * 300, "سلام " * 300, "🦀👩🏽‍🔬" * 200, "e" + "\u0301" * 5_000],
    ids=["one word of 10,000", "many", "Hebrew", "Arabic", "emoji", "combining marks"],
)
def test_page_stays_whole(rendered, words, tmp_path):
    content = rendered(
        words, title=words[:10_000], context={"organisation": SimpleNamespace(name=words, accent="#7A1F4B")}
    )

    assert check_structure(content, tmp_path)
    page = picture_of(content)
    # Nothing is drawn where the margin is: 24 mm is a ninth of the page's width.
    margin = page.crop((round(page.width * 0.94), 0, page.width, page.height))
    assert margin.histogram()[255] == margin.width * margin.height
    assert ink_of(content) > 0.001


@pytest.mark.parametrize("name", VECTORS)
def test_nothing_is_asked_for(bait, name, rendered):
    """Even where words were taken for markup, nothing is fetched from the network and nothing read from the disk."""
    content = rendered(mark_safe(bait.fill(VECTORS[name])))

    assert bait.requests == []
    assert SECRET not in text_of(content)
    assert [*attached_files(content)] == ["note.json"]


def attached_files(content: bytes) -> dict[str, list[bytes]]:
    return dict(PdfReader(io.BytesIO(content)).attachments)


@pytest.mark.parametrize("name", VECTORS)
def test_words_stay_words(bait, name, rendered):
    vector = bait.fill(VECTORS[name])

    content = rendered(vector)

    assert bait.requests == []
    assert vector[:12] in text_of(content)


def test_bait_is_found_by_a_renderer_that_looks(bait):
    """The vectors work: without our fetcher the server is visited and the file is read."""
    HTML(string=bait.fill(VECTORS["image"])).write_pdf()
    attached = HTML(string=bait.fill(VECTORS["attachment from disk"])).write_pdf()

    assert bait.requests == ["/bait.png"]
    assert SECRET.encode() in attached_files(attached)["secret.txt"]


def test_asset_that_is_not_bundled_stops_the_rendering():
    with pytest.raises(FatalURLFetchingError):
        to_pdf('<img src="asset:../../etc/passwd">', A_NOTE)


@pytest.mark.parametrize(
    ("words", "side"), [("שלום", "right"), ("“مرحبا”", "right"), ("Dŵr Ω", "left"), ("3 ש", "right")]
)
def test_words_begin_on_the_side_that_their_script_is_read_from(words, side):
    picture = picture_of(to_pdf(f'<html lang="en"><title>A</title><p class="written" dir="auto">{words}</p>', A_NOTE))

    middle = picture.width // 2
    halves = {"left": (0, 0, middle, picture.height), "right": (middle, 0, picture.width, picture.height)}
    ink = {name: sum(picture.crop(box).histogram()[:128]) for name, box in halves.items()}
    assert max(ink, key=ink.get) == side
