"""A co-ordinator plans a session, invites people, and records who came."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.recruitment.actions import undo_decision
from programmes.training import actions, queries
from programmes.training.models import TrainingSession
from programmes.training.step import STEP
from tests import cast
from tests.recruitment.applying import accept, make_application


@pytest.fixture
def programme(organisation, administrator):
    blueprint = {"topics": [{"key": "aims", "title": "What it is for"}, {"key": "skills", "title": "Listening"}]}
    return cast.make_programme("health-futures", by=administrator, name="Health Futures", blueprint=blueprint)


def plan(programme, by, days=7, **details):
    return actions.plan_session(
        programme, by=by, now=timezone.now(),
        **{"title": "Joint start", "audience": "joint", "starts_at": timezone.now() + datetime.timedelta(days=days),
           "minutes": 180, "medium": "in_person", "place": "Room 4", "trainer": "Una Trainer", "topics": ["aims"], **details},
    )  # fmt: skip


def test_coordinator_plans_a_session(client, sign_in, coordinator, programme, mentor):
    sign_in(client, coordinator)
    typed = {
        "title": "Joint start", "audience": "joint", "starts_at": "2027-01-11T13:30", "minutes": "180",
        "medium": "in_person", "place": "Room 4", "trainer": "Una Trainer", "topics": ["aims", "skills"],
    }  # fmt: skip

    answer = client.post(programme.url("training:plan"), typed)

    session = TrainingSession.objects.get()
    assert answer["Location"] == programme.url("training:session", pk=session.pk)
    assert queries.titles_of(session) == ["What it is for", "Listening"]
    assert Message.objects.count() == 0
    assert Event.objects.filter(what="training session planned", person=coordinator).count() == 1


def test_bad_input_is_explained_and_kept(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)

    page = client.post(
        programme.url("training:plan"),
        {"title": "Joint\x00", "starts_at": "soon", "minutes": "9999", "place": "Room 4"},
    )

    said = page.content.decode()
    assert page.status_code == 200
    assert "Give a day and a time, for example 2027-01-11 13:30." in said
    assert 'value="9999"' in said
    assert 'value="Room 4"' in said
    assert TrainingSession.objects.count() == 0


def test_everybody_expected_is_invited_once(client, sign_in, coordinator, programme, mentor, mentee):
    session = plan(programme, coordinator, audience="mentors")
    sign_in(client, coordinator)

    for _ in range(2):
        client.post(programme.url("training:invite", pk=session.pk))

    assert [(message.kind, message.name) for message in Message.objects.all()] == [
        ("training invitation", "Mor Mentorsen")
    ]


def test_those_who_were_invited_hear_that_a_session_is_cancelled(
    client, sign_in, coordinator, programme, mentor, mentee
):
    session = plan(programme, coordinator)
    actions.invite_to_session(session, by=coordinator, now=timezone.now())
    late = cast.make_participant(programme, "mentee")
    sign_in(client, coordinator)

    client.post(programme.url("training:cancel", pk=session.pk))

    told = set(Message.objects.filter(kind="training cancelled").values_list("name", flat=True))
    assert told == {"Mor Mentorsen", "Sŵn Menteeova"}
    assert late.person.name not in told
    assert queries.sessions_for(programme, mentor.person).count() == 0


def test_coordinator_records_who_came(client, sign_in, coordinator, programme, mentor, mentee):
    session = plan(programme, coordinator, days=-1)
    sign_in(client, coordinator)

    client.post(
        programme.url("training:session", pk=session.pk),
        {f"came-{mentor.pk}": "attended", f"came-{mentee.pk}": "excused"},
    )

    assert queries.trained(programme) == {mentor.pk}
    assert queries.attendance_at(session) == {mentor.pk: "attended", mentee.pk: "excused"}
    status = STEP.status(programme, timezone.localdate())
    assert status.sentence == "1 of 1 mentors trained; 0 of 1 mentees trained."
    assert [need.sentence for need in status.needs] == ["1 mentee not trained yet"]


def test_attendance_is_not_recorded_before_the_day(client, sign_in, coordinator, programme, mentor):
    session = plan(programme, coordinator, days=2)
    sign_in(client, coordinator)

    page = client.post(programme.url("training:session", pk=session.pk), {f"came-{mentor.pk}": "attended"})

    assert queries.trained(programme) == set()
    assert page.status_code == 200


def test_participant_sees_own_sessions(client, sign_in, coordinator, programme, mentee):
    plan(programme, coordinator, title="For mentees", audience="mentees")
    plan(programme, coordinator, title="For mentors", audience="mentors")
    sign_in(client, mentee.person)

    page = client.get(programme.url("training:home")).content.decode()

    assert "For mentees" in page
    assert "For mentors" not in page


@pytest.mark.parametrize("who", ["outsider", "sponsor", "administrator"])
def test_others_find_nothing(client, sign_in, coordinator, programme, who, request):
    session = plan(programme, coordinator)
    sign_in(client, request.getfixturevalue(who))

    assert client.get(programme.url("training:home")).status_code == 404
    assert client.get(programme.url("training:session", pk=session.pk)).status_code == 404
    assert client.post(programme.url("training:cancel", pk=session.pk)).status_code == 404


def test_participant_cannot_plan_or_record(client, sign_in, coordinator, programme, mentee):
    session = plan(programme, coordinator, days=-1)
    sign_in(client, mentee.person)

    assert client.get(programme.url("training:plan")).status_code == 404
    assert (
        client.post(programme.url("training:session", pk=session.pk), {f"came-{mentee.pk}": "attended"}).status_code
        == 404
    )
    assert queries.trained(programme) == set()


@pytest.mark.parametrize("page", ["home", "session", "people"])
def test_page_costs_the_same_with_3_people_and_with_300(client, sign_in, coordinator, programme, page):
    session = plan(programme, coordinator, days=-1)
    address = programme.url(f"training:{page}", **({"pk": session.pk} if page == "session" else {}))
    sign_in(client, coordinator)
    client.get(address)
    counts = []

    for people in (3, 297):
        for _ in range(people):
            cast.make_participant(programme, "mentee")
        with CaptureQueriesContext(connection) as made:
            client.get(address)
        counts.append(len(made))

    assert counts[0] == counts[1] <= 20


def test_those_who_were_invited_hear_of_another_place(client, sign_in, coordinator, programme, mentor):
    session = plan(programme, coordinator)
    actions.invite_to_session(session, by=coordinator, now=timezone.now())
    typed = {"title": "Joint start", "audience": "joint", "purpose": "training", "starts_at": "2030-01-11T13:30", "minutes": "60",
             "medium": "in_person", "place": "Room 9", "trainer": "Una Trainer"}  # fmt: skip
    sign_in(client, coordinator)

    client.post(programme.url("training:change", pk=session.pk), {**typed, "title": "A better title"})
    client.post(programme.url("training:change", pk=session.pk), {**typed, "title": "Another title"})

    letters = Message.objects.filter(kind="training changed")
    assert [letter.name for letter in letters] == ["Mor Mentorsen"]
    assert "Room 9" in letters[0].body


def test_a_launch_or_a_refresher_makes_nobody_trained(coordinator, programme, mentor):
    for purpose in ("launch", "refresher"):
        session = plan(programme, coordinator, days=-1, purpose=purpose)
        actions.record_attendance(session, {mentor: "attended"}, by=coordinator, now=timezone.now())

    assert queries.trained(programme) == set()


def test_everybody_came_with_one_press(client, sign_in, coordinator, programme, mentor, mentee):
    session = plan(programme, coordinator, days=-1)
    sign_in(client, coordinator)

    client.post(programme.url("training:session", pk=session.pk), {"everybody": "yes"})

    assert queries.trained(programme) == {mentor.pk, mentee.pk}


def test_more_people_than_places_is_pointed_out(client, sign_in, coordinator, programme, mentor, mentee):
    session = plan(programme, coordinator, places=1)
    sign_in(client, coordinator)

    page = client.get(programme.url("training:session", pk=session.pk)).content.decode()

    assert "More people than places" in page


def test_participant_takes_a_session_into_their_calendar(client, sign_in, coordinator, programme, mentee):
    place = "Rhif 4, Tŷ’r Ysgol; upstairs, " + "ŵ" * 60
    own = plan(programme, coordinator, audience="mentees", place=place)
    others = plan(programme, coordinator, audience="mentors")
    sign_in(client, mentee.person)

    answer = client.get(programme.url("training:calendar", pk=own.pk))

    lines = answer.content.decode().split("\r\n")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert f"UID:training-{own.pk}@alongside" in unfolded
    assert "LOCATION:" + place.replace(";", "\\;").replace(",", "\\,") in unfolded
    assert client.get(programme.url("training:calendar", pk=others.pk)).status_code == 404


def test_participant_sees_what_was_recorded_of_them(client, sign_in, coordinator, programme, mentee):
    session = plan(programme, coordinator, days=-1)
    actions.record_attendance(session, {mentee: "excused"}, by=coordinator, now=timezone.now())
    sign_in(client, mentee.person)

    assert "You sent apologies" in client.get(programme.url("training:home")).content.decode()


def test_coordinator_finds_who_is_not_trained(client, sign_in, coordinator, programme, mentor, mentee):
    session = plan(programme, coordinator, days=-1)
    actions.record_attendance(session, {mentor: "attended"}, by=coordinator, now=timezone.now())
    sign_in(client, coordinator)

    def listed(query):
        return {person.name for person in client.get(programme.url("training:people") + query).context["page"]}

    assert listed("") == {"Mor Mentorsen", "Sŵn Menteeova"}
    assert listed("?trained=no") == {"Sŵn Menteeova"}
    assert listed("?trained=yes&role=mentee") == set()
    assert listed("?q=mentor") == {"Mor Mentorsen"}


def test_a_session_without_a_register_needs_the_coordinator(coordinator, programme, mentor):
    plan(programme, coordinator, days=-1)

    needs = [need.sentence for need in STEP.status(programme, timezone.localdate()).needs]

    assert needs == ["Record who came to training", "1 mentor not trained yet"]


def test_an_acceptance_stands_once_somebody_was_at_a_training(coordinator, programme):
    application = make_application(programme)
    participant = accept(application, coordinator)
    session = plan(programme, coordinator, days=-1)
    actions.record_attendance(session, {participant: "attended"}, by=coordinator, now=timezone.now())

    with pytest.raises(Refused, match="already has a part in training"):
        undo_decision(application, by=coordinator, now=timezone.now())
