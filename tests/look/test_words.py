"""Our words stand in place of Django's and allauth's."""

import gettext
import re
from pathlib import Path

from django import forms

from mentoring.fingerprint import ROOT

CATALOGUE = Path(ROOT) / "mentoring" / "locale" / "en_GB" / "LC_MESSAGES" / "django.po"


def written_messages() -> dict[str, str]:
    """The single messages of the written catalogue."""
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', CATALOGUE.read_text(), re.MULTILINE))


def test_the_compiled_catalogue_says_what_the_written_one_says():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    written = written_messages()

    assert len(written) > 40
    assert {message: compiled.gettext(message) for message in written} == written


def test_somebody_who_mistypes_an_address_is_told_what_one_looks_like():
    class Form(forms.Form):
        email = forms.EmailField()

    assert Form({"email": "swn at example"}).errors["email"] == ["Enter an e-mail address, such as name@example.org."]
