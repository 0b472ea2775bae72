"""A contract that was damaged, cut, added to, sealed by somebody else or swapped is never called genuine.

Here a sample; `make soak` flips a bit at every byte and cuts at every 64.
"""

import hashlib

import pytest

from bench import faults
from bench.soak.faults import make_contract
from mentoring.documents.models import Seal
from mentoring.documents.queries import Verdict, check_file
from mentoring.documents.sealing import is_sealed_whole

PRIME = 499  # bytes between two faults: every part of the file is met


@pytest.fixture
def sealed(organisation):
    """A contract without its seal, with it, and another contract."""
    unsealed, document = make_contract(organisation)
    return unsealed, bytes(document.content), bytes(make_contract(organisation)[1].content)


def verdicts(files):
    return {name: check_file(file).verdict for name, file in files}


def test_the_contract_itself_is_genuine(sealed):
    assert check_file(sealed[1]).verdict == Verdict.GENUINE


def test_one_flipped_bit_anywhere_is_seen(sealed):
    found = verdicts(faults.flips(sealed[1], PRIME))

    # Unknown is what a file becomes whose identifier was hit.
    assert len(found) > 80
    assert set(found.values()) <= {Verdict.CHANGED, Verdict.UNKNOWN}
    assert list(found.values()).count(Verdict.CHANGED) > 70


def test_a_cut_anywhere_is_seen(sealed):
    found = verdicts(faults.truncations(sealed[1], PRIME))

    assert len(found) > 80
    assert set(found.values()) <= {Verdict.CHANGED, Verdict.UNKNOWN}
    assert found["without its last byte"] == Verdict.CHANGED


def test_files_made_by_tools_are_seen(sealed, organisation):
    unsealed, content, other = sealed

    found = verdicts(faults.forgeries(content, unsealed, other, organisation.name))

    assert len(found) == 21
    assert set(found.values()) == {Verdict.CHANGED}


def test_another_certificate_of_the_same_name_is_another_certificate(sealed, organisation):
    certificate = Seal.objects.first().certificate

    forged = faults.sealed_by_another(sealed[0], organisation.name)

    assert is_sealed_whole(sealed[1], certificate)
    assert not is_sealed_whole(forged, certificate)


@pytest.mark.parametrize("name", [*faults.UPDATES, *faults.APPENDED])
def test_seal_itself_covers_the_whole_file_or_nothing(sealed, name):
    """Even if the register were to know such a file, its seal would not do."""
    change = faults.UPDATES.get(name)
    content = faults.updated(sealed[1], change) if change else sealed[1] + faults.APPENDED[name]

    assert not is_sealed_whole(content, Seal.objects.filter(certificate__gt="").first().certificate)


def test_register_that_knows_a_file_does_not_vouch_for_a_seal_that_does_not_hold(sealed):
    """Whoever could write into the register would still need the organisation's key."""
    forged = sealed[1] + b"\n"
    known = Seal.objects.first()
    Seal.objects.create(
        code="0000-0000-0000",
        sha256=hashlib.sha256(forged).hexdigest(),
        kind=known.kind,
        certificate=known.certificate,
    )

    assert check_file(forged).verdict == Verdict.CHANGED
