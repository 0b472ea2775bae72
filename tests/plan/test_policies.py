"""The register of policies: who looks after each, when it was reviewed, and one letter before it is to be reviewed again."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from mentoring.organisations.models import Membership, Role
from mentoring.outbox.delivery import drain
from mentoring.outbox.models import Message
from mentoring.outbox.sweeps import sweep
from mentoring.refusal import Refused
from programmes.models import ProgrammeState
from programmes.plan import policies, step
from programmes.plan.models import WrittenPolicy
from tests import cast

REVIEWED = datetime.date(2027, 1, 31)
DUE = datetime.date(2027, 2, 28)  # a month later; February has no 31st
GIVEN = {
    "name": "Complaints",
    "owner": "People Office",
    "place": "intranet.example.org/complaints",
    "version": "3",
    "reviewed_on": "2026-01-31",
    "every_months": "12",
}


def noon(day):
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)


@pytest.fixture
def as_coordinator(client, sign_in, coordinator):
    return sign_in(client, coordinator)


@pytest.fixture
def policy(programme, coordinator):
    return policies.add_policy(
        programme,
        name="Complaints",
        owner="People Office",
        place="",
        version="3",
        reviewed_on=REVIEWED,
        every_months=1,
        by=coordinator,
        now=noon(REVIEWED),
    )


def letters():
    return list(Message.objects.filter(kind="policy_review").order_by("key"))


def test_a_co_ordinator_adds_a_policy_and_sees_when_it_is_to_be_reviewed(as_coordinator, programme):
    page = as_coordinator.post(programme.url("plan:add_policy"), GIVEN, follow=True).content.decode()

    assert WrittenPolicy.objects.get().review_on == datetime.date(2027, 1, 31)
    assert "31 Jan 2027" in page
    assert "People Office" in page
    assert programme.url("plan:policies") in as_coordinator.get(programme.url("plan:home")).content.decode()


def test_the_page_names_the_usual_ones_that_are_not_there_yet(as_coordinator, programme, policy):
    page = as_coordinator.get(programme.url("plan:policies"))

    assert "Complaints" not in page.context["absent"]
    assert "Health and safety" in page.content.decode()
    form = as_coordinator.get(programme.url("plan:add_policy") + "?name=Health+and+safety").context["form"]
    assert form["name"].value() == "Health and safety"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Fill in “What it is called”."),
        ({"owner": ""}, "Fill in “Who looks after it”."),
        ({"reviewed_on": "2099-01-01"}, "1 January 2099 has not come yet."),
        ({"every_months": "0"}, "Enter 1 or more."),
        ({"every_months": "61"}, "Enter 60 or less."),
        ({"name": "COMPLAINTS"}, "“COMPLAINTS” is in the register already."),
    ],
)
def test_what_cannot_be_is_explained(as_coordinator, programme, policy, changes, words):
    page = as_coordinator.post(programme.url("plan:add_policy"), GIVEN | {"name": "Values"} | changes)

    assert words in page.content.decode()
    assert WrittenPolicy.objects.count() == 1


def test_a_review_is_noted_and_the_next_counts_from_it(as_coordinator, programme, policy):
    address = programme.url("plan:reviewed", pk=policy.pk)
    with time_machine.travel(noon(DUE), tick=False):
        page = as_coordinator.post(address, {"reviewed_on": "2027-02-20", "version": "4"}, follow=True)

    policy.refresh_from_db()
    assert (policy.reviewed_on, policy.version, policy.review_on) == (
        datetime.date(2027, 2, 20),
        "4",
        datetime.date(2027, 3, 20),
    )
    assert "due by 20 March 2027" in page.content.decode()


def test_a_review_before_the_last_one_is_refused(programme, policy, coordinator):
    with pytest.raises(Refused, match="It was reviewed later, on 31 January 2027"):
        policies.note_review(
            policy, reviewed_on=REVIEWED - datetime.timedelta(1), version="", by=coordinator, now=noon(DUE)
        )


def test_a_policy_is_changed_and_taken_out(as_coordinator, programme, policy):
    as_coordinator.post(programme.url("plan:policy", pk=policy.pk), GIVEN | {"owner": "Dean", "every_months": "24"})
    policy.refresh_from_db()
    assert (policy.owner, policy.review_on) == ("Dean", datetime.date(2028, 1, 31))

    as_coordinator.post(programme.url("plan:remove_policy", pk=policy.pk))
    assert not WrittenPolicy.objects.exists()


def test_a_sponsor_reads_the_register_and_changes_nothing(client, sign_in, organisation, programme, policy):
    sponsor = cast.make_person("Dame Jo")
    cast.give_role(sponsor, Role.SPONSOR, programme)
    sign_in(client, sponsor)

    page = client.get(programme.url("plan:policies")).content.decode()

    assert "Complaints" in page
    assert programme.url("plan:add_policy") not in page
    assert client.get(programme.url("plan:policy", pk=policy.pk)).status_code == 404
    assert client.post(programme.url("plan:remove_policy", pk=policy.pk)).status_code == 404


def test_partners_and_strangers_find_no_register(client, sign_in, programme, policy, mentor):
    sign_in(client, mentor.person)
    assert client.get(programme.url("plan:policies")).status_code == 404
    sign_in(client, cast.make_person("Stranger"))
    assert client.get(programme.url("plan:reviewed", pk=policy.pk)).status_code == 404


def test_the_co_ordinator_hears_once_two_weeks_before_and_answers_from_the_letter(programme, policy, coordinator):
    days = [DUE + datetime.timedelta(number) for number in range(-20, 70)]

    promised = [day for day in days for _ in range(2) if sweep(noon(day))]

    (letter,) = letters()
    assert promised == [DUE - datetime.timedelta(14)]
    assert (letter.to_id, letter.optional) == (coordinator.pk, True)
    assert letter.subject == "“Complaints” is to be reviewed by 28 February 2027"
    assert programme.url("plan:reviewed", pk=policy.pk) in letter.body


def test_a_letter_is_sent_while_the_review_is_due_and_not_after_it(programme, policy, coordinator, mailoutbox):
    second = policies.add_policy(
        programme, name="Values", owner="Dean", reviewed_on=REVIEWED, every_months=1, by=coordinator, now=noon(REVIEWED)
    )
    with time_machine.travel(noon(DUE), tick=False):
        sweep(noon(DUE))
        policies.note_review(second, reviewed_on=DUE, version="", by=coordinator, now=noon(DUE))
        drain(noon(DUE))

    assert [mail.subject for mail in mailoutbox] == ["“Complaints” is to be reviewed by 28 February 2027"]


def test_the_next_review_has_a_letter_of_its_own(policy, coordinator):
    sweep(noon(DUE))
    policies.note_review(policy, reviewed_on=DUE, version="4", by=coordinator, now=noon(DUE))

    assert [sweep(noon(DUE + datetime.timedelta(number))) for number in (0, 10, 14, 15)] == [0, 0, 1, 0]


def test_nobody_hears_of_a_closed_programme_or_once_they_no_longer_run_it(programme, policy, coordinator, mailoutbox):
    with time_machine.travel(noon(DUE), tick=False):
        sweep(noon(DUE))
        Membership.objects.filter(person=coordinator, role=Role.COORDINATOR).update(ended_at=timezone.now())
        drain(noon(DUE))
    programme.state = ProgrammeState.CLOSED
    programme.save()

    assert mailoutbox == []
    assert sweep(noon(DUE + datetime.timedelta(1))) == 0


def test_a_programme_that_follows_another_begins_with_its_register(programme, policy, coordinator):
    after = cast.make_programme(slug="next-year", previous=programme)

    step.start(after, {}, coordinator, timezone.now())

    assert [(one.name, one.review_on) for one in policies.policies_of(after)] == [("Complaints", DUE)]
    assert policies.policies_of(programme).get() == policy
