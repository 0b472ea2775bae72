"""An organisation's seal: made with it, kept under lock, renewed; what it sealed stays provable."""

import io
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from mentoring.audit.models import Event
from mentoring.documents import keys, new_code, render_pdf, store_document
from mentoring.documents.actions import lock_seal_again, renew_seal, seal_key_in_use
from mentoring.documents.attachments import as_data
from mentoring.documents.models import SealKey
from mentoring.documents.queries import Verdict, check_file
from mentoring.documents.sealing import is_sealed_whole
from mentoring.organisations import tenancy
from mentoring.organisations.actions import start_organisation
from mentoring.refusal import Refused
from tests import cast

from .reading import check_structure, facts_of, run

HERE = "/university/settings/seal/"


def sealed_document(by=None):
    code = new_code()
    content = render_pdf(
        "documents/pdf/base.html", {"code": code}, title="A note", data=as_data("note.json", {}, "A note as data")
    )
    return store_document(
        kind="note", title="A note", content=content, code=code, by=by, at=timezone.now(), sealed=True
    )


def signature_facts(content: bytes, folder) -> list[str]:
    file = folder / "sealed.pdf"
    file.write_bytes(content)
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, check=True, text=True).stdout
    return [line.strip(" -") for line in said.splitlines()]


def test_new_organisation_has_its_seal_from_the_beginning(db):
    person = cast.make_person()
    with tenancy.visitor(person):
        organisation = start_organisation(name="Prifysgol Tŷ", slug="ty", by=person, now=timezone.now())

    with tenancy.tenant(organisation):
        key = SealKey.objects.get()
    names = x509.load_der_x509_certificate(bytes(key.certificate)).subject.rfc4514_string()
    assert names == "CN=Prifysgol Tŷ,OU=Mentoring agreements,O=Prifysgol Tŷ"


def test_readers_of_pdfs_see_one_valid_seal_over_the_whole_file(organisation, tmp_path):
    content = bytes(sealed_document().content)

    said = signature_facts(content, tmp_path)
    assert [line for line in said if line.startswith("Signature #")] == ["Signature #1:"]
    assert "Total document signed" in said
    assert "Signature Validation: Signature is Valid." in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Signer Certificate Common Name: University of Exampleford" in said
    assert "No syntax or stream encoding errors found" in check_structure(content, tmp_path)


def test_sealed_file_is_still_an_archive_file_and_allows_no_change(organisation):
    content = bytes(sealed_document().content)

    permission = PdfReader(io.BytesIO(content)).trailer["/Root"]["/Perms"]["/DocMDP"]["/Reference"][0]
    assert (facts_of(content)["PDF version"], facts_of(content)["Tagged"]) == ("1.7", "yes")
    assert b'pdfaid:part="3"' in PdfReader(io.BytesIO(content)).xmp_metadata.stream.get_data()
    assert permission["/TransformParams"]["/P"] == 1


@pytest.mark.parametrize(
    ("name", "known_as"),
    [
        ("Ŵ" * 120, "Ŵ" * 32),
        ("האוניברסיטה", "האוניברסיטה"),
        ("אוניברסיטת Exampleford 2", "university"),
        ("🦀👩🏽‍🔬 Crabs", "university"),
        ("Z̷͑͐a̶l̵g̴o̷", "university"),
        (', +=<>#;"\\', ', +=<>#;"\\'),
    ],
    ids=["too long", "Hebrew", "both directions", "emoji", "combining marks", "signs of certificates"],
)
def test_seal_holds_whatever_the_organisation_is_called(organisation, name, known_as):
    organisation.name = name
    organisation.save()

    document = sealed_document()

    certificate = x509.load_der_x509_certificate(bytes(SealKey.objects.get().certificate))
    names = [part.value for part in certificate.subject if part.oid == x509.NameOID.COMMON_NAME]
    assert names == [known_as.strip()]
    assert check_file(bytes(document.content)).verdict == Verdict.GENUINE


def test_renewed_seal_leaves_what_was_sealed_before_genuine(organisation, administrator):
    before = sealed_document()
    old = seal_key_in_use(timezone.now())

    new = renew_seal(by=administrator, now=timezone.now())
    after = sealed_document()

    old.refresh_from_db()
    assert (old.private_key, old.retired_at is None) == (None, False)
    assert check_file(bytes(before.content)).verdict == Verdict.GENUINE
    assert check_file(bytes(after.content)).verdict == Verdict.GENUINE
    assert is_sealed_whole(bytes(before.content), old.fingerprint)
    assert is_sealed_whole(bytes(after.content), new.fingerprint)
    assert not is_sealed_whole(bytes(after.content), old.fingerprint)


def test_administrator_renews_the_seal(client, administrator, organisation, sign_in):
    old = seal_key_in_use(timezone.now())

    page = sign_in(client, administrator).post(f"{HERE}renew/", follow=True).content.decode()

    new = SealKey.objects.get(retired_at=None)
    event = Event.objects.get(what="seal renewed")
    assert old.fingerprint in page
    assert new.fingerprint in page
    assert (event.person, event.details) == (administrator, {"fingerprint": new.fingerprint})


def test_seal_is_shown_to_administrators_alone(client, administrator, coordinator, outsider, sign_in):
    assert "No seal yet" in sign_in(client, administrator).get(HERE).content.decode()
    for person in (coordinator, outsider):
        assert sign_in(client, person).get(HERE).status_code == 404
        assert sign_in(client, person).post(f"{HERE}renew/").status_code == 404
    assert SealKey.objects.count() == 0


def test_looking_renews_nothing(client, administrator, sign_in):
    assert sign_in(client, administrator).get(f"{HERE}renew/").status_code == 405


def test_anybody_downloads_the_certificates_and_openssl_reads_them(client, organisation, administrator):
    seal_key_in_use(timezone.now())
    renew_seal(by=administrator, now=timezone.now())

    pem = client.get("/verify/certificates/university.pem").content

    found = x509.load_pem_x509_certificates(pem)
    said = run("openssl", "x509", "-noout", "-subject", content=pem).decode()
    assert [len(found), b"PRIVATE" in pem] == [2, False]
    assert "O = University of Exampleford" in said
    assert client.get("/verify/certificates/nobody.pem").status_code == 404


def test_private_key_is_nowhere_in_plain(organisation):
    key = seal_key_in_use(timezone.now())

    plain = keys.take_out(bytes(key.private_key), key.fingerprint).private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    assert plain[40:200] not in bytes(key.private_key)
    columns = {field.name for field in SealKey.pgh_event_model._meta.get_fields()}
    assert {"private_key", "certificate"} & columns == set()


def test_changed_seal_key_opens_what_the_old_one_locked_until_it_is_locked_again(organisation, settings):
    before = bytes(seal_key_in_use(timezone.now()).private_key)
    settings.SEAL_KEY_FALLBACKS, settings.SEAL_KEY = [settings.SEAL_KEY], "n" * 40

    assert check_file(bytes(sealed_document().content)).verdict == Verdict.GENUINE
    assert lock_seal_again()

    settings.SEAL_KEY_FALLBACKS = []
    assert bytes(seal_key_in_use(timezone.now()).private_key) != before
    assert check_file(bytes(sealed_document().content)).verdict == Verdict.GENUINE


def test_lost_seal_key_refuses_to_seal_says_what_to_do_and_leaves_what_was_sealed(organisation, settings):
    before = bytes(sealed_document().content)
    settings.SEAL_KEY = "another that was never used to lock anything"

    with pytest.raises(Refused, match="make a new seal"):
        sealed_document()
    assert check_file(before).verdict == Verdict.GENUINE

    renew_seal(by=None, now=timezone.now())
    assert check_file(bytes(sealed_document().content)).verdict == Verdict.GENUINE


def test_key_of_another_certificate_does_not_open(organisation):
    key = seal_key_in_use(timezone.now())

    with pytest.raises(Refused):
        keys.take_out(bytes(key.private_key), "0" * 64)


@pytest.mark.parametrize("change", [{"certificate": b"x"}, {"fingerprint": "0" * 64}])
def test_database_refuses_to_change_a_certificate(organisation, change):
    seal_key_in_use(timezone.now())

    with pytest.raises(DatabaseError), transaction.atomic():
        SealKey.objects.update(**change)


def test_database_refuses_to_delete_a_certificate(organisation):
    seal_key_in_use(timezone.now())

    with pytest.raises(DatabaseError), transaction.atomic():
        SealKey.objects.all().delete()


def test_database_refuses_a_second_key_in_use_and_a_retired_one_with_its_private_key(organisation):
    key = seal_key_in_use(timezone.now())

    with pytest.raises(DatabaseError, match="seal_key_is_gone_when_retired"), transaction.atomic():
        SealKey.objects.update(retired_at=timezone.now())
    with pytest.raises(DatabaseError, match="seal_key_"), transaction.atomic():
        SealKey.objects.create(certificate=key.certificate, fingerprint=key.fingerprint, private_key=b"x")


def test_operator_verifies_a_file(organisation, tmp_path, capsys):
    document = sealed_document()
    file = tmp_path / "note.pdf"
    file.write_bytes(bytes(document.content))

    call_command("verify", str(file))

    said = capsys.readouterr().out
    assert "note.pdf: Genuine\n" in said
    assert f"code {document.code}" in said
    assert "made by University of Exampleford" in said


def test_operator_is_told_of_a_changed_and_of_a_missing_file(organisation, tmp_path, capsys):
    file = tmp_path / "note.pdf"
    file.write_bytes(bytes(sealed_document().content) + b"\n")

    with pytest.raises(SystemExit, match="1"):
        call_command("verify", str(file))
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify", str(tmp_path / "none.pdf"))

    assert "note.pdf: Changed since it was made" in capsys.readouterr().out


def test_operator_locks_all_seals_again_and_learns_of_those_that_are_lost(organisation, settings, capsys):
    call_command("lock_seals")
    made = SealKey.objects.get()
    settings.SEAL_KEY = "a new one, while the old one is not among the fallbacks"

    with pytest.raises(SystemExit, match="1"):
        call_command("lock_seals")
    call_command("renew_seal", "university")

    said = capsys.readouterr()
    assert "1 seals are locked with today's SEAL_KEY" in said.out
    assert "No SEAL_KEY opens the seals of: university" in said.err
    assert SealKey.objects.get(retired_at=None) != made
