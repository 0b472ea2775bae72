"""What was signed is kept as long as was promised, to the day; then it is deleted by itself, and what people hold stays provable."""

import datetime
import hashlib

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from contracts import actions
from contracts.models import Agreement, Answer, Signature, Version
from contracts.tasks import delete_old
from mentoring.audit.models import Event
from mentoring.documents.models import Document
from mentoring.documents.queries import Verdict, check_file
from mentoring.refusal import Refused
from programmes.blueprints import load_blueprint
from programmes.models import Partnership, PartnershipState
from tests import cast

from .conftest import WORDS, fill_in, make_ready, sign_all, sign_as

YEARS = 6  # that an organisation keeps contracts


@pytest.fixture
def over_long_ago(organisation):
    """`over_long_ago(days)` is a partnership that ended, whose contract is kept until so many days ago."""

    def make(days):
        kept_until = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=days)
        ends_on = kept_until.replace(year=kept_until.year - YEARS)
        programme = cast.make_programme(
            starts_on=ends_on - datetime.timedelta(days=300), ends_on=ends_on, blueprint=load_blueprint("ukrc")
        )
        partnership = cast.make_partnership(programme, state=PartnershipState.AGREED)
        first = sign_all(partnership)
        change_and_leave_it(partnership)
        assert Agreement.objects.get(pk=first.pk).keep_until == kept_until
        Partnership.objects.filter(pk=partnership.pk).update(state="ended", ended_at=timezone.now())
        return partnership

    return make


def change_and_leave_it(partnership):
    """One proposes a change, one signs it, and then they leave everything as it was."""
    mentee = partnership.mentees[0].person
    actions.propose_change(partnership, by=mentee, now=timezone.now())
    sign_as(mentee, partnership, make_ready(partnership, {**WORDS, "objectives": "Something else"}))
    actions.withdraw_change(partnership, by=mentee, now=timezone.now())


def run_task(organisation):
    delete_old.apply(headers={"organisation": str(organisation.pk)}).get()


def counts():
    return {model.__name__: model.objects.count() for model in (Agreement, Answer, Version, Signature, Document)}


def test_contract_is_kept_on_its_last_day_and_gone_the_day_after(organisation, over_long_ago):
    over_long_ago(0)
    kept = counts()
    gone = over_long_ago(1)
    contract = Document.objects.get(kind="signed agreement", programme_id=gone.programme_id)
    held_by_somebody = bytes(contract.content)

    run_task(organisation)
    run_task(organisation)

    assert counts() == kept
    assert not gone.agreements.exists()
    event = Event.objects.get(what="signed contracts deleted")
    assert (event.object_id, event.person_id, event.details) == (
        gone.pk,
        None,
        {"agreements": 2, "contracts": [contract.sha256]},
    )
    assert check_file(held_by_somebody).verdict == Verdict.GENUINE


def test_contract_of_a_partnership_that_goes_on_stays(organisation, over_long_ago):
    partnership = over_long_ago(1)
    Partnership.objects.update(state="active", ended_at=None)

    run_task(organisation)

    assert partnership.agreements.count() == 2
    with pytest.raises(Refused, match="still kept"):
        actions.delete_contracts(partnership, now=timezone.now())


@pytest.mark.parametrize("model", [Signature, Version, Agreement, Document])
def test_database_refuses_a_day_too_early(over_long_ago, model):
    """Whoever asks, and however: also the printings that no row names."""
    over_long_ago(0)

    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_printing_that_a_later_one_replaced_is_kept_as_long(partnership):
    agreement = sign_all(partnership)
    earlier = Document.objects.create(about=agreement.pk, kind="signed agreement", **printing())

    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        earlier.delete()


def test_words_that_nobody_signed_are_no_contract(partnership, organisation):
    fill_in(partnership)
    Partnership.objects.update(state="ended", ended_at=timezone.now())

    run_task(organisation)

    assert Agreement.objects.count() == 1


def printing():
    content = b"%PDF-1.7 an earlier printing"
    return {"content": content, "sha256": hashlib.sha256(content).hexdigest(), "title": "Earlier", "code": "A"}
