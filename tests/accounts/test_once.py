"""A form posted twice has the effect of one."""

import datetime
import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from mentoring.accounts.models import RequestKey
from mentoring.organisations import tenancy
from mentoring.organisations.models import Invitation, PartnerOrganisation, Role
from mentoring.organisations.tasks import forget_request_keys
from tests import cast

PATH = "/university/members/invite/"


def asked(**changes) -> dict:
    return {"email": "noa@example.org", "name": "Noa", "role": "sponsor", "once": str(uuid.uuid4())} | changes


def invitations() -> list[str]:
    return sorted(Invitation.objects.values_list("email", flat=True))


def test_a_form_sent_twice_is_led_where_the_first_was_led(client, administrator, sign_in):
    form = asked()
    sign_in(client, administrator)

    first, second = client.post(PATH, form), client.post(PATH, form)

    assert (first.url, second.url) == ("/university/members/", "/university/members/")
    assert invitations() == ["noa@example.org"]


def test_a_form_that_is_drawn_again_is_another_one(client, administrator, sign_in):
    sign_in(client, administrator)

    client.post(PATH, asked())
    client.post(PATH, asked(email="nia@example.org"))

    assert invitations() == ["nia@example.org", "noa@example.org"]


def test_going_back_and_filling_it_in_differently_counts(client, administrator, sign_in):
    form = asked()
    sign_in(client, administrator)

    client.post(PATH, form)
    client.post(PATH, form | {"email": "nia@example.org"})

    assert invitations() == ["nia@example.org", "noa@example.org"]


def test_a_refused_form_can_be_sent_again(client, administrator, sign_in):
    form = asked(role="coordinator")
    sign_in(client, administrator)

    pages = [client.post(PATH, form), client.post(PATH, form)]

    assert [page.status_code for page in pages] == [200, 200]
    assert [list(page.context["form"].errors) for page in pages] == [["programme"], ["programme"]]


def test_a_form_answered_by_not_found_keeps_no_key(client, administrator, sign_in):
    sign_in(client, administrator)

    answers = [client.post(f"/university/members/{uuid.UUID(int=0)}/end/", {"once": str(uuid.UUID(int=1))})] * 2

    assert [answer.status_code for answer in answers] == [404, 404]
    assert RequestKey.objects.count() == 0


def test_a_key_of_somebody_elses_form_leads_nowhere(client, administrator, coordinator, sign_in):
    form = asked()
    sign_in(client, administrator).post(PATH, form)

    assert sign_in(client, coordinator).post(PATH, form).status_code == 404


@pytest.mark.parametrize("once", ["", "not a key", "0", "x" * 10_000])
def test_a_form_without_a_proper_key_still_works(client, administrator, sign_in, once):
    assert sign_in(client, administrator).post(PATH, asked(once=once)).url == "/university/members/"


@pytest.mark.django_db(transaction=True)
def test_two_that_arrive_together_have_the_effect_of_one():
    organisation = cast.make_organisation("twins")
    with tenancy.tenant(organisation):
        person = cast.make_person()
        cast.give_role(person, Role.ADMINISTRATOR)
    form, start, answers = {"name": "County Hospital", "once": str(uuid.uuid4())}, threading.Barrier(4), []

    def send() -> None:
        client = Client()
        try:
            with tenancy.directory():
                client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            start.wait()
            answers.append(client.post("/twins/partners/add/", form))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/twins/partners/")] * 4
    with tenancy.tenant(organisation):
        assert PartnerOrganisation.objects.count() == 1


def test_keys_are_forgotten_after_a_day(db):
    with tenancy.visitor(None):
        for hours in (1, 25):
            made = timezone.now() - datetime.timedelta(hours=hours)
            RequestKey.objects.create(key=uuid.uuid4(), path="/", created_at=made)

        forget_request_keys()

        assert RequestKey.objects.count() == 1
