"""Whose rows a transaction sees."""

import pytest
from django.db import DatabaseError, connection, transaction

from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import Membership, Organisation
from programmes.models import Programme


def test_query_without_a_context_raises(db):
    with pytest.raises(DatabaseError, match="no organisation"), transaction.atomic():
        Programme.objects.count()


def test_visitor_without_an_organisation_sees_only_their_own(administrator, programme):
    with tenancy.visitor(administrator):
        assert [membership.person for membership in Membership.objects.all()] == [administrator]
        assert [organisation.slug for organisation in Organisation.objects.all()] == ["university"]
        assert [person.name for person in Person.objects.all()] == ["Ada Adminford"]


def test_another_organisation_sees_nothing_of_this_one(programme, outsider):
    with tenancy.visitor(outsider):
        elsewhere = Membership.objects.first().organisation
    with tenancy.tenant(elsewhere):
        assert [found.slug for found in Programme.objects.all()] == ["theirs"]
        assert list(Person.objects.filter(name="Ada Adminford")) == []


def test_history_says_who_changed_what(administrator, organisation, programme):
    with tenancy.tenant(organisation, administrator):
        Programme.objects.filter(pk=programme.pk).update(name="Health Futures Two")

    last = Programme.pgh_event_model.objects.latest("pgh_id")

    assert (last.pgh_label, last.name, last.pgh_context["person"]) == (
        "update",
        "Health Futures Two",
        str(administrator.pk),
    )


def test_history_triggers_find_their_setting_and_raise_no_exception(organisation):
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('pgtrigger.ignore')")
        assert cursor.fetchone() == ("{}",)
