"""A load balancer asks whether this deployment can do its work, and learns nothing else."""

import pytest
from django.test import Client

from mentoring import health


def test_everything_is_there(db):
    answer = Client().get("/health/")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "cache": "ok", "broker": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("away", "code", "status"), [("database", 503, "away"), ("cache", 200, "ok"), ("broker", 200, "ok")]
)
def test_what_is_away_is_named_without_a_reason(db, monkeypatch, away, code, status):
    def fail() -> None:
        raise ConnectionError("postgres://mentoring_app:secret@10.0.0.7/mentoring refused")

    monkeypatch.setitem(health.QUESTIONS, away, fail)

    answer = Client().get("/health/")

    assert (answer.status_code, answer.json()["status"], answer.json()[away]) == (code, status, "away")
    assert b"10.0.0.7" not in answer.content


def test_broker_that_does_not_answer_is_away(db, settings):
    with health.app.connection_for_write() as broker:
        assert broker.connected is False
    health.app.conf.broker_write_url, before = "redis://127.0.0.1:1/0", health.app.conf.broker_write_url
    try:
        assert Client().get("/health/").json()["broker"] == "away"
    finally:
        health.app.conf.broker_write_url = before


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_health_only_answers_questions(db, method):
    assert getattr(Client(), method)("/health/").status_code == 405
