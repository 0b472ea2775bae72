"""An organisation's settings, its colour and its logo."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from mentoring.audit.models import Event
from mentoring.organisations import branding, logos
from mentoring.organisations.models import Organisation
from mentoring.refusal import Refused

PATH = "/university/settings/"
ANSWERS = {
    "name": "University of Exampleford",
    "accent": "#175a63",
    "keep_applications_months": 6,
    "keep_content_months": 3,
    "keep_activity_months": 24,
    "keep_contracts_years": 6,
    "keep_unsigned_months": 6,
}


def picture(width=900, height=300, kind="PNG", **options) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "#175A63").save(drawn, kind, **options)
    return drawn.getvalue()


def upload(content: bytes, name="logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_administrator_changes_settings(client, administrator, organisation, sign_in):
    answer = sign_in(client, administrator).post(PATH, ANSWERS | {"name": "Exampleford", "keep_content_months": 6})

    organisation.refresh_from_db()
    event = Event.objects.get(what="organisation settings changed")
    assert answer.url == PATH
    assert (organisation.name, organisation.keep_content_months) == ("Exampleford", 6)
    assert (event.person, event.details) == (administrator, {"changed": ["name", "keep_content_months"]})


def test_a_pale_colour_is_made_darker_and_said_so(client, administrator, organisation, sign_in):
    page = sign_in(client, administrator).post(PATH, ANSWERS | {"accent": "#ffcc00"}, follow=True).content.decode()

    organisation.refresh_from_db()
    assert branding.is_readable(organisation.accent, branding.LIGHT)
    assert f"#FFCC00 would be hard to read on our pages, so we made it {organisation.accent}." in page


def test_wrong_answers_are_explained_and_kept(client, administrator, organisation, sign_in):
    wrong = ANSWERS | {"name": "", "accent": "teal", "keep_content_months": "400"}

    page = sign_in(client, administrator).post(PATH, wrong)

    assert set(page.context["form"].errors) == {"name", "accent", "keep_content_months"}
    assert 'value="400"' in page.content.decode()


def test_coordinator_cannot_change_settings(client, coordinator, sign_in):
    assert sign_in(client, coordinator).get(PATH).status_code == 404


def test_database_refuses_unreasonable_retention(organisation):
    with pytest.raises(IntegrityError, match="organisation_keeps_within_reason"), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(keep_content_months=0)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_logo_is_drawn_again_small_and_without_what_came_with_it(client, administrator, organisation, sign_in, kind):
    told = {"exif": b"Exif\x00\x00secret words"} if kind == "JPEG" else {"pnginfo": words_inside("secret words")}
    sent = picture(kind=kind, **told)
    assert b"secret words" in sent

    sign_in(client, administrator).post(PATH, ANSWERS | {"new_logo": upload(sent)})

    served = client.get("/brand/university/logo.png")
    assert (served.status_code, served["Content-Type"]) == (200, "image/png")
    assert served["X-Content-Type-Options"] == "nosniff"
    assert b"secret words" not in served.content
    assert Image.open(io.BytesIO(served.content)).size == (480, 160)


def words_inside(words: str) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", words)
    return info


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not a picture"),
        (b"GIF89a" + b"\x00" * 40, "not a picture"),
        (picture()[:60], "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "not a picture"),
        (picture(6000, 6000), "6000 by 6000 pixels"),
        (picture() + b"\x00" * 1_000_001, "at most 1 MB"),
    ],
    ids=["svg", "gif", "cut off", "not png", "too many pixels", "too many bytes"],
)
def test_what_is_no_logo_is_refused_with_the_reason(client, administrator, sign_in, monkeypatch, content, reason):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it

    page = sign_in(client, administrator).post(PATH, ANSWERS | {"new_logo": upload(content)})

    assert reason in page.context["form"].errors["new_logo"][0]
    assert client.get("/brand/university/logo.png").status_code == 404


def test_logo_can_be_removed(client, administrator, organisation, sign_in):
    sign_in(client, administrator).post(PATH, ANSWERS | {"new_logo": upload(picture())})

    client.post(PATH, ANSWERS | {"remove_logo": "on"})

    assert client.get("/brand/university/logo.png").status_code == 404


def test_a_picture_that_unpacks_to_very_much_is_refused_before_it_is_decoded():
    with pytest.raises(Refused, match="too many pixels"):
        logos.redraw(io.BytesIO(picture(20_000, 9_000, compress_level=9)), 1000)


def test_every_page_wears_the_accent(client, organisation):
    sheet = client.get("/brand/university.css")

    assert sheet["Content-Type"] == "text/css"
    assert "max-age=300" in sheet["Cache-Control"]
    assert sheet.content.decode().startswith(":root { --accent: light-dark(#175A63,")


def test_no_colour_of_an_organisation_that_is_not_there(client, db):
    assert client.get("/brand/nowhere.css").status_code == 404


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_becomes_readable_in_both_schemes(number):
    for scheme in (branding.LIGHT, branding.DARK):
        assert branding.is_readable(branding.readable(f"#{number:06X}", scheme), scheme)


def test_a_readable_colour_is_left_alone():
    assert branding.readable("#175A63", branding.LIGHT) == "#175A63"


def test_grounds_are_those_of_the_tokens():
    css = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()

    for name in ("paper", "surface", "sunken", "on-accent"):
        light, dark = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\);", css.split("@layer tokens {")[1]).groups()
        attribute = name.replace("-", "_")
        assert (light, dark) == (getattr(branding.LIGHT, attribute), getattr(branding.DARK, attribute))
