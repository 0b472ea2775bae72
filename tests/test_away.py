"""The cache and the broker go away; people go on."""

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from mentoring import health, outbox
from mentoring.outbox import delivery
from programmes.needs.models import NeedStatement
from tests.cast import PASSWORD

NOBODY_THERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def no_cache(settings):
    away = settings.CACHES["default"] | {"LOCATION": NOBODY_THERE}
    with override_settings(CACHES={"default": away}):
        yield
    caches.close_all()


@pytest.fixture
def no_broker(monkeypatch):
    monkeypatch.setattr(health.app.conf, "broker_write_url", NOBODY_THERE)
    # Connections that an earlier test left open would still be heard.
    monkeypatch.setattr(health.app, "_pool", None)
    monkeypatch.setattr(health.app.amqp, "_producer_pool", None)


def test_without_a_cache_people_sign_in_see_pages_and_change_things(organisation, programme, coordinator, no_cache):
    browser, home = Client(), f"/university/{programme.slug}/"

    signed_in = browser.post("/accounts/login/", {"login": coordinator.email, "password": PASSWORD})
    page = browser.get(home)
    saved = browser.post(f"{home}needs/need/", {"why": "Nobody shows them how.", "target_group": "Technicians"})

    assert (signed_in.status_code, page.status_code, saved.status_code) == (302, 200, 302)
    assert NeedStatement.objects.get().why == "Nobody shows them how."


def test_without_a_cache_signing_out_ends_the_session(organisation, programme, coordinator, sign_in, no_cache):
    browser = sign_in(Client(), coordinator)

    browser.post("/accounts/logout/")

    assert browser.get(f"/university/{programme.slug}/").url.startswith("/accounts/login/")


def test_health_says_that_the_cache_is_away(db, no_cache):
    answer = Client().get("/health/")

    assert (answer.status_code, answer.json()["cache"]) == (200, "away")


def test_without_a_broker_a_promise_is_kept_by_whoever_drains(
    organisation, mentee, smtp_server, no_broker, caplog, django_capture_on_commit_callbacks
):
    letter = outbox.Letter(subject="Your mentor", body="Dear Sŵn,")

    with django_capture_on_commit_callbacks(execute=True) as rung:
        outbox.write(letter, to=mentee.person, kind="matched", key="matched|1")

    assert (len(rung), "bell did not ring" in caplog.text) == (1, True)
    assert delivery.drain() == 1
    assert smtp_server.wait_for("swn@example.org", "Your mentor")
