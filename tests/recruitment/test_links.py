"""An applicant's link outlives the key that signed it, while the key is known. It leads (302) to their next page."""

import pytest
from django.core.signing import Signer
from django.test import Client

from programmes.models import Programme
from programmes.recruitment import links
from programmes.recruitment.links import applicant_url
from programmes.recruitment.models import Application

from .applying import ask_questions, open_for


@pytest.fixture
def application(programme: Programme) -> Application:
    ask_questions(programme)
    open_for(programme, "mentee")
    return Application.objects.create(programme=programme, role="mentee", name="Sŵn", email="swn@example.org")


@pytest.mark.parametrize(("known", "status"), [(["the old key"], 302), ([], 404)])
def test_link_is_good_while_its_key_is_known(application, monkeypatch, known, status):
    monkeypatch.setattr(links, "SIGNER", Signer(key="the old key", salt=links.SIGNER.salt))
    link = applicant_url(application)

    monkeypatch.setattr(links, "SIGNER", Signer(key="the new key", salt=links.SIGNER.salt, fallback_keys=known))

    assert Client().get(link).status_code == status


def test_link_with_a_letter_changed_leads_nowhere(application):
    link = applicant_url(application)
    changed = link[:-2] + ("A" if link[-2] != "A" else "B") + link[-1]

    assert (Client().get(link).status_code, Client().get(changed).status_code) == (302, 404)
