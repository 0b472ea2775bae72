"""Anybody may ask whether a PDF is genuine, and learns nothing else."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from mentoring.documents import store_document
from mentoring.documents.actions import mark_replaced
from mentoring.documents.codes import new_code, read_code
from mentoring.documents.models import Document, Seal

CONTENT = b"%PDF-1.7 Sw\xc5\xb5n and Mor agreed"


@pytest.fixture
def document(programme, coordinator):
    return store_document(
        kind="signed agreement",
        title="Agreement of Sŵn and Mor",
        content=CONTENT,
        programme_id=programme.pk,
        by=coordinator,
        at=timezone.now(),
    )


def check(client, content=None, **typed):
    files = {"file": SimpleUploadedFile("a.pdf", content)} if content is not None else {}
    answer = client.post("/verify/", {**typed, **files})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_anybody_learns_that_a_file_is_genuine_and_nothing_of_whose_it_is(client, document):
    page = check(client, CONTENT)

    assert "Genuine" in page
    assert "signed agreement" in page
    assert document.sha256 in page
    assert not any(name in page for name in ("Sŵn", "Mor", "University", "Health Futures", "Priya"))


@pytest.mark.parametrize(
    "change", [lambda c: c + b"\n", lambda c: c[:-1], lambda c: bytes([c[0] ^ 1]) + c[1:], lambda c: b""]
)
def test_changed_file_is_unknown(client, document, change):
    page = check(client, change(CONTENT))

    assert "Unknown" in page
    assert "Genuine" not in page


def test_code_from_paper_is_known_but_proves_no_file(client, document):
    page = check(client, code=document.code.lower().replace("-", " "))

    assert "The code is known" in page
    assert "Genuine" not in page


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


def test_register_has_no_room_for_names_or_content():
    columns = {field.name for field in Seal._meta.get_fields()}

    assert columns == {"id", "code", "sha256", "kind", "state", "created_at"}


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
