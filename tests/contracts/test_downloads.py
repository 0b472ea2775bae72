"""What people take away: every contract in one file, and forms for pen and paper."""

import csv
import io
import zipfile

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from contracts.downloads import archive, blanks
from contracts.downloads.blanks import FORMS, print_blank
from contracts.downloads.queries import by_name, contracts_of
from mentoring.audit.models import Event
from mentoring.documents import rendering, store_document
from mentoring.documents.actions import mark_replaced
from mentoring.documents.models import Document
from mentoring.documents.queries import Verdict, check_file
from mentoring.organisations import tenancy
from mentoring.outbox.delivery import drain_organisation
from programmes.blueprints import blueprint_names, load_blueprint
from tests.documents.conftest import SECRET, bait
from tests.documents.reading import check_structure, data_in, facts_of, fonts_of, picture_of, text_of
from tests.documents.vectors import VECTORS

from .conftest import sign_all

__all__ = ["bait"]

ZIP, FORM_LIST = "/university/health-futures/downloads/contracts.zip", "/university/health-futures/downloads/forms/"


@pytest.fixture
def as_person(sign_in):
    return lambda person: sign_in(Client(), person)


@pytest.fixture
def drawn_here(monkeypatch):
    """The index is drawn by this process: the same bytes, sooner. For tests that do not ask how."""
    monkeypatch.setattr(rendering, "to_pdf_apart", rendering.to_pdf)


def unpack(answer) -> zipfile.ZipFile:
    assert answer.status_code == 200
    opened = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert opened.testzip() is None
    return opened


def index_of(opened: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(opened.read("index.csv").decode("utf-8-sig"))))


def keep_contract(programme, number: int, **fields):
    return store_document(
        **{
            "kind": "signed agreement",
            "title": f"Mentoring agreement: Person {number}",
            "content": b"%PDF-1.7 contract " + str(number).encode(),
            "programme_id": programme.pk,
            "by": None,
            "at": timezone.now(),
            **fields,
        }
    )


def test_coordinator_takes_every_contract_with_an_index(as_person, coordinator, partnership):
    contract = sign_all(partnership).contract

    answer = as_person(coordinator).post(ZIP)

    opened = unpack(answer)
    name = next(name for name in opened.namelist() if name.startswith("contracts/"))
    rows = index_of(opened)
    assert opened.namelist() == [name, "index.csv", "index.pdf"]
    assert name == f"contracts/00001-mentoring-agreement-sŵn-menteeova-and-mor-mentorsen-{contract.code.lower()}.pdf"
    assert check_file(opened.read(name)).verdict == Verdict.GENUINE
    assert [(row["Code"], row["SHA-256"], row["State"]) for row in rows] == [
        (contract.code, contract.sha256, "Current")
    ]
    assert contract.code in text_of(opened.read("index.pdf"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="contracts-health-futures.zip"'
    assert Event.objects.get(what="contracts downloaded").details == {"contracts": 1}


@pytest.mark.usefixtures("drawn_here")
def test_index_says_which_contract_a_later_one_replaced(as_person, coordinator, programme):
    mark_replaced(keep_contract(programme, 1))
    keep_contract(programme, 2)

    states = [row["State"] for row in index_of(unpack(as_person(coordinator).post(ZIP)))]

    assert states == ["Replaced by a later document", "Current"]


@pytest.mark.usefixtures("drawn_here")
def test_programme_without_contracts_says_so(as_person, coordinator):
    opened = unpack(as_person(coordinator).post(ZIP))

    assert opened.namelist() == ["index.csv", "index.pdf"]
    assert "No contract of this programme" in text_of(opened.read("index.pdf"))


@pytest.mark.usefixtures("drawn_here")
def test_long_programme_has_its_index_in_parts(as_person, coordinator, programme, monkeypatch):
    monkeypatch.setattr(archive, "LINES", 20)
    for number in range(45):
        keep_contract(programme, number)

    opened = unpack(as_person(coordinator).post(ZIP))

    assert opened.namelist()[-4:] == ["index.csv", "index-1.pdf", "index-2.pdf", "index-3.pdf"]
    assert len(index_of(opened)) == len(set(opened.namelist())) - 4 == 45
    words = text_of(opened.read("index-3.pdf"))
    assert "part 3 of 3" in words
    assert "Page 1 of 1" in words
    assert [f"{number:05}" in words for number in (40, 41, 45)] == [False, True, True]


def test_parts_of_an_index_stand_in_their_order():
    assert [archive.name_of_part(number, 12) for number in (1, 9, 10)] == [
        "index-01.pdf",
        "index-09.pdf",
        "index-10.pdf",
    ]


def test_contracts_come_in_the_order_of_their_names(coordinator, programme, organisation):
    for number, name in enumerate(["Zoë", "Éowyn", "ŵyn", "Adam", "Fred", "adam"]):
        keep_contract(programme, number, title=name)

    with tenancy.tenant(organisation, coordinator):
        keys = by_name(contracts_of(programme))
        found = Document.objects.in_bulk(keys)

    assert [found[key].title for key in keys] == ["Adam", "adam", "Éowyn", "Fred", "ŵyn", "Zoë"]


@pytest.mark.usefixtures("drawn_here")
def test_names_that_look_like_formulas_or_paths_are_harmless(as_person, coordinator, programme):
    keep_contract(programme, 1, title="=HYPERLINK(../../etc/passwd)")

    opened = unpack(as_person(coordinator).post(ZIP))

    assert index_of(opened)[0]["Contract"] == "'=HYPERLINK(../../etc/passwd)"
    assert "/" not in opened.namelist()[0].removeprefix("contracts/")


@pytest.mark.usefixtures("drawn_here")
def test_file_comes_in_pieces_of_a_few_contracts(coordinator, programme):
    for number in range(60):
        keep_contract(programme, number, content=bytes([number]) * 10_000)

    sizes = [len(piece) for piece in archive.archive_of(programme, coordinator)]

    assert sum(sizes) > 600_000
    assert max(sizes) < 230_000


def test_nobody_else_takes_the_contracts(
    as_person, administrator, sponsor, partner_contact, mentor, mentee, outsider, partnership
):
    sign_all(partnership)

    people = [administrator, sponsor, partner_contact, mentor.person, mentee.person, outsider]
    assert {as_person(person).post(ZIP).status_code for person in people} == {404}


def test_looking_takes_nothing(as_person, coordinator):
    assert as_person(coordinator).get(ZIP).status_code == 405
    assert not Event.objects.filter(what="contracts downloaded").exists()


@pytest.mark.usefixtures("drawn_here")
def test_contracts_of_another_programme_stay_there(as_person, coordinator, programme, administrator):
    from tests import cast

    keep_contract(cast.make_programme("other", by=administrator), 1)

    assert index_of(unpack(as_person(coordinator).post(ZIP))) == []


@pytest.mark.parametrize("form", FORMS)
def test_every_blank_form_is_a_tagged_archive_file_with_its_questions_as_data(
    as_person, mentee, programme, form, tmp_path
):
    content = as_person(mentee.person).get(f"{FORM_LIST}{form}.pdf").content

    reader = PdfReader(io.BytesIO(content))
    facts = facts_of(content)
    data = data_in(content)
    assert (facts["Tagged"], facts["Title"], facts["Page size"]) == (
        "yes",
        FORMS[form].title,
        "595.276 x 841.89 pts (A4)",
    )
    assert b'pdfaid:part="3"' in reader.xmp_metadata.stream.get_data()
    assert all(fonts_of(content, tmp_path).values())
    assert "No syntax or stream encoding errors found" in check_structure(content, tmp_path)
    assert (data["form"], data["programme"]) == (form, "Health Futures")
    assert f"Page 1 of {facts['Pages']}" in text_of(content)
    for page in range(1, int(facts["Pages"]) + 1):
        picture = picture_of(content, page)
        edge = picture.crop((round(picture.width * 0.94), 0, picture.width, picture.height))
        assert edge.histogram()[255] == edge.width * edge.height


def test_blank_contract_asks_what_the_programme_asks(as_person, mentor, programme):
    words = text_of(as_person(mentor.person).get(f"{FORM_LIST}contract.pdf").content)

    for clause in programme.blueprint["clauses"]:
        assert " ".join(clause["text"].split())[:60] in words
    assert words.count("Signature Me") == 2


def test_blank_contract_says_what_the_programme_has_settled(programme):
    for name in blueprint_names():
        programme.blueprint = load_blueprint(name)
        asked = blanks.contract(programme)

        assert [clause["text"] for clause in asked["promises"] + asked["clauses"] if "{" in clause["text"]] == []


def test_blank_record_asks_for_every_box_and_keeps_what_is_private_on_its_own_sheet(as_person, mentor, programme):
    content = as_person(mentor.person).get(f"{FORM_LIST}progress-record.pdf").content

    words = text_of(content)
    last = PdfReader(io.BytesIO(content)).pages[-1].extract_text()
    for box in programme.blueprint["records"]:
        assert box["label"][:40] in words
        assert (box["label"][:30] in last) == (box["readers"] == "author")


def test_partners_and_coordinators_find_the_forms_and_strangers_do_not(
    as_person, mentee, coordinator, outsider, sponsor
):
    for person in (mentee.person, coordinator):
        page = as_person(person).get(FORM_LIST).content.decode()
        assert all(f"{form}.pdf" in page for form in FORMS)
    for person in (outsider, sponsor):
        assert as_person(person).get(FORM_LIST).status_code == 404
        assert as_person(person).get(f"{FORM_LIST}contract.pdf").status_code == 404
    assert as_person(coordinator).get(f"{FORM_LIST}nothing.pdf").status_code == 404


@pytest.mark.parametrize("name", VECTORS)
def test_no_form_asks_for_anything(bait, name, programme):
    rename(programme, bait.fill(VECTORS[name]))

    forms = [print_blank(programme, form) for form in FORMS]

    assert bait.requests == []
    for content in forms:
        assert SECRET not in text_of(content)
        assert set(PdfReader(io.BytesIO(content)).attachments) <= {f"{form}.json" for form in FORMS}


def test_index_asks_for_nothing(bait, programme, coordinator, monkeypatch):
    """Every vector in a contract's name and in the programme's: its own process asks for no more than ours, byte for byte."""
    vectors = [bait.fill(vector) for vector in VECTORS.values()]
    rename(programme, " ".join(vectors))
    for number, vector in enumerate(vectors):
        keep_contract(programme, number, title=vector)

    index = take(programme, coordinator).read("index.pdf")
    monkeypatch.setattr(rendering, "to_pdf_apart", rendering.to_pdf)

    assert bait.requests == []
    assert index == take(programme, coordinator).read("index.pdf")
    assert SECRET not in text_of(index)
    assert [*PdfReader(io.BytesIO(index)).attachments] == ["index.json"]


WORDS = ["A" * 4_000, "שלום עליכם " * 80, "🦀👩🏽‍🔬" * 60, "Z̷͑͐a̶l̵g̴o̷" * 40]


@pytest.mark.parametrize("words", WORDS)
def test_forms_stay_whole_whatever_things_are_called(programme, words, tmp_path):
    rename(programme, words)

    for form in FORMS:
        assert_whole(print_blank(programme, form), tmp_path)


@pytest.mark.usefixtures("drawn_here")
def test_index_stays_whole_whatever_contracts_are_called(programme, coordinator, tmp_path):
    rename(programme, " ".join(words[:30] for words in WORDS))
    for number, words in enumerate(WORDS):
        keep_contract(programme, number, title=words[:200])

    assert_whole(take(programme, coordinator).read("index.pdf"), tmp_path)


def assert_whole(content: bytes, tmp_path) -> None:
    """A file without faults, whose words stay within the page."""
    assert check_structure(content, tmp_path)
    picture = picture_of(content)
    edge = picture.crop((round(picture.width * 0.94), 0, picture.width, picture.height))
    assert edge.histogram()[255] == edge.width * edge.height


def take(programme, person) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(archive.archive_of(programme, person))))


def rename(programme, words: str) -> None:
    """The words in every field of the programme that reaches a form, as long as the field allows."""
    programme.name = words[:120]
    programme.organisation.name = words[:120]
    for kind in ("clauses", "records"):
        for item in programme.blueprint[kind]:
            item |= {name: words[:400] for name in ("title", "text", "label", "hint") if name in item}
    programme.save()
    programme.organisation.save()


def test_everybody_who_signed_gets_the_sealed_bytes_by_mail(partnership, organisation, mailoutbox):
    contract = sign_all(partnership).contract

    drain_organisation(organisation.pk)

    letters = [mail for mail in mailoutbox if mail.subject.startswith("Signed by all")]
    reached = {address.rpartition("<")[2].rstrip(">") for mail in letters for address in mail.to}
    assert (len(letters), reached) == (2, {"mor@example.org", "swn@example.org"})
    for mail in letters:
        [(name, content, kind)] = mail.attachments
        assert (name, kind) == ("mentoring-agreement-sŵn-menteeova-and-mor-mentorsen.pdf", "application/pdf")
        assert content == bytes(contract.content)
        assert contract.sha256 in mail.body


def test_other_letters_carry_nothing(partnership, organisation, mailoutbox):
    sign_all(partnership)

    drain_organisation(organisation.pk)

    assert [mail.attachments for mail in mailoutbox if not mail.subject.startswith("Signed by all")] == [[]]
