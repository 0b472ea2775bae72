"""Agreements are kept as long as was promised, to the day; then they are deleted by themselves, and what people hold stays provable."""

import datetime
import hashlib

import pytest
from dateutil.relativedelta import relativedelta
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

from .conftest import WORDS, make_ready, sign_all, sign_as

YEARS, MONTHS = 6, 6  # that an organisation keeps contracts, and what nobody signed


def today():
    """By the calendar of the database."""
    return datetime.datetime.now(datetime.UTC).date()


@pytest.fixture
def over_long_ago(organisation):
    """`over_long_ago(days)` is a partnership that ended, whose contract is kept until so many days ago."""

    def make(days):
        kept_until = today() - datetime.timedelta(days=days)
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
    event = Event.objects.get(what="agreements deleted")
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
        actions.delete_agreements(partnership, now=timezone.now())


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


def end(partnership, *, kept_until, ends_on=None):
    """The partnership ended so long ago that its drafts are kept until this day; its agreement named another last day."""
    days = (kept_until - datetime.timedelta(days=back) for back in range(200, 150, -1))
    ended = next(day for day in days if day + relativedelta(months=MONTHS) >= kept_until)
    noon = datetime.datetime.combine(ended, datetime.time(12), tzinfo=datetime.UTC)
    Partnership.objects.filter(pk=partnership.pk).update(state="ended", ended_at=noon)
    Agreement.objects.filter(partnership=partnership).update(ends_on=ends_on or ended)


def test_draft_that_nobody_signed_goes_when_its_months_are_over_and_not_a_day_before(organisation, partnership, mentor):
    version = make_ready(partnership)
    actions.decline_version(
        partnership,
        sha256=version.sha256,
        reason="Not yet",
        coordinators_only=True,
        by=mentor.person,
        now=timezone.now(),
    )
    make_ready(partnership, {**WORDS, "objectives": "Something else"})
    before = counts()
    run_task(organisation)  # while they go on, there is no day
    end(partnership, kept_until=today())
    run_task(organisation)
    assert counts() == before
    for model in (Version, Agreement, Document):
        with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
            model.objects.all()._raw_delete("default")

    end(partnership, kept_until=today() - datetime.timedelta(days=1))
    run_task(organisation)

    assert set(counts().values()) == {0}
    event = Event.objects.get(what="agreements deleted")
    assert (event.object_id, event.details) == (partnership.pk, {"agreements": 1, "contracts": []})


def test_what_one_of_them_signed_is_kept_as_long_as_a_contract(organisation, partnership, mentee):
    sign_as(mentee.person, partnership, make_ready(partnership))
    before, long_ago = counts(), today() - datetime.timedelta(days=1)
    years = relativedelta(years=YEARS)
    end(partnership, kept_until=long_ago, ends_on=today() - years)
    run_task(organisation)
    assert counts() == before
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Signature.objects.all()._raw_delete("default")

    end(partnership, kept_until=long_ago, ends_on=today() - years - datetime.timedelta(days=2))
    run_task(organisation)

    assert set(counts().values()) == {0}


@pytest.mark.parametrize(
    "delete",
    [
        lambda: Agreement.objects.all()._raw_delete("default"),
        lambda: Version.objects.all()._raw_delete("default"),
        lambda: Agreement.objects.update(keep_until=timezone.localdate()),
    ],
    ids=["agreement", "version", "shorter"],
)
def test_database_keeps_what_was_signed(partnership, delete):
    sign_all(partnership)

    with pytest.raises(DatabaseError), transaction.atomic():
        delete()


def printing():
    content = b"%PDF-1.7 an earlier printing"
    return {"content": content, "sha256": hashlib.sha256(content).hexdigest(), "title": "Earlier", "code": "A"}
