"""Roles and partner organisations."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.organisations import actions, tenancy
from mentoring.organisations.models import Membership, PartnerOrganisation, Role
from mentoring.refusal import Refused
from tests import cast

PATH = "/university/members/"


def test_administrator_sees_who_holds_which_role(client, administrator, coordinator, sponsor, mentee, sign_in):
    page = sign_in(client, administrator).get(PATH)

    assert [(held.person.name, held.role) for held in page.context["page"]] == [
        ("Ada Adminford", "administrator"),
        ("Priya Coordley", "coordinator"),
        ("Sol Sponsorby", "sponsor"),
    ]


@pytest.mark.parametrize("query", ["q=priya", "q=health+futures&role=coordinator", "role=coordinator"])
def test_roles_are_narrowed_by_words_and_by_role(client, administrator, coordinator, query, sign_in):
    page = sign_in(client, administrator).get(f"{PATH}?{query}")

    assert [held.person.name for held in page.context["page"]] == ["Priya Coordley"]


def test_no_role_found_says_what_to_try(client, administrator, sign_in):
    assert "No role matches" in sign_in(client, administrator).get(f"{PATH}?q=zzz").content.decode()


def test_the_list_of_roles_costs_the_same_for_many(client, administrator, sign_in, django_assert_max_num_queries):
    sign_in(client, administrator)
    with django_assert_max_num_queries(20) as few:
        client.get(PATH)
    for number in range(120):
        cast.give_role(cast.make_person(), Role.SPONSOR, cast.make_programme() if number < 5 else None)

    with django_assert_max_num_queries(20) as many:
        page = client.get(PATH)

    assert len(page.context["page"].object_list) == 50
    assert len(many) == len(few)


@pytest.mark.parametrize("who", ["coordinator", "sponsor", "partner_contact", "outsider"])
def test_nobody_else_sees_roles(client, programme, who, request, sign_in):
    assert sign_in(client, request.getfixturevalue(who)).get(PATH).status_code == 404


def test_administrator_ends_a_role(client, administrator, coordinator, sign_in):
    held = coordinator.memberships.get()

    page = sign_in(client, administrator).post(f"{PATH}{held.pk}/end/", follow=True).content.decode()

    held.refresh_from_db()
    assert "Priya Coordley no longer has the role" in page
    assert held.ended_at is not None
    assert Event.objects.get(what="role ended").person == administrator
    assert sign_in(client, coordinator).get("/university/health-futures/").status_code == 404


def test_a_role_cannot_be_ended_by_opening_an_address(client, administrator, coordinator, sign_in):
    held = coordinator.memberships.get()

    assert sign_in(client, administrator).get(f"{PATH}{held.pk}/end/").status_code == 405


def test_last_administrator_stays(client, administrator, sign_in):
    held = administrator.memberships.get()

    page = sign_in(client, administrator).post(f"{PATH}{held.pk}/end/", follow=True).content.decode()

    held.refresh_from_db()
    assert "Ada Adminford is the only administrator" in page
    assert held.ended_at is None


def test_administrator_may_leave_when_another_one_stays(client, administrator, sign_in):
    cast.give_role(cast.make_person(), Role.ADMINISTRATOR)

    answer = sign_in(client, administrator).post(f"{PATH}{administrator.memberships.get().pk}/end/")

    assert answer.url == "/my/"


def test_database_keeps_the_last_administrator_whatever_the_code_does(administrator):
    with transaction.atomic():
        Membership.objects.filter(role=Role.ADMINISTRATOR).delete()
        with pytest.raises(IntegrityError, match="keeps an administrator"):
            connection.check_constraints()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_at_once_leave_one():
    organisation = cast.make_organisation("duel")
    with tenancy.tenant(organisation):
        pair = [cast.give_role(cast.make_person(), Role.ADMINISTRATOR) for _ in range(2)]
    start, outcomes = threading.Barrier(2), []

    def end(mine, theirs):
        start.wait()
        try:
            with tenancy.tenant(organisation):
                # Straight to the table: what holds is the database's rule, not the action's check.
                Membership.objects.filter(pk=theirs.pk).update(ended_at=timezone.now())
            outcomes.append("ended")
        except IntegrityError:
            outcomes.append("kept")
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=order) for order in (pair, pair[::-1])]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(outcomes) == ["ended", "kept"]


def test_role_that_ended_cannot_be_ended_again(administrator, coordinator, organisation):
    held = coordinator.memberships.get()
    actions.end_role(held, by=administrator, now=timezone.now())

    with pytest.raises(Refused, match="has ended already"):
        actions.end_role(held, by=administrator, now=timezone.now())


def test_administrator_adds_and_renames_a_partner_organisation(client, administrator, organisation, sign_in):
    sign_in(client, administrator).post("/university/partners/add/", {"name": "County Hospital"})
    partner = PartnerOrganisation.objects.get()

    page = client.post(f"/university/partners/{partner.pk}/", {"name": "City Hospital"}, follow=True)

    assert [found.name for found in page.context["page"]] == ["City Hospital"]


def test_partner_organisations_have_different_names(client, administrator, partner_contact, sign_in):
    page = sign_in(client, administrator).post("/university/partners/add/", {"name": "county hospital"})

    assert page.context["form"].errors["name"] == ["There is a partner organisation called county hospital already."]


def test_partner_organisations_are_listed_with_their_contacts(client, administrator, partner_contact, sign_in):
    page = sign_in(client, administrator).get("/university/partners/?q=county").content.decode()

    assert "Pat Partnerton" in page
    assert "Health Futures" in page


def test_the_list_of_partners_costs_the_same_for_many(client, administrator, sign_in, django_assert_max_num_queries):
    sign_in(client, administrator)
    for number in range(3):
        cast.give_role(cast.make_person(), Role.PARTNER, partner=f"Partner {number}")
    with django_assert_max_num_queries(20) as few:
        client.get("/university/partners/")
    for number in range(3, 60):
        cast.give_role(cast.make_person(), Role.PARTNER, partner=f"Partner {number}")

    with django_assert_max_num_queries(20) as many:
        client.get("/university/partners/")

    assert len(many) == len(few)
