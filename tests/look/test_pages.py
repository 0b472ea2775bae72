"""Pages that stand outside every organisation."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import loader
from django.test import Client

from mentoring.organisations import tenancy


@pytest.mark.django_db
def test_anybody_sees_the_style_guide_in_a_demo(client):
    response = client.get("/styleguide/")

    assert response.status_code == 200
    assert "<h1>Style guide</h1>" in response.text


@pytest.mark.django_db
def test_nobody_sees_the_style_guide_outside_a_demo(client, settings):
    settings.DEMO = False

    response = client.get("/styleguide/")

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("400.html", "We could not read that request"),
        ("403.html", "Please send that again"),
        ("404.html", "We cannot find that page"),
        ("500.html", "Something went wrong on our side"),
        ("offline.html", "You are offline"),
    ],
)
def test_a_page_that_says_what_went_wrong_needs_no_database_and_no_request(page, heading):
    text = loader.get_template(page).render()

    assert f"<h1>{heading}</h1>" in text
    assert 'lang="en-gb"' in text
    assert '<main id="main"' in text


@pytest.mark.django_db
def test_a_stranger_and_a_typing_mistake_get_the_same_page(client, sign_in, programme, outsider):
    with tenancy.visitor(outsider):
        sign_in(client, outsider)

    forbidden = client.get(f"/university/{programme.slug}/")
    missing = client.get("/no/such/page/at/all/")

    assert (forbidden.status_code, missing.status_code) == (404, 404)
    assert forbidden.content == missing.content


@pytest.mark.django_db
def test_a_form_without_its_token_says_that_nothing_was_changed():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})

    assert response.status_code == 403
    assert "Nothing was changed." in response.text


@pytest.mark.django_db
def test_the_service_worker_is_a_script_for_the_whole_site_and_keeps_the_offline_page(client):
    response = client.get("/sw.js")

    assert response["Content-Type"] == "text/javascript"
    assert '"/offline/"' in response.text


@pytest.mark.django_db
def test_a_phone_finds_the_name_and_the_pictures_for_its_home_screen(client):
    response = client.get("/manifest.webmanifest")

    assert response["Content-Type"] == "application/manifest+json"
    assert response.json()["name"] == "Alongside"
    assert [finders.find(icon["src"].removeprefix("/static/")) is not None for icon in response.json()["icons"]] == [
        True
    ] * 2


@pytest.mark.parametrize(
    ("number", "ways"),
    [(1, ["/2/"]), (2, ["/1/"]), (4, ["/5/"])],
    ids=["the first has no step before it", "a step that is not open is no way", "nor is one before"],
)
def test_a_step_leads_to_its_neighbours(rf, number, ways):
    steps = [{"number": at, "label": f"Step {at}", "url": "" if at == 3 else f"/{at}/"} for at in range(1, 8)]
    request = rf.get("/")
    request.user = AnonymousUser()

    text = loader.get_template("step.html").render({"step": steps[number - 1], "steps": steps}, request)

    assert re.findall(r'href="(/\d/)" rel="(?:prev|next)"', text) == ways


def test_the_service_worker_is_served_to_somebody_who_is_signed_in(client, sign_in, mentee):
    assert sign_in(client, mentee.person).get("/sw.js").status_code == 200
