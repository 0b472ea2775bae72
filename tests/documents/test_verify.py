"""Anybody may ask whether a PDF is genuine. Whoever holds it learns who is named in it; nobody else learns anything."""

import base64
import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from mentoring.documents import store_document
from mentoring.documents.actions import mark_replaced
from mentoring.documents.codes import new_code, read_code
from mentoring.documents.identity import identifier, identify
from mentoring.documents.models import Document, Seal
from mentoring.documents.names import names_key, open_names

CONTENT = b"%PDF-1.7 Sw\xc5\xb5n and Mor agreed"
PEOPLE = [{"name": "Sŵn Menteeova", "role": "mentee", "on": "3 May 2026"}]


@pytest.fixture
def document(programme, coordinator):
    return store_document(
        kind="signed agreement",
        title="Agreement of Sŵn and Mor",
        content=CONTENT,
        programme_id=programme.pk,
        by=coordinator,
        at=timezone.now(),
        people=PEOPLE,
    )


def check(client, content=None, **typed):
    files = {"file": SimpleUploadedFile("a.pdf", content)} if content is not None else {}
    answer = client.post("/verify/", {**typed, **files})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_whoever_holds_a_file_learns_that_it_is_genuine_and_whose_it_is(client, document):
    page = check(client, CONTENT)

    assert "Genuine" in page
    assert "signed agreement" in page
    assert document.sha256 in page
    assert "University of Exampleford" in page
    assert "Sŵn Menteeova, mentee, on 3 May 2026" in page
    assert not any(name in page for name in ("Health Futures", "Priya"))


def test_a_browser_that_keeps_the_file_to_itself_gets_names_that_only_the_file_opens(client, document):
    page = check(client, sha256=document.sha256)

    locked = base64.b64decode(re.search('data-names="([^"]+)"', page)[1])
    assert "Genuine" in page
    assert not any(name in page for name in ("Sŵn", "University"))
    assert open_names(locked, names_key(CONTENT))["people"] == PEOPLE
    assert open_names(locked, names_key(CONTENT + b" ")) is None
    assert open_names(locked, bytes.fromhex(document.sha256)) is None


@pytest.mark.parametrize(
    "change", [lambda c: c + b"\n", lambda c: c[:-1], lambda c: bytes([c[0] ^ 1]) + c[1:], lambda c: b""]
)
def test_changed_file_is_unknown(client, document, change):
    page = check(client, change(CONTENT))

    assert "Unknown" in page
    assert "Genuine" not in page


@pytest.mark.parametrize("form", ["({})", "<{}>"], ids=["as it was made", "saved again"])
def test_changed_file_that_says_which_it_was_is_called_changed(client, document, form):
    name = identifier(document.code).decode()
    written = form.format(name if "(" in form else name.encode().hex().upper())

    page = check(client, b"%PDF-1.7 Mor agreed to more" + f" /ID [{written} <00>] %%EOF".encode())

    assert "Changed" in page
    assert document.code in page
    assert not any(name in page for name in ("Genuine", "Sŵn", "University"))


def test_browser_says_which_document_a_changed_file_was(client, document):
    assert "Changed" in check(client, sha256="0" * 64, said_to_be=document.code)
    assert "Unknown" in check(client, sha256="0" * 64)


def test_code_is_found_wherever_the_pieces_of_a_file_end():
    content = b"x" * 300 + b"/ID [(" + identifier("K7QM-2XHT-9BVA") + b")" + b"x" * 300

    assert {identify([content[:cut], content[cut:]]).code for cut in range(len(content))} == {"K7QM-2XHT-9BVA"}


def test_fingerprint_that_cannot_be_one_is_refused(client, db):
    answer = client.post("/verify/", {"sha256": "xyz"})

    assert answer.status_code == 200
    assert not any(word in answer.content.decode() for word in ("Genuine", "Unknown"))


@pytest.mark.parametrize("by", ["typed", "scanned"])
def test_code_from_paper_is_known_but_proves_no_file_and_names_nobody(client, document, by):
    if by == "typed":
        page = check(client, code=document.code.lower().replace("-", " "))
    else:
        page = " ".join(client.get(f"/verify/?code={document.code}").content.decode().split())

    assert "The code is known" in page
    assert "data-names" not in page
    assert not any(word in page for word in ("Genuine", "Sŵn", "University"))


def test_replaced_document_says_so(client, document):
    mark_replaced(document)

    assert "A later document has taken its place" in check(client, CONTENT)


def test_code_that_cannot_be_one_is_explained_and_kept(client, db):
    page = check(client, code="hello")

    assert "“hello” is not a document’s code" in page
    assert 'value="hello"' in page


def test_empty_form_is_explained(client, db):
    assert "Choose a PDF file, or type the code" in check(client)


def test_file_beyond_the_limit_is_refused_while_it_arrives(client, db, settings):
    settings.MAX_UPLOAD_BYTES = 1_000_000

    assert "larger than any document of ours" in check(client, b"x" * 3_000_000)


def test_check_keeps_nothing(client, document):
    check(client, b"%PDF-1.7 something private")

    assert [kept.sha256 for kept in Document.objects.all()] == [document.sha256]
    assert Seal.objects.count() == 1


def test_register_has_no_room_for_content_and_names_are_locked_in_it(document):
    columns = {field.name for field in Seal._meta.get_fields()}

    assert columns == {"id", "code", "sha256", "kind", "state", "certificate", "names", "created_at"}


def test_same_bytes_are_kept_once(document, coordinator):
    again = store_document(kind="signed agreement", title="Other", content=CONTENT, by=coordinator, at=timezone.now())

    assert again == document


@pytest.mark.parametrize("change", [{"content": b"other"}, {"sha256": "0" * 64}, {"title": "other"}, {"kind": "other"}])
def test_database_refuses_to_change_a_document(document, change):
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)


def test_database_refuses_bytes_that_are_not_their_sha256(programme):
    with pytest.raises(DatabaseError, match="document_sha256_is_the_contents"), transaction.atomic():
        Document.objects.create(
            kind="record", title="x", code=new_code(), content=b"x", sha256=hashlib.sha256(b"y").hexdigest()
        )


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"code": "0000-0000-0000"}, {"kind": "other"}])
def test_database_refuses_to_change_the_register_but_for_its_state(document, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Seal.objects.update(**change)


def test_database_refuses_to_delete_from_the_register(document):
    with pytest.raises(DatabaseError), transaction.atomic():
        Seal.objects.all().delete()


@pytest.mark.parametrize("typed", ["k7qm2xht9bva", "K7QM 2XHT 9BVA", "K7QM-2XHT-9BVA", "K7QM–2XHT–9BVA"])
def test_code_is_read_however_it_is_grouped(typed):
    assert read_code(typed) == "K7QM-2XHT-9BVA"


def test_misread_letters_are_forgiven():
    assert read_code("OIL0-1111-2222") == "0110-1111-2222"
    assert read_code("K7QM-2XHT-9BV") is None


def test_drawn_codes_are_read_back():
    codes = {new_code() for _ in range(100)}

    assert len(codes) == 100
    assert all(read_code(code) == code for code in codes)
