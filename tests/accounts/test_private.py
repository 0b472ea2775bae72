"""On a shared computer the next person finds nothing of the one before."""

from django.test import Client


def test_page_of_somebody_signed_in_is_kept_for_nobody_else(programme, coordinator, sign_in):
    answer = sign_in(Client(), coordinator).get(f"/university/{programme.slug}/")

    assert answer["Cache-Control"] == "private, no-cache"


def test_signing_out_makes_the_browser_forget(organisation, coordinator, sign_in):
    answer = sign_in(Client(), coordinator).post("/accounts/logout/")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_pages_for_everybody_may_be_kept(organisation, coordinator, sign_in):
    anonymous, signed_in = Client().get("/accounts/login/"), sign_in(Client(), coordinator).get("/my/")

    assert "Clear-Site-Data" not in anonymous
    assert "Clear-Site-Data" not in signed_in


def test_colour_of_an_organisation_stays_in_the_cache(organisation, coordinator, sign_in):
    answer = sign_in(Client(), coordinator).get("/brand/university.css")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=300")
