"""The first organisation of a new deployment, organisations that people start, and the platform's pages."""

import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from mentoring.organisations import actions, tenancy
from mentoring.organisations.first_run import setup_token
from mentoring.organisations.models import Invitation, Membership, Organisation, Role
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from tests import cast

ANSWERS = {
    "organisation": "University of Exampleford",
    "slug": "exampleford",
    "name": "Ada Adminford",
    "email": "ada@example.org",
    "password": "a long new password",
}


def everybody():
    with tenancy.directory(), tenancy.platform():
        return [person.email for person in Person.objects.all()], [found.slug for found in Organisation.objects.all()]


def test_operator_sets_up_a_new_deployment(client, db, settings):
    settings.SETUP_TOKEN = "from the environment"

    page = client.post("/setup/", ANSWERS | {"token": "from the environment"}, follow=True)

    assert page.redirect_chain == [("/exampleford/members/", 302)]
    assert "University of Exampleford is ready" in page.content.decode()
    assert everybody() == (["ada@example.org"], ["exampleford"])
    assert client.get("/platform/").status_code == 200


def test_stranger_without_the_token_gets_nothing(client, db):
    page = client.post("/setup/", ANSWERS | {"token": "guessed"})

    assert "token" in page.context["form"].errors
    assert everybody() == ([], [])


def test_server_logs_the_token_where_none_is_set(client, db, caplog):
    with caplog.at_level(logging.WARNING, "mentoring.organisations.first_run"):
        page = client.get("/setup/").content.decode()

    assert setup_token() in caplog.text
    assert setup_token() not in page


def test_a_token_of_the_operators_own_is_not_logged(client, db, caplog, settings):
    settings.SETUP_TOKEN = "from the environment"
    with caplog.at_level(logging.WARNING, "mentoring.organisations.first_run"):
        client.get("/setup/")

    assert "from the environment" not in caplog.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_set_up_is_no_page_once_there_is_anybody(client, administrator, method):
    answer = getattr(client, method)("/setup/", ANSWERS | {"token": setup_token()})

    assert answer.status_code == 404


def test_set_up_happens_once_even_if_asked_twice(db):
    asked = ANSWERS | {"now": timezone.now()}
    actions.set_up(**asked)

    with pytest.raises(Refused, match="set up already"):
        actions.set_up(**asked | {"slug": "other", "email": "other@example.org"})


@pytest.mark.parametrize("slug", ["platform", "accounts", "Exampleford", "two words", "-a", "a/b", "é", "x"])
def test_address_must_be_usable(client, db, slug):
    page = client.post("/setup/", ANSWERS | {"token": setup_token(), "slug": slug})

    assert "slug" in page.context["form"].errors


def test_command_sets_up_too(db, capsys):
    call_command("setup", organisation="Exampleford", slug="exampleford", name="Ada", email="Ada@Example.org")

    assert everybody() == (["ada@example.org"], ["exampleford"])
    assert "signs in by a code" in capsys.readouterr().out


def test_command_says_what_is_wrong_and_makes_nothing(db):
    with pytest.raises(CommandError, match="slug: “platform” is a page of Alongside itself"):
        call_command("setup", organisation="Exampleford", slug="platform", name="Ada", email="ada@example.org")

    assert everybody() == ([], [])


def test_command_refuses_a_deployment_in_use(administrator):
    with pytest.raises(CommandError, match="set up already"):
        call_command("setup")


def test_anybody_starts_an_organisation_where_sign_up_is_open(client, outsider, sign_in, settings):
    settings.OPEN_SIGN_UP = True

    answer = sign_in(client, outsider).post("/start/", {"name": "New Place", "slug": "new-place"})

    assert answer.url == "/new-place/"
    assert client.get("/new-place/members/").status_code == 200


def test_taken_address_is_said(client, outsider, organisation, sign_in, settings):
    settings.OPEN_SIGN_UP = True

    page = sign_in(client, outsider).post("/start/", {"name": "New Place", "slug": "university"})

    assert page.context["form"].errors["slug"] == ["The address “university” is taken. Choose another one."]


def test_nobody_starts_an_organisation_where_sign_up_is_closed(client, outsider, sign_in):
    assert sign_in(client, outsider).get("/start/").status_code == 404


@pytest.fixture
def operator(db):
    return cast.make_person("Oda Operator", "oda@example.org", is_platform_administrator=True)


def test_operator_sees_how_much_organisations_hold_and_never_what(client, operator, coordinator, partnership, sign_in):
    page = sign_in(client, operator).get("/platform/")

    usage = {found.slug: usage for found, usage in page.context["rows"]}["university"]
    assert (usage.people, usage.programmes, usage.partnerships) == (4, 1, 1)
    for word in ("Health Futures", "Priya", "Menteeova"):
        assert word not in page.content.decode()


def test_operator_finds_no_page_inside_an_organisation(client, operator, partnership, sign_in):
    sign_in(client, operator)

    paths = ["/university/", "/university/members/", "/university/health-futures/", "/university/settings/"]
    assert [client.get(path).status_code for path in paths] == [404] * 4


def test_operator_creates_an_organisation_and_invites_its_administrator(client, operator, sign_in):
    asked = {"name": "Ward Peers", "slug": "ward-peers", "administrator": "Noa Newby", "email": "noa@example.org"}

    sign_in(client, operator).post("/platform/create/", asked)

    with tenancy.platform():
        organisation = Organisation.objects.get(slug="ward-peers")
    with tenancy.tenant(organisation):
        assert Membership.objects.count() == 0
        assert Invitation.objects.get().role == Role.ADMINISTRATOR
        body = Message.objects.get().body
    client = Client()
    link = body.split("](")[1].split(")")[0].split("/", 3)[3]
    client.post(f"/{link}", {"name": "Noa Newby", "password": ""})
    assert client.get("/ward-peers/members/").status_code == 200


def test_operator_suspends_an_organisation_and_lets_it_go_on(client, operator, organisation, coordinator, sign_in):
    sign_in(client, operator).post(f"/platform/{organisation.pk}/suspend/")
    sign_in(client, coordinator)
    assert client.get("/university/").status_code == 404

    sign_in(client, operator).post(f"/platform/{organisation.pk}/resume/")

    assert sign_in(client, coordinator).get("/university/").status_code == 200
    assert [event.what for event in Event.objects.order_by("at")] == ["organisation suspended", "organisation resumed"]


def test_suspending_twice_is_said(client, operator, organisation, sign_in):
    sign_in(client, operator).post(f"/platform/{organisation.pk}/suspend/")

    page = client.post(f"/platform/{organisation.pk}/suspend/", follow=True).content.decode()

    assert "is suspended already" in page


@pytest.mark.parametrize("who", ["administrator", "coordinator", "outsider"])
def test_nobody_else_finds_the_platforms_pages(client, programme, who, request, sign_in):
    assert sign_in(client, request.getfixturevalue(who)).get("/platform/").status_code == 404


def test_the_platforms_list_costs_the_same_for_many(
    client, operator, organisation, sign_in, django_assert_max_num_queries
):
    sign_in(client, operator)
    with django_assert_max_num_queries(20) as few:
        client.get("/platform/")
    for _ in range(60):
        cast.make_organisation()

    with django_assert_max_num_queries(20) as many:
        client.get("/platform/")

    assert len(many) == len(few)


def test_counting_across_organisations_is_for_the_platform_alone(organisation):
    with pytest.raises(ProgrammingError, match="only the platform counts"), transaction.atomic():
        connection.cursor().execute("select * from platform_usage(%s)", [[organisation.pk]])
