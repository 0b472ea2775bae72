"""Step 2 from the front: dates, money, a supporter, and somebody who approves it."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.outbox.models import Message
from programmes.models import Programme
from programmes.plan import actions
from programmes.plan.models import Approval, BudgetLine, Plan
from programmes.plan.step import status
from programmes.steps import State
from tests import cast

WRITTEN = {
    "purpose": "Thirteen mentees meet twelve mentors.",
    "supporter": "Dame Jo",
    "supporter_role": "Dean",
    "recruitment_opens_on": "2027-01-04",
    "recruitment_closes_on": "2027-02-01",
    "training_on": "2027-02-20",
    "starts_on": "2027-03-01",
    "reviewed_on": "2027-07-01",
    "ends_on": "2028-02-29",
}


@pytest.fixture
def lines(programme, administrator):
    def add(what, planned, spent=0):
        return actions.add_line(
            programme, what=what, planned=Decimal(planned), spent=Decimal(spent), by=administrator, now=timezone.now()
        )

    return add


@pytest.fixture
def written(client, sign_in, coordinator, programme, lines):
    """The plan is complete."""
    lines("Training", "1200.50")
    sign_in(client, coordinator).post(programme.url("plan:write"), WRITTEN)
    return Programme.objects.get(pk=programme.pk)


def approve(client, programme, **fields):
    return client.post(programme.url("plan:approve"), {"approved_on": timezone.localdate(), "note": ""} | fields)


def test_coordinator_writes_the_plan_and_the_programme_moves_with_it(client, sign_in, coordinator, programme):
    answer = sign_in(client, coordinator).post(programme.url("plan:write"), WRITTEN)

    assert answer.url == programme.url("plan:home")
    programme.refresh_from_db()
    assert (programme.starts_on, programme.ends_on) == (datetime.date(2027, 3, 1), datetime.date(2028, 2, 29))
    assert Plan.objects.get().supporter == "Dame Jo"
    page = client.get(answer.url).content.decode()
    assert "4 January 2027 to 1 February 2027" in page
    assert {event.what for event in Event.objects.filter(programme_id=programme.pk)} == {
        "plan written",
        "programme settings changed",
    }


def test_plan_may_be_saved_half_done(client, sign_in, coordinator, programme):
    half = {"purpose": "Something.", "starts_on": "2027-03-01", "ends_on": "2028-02-29"}

    answer = sign_in(client, coordinator).post(programme.url("plan:write"), half)

    assert answer.status_code == 302
    stands = status(programme, timezone.localdate())
    assert stands.state == State.IN_PROGRESS
    assert stands.sentence == (
        "Still missing: when recruitment opens and closes, when training is, a named supporter, a budget"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"training_on": "2027-01-20"}, "20 January 2027 is before “recruitment closes”, 1 February 2027."),
        ({"ends_on": "2027-02-28"}, "28 February 2027 is before “mid-term review”, 1 July 2027."),
        ({"reviewed_on": "", "ends_on": "2027-03-01"}, "The end, 1 March 2027, is not after the start, 1 March 2027."),
        ({"starts_on": ""}, "Fill in “Programme starts”."),
        ({"purpose": "x" * 10_001}, "Shorten this to 10000 characters."),
    ],
)
def test_dates_in_the_wrong_order_are_explained(client, sign_in, coordinator, programme, changes, words):
    page = sign_in(client, coordinator).post(programme.url("plan:write"), WRITTEN | changes)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Plan.objects.exists()


def test_budget_adds_up(client, sign_in, coordinator, programme, lines):
    lines("Training", "1200.50", "400")
    sign_in(client, coordinator).post(
        programme.url("plan:add_line"), {"what": "Travel", "planned": "300", "spent": "0.25"}
    )

    budget = client.get(programme.url("plan:home")).context["budget"]

    assert (budget.planned, budget.spent, budget.left) == (Decimal("1500.50"), Decimal("400.25"), Decimal("1100.25"))
    assert "£1,500.50" in client.get(programme.url("plan:home")).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"planned": "-1"}, "Enter 0 or more."),
        ({"planned": "twelve"}, "Enter a number, in figures."),
        ({"planned": "1e400"}, "Planned"),
        ({"planned": "NaN"}, "Enter a number, in figures."),
        ({"what": ""}, "Fill in “What it is for”."),
    ],
)
def test_wrong_sum_is_explained(client, sign_in, coordinator, programme, changes, words):
    given = {"what": "Travel", "planned": "300", "spent": "0"} | changes

    page = sign_in(client, coordinator).post(programme.url("plan:add_line"), given)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not BudgetLine.objects.exists()


def test_line_with_money_spent_stays(client, sign_in, coordinator, programme, lines):
    spent, unspent = lines("Training", "10", "5"), lines("Travel", "10")
    sign_in(client, coordinator)

    refused = client.post(programme.url("plan:remove_line", pk=spent.pk), follow=True)
    client.post(programme.url("plan:remove_line", pk=unspent.pk))

    assert "£5.00 has been spent on “Training”" in refused.content.decode()
    assert [line.what for line in BudgetLine.objects.all()] == ["Training"]


def test_line_is_changed(client, sign_in, coordinator, programme, lines):
    line = lines("Training", "10")

    sign_in(client, coordinator).post(
        programme.url("plan:line", pk=line.pk), {"what": "Training day", "planned": "12", "spent": "3"}
    )

    line.refresh_from_db()
    assert (line.what, line.planned, line.spent) == ("Training day", 12, 3)


def test_sponsor_approves_with_date_and_note(client, sign_in, sponsor, written):
    sign_in(client, sponsor)
    asked = status(written, timezone.localdate())

    answer = approve(client, written, note="Minute 7")

    assert [need.sentence for need in asked.decisions] == ["Approve the plan"]
    assert answer.url == written.url("plan:home")
    stands = status(written, timezone.localdate())
    assert (stands.state, stands.decisions) == (State.COMPLETED, [])
    page = client.get(answer.url).content.decode()
    assert "Minute 7" in page
    assert "Sol Sponsorby" in page


def test_changed_plan_needs_approval_again(client, sign_in, administrator, coordinator, written, lines):
    approve(sign_in(client, administrator), written)

    lines("A second room", "90")

    stands = status(written, timezone.localdate())
    assert (stands.state, stands.sentence) == (State.IN_PROGRESS, "Changed since it was approved: the budget")
    assert (
        "Since it was approved these have changed: the budget." in client.get(written.url("plan:home")).content.decode()
    )
    approve(client, written)
    assert Approval.objects.count() == 2
    assert status(written, timezone.localdate()).state == State.COMPLETED


def test_money_spent_needs_no_new_approval(client, sign_in, administrator, coordinator, written):
    approve(sign_in(client, administrator), written)
    line = BudgetLine.objects.get()

    sign_in(client, coordinator).post(
        written.url("plan:line", pk=line.pk), {"what": line.what, "planned": line.planned, "spent": "700"}
    )

    assert status(written, timezone.localdate()).state == State.COMPLETED


def test_unfinished_plan_cannot_be_approved(client, sign_in, sponsor, programme):
    page = approve(sign_in(client, sponsor), programme).content.decode()

    assert "It cannot be approved yet" in page
    assert not Approval.objects.exists()


def test_plan_is_not_approved_twice_nor_tomorrow(client, sign_in, sponsor, written):
    sign_in(client, sponsor)

    early = approve(client, written, approved_on=timezone.localdate() + datetime.timedelta(days=1))
    approve(client, written)
    again = approve(client, written)

    assert "has not come yet." in early.content.decode()
    assert "nothing in it has changed since" in again.content.decode()
    assert Approval.objects.count() == 1


def test_coordinator_asks_the_sponsors_once_a_day(client, sign_in, coordinator, sponsor, administrator, written):
    sign_in(client, coordinator)

    client.post(written.url("plan:ask"))
    client.post(written.url("plan:ask"))

    message = Message.objects.get()
    assert (message.to, message.subject) == (sponsor, "Please read the plan of Health Futures")
    assert written.url("plan:home") in message.body


def test_without_a_sponsor_the_administrator_is_asked(client, sign_in, coordinator, administrator, written):
    page = sign_in(client, coordinator).post(written.url("plan:ask"), follow=True).content.decode()

    assert "1 person is asked to read and approve the plan." in page
    assert Message.objects.get().to == administrator


def test_coordinator_cannot_approve_and_sponsor_cannot_write(client, sign_in, coordinator, sponsor, written, lines):
    line = lines("Training", "10")

    assert approve(sign_in(client, coordinator), written).status_code == 404
    sign_in(client, sponsor)
    for name in ("plan:write", "plan:add_line"):
        assert client.get(written.url(name)).status_code == 404
    for name in ("plan:line", "plan:remove_line"):
        assert client.post(written.url(name, pk=line.pk)).status_code == 404
    assert client.post(written.url("plan:ask")).status_code == 404
    assert "Add a line" not in client.get(written.url("plan:home")).content.decode()


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_participants_find_no_plan(client, sign_in, programme, request, who):
    sign_in(client, request.getfixturevalue(who).person)

    assert client.get(programme.url("plan:home")).status_code == 404
    assert approve(client, programme).status_code == 404


def test_sponsor_of_another_programme_finds_no_plan(client, sign_in, programme, outsider):
    stranger = cast.make_person("Sid Stranger")
    cast.give_role(stranger, "sponsor", cast.make_programme("other"))

    for person in (stranger, outsider):
        assert sign_in(client, person).get(programme.url("plan:home")).status_code == 404


def test_getting_a_page_changes_nothing(client, sign_in, coordinator, written):
    line = BudgetLine.objects.get()
    sign_in(client, coordinator)

    for address in (written.url("plan:ask"), written.url("plan:remove_line", pk=line.pk)):
        assert client.get(address).status_code == 405
    client.get(written.url("plan:line", pk=line.pk))
    assert BudgetLine.objects.count() == 1
    assert not Message.objects.exists()


def test_page_takes_the_same_queries_however_long_the_budget(
    client, sign_in, coordinator, written, lines, django_assert_max_num_queries
):
    sign_in(client, coordinator).get(written.url("plan:home"))
    counts = []
    for more in (2, 40):
        for number in range(more):
            lines(f"Line {number}", "5")
        with django_assert_max_num_queries(25) as asked:
            client.get(written.url("plan:home"))
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 20
