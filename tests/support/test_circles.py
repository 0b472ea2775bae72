"""Circles and groups: topics that members choose, turns, who came, a word alone."""

import datetime

import pytest

from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.support.models import (
    Attendance,
    OneToOneRequest,
    PlannedMeeting,
    Topic,
)
from tests import cast

from .conftest import CANARY

SAID = {"at": "10:30", "medium": "video", "length": "120"}


def test_a_facilitator_plans_a_session_on_the_topic_most_members_wish_for(circle, enter, mentee, mentor, in_a_week):
    enter(mentee.person).post(circle.url("support:circle"), {"what": f"{CANARY} panels"})
    enter(mentor.person).post(circle.url("support:circle"), {"what": "Writing"})
    panels = topic_named(circle, mentee.person, "panels")
    enter(circle.fay).post(circle.url("support:wish_topic", pk=panels.pk))
    fay = enter(circle.fay)

    choices = fay.get(circle.url("support:plan")).context["form"].fields["topic"].choices
    page = fay.post(
        circle.url("support:plan"),
        {**SAID, "on": in_a_week.isoformat(), "session": "topic", "topic": str(panels.pk), "speaker": "Nia Prys"},
        follow=True,
    ).content.decode()

    assert [label for _, label in choices] == ["None yet", f"{CANARY} panels (2)", "Writing (1)"]
    assert "A topic you chose" in page
    assert f"{CANARY} panels" in page
    assert "Nia Prys" in page
    assert topic_named(circle, mentee.person, "panels").chosen_for == PlannedMeeting.objects.get()


def only_request(circle, person):
    with tenancy.tenant(circle.organisation_id, person):
        return OneToOneRequest.objects.get()


def topic_named(circle, person, word):
    with tenancy.tenant(circle.organisation_id, person):
        return next(topic for topic in Topic.objects.select_related("kept__key") if word in topic.kept.words["what"])


def test_a_wish_is_counted_once_and_can_be_taken_back(circle, enter, mentee, mentor):
    enter(mentee.person).post(circle.url("support:circle"), {"what": "Panels"})
    topic = topic_named(circle, mentee.person, "Panels")
    mor, address = enter(mentor.person), circle.url("support:wish_topic", pk=topic.pk)

    for _ in range(2):
        mor.post(address)
    twice = mor.get(circle.url("support:circle")).content.decode()
    mor.post(address, {"undo": "yes"})
    after = mor.get(circle.url("support:circle")).content.decode()

    assert "2 would come" in twice
    assert "1 would come" in after


def test_who_came_is_noted_members_and_visitors(circle, enter, log_meeting, mentee, mentor, days_ago):
    meeting = log_meeting(circle, days_ago(2), by=mentee.person)
    fay, address = enter(circle.fay), circle.url("support:attendance", pk=meeting.pk)

    assert address in fay.get(circle.url("support:saved", pk=meeting.pk)).content.decode()
    fay.post(address, {"people": [str(mentee.person_id), str(circle.fay.pk)], "visitors": "Nia Prys\n\n Tom  Lee "})
    fay.post(address, {"people": [str(mentee.person_id)], "visitors": "Nia Prys\nTom Lee"})

    assert sorted(Attendance.objects.values_list("person", "visitor"), key=str) == sorted(
        [(mentee.person_id, ""), (None, "Nia Prys"), (None, "Tom Lee")], key=str
    )
    form = fay.get(address).context["form"]
    assert form["visitors"].value() == "Nia Prys\nTom Lee"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"visitors": "x" * 121}, "is too long for a name"),
        ({"visitors": "\n".join(f"Visitor {n}" for n in range(60))}, "60 visitors cannot be right."),
        ({"people": ["00000000-0000-0000-0000-000000000000"]}, "is not one of the choices"),
    ],
)
def test_attendance_that_cannot_be_right_is_explained(circle, enter, log_meeting, mentee, days_ago, wrong, words):
    meeting = log_meeting(circle, days_ago(2), by=mentee.person)

    answer = enter(circle.fay).post(circle.url("support:attendance", pk=meeting.pk), wrong)

    assert answer.context["form"].errors
    assert Attendance.objects.count() == 0


def test_the_first_turn_goes_round(circle, enter, mentee, mentor, today):
    fay, seen = enter(circle.fay), []

    for week in (1, 2, 3, 4):
        form = fay.get(circle.url("support:plan")).context["form"]
        seen.append(form["first_turn"].value())
        on = (today + datetime.timedelta(days=7 * week)).isoformat()
        fay.post(circle.url("support:plan"), {**SAID, "on": on, "first_turn": seen[-1]})

    assert seen[:3] == [str(person.pk) for person in sorted([circle.fay, mentor.person, mentee.person], key=str)]
    assert seen[3] == seen[0]


def test_peers_take_turns_too(programme, mentor, mentee, enter):
    pair = cast.make_partnership(programme, mentor, mentee, model="peer_pair")

    form = enter(mentee.person).get(pair.url("support:plan")).context["form"]

    assert "first_turn" in form.fields
    assert "topic" not in form.fields
    own = enter(mentee.person).get(pair.url("support:circle"), follow=True).content.decode()
    assert ("Mor’s questions come first next time" in own, "Ask for a word alone" in own) == (True, False)


def test_a_member_asks_another_for_a_word_alone(circle, enter, mentee, mentor):
    enter(mentee.person).post(circle.url("support:ask", person=mentor.person_id))
    asked = only_request(circle, mentee.person)
    mor = enter(mentor.person)
    assert "Sŵn Menteeova asks you" in mor.get(circle.url("support:circle")).content.decode()
    assert "Sŵn Menteeova asks for a word alone" in mor.get("/my/").content.decode()

    mor.post(circle.url("support:answer_request", pk=asked.pk), {"answer": "yes"})

    assert only_request(circle, mentee.person).state == "agreed"
    assert "is glad to" in Message.objects.get(kind="word_answered").body


def test_nobody_answers_for_another(circle, enter, mentee, mentor):
    enter(mentee.person).post(circle.url("support:ask", person=mentor.person_id))
    asked = only_request(circle, mentee.person)

    enter(circle.fay).post(circle.url("support:answer_request", pk=asked.pk), {"answer": "yes"})
    enter(mentee.person).post(circle.url("support:answer_request", pk=asked.pk), {"answer": "yes"})

    assert only_request(circle, mentee.person).state == "asked"


@pytest.mark.parametrize("who", ["outsider", "sponsor", "administrator", "coordinator"])
def test_nobody_else_finds_the_topics(circle, enter, request, mentee, who):
    enter(mentee.person).post(circle.url("support:circle"), {"what": CANARY})

    assert enter(request.getfixturevalue(who)).get(circle.url("support:circle")).status_code == 404


def test_a_facilitator_of_the_programme_who_is_not_in_the_circle_finds_nothing(circle, enter, programme):
    elsewhere = cast.make_participant(programme, "facilitator")

    assert enter(elsewhere.person).get(circle.url("support:circle")).status_code == 404
    assert enter(elsewhere.person).get(circle.url("support:partnership")).status_code == 404
