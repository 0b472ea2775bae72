"""Mentees ask a mentor from the directory. Every request ends, both hear of each end, and nobody hears whose no it was."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching.actions import add_exclusion, change_criteria
from matching.asking.criteria import Choice
from matching.choosing import actions, sweeping
from matching.choosing.models import Decline, Profile, Request
from mentoring.audit.models import Event
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.actions import change_state
from programmes.models import Participant, Partnership, ProgrammeState
from programmes.recruitment.models import Answer, Question
from tests import cast

BOTH_TOLD = [("Ellen", "choosing_ended"), ("Nia", "choosing_ended")]


@pytest.fixture
def directory(opened):
    return opened("directory")


@pytest.fixture
def asked(directory, people, programme, letters):
    """Ellen has asked Nia."""
    request = actions.ask(
        directory,
        people["Ellen"],
        people["Nia"],
        "You know what I need.",
        by=people["Ellen"].person,
        now=timezone.now(),
    )
    letters()
    return request


def test_mentee_asks_a_mentor_who_says_yes(visit, programme, directory, people, letters):
    told = letters()
    ellen = visit(people["Ellen"])
    ellen.open(programme.url("choosing:own"))
    ellen.follow("Read about the mentors")
    assert "Nia" in ellen.page
    assert "Tom" not in ellen.page, "he shows no name"
    assert "I may leave" not in ellen.page, "she did not tick that"
    ellen.follow("Ask Nia")
    ellen.press("Send my request", words="You know what I need.")
    asked = letters()

    nia = visit(people["Nia"])
    nia.open(programme.url("choosing:own"))
    nia.follow("Read and answer")
    assert "You know what I need." in nia.page
    nia.press("Yes, I would like that")

    assert told == [("Dai", "choosing_opened"), ("Ellen", "choosing_opened")]
    assert asked == [("Nia", "choosing_asked")]
    assert [str(one) for one in Partnership.objects.all()] == ["Ellen and Nia"]
    assert letters() == [("Ellen", "matched"), ("Nia", "matched")]
    assert Request.objects.get().state == "accepted"


def test_mentor_says_no_and_the_reason_is_for_the_coordinator_alone(
    visit, programme, coordinator, asked, people, letters
):
    nia = visit(people["Nia"])
    nia.open(programme.url("choosing:request", pk=asked.pk))
    nia.follow("No, not this time")
    nia.press("Say no", reason="I know her cousin.")

    ellen = visit(people["Ellen"])
    seen = ellen.open(programme.url("choosing:own")) + ellen.open(programme.url("choosing:request", pk=asked.pk))
    ran = visit(coordinator).open(programme.url("choosing:home"))

    assert letters() == BOTH_TOLD
    assert "cousin" not in seen
    assert "declined" not in seen.lower()
    assert "I know her cousin." in ran
    assert "cousin" not in "".join(Message.objects.values_list("body", flat=True))


def test_administrator_reads_that_a_request_ended_and_not_whose_no_it_was(
    visit, programme, administrator, asked, people, as_person
):
    with as_person(people["Nia"]):
        actions.decline(asked, people["Nia"], "I know her cousin.", by=people["Nia"].person, now=timezone.now())

    history = visit(administrator).open(programme.url("programmes:history"))

    assert "Request ended" in history
    assert not Event.objects.filter(what="request ended", person__isnull=False).exists()
    assert "cousin" not in history
    with as_person(people["Ellen"]):
        assert not Decline.objects.exists(), "the database keeps it from the one who was declined"


def test_request_runs_out_and_looking_twice_changes_nothing(asked, organisation, letters, later):
    before = sweeping.sweep_organisation(organisation.pk, later(6))
    done = [sweeping.sweep_organisation(organisation.pk, later(8)) for _ in range(2)]
    asked.refresh_from_db()

    assert (before, done, asked.state) == (0, [1, 0], "expired")
    assert letters() == BOTH_TOLD


def test_the_command_does_what_a_worker_would(asked, capsys, later):
    with time_machine.travel(later(8)):
        call_command("end_requests")

    asked.refresh_from_db()
    assert capsys.readouterr().out == "1 ended, closed or suggested.\n"
    assert asked.state == "expired"


def test_mentee_withdraws(visit, programme, asked, people, letters):
    ellen = visit(people["Ellen"])
    ellen.open(programme.url("choosing:request", pk=asked.pk))
    ellen.press("Withdraw my request")

    assert Request.objects.get().state == "withdrawn"
    assert letters() == BOTH_TOLD


def test_coordinator_closes_the_directory(visit, programme, coordinator, asked, letters):
    visitor = visit(coordinator)
    visitor.open(programme.url("choosing:home"))
    visitor.press("Close it")

    assert Request.objects.get().state == "closed"
    assert letters() == [("Dai", "choosing_closed"), ("Ellen", "choosing_closed"), *BOTH_TOLD]


def test_directory_closes_after_its_last_day(opened, people, organisation, letters, later):
    choosing = opened("directory", closes_on=timezone.localdate() + datetime.timedelta(days=2))
    actions.ask(choosing, people["Ellen"], people["Nia"], "Please.", by=people["Ellen"].person, now=timezone.now())
    letters()

    sweeping.sweep_organisation(organisation.pk, later(3))
    choosing.refresh_from_db()

    assert not choosing.is_open
    assert Request.objects.get().state == "closed"
    assert set(BOTH_TOLD) <= set(letters())


def test_programme_is_closed(asked, programme, administrator, organisation, letters):
    type(programme).objects.update(state=ProgrammeState.LIVE)
    programme.refresh_from_db()
    change_state(programme, ProgrammeState.LIVE, ProgrammeState.CLOSED, by=administrator, now=timezone.now())

    sweeping.sweep_organisation(organisation.pk, timezone.now())

    assert Request.objects.get().state == "closed"
    assert set(BOTH_TOLD) <= set(letters())


@pytest.mark.parametrize("who", ["Ellen", "Nia"])
def test_one_of_them_is_matched_in_another_way(asked, people, programme, organisation, join, letters, who):
    other = join("Somebody", "mentor" if who == "Ellen" else "mentee")
    mentee, mentor = (people[who], other) if who == "Ellen" else (other, people[who])
    cast.make_partnership(programme, mentor, mentee)

    sweeping.sweep_organisation(organisation.pk, timezone.now())

    assert Request.objects.get().state == "overtaken"
    assert letters() == BOTH_TOLD


def test_one_of_them_leaves(asked, people, organisation, letters):
    Participant.objects.filter(pk=people["Ellen"].pk).update(state="left")

    sweeping.sweep_organisation(organisation.pk, timezone.now())

    assert Request.objects.get().state == "overtaken"
    assert letters() == BOTH_TOLD


def test_place_is_taken_while_the_mentor_says_yes(visit, asked, people, programme, join, letters):
    cast.make_partnership(programme, people["Nia"], join("Somebody", "mentee"))
    nia = visit(people["Nia"])
    nia.open(programme.url("choosing:request", pk=asked.pk))

    page = nia.press("Yes, I would like that")

    assert "Something has changed in the meantime" in page
    assert Request.objects.get().state == "overtaken"
    assert letters() == BOTH_TOLD


def test_other_requests_of_a_mentee_who_found_somebody_end(opened, people, letters):
    choosing = opened("directory", most_open=2)
    for mentor in ("Nia", "Tom"):
        actions.ask(choosing, people["Ellen"], people[mentor], "Please.", by=people["Ellen"].person, now=timezone.now())
    letters()

    actions.accept(
        Request.objects.get(mentor=people["Tom"]), people["Tom"], by=people["Tom"].person, now=timezone.now()
    )

    assert Request.objects.get(mentor=people["Nia"]).state == "overtaken"
    assert set(letters()) == {*BOTH_TOLD, ("Ellen", "matched"), ("Tom", "matched")}


def test_mentee_asks_one_at_a_time(asked, directory, people, visit, programme):
    ellen = visit(people["Ellen"])
    ellen.open(programme.url("choosing:mentor", pk=people["Tom"].profile.pk))

    page = ellen.press("Send my request", words="And you?", refused=True)

    assert "You are waiting for an answer already." in page
    assert Request.objects.count() == 1


def test_mentor_with_one_place_is_asked_by_one(asked, people, visit, programme):
    dai = visit(people["Dai"])

    page = dai.open(programme.url("choosing:mentors"))

    assert "Nia" not in page
    dai.open(programme.url("choosing:mentor", pk=people["Nia"].profile.pk), 404)


def test_no_is_not_asked_twice(asked, directory, people, as_person):
    with as_person(people["Nia"]):
        actions.decline(asked, people["Nia"], "", by=people["Nia"].person, now=timezone.now())

    with pytest.raises(Refused, match="asked this mentor already"):
        actions.ask(directory, people["Ellen"], people["Nia"], "Please.", by=people["Ellen"].person, now=timezone.now())


def test_two_who_must_not_be_matched_do_not_find_each_other(directory, people, coordinator, visit, programme):
    add_exclusion(programme, people["Ellen"], people["Nia"], reason="line", by=coordinator, now=timezone.now())
    ellen = visit(people["Ellen"])

    assert "Nia" not in ellen.open(programme.url("choosing:mentors"))
    ellen.open(programme.url("choosing:mentor", pk=people["Nia"].profile.pk), 404)
    with pytest.raises(Refused, match="not free for you"):
        actions.ask(directory, people["Ellen"], people["Nia"], "Please.", by=people["Ellen"].person, now=timezone.now())


def test_mentor_whom_a_rule_bars_is_not_in_the_directory_of_that_mentee(
    directory, people, questions, coordinator, visit, programme, join, organisation, letters
):
    """Ellen named Nia as her manager, and what she wants must fit; Dai finds Tom alone."""
    questions["boss"] = Question.objects.create(
        programme=programme, key="boss", asked_of="mentee", kind="text", label="Who is your manager?", source="S9"
    )
    Answer.objects.create(application=people["Dai"].application, question=questions["boss"], value="Tom")
    join("Una", "mentor", offers=["career"], shows=["offers"], shows_name=True)
    change_criteria(programme, {"aims": Choice("must")}, by=coordinator, now=timezone.now())
    dai, ellen = visit(people["Dai"]), visit(people["Ellen"])

    pages = dai.open(programme.url("choosing:mentors")), ellen.open(programme.url("choosing:mentors"))

    assert "Ask Una" in pages[0]
    assert pages[0].count("Ask Mentor") == pages[0].count("Ask Nia") == 0
    assert ("Ask Nia" in pages[1], "Ask Una" in pages[1]) == (True, False)
    dai.open(programme.url("choosing:mentor", pk=people["Tom"].profile.pk), 404)
    letters()
    late = join("Olwen", "mentee", aims=["confidence"])
    sweeping.sweep_organisation(organisation.pk, timezone.now())
    assert letters() == [("Olwen", "choosing_opened")]
    assert "Ask Nia" in visit(late).open(programme.url("choosing:mentors"))


def test_partners_of_before_do_not_find_each_other_in_the_directory(directory, people, visit, programme):
    """Unless both are known to wish the same again, which one of them is never told of the other (S10)."""
    cast.make_partnership(programme, people["Nia"], people["Ellen"], state="ended")

    assert "Ask Nia" not in visit(people["Ellen"]).open(programme.url("choosing:mentors"))
    assert "Ask Nia" in visit(people["Dai"]).open(programme.url("choosing:mentors"))
    with pytest.raises(Refused, match="not free for you"):
        actions.ask(directory, people["Ellen"], people["Nia"], "Please.", by=people["Ellen"].person, now=timezone.now())


def test_two_who_are_parted_after_one_asked_hear_that_it_ends(asked, people, coordinator, programme, letters):
    add_exclusion(programme, people["Ellen"], people["Nia"], reason="conflict", by=coordinator, now=timezone.now())

    found = actions.accept(asked, people["Nia"], by=people["Nia"].person, now=timezone.now())

    assert found is None
    assert Request.objects.get().state == "overtaken"
    assert letters() == BOTH_TOLD
    assert not Partnership.objects.exists()


@pytest.mark.parametrize("degree", ["directory", "suggested"])
def test_whatever_people_do_or_leave_undone_no_request_stays_open(
    opened, people, join, organisation, programme, letters, later, degree
):
    """One is answered by one side, one is never read, of one the mentor leaves: after the last day all have ended."""
    for number in range(3):
        join(f"Mentee {number}", "mentee", aims=["career"])
        join(f"Mentor {number}", "mentor", offers=["career"], shows=["offers"])
    choosing = opened(degree, closes_on=timezone.localdate() + datetime.timedelta(days=20))
    if degree == "directory":
        for mentor in ("Mentor 0", "Mentor 1", "Mentor 2"):
            mentee = Participant.objects.get(person__name=mentor.replace("or", "ee"))
            chosen = Participant.objects.get(person__name=mentor)
            actions.ask(choosing, mentee, chosen, "Please.", by=mentee.person, now=timezone.now())
    first, second, *_ = Request.objects.order_by("mentor__person__name")
    actions.accept(first, first.mentee, by=first.mentee.person, now=timezone.now())
    Participant.objects.filter(pk=second.mentor_id).update(state="left")

    for day in (1, 6, 8, 16, 21, 22):
        sweeping.sweep_organisation(organisation.pk, later(day))

    assert Request.objects.exists()
    assert not Request.objects.filter(state="open").exists()
    ends = Message.objects.filter(kind="choosing_ended")
    assert ends.count() == 2 * Request.objects.exclude(state="accepted").count(), "both hear of each"
    assert sweeping.sweep_organisation(organisation.pk, later(40)) == 0


def test_mentor_who_withdraws_is_in_the_directory_no_more(directory, people, visit, programme):
    nia = visit(people["Nia"])
    nia.open(programme.url("choosing:own"))
    nia.follow("Change it or withdraw it")
    nia.press("Save", is_shown="no")

    assert "Nia" not in visit(people["Ellen"]).open(programme.url("choosing:mentors"))


def test_request_without_words_is_explained(directory, people, visit, programme):
    ellen = visit(people["Ellen"])
    ellen.open(programme.url("choosing:mentor", pk=people["Nia"].profile.pk))

    assert "Fill in “What would you like to say?”." in ellen.press("Send my request", words="", refused=True)


def test_request_of_others_is_not_there(asked, people, visit, programme):
    for who in ("Dai", "Tom"):
        visitor = visit(people[who])
        visitor.open(programme.url("choosing:request", pk=asked.pk), 404)
        for page in ("accept", "decline", "withdraw"):
            answer = visitor.client.post(programme.url(f"choosing:{page}", pk=asked.pk))
            assert answer.status_code in (403, 404), page
    assert Request.objects.get().is_open


def test_mentor_cannot_withdraw_and_mentee_cannot_answer_for_the_other(asked, people):
    with pytest.raises(Refused, match="You were asked"):
        actions.withdraw(asked, people["Nia"], by=people["Nia"].person, now=timezone.now())
    with pytest.raises(Refused, match="You can withdraw it"):
        actions.decline(asked, people["Ellen"], "", by=people["Ellen"].person, now=timezone.now())
    assert actions.accept(asked, people["Ellen"], by=people["Ellen"].person, now=timezone.now()) is None


# --- What the database itself refuses ------------------------------------------------------------------------------


def copy(request, **changed):
    fields = {name: getattr(request, name) for name in ("programme", "choosing", "mentee", "mentor", "slot", "turn", "asked_at", "expires_at")}  # fmt: skip
    return Request(**fields | changed)


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("request_open_once_for_a_pair", lambda people: {"slot": 2, "turn": 2}),
        ("request_slot_free", lambda people: {"mentee": people["Dai"]}),
        ("no place left to ask for", lambda people: {"mentee": people["Dai"], "slot": 3}),
        ("request_turn_free", lambda people: {"mentor": people["Tom"]}),
        ("too many requests at once", lambda people: {"mentor": people["Tom"], "turn": 3}),
        ("request_of_two", lambda people: {"mentee": people["Tom"], "mentor": people["Tom"]}),
        ("request_runs_out_in_good_time", lambda people: {"mentee": people["Dai"], "slot": 2, "expires_at": timezone.now() - datetime.timedelta(days=9)}),
        ("request_runs_out_in_good_time", lambda people: {"mentee": people["Dai"], "slot": 2, "expires_at": timezone.now() + datetime.timedelta(days=99)}),
        ("request_accepted_by_both", lambda people: {"state": "accepted", "ended_at": timezone.now()}),
        ("request_ended_has_a_time", lambda people: {"state": "expired"}),
    ],
)  # fmt: skip
def test_database_refuses(opened, people, what, changed):
    Participant.objects.filter(pk=people["Nia"].pk).update(capacity=2)
    choosing = opened("directory", most_open=2)
    nia = Participant.objects.get(pk=people["Nia"].pk)
    first = actions.ask(choosing, people["Ellen"], nia, "Please.", by=people["Ellen"].person, now=timezone.now())

    with pytest.raises(IntegrityError, match=what), transaction.atomic():
        copy(first, **changed(people)).save(force_insert=True)


def test_request_holds_no_place_that_a_partnership_has(directory, people, join, programme):
    Participant.objects.filter(pk=people["Nia"].pk).update(capacity=2)
    cast.make_partnership(programme, people["Nia"], join("Somebody", "mentee"), slot=1)

    with pytest.raises(IntegrityError, match="no place left to ask for"), transaction.atomic():
        Request.objects.create(
            programme=programme, choosing=directory, mentee=people["Ellen"], mentor=people["Nia"], slot=1,
            expires_at=timezone.now() + datetime.timedelta(days=3),
        )  # fmt: skip


def test_profile_belongs_to_one_participant(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.create(participant=people["Nia"])
