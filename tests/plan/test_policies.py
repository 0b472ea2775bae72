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
from programmes.plan import acknowledging, policies, step
from programmes.plan.models import Acknowledgement, WrittenPolicy
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


def test_everybody_who_takes_part_says_once_for_each_version_that_they_have_read_a_policy(
    client, sign_in, programme, coordinator, mentor, mentee, policy
):
    here = {
        name: programme.url(f"plan:{name}", pk=policy.pk)
        for name in ("policy", "readers", "ask_to_read", "read_policy")
    }
    as_coordinator = sign_in(client, coordinator)
    refused = as_coordinator.post(here["ask_to_read"], follow=True).content.decode()
    given = GIVEN | {"reviewed_on": "2026-01-31", "is_for_all": "on"}
    page = as_coordinator.post(here["policy"], given, follow=True).content.decode()

    assert "Nobody is asked to read this policy." in refused
    assert "0 of 2" in page

    asked = as_coordinator.post(here["ask_to_read"], follow=True).content.decode()
    again = as_coordinator.post(here["ask_to_read"], follow=True).content.decode()
    letters = Message.objects.filter(kind="policy_to_read")

    assert "2 people are written to." in asked
    assert "Nobody was written to" in again
    assert {letter.to_id for letter in letters} == {mentor.person_id, mentee.person_id}
    assert all(programme.url("plan:to_read") in letter.body for letter in letters)

    as_mentee = sign_in(client, mentee.person)
    assert "I have read it" in as_mentee.get(programme.url("plan:to_read")).content.decode()
    stale = as_mentee.post(here["read_policy"], {"version": "2"}, follow=True).content.decode()
    assert ("It has changed since" in stale, Acknowledgement.objects.count()) == (True, 0)
    for _ in range(2):
        page = as_mentee.post(here["read_policy"], {"version": "3"}, follow=True).content.decode()
    assert "You have read it" in page
    assert "Read “Complaints”" not in as_mentee.get("/my/").content.decode()
    assert list(Acknowledgement.objects.values_list("person", "version")) == [(mentee.person_id, "3")]
    assert as_mentee.get(here["readers"]).status_code == 404
    assert as_mentee.post(here["ask_to_read"]).status_code == 404
    assert {letter.to_id for letter in letters if acknowledging.is_wanted(letter)} == {mentor.person_id}

    as_coordinator = sign_in(client, coordinator)
    assert "1 of 2" in as_coordinator.get(programme.url("plan:policies")).content.decode()
    readers = as_coordinator.get(here["readers"])
    assert [person for person, read_at in readers.context["people"] if read_at] == [mentee.person]

    as_coordinator.post(here["policy"], given | {"version": "4"})
    as_coordinator.post(here["policy"], given | {"version": "4", "owner": "Registry"})
    newer = Message.objects.filter(kind="policy_to_read", key__endswith="|4")

    assert {(letter.to_id, letter.optional) for letter in newer} == {(mentor.person_id, True), (mentee.person_id, True)}

    assert "0 of 2" in as_coordinator.get(programme.url("plan:policies")).content.decode()
    assert not any(acknowledging.is_wanted(letter) for letter in letters)
    assert "Read “Complaints”" in sign_in(client, mentee.person).get("/my/").content.decode()


def test_nobody_else_is_asked_to_read_or_sees_who_has(client, sign_in, programme, coordinator, outsider, policy):
    for person in (coordinator, outsider):
        visitor = sign_in(client, person)
        assert visitor.get(programme.url("plan:to_read")).status_code == 404
        assert visitor.post(programme.url("plan:read_policy", pk=policy.pk), {"version": "3"}).status_code == 404
    assert visitor.get(programme.url("plan:readers", pk=policy.pk)).status_code == 404
