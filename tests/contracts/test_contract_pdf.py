"""The contract as people hold it: every field of it, in our type, whole, and drawing on nothing outside itself."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from contracts import actions
from contracts.models import Agreement, Signature
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import PartnerOrganisation
from programmes.models import Partnership
from tests.documents.conftest import SECRET, bait
from tests.documents.reading import check_structure, data_in, facts_of, fonts_of, ink_of, picture_of, text_of
from tests.documents.vectors import VECTORS

from .conftest import WORDS, make_ready, sign_all, sign_as

__all__ = ["bait"]


def contract_of(partnership: Partnership) -> bytes:
    return bytes(sign_all(partnership).contract.content)


def fields_of(partnership: Partnership) -> dict[str, list[str]]:
    """What the contract must show, by requirement (K1 to K6)."""
    clauses = partnership.programme.blueprint["clauses"]
    today = f"{timezone.localdate():%-d %B %Y}"
    rule = next(option["label"] for option in clauses[7]["options"] if option["key"] == WORDS["confidentiality"])
    return {
        "K1": [clause["text"] for clause in clauses if clause["source"] == "K1"],
        "K2": [WORDS["communication"]],
        "K3": [rule, WORDS["boundaries"]],
        "K4": [WORDS["objectives"]],
        "K5": [WORDS["contact_mentor"], WORDS["contact_mentee"]],
        "K6": ["Signed by Sŵn Menteeova, mentee", "Signed by Mor Mentorsen, mentor", f"Date {today}"],
    }


def test_contract_shows_every_field(partnership):
    text = text_of(contract_of(partnership)).replace("co- ordinator", "co-ordinator")

    missing = {
        field: [words for words in expected if words not in text] for field, expected in fields_of(partnership).items()
    }
    assert missing == {"K1": [], "K2": [], "K3": [], "K4": [], "K5": [], "K6": []}
    assert text.count("We share the aims of this programme") == 1


def test_contract_names_its_parties_its_time_and_its_code(partnership, partner_contact, coordinator, programme):
    partner = partner_contact.memberships.get().partner
    actions.name_party(programme, partner=partner, by=coordinator, now=timezone.now())

    agreement = sign_all(partnership)

    text = text_of(agreement.contract.content)
    assert "Partner organisation County Hospital" in text
    assert "Every 4 weeks" in text
    assert f"Document {agreement.contract.code}" in text
    assert agreement.versions.get().sha256 in text


def test_contract_is_whole_tagged_and_in_embedded_type(partnership, tmp_path):
    content = contract_of(partnership)

    fonts = fonts_of(content, tmp_path)
    assert facts_of(content)["Tagged"] == "yes"
    assert "No syntax or stream encoding errors found" in check_structure(content, tmp_path)
    assert all(fonts.values())
    assert {name.split("-")[0] for name in fonts} == {"Body", "BodyExtended", "Head", "HeadExtended"}


def test_contract_looks_like_a_page_of_writing(partnership):
    content = contract_of(partnership)

    for page in range(1, int(facts_of(content)["Pages"]) + 1):
        assert 0.005 < ink_of(content, page) < 0.25


def test_contract_carries_the_same_as_data(partnership, mentor, mentee):
    agreement = sign_all(partnership)

    data = data_in(agreement.contract.content)
    assert [signature["name"] for signature in data["signatures"]] == ["Sŵn Menteeova", "Mor Mentorsen"]
    assert {signature["sha256"] for signature in data["signatures"]} == {data["signed_sha256"]}
    assert [clause["source"] for clause in data["clauses"]] == ["K2", "K3", "K3", "K4", "K5", "K5", "C6"]


def test_version_that_is_signed_is_the_bytes_that_were_read(visit, partnership, mentee):
    version = make_ready(partnership)

    read = visit(mentee.person, partnership, "contracts:version").content

    assert hashlib.sha256(read).hexdigest() == version.sha256
    assert WORDS["objectives"] in text_of(read)
    assert "Signature of Sŵn Menteeova, mentee" in text_of(read)


def test_anybody_can_check_the_contract(client, partnership):
    content = contract_of(partnership)

    page = client.post("/verify/", {"file": SimpleUploadedFile("contract.pdf", content)}).content.decode()

    assert "Genuine" in page
    assert "Sŵn Menteeova, mentee, on" in page
    assert "University of Exampleford" in page


@pytest.mark.parametrize("name", VECTORS)
def test_no_field_asks_for_anything(bait, name, partnership, organisation):
    """The vector stands in every field that somebody types and that reaches the page."""
    vector = bait.fill(VECTORS[name])
    fill_everything_with(vector, partnership)
    partnership = Partnership.objects.get()

    version = make_ready(partnership, {**WORDS, **dict.fromkeys(set(WORDS) - {"confidentiality", "reading"}, vector)})
    for member in partnership.ordered_members():
        sign_as(member.person, partnership, version, name=vector[:200])
    content = bytes(Agreement.objects.get().contract.content)

    assert bait.requests == []
    assert SECRET not in text_of(content)
    assert list(PdfReader(io.BytesIO(content)).attachments) == ["agreement.json"]
    # The words are there as words: nothing was taken for markup.
    assert text_of(content).count(vector.split()[0]) >= len(WORDS)


def fill_everything_with(words: str, partnership: Partnership) -> None:
    """Names of people, programme, organisation and party, as long as their fields allow."""
    with tenancy.directory():
        Person.objects.filter(pk__in=[member.person_id for member in partnership.ordered_members()]).update(
            name=words[:120]
        )
    programme = partnership.programme
    programme.name = words[:120]
    programme.blueprint["clauses"] = [
        {**clause, "title": words[:200], "text": words[:400]} for clause in programme.blueprint["clauses"]
    ]
    programme.save(update_fields=["name", "blueprint"])
    organisation = programme.organisation
    organisation.name = words[:120]
    organisation.save(update_fields=["name"])
    party = PartnerOrganisation.objects.create(name=words[:120])
    actions.name_party(programme, partner=party, by=programme.created_by, now=timezone.now())


@pytest.mark.parametrize(
    "words",
    [
        "A" * 1_500,
        "שלום עליכם " * 80,
        "مرحبا بكم " * 80,
        "🦀👩🏽‍🔬🏳️‍🌈" * 40,
        "Z̷͑͐a̶l̵g̴o̷" * 40,
        "Dŵr, tŷ, Gàidhlig è ù ò, ẅ ẁ ẃ",
    ],
    ids=["one long word", "Hebrew", "Arabic", "emoji", "combining marks", "Welsh and Gaelic"],
)
def test_page_stays_whole_whatever_is_written(words, partnership, tmp_path):
    fill_everything_with(words, partnership)
    partnership = Partnership.objects.get()

    version = make_ready(partnership, {**WORDS, **dict.fromkeys(set(WORDS) - {"confidentiality", "reading"}, words)})
    for member in partnership.ordered_members():
        sign_as(member.person, partnership, version, name=words[:200])

    content = bytes(Agreement.objects.get().contract.content)
    assert Signature.objects.count() == 2
    assert check_structure(content, tmp_path)
    for page in range(1, int(facts_of(content)["Pages"]) + 1):
        picture = picture_of(content, page)
        outside = picture.crop((round(picture.width * 0.93), 0, picture.width, picture.height))
        assert outside.histogram()[255] == outside.width * outside.height


def test_welsh_name_keeps_its_hats_in_the_signature(partnership, tmp_path):
    content = contract_of(partnership)

    assert "HeadExtended-Semi-Bold" in fonts_of(content, tmp_path)
    assert text_of(content).count("Sŵn Menteeova") >= 4
