"""The front door, a person's own pages and an organisation's home."""

from django.urls import reverse

from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from programmes.models import PartnershipState
from tests import cast


def test_visitor_learns_what_this_is_and_where_to_sign_in(client, db):
    page = client.get("/").content.decode()

    assert "Seven steps, one place" in page
    assert reverse("account_login") in page


def test_signed_in_person_chooses_an_organisation(client, coordinator, sign_in):
    page = sign_in(client, coordinator).get("/")

    assert [organisation.slug for organisation in page.context["organisations"]] == ["university"]
    assert "/university/" in page.content.decode()


def test_person_without_an_organisation_is_told_what_to_do(client, organisation, sign_in):
    stranger = cast.make_person("Noa Newby", "noa@example.org")

    page = sign_in(client, stranger).get("/").content.decode()

    assert "You do not belong to an organisation yet" in page
    assert "noa@example.org" in page


def test_privacy_and_accessibility_are_for_everybody(client, db):
    assert [client.get(path).status_code for path in ("/privacy/", "/accessibility/")] == [200, 200]


def test_my_pages_gather_partnerships_of_all_organisations(client, mentee, partnership, sign_in):
    elsewhere = cast.make_organisation("hospital")
    with tenancy.tenant(elsewhere):
        other = cast.make_programme("ward-peers", name="Ward Peers")
        cast.make_partnership(other, mentee=cast.make_participant(other, "mentee", mentee.person))

    page = sign_in(client, mentee.person).get("/my/")

    assert [found.programme.name for found, _ in page.context["live"]] == ["Ward Peers", "Health Futures"]
    assert "Mor Mentorsen" in page.content.decode()


def test_my_pages_show_nothing_of_a_suspended_organisation(client, mentee, partnership, organisation, sign_in):
    with tenancy.platform():
        organisation.state = "suspended"
        organisation.save(update_fields=["state"])

    page = sign_in(client, mentee.person).get("/my/")

    assert page.context["live"] == []


def test_my_pages_say_what_comes_next(client, mentee, mentor, programme, sign_in):
    cast.make_partnership(programme, mentor, mentee, state=PartnershipState.AGREED)

    page = sign_in(client, mentee.person).get("/my/").content.decode()

    assert "agree how you will work together" in page


def test_participant_without_a_match_is_told_to_wait(client, mentee, sign_in):
    page = sign_in(client, mentee.person).get("/my/").content.decode()

    assert "When there is a match for you, you will have an e-mail" in page


def test_ended_partnership_is_kept_in_view(client, programme, mentee, mentor, sign_in):
    cast.make_partnership(programme, mentor, mentee, state=PartnershipState.ENDED)

    page = sign_in(client, mentee.person).get("/my/")

    assert len(page.context["ended"]) == 1


def test_coordinator_finds_roles_on_my_pages(client, coordinator, sign_in):
    page = sign_in(client, coordinator).get("/my/").content.decode()

    assert "/university/health-futures/" in page


def test_my_pages_explain_when_there_is_nothing(client, organisation, sign_in):
    page = sign_in(client, cast.make_person("Noa Newby")).get("/my/").content.decode()

    assert "Nothing here yet" in page


def test_my_pages_cost_the_same_for_one_partnership_and_for_many(
    client, mentee, partnership, programme, sign_in, django_assert_max_num_queries
):
    sign_in(client, mentee.person)
    with django_assert_max_num_queries(12) as few:
        client.get("/my/")
    for _ in range(30):
        part = cast.make_participant(cast.make_programme(), "mentee", mentee.person)
        cast.make_partnership(part.programme, mentee=part)

    with django_assert_max_num_queries(12) as many:
        client.get("/my/")

    assert len(many) == len(few)


def test_my_pages_ask_a_visitor_to_sign_in(client, db):
    assert client.get("/my/").url == f"{reverse('account_login')}?next=/my/"


def test_coordinator_sees_only_programmes_of_their_own(client, coordinator, organisation, sign_in):
    cast.make_programme("someone-elses", name="Someone Else’s")

    page = sign_in(client, coordinator).get("/university/").content.decode()

    assert "Health Futures" in page
    assert "Someone Else’s" not in page


def test_administrator_sees_every_programme(client, administrator, programme, sign_in):
    cast.make_programme("second", name="Second Wind")

    page = sign_in(client, administrator).get("/university/").content.decode()

    assert "Health Futures" in page
    assert "Second Wind" in page


def test_participant_is_led_to_their_own_pages(client, mentee, sign_in):
    assert sign_in(client, mentee.person).get("/university/").url == "/my/"


def test_outsider_finds_nothing(client, programme, outsider, sign_in):
    sign_in(client, outsider)

    assert client.get("/university/").status_code == 404
    assert client.get("/there-is-none/").status_code == 404


def test_visitor_is_asked_to_sign_in_whether_or_not_it_exists(client, organisation):
    answers = [client.get(path) for path in ("/university/", "/there-is-none/")]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_reserved_words_are_no_organisation(client, administrator, sign_in):
    assert sign_in(client, administrator).get("/media/").status_code == 404


def test_member_by_a_role_that_ended_finds_nothing(client, coordinator, organisation, sign_in):
    membership = coordinator.memberships.get(role=Role.COORDINATOR)
    membership.ended_at = membership.since_at
    membership.save(update_fields=["ended_at"])

    assert sign_in(client, coordinator).get("/university/").status_code == 404
