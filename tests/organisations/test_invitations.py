"""Invitations: asking somebody to take a role, and taking it."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from mentoring.organisations import actions, tenancy
from mentoring.organisations.models import Invitation, Membership, Role
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from tests import cast

ASKED = {"email": "Noa@Example.org", "name": "Noa O’Newby", "role": "coordinator"}


@pytest.fixture
def invited(administrator, programme):
    """An invitation to coordinate, and the path of its link."""
    invitation = actions.invite(
        email="noa@example.org",
        name="Noa",
        role="coordinator",
        programme=programme,
        by=administrator,
        now=timezone.now(),
    )
    return invitation, link_in(Message.objects.get(key=f"invitation|{invitation.pk}"))


def link_in(message: Message) -> str:
    (link,) = re.findall(r"\(https?://[^/]+(/invitations/\S+)\)", message.body)
    return link


def test_administrator_invites_a_coordinator(client, administrator, programme, sign_in):
    page = sign_in(client, administrator).post(
        "/university/members/invite/", ASKED | {"programme": programme.pk}, follow=True
    )

    invitation, message = Invitation.objects.get(), Message.objects.get()
    assert "We have written to noa@example.org." in page.content.decode()
    assert (message.address, message.kind, message.programme_id) == ("noa@example.org", "invitation", None)
    assert "Dear Noa O’Newby" in message.body
    assert "programme co-ordinator" in message.body
    assert invitation.secret_sha256 not in message.body
    assert link_in(message).split("/")[-2] not in str(Invitation.objects.values().get())
    assert Event.objects.get(what="invited to a role").details == {"role": "coordinator"}


def test_letter_is_plain_text(administrator, organisation):
    actions.invite(email="a@example.org", name="O'Brien & Sons", role="sponsor", by=administrator, now=timezone.now())

    assert "Dear O'Brien & Sons," in Message.objects.get().body


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "noa"}, "email"),
        ({"role": "coordinator"}, "programme"),
        ({"role": "partner"}, "partner"),
        ({"role": "member"}, "role"),
        ({"programme": "0190a0a0-0000-7000-8000-000000000000"}, "programme"),
    ],
)
def test_what_is_missing_is_named(client, administrator, programme, sign_in, changes, field):
    page = sign_in(client, administrator).post("/university/members/invite/", ASKED | changes)

    assert field in page.context["form"].errors
    assert Invitation.objects.count() == 0


def test_programme_of_another_organisation_cannot_be_chosen(client, administrator, outsider, sign_in):
    with tenancy.visitor(outsider):
        theirs = Membership.objects.get(role=Role.COORDINATOR).programme_id

    page = sign_in(client, administrator).post("/university/members/invite/", ASKED | {"programme": theirs})

    assert "programme" in page.context["form"].errors


def test_nobody_is_invited_to_a_role_they_hold(client, administrator, coordinator, programme, sign_in):
    asked = ASKED | {"email": coordinator.email, "programme": programme.pk}

    page = sign_in(client, administrator).post("/university/members/invite/", asked)

    assert page.context["form"].non_field_errors() == ["priya@example.org has this role already."]


def test_new_person_accepts_and_is_signed_in_with_the_role(client, invited, programme):
    _, link = invited
    assert "Noa" in client.get(link).content.decode()

    answer = client.post(link, {"name": "Noa Newby", "password": "a long new password"})

    person = Person.objects.get(email="noa@example.org")
    assert answer.url == "/my/"
    assert (person.name, person.check_password("a long new password")) == ("Noa Newby", True)
    assert "Health Futures" in client.get("/university/").content.decode()
    assert Event.objects.get(what="invitation accepted").person == person


def test_new_person_need_not_choose_a_password(client, invited):
    client.post(invited[1], {"name": "Noa Newby", "password": ""})

    assert not Person.objects.get(email="noa@example.org").has_usable_password()


def test_weak_password_is_refused_and_nothing_is_made(client, invited):
    page = client.post(invited[1], {"name": "Noa Newby", "password": "password12"})

    assert "password" in page.context["form"].errors
    assert not Person.objects.filter(email="noa@example.org").exists()


def test_known_person_signs_in_first_then_accepts(client, invited, sign_in):
    noa = cast.make_person("Noa Newby", "noa@example.org")
    _, link = invited
    assert client.get(link).url == f"{reverse('account_login')}?next={link}"

    answer = sign_in(client, noa).post(link)

    assert answer.url == "/my/"
    assert [held.role for held in noa.memberships.all()] == ["coordinator"]


def test_an_address_that_was_proved_later_counts_too(client, invited, sign_in):
    noa = cast.make_person("Noa Newby", "noa.private@example.org")
    with tenancy.directory():
        noa.emailaddress_set.create(email="noa@example.org", verified=True)

    assert sign_in(client, noa).post(invited[1]).url == "/my/"


def test_an_address_that_is_only_claimed_does_not_count(client, invited, sign_in):
    mallory = cast.make_person("Mallory", "mallory@example.org")
    with tenancy.directory():
        mallory.emailaddress_set.create(email="noa@example.org", verified=False)

    assert sign_in(client, mallory).post(invited[1]).status_code == 403
    assert mallory.memberships.count() == 0


def test_wrong_account_is_explained_and_gets_nothing(client, invited, sponsor, sign_in):
    page = sign_in(client, sponsor).post(invited[1])

    assert page.status_code == 403
    assert "The invitation was sent to noa@example.org" in page.content.decode()
    assert [held.role for held in sponsor.memberships.all()] == ["sponsor"]


def test_a_link_works_once(client, invited):
    client.post(invited[1], {"name": "Noa Newby", "password": ""})

    page = client.post(invited[1])

    assert page.status_code == 410
    assert "This invitation has been accepted" in page.content.decode()


def test_a_link_ends_after_fourteen_days(client, invited):
    invitation, link = invited
    Invitation.objects.filter(pk=invitation.pk).update(invited_at=timezone.now() - datetime.timedelta(days=14))

    page = client.get(link)

    assert (page.status_code, "This invitation is too old" in page.content.decode()) == (410, True)


def test_unknown_link_is_not_found(client, invited):
    assert client.get(f"{invited[1][:-5]}AAAA/").status_code == 404


def test_link_of_one_organisation_is_nothing_in_another(client, invited, outsider):
    assert client.get(invited[1].replace("/university/", "/elsewhere/")).status_code == 404


def test_sending_again_makes_the_earlier_link_useless(client, administrator, invited, sign_in):
    invitation, link = invited

    sign_in(client, administrator).post(f"/university/invitations/{invitation.pk}/send-again/")

    client.logout()
    newer = Invitation.objects.exclude(pk=invitation.pk).get()
    assert client.get(link).status_code == 410
    assert client.get(link_in(Message.objects.get(key=f"invitation|{newer.pk}"))).status_code == 200


def test_administrator_withdraws_an_invitation(client, administrator, invited, sign_in):
    invitation, link = invited

    page = sign_in(client, administrator).post(f"/university/invitations/{invitation.pk}/withdraw/", follow=True)

    assert "The link sent to noa@example.org no longer works." in page.content.decode()
    client.logout()
    assert "withdrawn" in client.get(link).content.decode()


def test_accepted_invitation_can_be_neither_withdrawn_nor_sent_again(client, administrator, invited):
    invitation, link = invited
    client.post(link, {"name": "Noa Newby", "password": ""})
    invitation.refresh_from_db()

    for act in (actions.withdraw_invitation, actions.send_again):
        with pytest.raises(Refused, match="has accepted"):
            act(invitation, by=administrator, now=timezone.now())


def test_invitations_are_listed_with_their_state(client, administrator, invited, sign_in):
    page = sign_in(client, administrator).get("/university/invitations/?q=noa").content.decode()

    assert "Waiting" in page


@pytest.mark.parametrize("path", ["invitations/", "members/invite/"])
def test_coordinator_invites_nobody(client, coordinator, path, sign_in):
    assert sign_in(client, coordinator).get(f"/university/{path}").status_code == 404
