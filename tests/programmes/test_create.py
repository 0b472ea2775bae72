"""An administrator makes a programme, a co-ordinator changes how it runs."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.organisations.models import Membership, Role
from programmes.models import PartnershipState, Programme, ProgrammeState
from programmes.needs.models import NeedStatement, Objective
from programmes.plan.models import BudgetLine
from tests import cast

NEW = reverse("programmes:create", args=["university"])
GIVEN = {
    "made_from": "blueprint:ukrc",
    "name": "Career Mentoring 2027",
    "slug": "",
    "summary": "For people in the middle of their career.",
    "starts_on": "2027-01-11",
    "ends_on": "2027-12-17",
    "cadence_weeks": "4",
    "coordinator": "",
}


def made():
    return Programme.objects.get(slug="career-mentoring-2027")


def test_administrator_makes_a_programme_from_the_blueprint(client, sign_in, administrator):
    answer = sign_in(client, administrator).post(NEW, GIVEN | {"coordinator": "ADA@example.org"})

    assert answer.url == "/university/career-mentoring-2027/"
    programme = made()
    assert (programme.name, programme.contact_by, programme.grace_days) == ("Career Mentoring 2027", "mentee", 7)
    assert programme.blueprint["blueprint"]["source"] == "M3"
    assert BudgetLine.objects.filter(programme=programme, what="Co-ordinator's time", position=1).exists()
    assert Membership.objects.get(role=Role.COORDINATOR, programme_id=programme.pk).person == administrator
    deeds = set(Event.objects.filter(programme_id=programme.pk).values_list("what", flat=True))
    assert {"programme created", "co-ordinator appointed"} <= deeds
    assert client.get(answer.url).status_code == 200


def test_the_way_to_a_new_programme_is_on_the_organisations_home(client, sign_in, administrator, coordinator):
    assert NEW in sign_in(client, administrator).get("/university/").content.decode()
    assert NEW not in sign_in(client, coordinator).get("/university/").content.decode()


def test_programme_may_begin_without_a_coordinator(client, sign_in, administrator):
    sign_in(client, administrator).post(NEW, GIVEN)

    assert not Membership.objects.filter(role=Role.COORDINATOR, programme_id=made().pk).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Fill in “Name of the programme”."),
        ({"ends_on": "2027-01-11"}, "11 January 2027 is not after the start, 11 January 2027."),
        ({"starts_on": "31 February"}, "Enter a date that exists"),
        ({"slug": "health-futures"}, "Another programme has the address “health-futures”."),
        ({"slug": "members"}, "The address “members” is used by another page."),
        ({"slug": "new"}, "The address “new” is used by another page."),
        ({"slug": "no spaces"}, "valid “slug”"),
        ({"cadence_weeks": "0"}, "Enter 1 or more."),
        ({"made_from": "blueprint:none"}, "is not one of the answers."),
        ({"coordinator": "nobody@example.org"}, "Nobody in your organisation has the address nobody@example.org."),
        ({"coordinator": "otto@example.org"}, "Nobody in your organisation has the address otto@example.org."),
        ({"summary": "x" * 10_001}, "Shorten this to 10000 characters."),
        ({"name": "a\x00b"}, "Remove the characters that cannot be shown"),
    ],
)
def test_what_is_wrong_is_explained_and_kept(client, sign_in, administrator, programme, outsider, changes, words):
    page = sign_in(client, administrator).post(NEW, GIVEN | changes)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert GIVEN["ends_on"] in page.content.decode() or "ends_on" in changes
    assert Programme.objects.count() == 1


def test_programme_is_copied_from_last_year(client, sign_in, administrator):
    sign_in(client, administrator).post(NEW, GIVEN)
    last = made()
    NeedStatement.objects.create(programme=last, why="People leave.", target_group="Post-docs")
    Objective.objects.create(
        programme=last, wording="Boards", measure="number", unit="seats", target=40, due_on="2027-12-17", position=1
    )
    BudgetLine.objects.filter(programme=last, position=1).update(planned=1200, spent=900)

    client.post(
        NEW,
        GIVEN | {
            "made_from": f"programme:{last.pk}", "name": "Career Mentoring 2028", "starts_on": "2028-01-11",
            "ends_on": "2028-12-17",
        },
    )  # fmt: skip

    copy = Programme.objects.get(slug="career-mentoring-2028")
    assert (copy.previous, copy.blueprint) == (last, last.blueprint)
    assert NeedStatement.objects.get(programme=copy).why == "People leave."
    assert Objective.objects.get(programme=copy).due_on == datetime.date(2028, 12, 17)
    line = BudgetLine.objects.get(programme=copy, position=1)
    assert (line.planned, line.spent) == (1200, 0)


@pytest.mark.parametrize("who", ["coordinator", "sponsor", "partner_contact", "outsider"])
def test_nobody_else_makes_programmes(client, sign_in, programme, request, who):
    sign_in(client, request.getfixturevalue(who))

    assert client.get(NEW).status_code == 404
    assert client.post(NEW, GIVEN).status_code == 404
    assert Programme.objects.count() == 1


def test_coordinator_changes_how_the_programme_runs(client, sign_in, coordinator, programme):
    given = {
        "name": "Health Futures 2", "summary": "New", "starts_on": "2027-01-11", "ends_on": "2027-12-17",
        "cadence_weeks": "6", "grace_days": "3", "contact_by": "either", "sends_drafts": "on", "is_pilot": "on",
    }  # fmt: skip

    answer = sign_in(client, coordinator).post(programme.url("programmes:settings"), given)

    assert answer.url == programme.url("programmes:settings")
    programme.refresh_from_db()
    assert (programme.name, programme.cadence_weeks, programme.contact_by) == ("Health Futures 2", 6, "either")
    assert (programme.sends_drafts, programme.is_pilot, programme.grace_days) == (True, True, 3)
    event = Event.objects.get(programme_id=programme.pk)
    assert (event.what, event.person) == ("programme settings changed", coordinator)
    assert "cadence_weeks" in event.details["changed"]


@pytest.mark.parametrize("who", ["administrator", "sponsor", "outsider"])
def test_nobody_else_changes_settings(client, sign_in, programme, request, who):
    sign_in(client, request.getfixturevalue(who))

    assert client.get(programme.url("programmes:settings")).status_code == 404
    assert client.post(programme.url("programmes:settings"), GIVEN).status_code == 404


def test_programme_goes_live_and_is_closed(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)

    client.post(programme.url("programmes:open"))
    live = Programme.objects.get(pk=programme.pk).state
    client.post(programme.url("programmes:close"))
    closed = Programme.objects.get(pk=programme.pk).state
    again = client.post(programme.url("programmes:open"), follow=True).content.decode()

    assert (live, closed) == (ProgrammeState.LIVE, ProgrammeState.CLOSED)
    assert "This programme is closed." in again


def test_programme_without_a_coordinator_does_not_go_live(client, sign_in, administrator, programme):
    page = sign_in(client, administrator).post(programme.url("programmes:open"), follow=True).content.decode()

    assert "Nobody co-ordinates this programme yet." in page
    assert Programme.objects.get(pk=programme.pk).state == ProgrammeState.PREPARING


def test_programme_with_partnerships_going_on_is_not_closed(client, sign_in, coordinator, programme, partnership):
    programme.state = ProgrammeState.LIVE
    programme.save(update_fields=["state"])
    cast.make_partnership(programme, state=PartnershipState.ENDED)

    page = sign_in(client, coordinator).post(programme.url("programmes:close"), follow=True).content.decode()

    assert "1 partnership is still going on. End them first." in page
    assert Programme.objects.get(pk=programme.pk).state == ProgrammeState.LIVE


def test_settings_of_a_closed_programme_stay(client, sign_in, coordinator, programme):
    programme.state = ProgrammeState.CLOSED
    programme.save(update_fields=["state"])
    given = {
        "name": "Other", "starts_on": "2027-01-11", "ends_on": "2027-12-17", "cadence_weeks": "6", "grace_days": "3",
        "contact_by": "either",
    }  # fmt: skip

    page = sign_in(client, coordinator).post(programme.url("programmes:settings"), given).content.decode()

    assert "This programme is closed, so its settings stay as they are." in page


def test_getting_the_page_changes_nothing(client, sign_in, coordinator, administrator, programme):
    for name in ("programmes:open", "programmes:close"):
        assert sign_in(client, coordinator).get(programme.url(name)).status_code == 405
    assert sign_in(client, administrator).get(NEW).status_code == 200
    assert Programme.objects.count() == 1
    assert timezone.localdate() < Programme.objects.get().ends_on
