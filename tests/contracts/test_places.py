"""Where a signature came from is noted only by organisations that say so, and as the connection or a trusted proxy says."""

import pytest
from django.test import Client, RequestFactory

from contracts.models import Signature
from contracts.places import Place, place_of
from tests.documents.reading import text_of

from .conftest import make_ready

BROWSER = "Mozilla/5.0 (Exampleford) Gecko"
ANSWERS = {"HTTP_USER_AGENT": BROWSER, "REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def sign(sign_in):
    """Everybody signs through the page."""

    def all_sign(partnership):
        version = make_ready(partnership)
        for member in partnership.ordered_members():
            client = sign_in(Client(), member.person)
            form = {"sha256": version.sha256, "typed_name": str(member.person)}
            assert client.post(partnership.url("contracts:sign"), form, **ANSWERS).status_code == 302
        return text_of(partnership.agreements.get().contract.content)

    return all_sign


def test_organisation_that_says_so_prints_where_signatures_came_from(organisation, partnership, sign):
    organisation.notes_signing_place = True
    organisation.save()

    words = sign(partnership)

    assert words.count("Internet address 192.0.2.7") == 2
    assert words.count(f"Browser {BROWSER}") == 2


def test_otherwise_nothing_of_it_is_kept(partnership, sign):
    words = sign(partnership)

    assert set(Signature.objects.values_list("internet_address", "browser")) == {(None, "")}
    assert "192.0.2.7" not in words
    assert "Exampleford) Gecko" not in words


def test_page_says_beforehand_what_is_noted(organisation, partnership, visit, mentee):
    make_ready(partnership)
    before = visit(mentee.person, partnership, "contracts:sign").content.decode()
    organisation.notes_signing_place = True
    organisation.save()

    assert "the internet address and the browser" not in before
    assert (
        "the internet address and the browser" in visit(mentee.person, partnership, "contracts:sign").content.decode()
    )


@pytest.mark.parametrize(
    ("behind", "told", "place"),
    [
        (False, "203.0.113.9", "192.0.2.7"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (True, "", "192.0.2.7"),
        (True, "2001:db8::1", "2001:db8::1"),
        (True, "<script>", None),
    ],
)
def test_only_a_proxy_that_we_trust_says_where_somebody_is(settings, behind, told, place):
    settings.BEHIND_PROXY = behind
    request = RequestFactory().get("/", headers={"X-Forwarded-For": told}, REMOTE_ADDR="192.0.2.7")

    assert place_of(request).internet_address == place


def test_what_a_browser_says_of_itself_is_cut_and_cleaned():
    request = RequestFactory().get("/", headers={"User-Agent": "A\x00\u202e" + "b" * 1000})

    assert place_of(request) == Place("127.0.0.1", "A" + "b" * 299)
