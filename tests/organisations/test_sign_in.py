"""Second factors for staff, a person's own profile, and that nobody can be somebody else."""

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.urls import reverse

from mentoring.organisations import tenancy


@pytest.mark.parametrize("who", ["administrator", "coordinator"])
@pytest.mark.parametrize("path", ["/university/", "/university/health-futures/"])
def test_staff_set_up_a_second_factor_before_anything_else(client, programme, who, path, request, settings, sign_in):
    settings.MFA_REQUIRED = True

    answer = sign_in(client, request.getfixturevalue(who)).get(path)

    assert answer.url == reverse("mfa_index")


def test_staff_with_a_second_factor_come_in(client, coordinator, settings, sign_in):
    settings.MFA_REQUIRED = True
    with tenancy.directory():
        Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert sign_in(client, coordinator).get("/university/").status_code == 200


def test_mentors_and_mentees_may_do_without(client, mentee, settings, sign_in):
    settings.MFA_REQUIRED = True

    assert sign_in(client, mentee.person).get("/my/").status_code == 200


def test_there_is_no_administration_site_nor_any_way_to_act_as_somebody_else():
    assert not apps.is_installed("django.contrib.admin")
    assert [app.name for app in apps.get_app_configs() if "hijack" in app.name or "impersonate" in app.name] == []


def test_person_says_how_they_want_to_be_called_and_reached(client, mentee, sign_in):
    answers = {
        "name": "Sŵn Menteeova-Jones",
        "pronouns": "they/them",
        "time_zone": "Europe/Dublin",
        "language": "en-gb",
        "contact_channel": "digest",
    }

    page = sign_in(client, mentee.person).post("/my/profile/", answers, follow=True)

    mentee.person.refresh_from_db()
    assert "Your profile is saved." in page.content.decode()
    assert mentee.person.name == "Sŵn Menteeova-Jones"
    assert (mentee.person.time_zone, mentee.person.contact_channel) == ("Europe/Dublin", "digest")
    assert mentee.person.optional_mail is False


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("time_zone", "Mars/Base"), ("language", "xx"), ("contact_channel", "pigeon")]
)
def test_what_cannot_be_is_named_and_nothing_is_changed(client, mentee, field, value, sign_in):
    answers = {"name": "New", "time_zone": "Europe/London", "language": "en-gb", "contact_channel": "email"}

    page = sign_in(client, mentee.person).post("/my/profile/", answers | {field: value})

    mentee.person.refresh_from_db()
    assert list(page.context["form"].errors) == [field]
    assert mentee.person.name == "Sŵn Menteeova"


def test_profile_leads_to_ways_of_signing_in(client, mentee, sign_in):
    page = sign_in(client, mentee.person).get("/my/profile/").content.decode()

    assert all(reverse(name) in page for name in ("account_email", "account_change_password", "mfa_index"))
