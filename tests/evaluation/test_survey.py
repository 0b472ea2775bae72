"""The survey: a co-ordinator asks, people answer from a link without signing in."""

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from evaluation import actions
from evaluation.models import Survey, SurveyInvitation, SurveyQuestion, SurveyResponse
from mentoring.audit.models import Event
from mentoring.outbox import delivery
from mentoring.outbox.models import Message
from mentoring.outbox.rechecks import still_wanted
from programmes.models import ParticipantState
from tests import cast

ANSWERS = {"mentee_overall": "5", "mentee_often": "right", "mentee_change": "Start earlier."}


def opening(**changes):
    closes_on = timezone.localdate() + datetime.timedelta(days=10)
    return {"anonymity": "anonymous", "closes_on": closes_on} | changes


def test_coordinator_asks_everybody_who_is_in_a_partnership(client, sign_in, coordinator, programme, partnership):
    cast.make_participant(programme, "mentee")
    gone = cast.make_partnership(programme).mentors[0].participant
    gone.state = ParticipantState.LEFT
    gone.save(update_fields=["state"])

    answer = sign_in(client, coordinator).post(programme.url("evaluation:open_survey"), opening())

    assert answer.url == programme.url("evaluation:survey")
    assert Message.objects.filter(kind="survey", state="queued").count() == 3
    message = Message.objects.get(to=partnership.mentees[0].person)
    assert message.subject == "How was Health Futures for you?"
    assert "6 questions and takes about 3 minutes" in message.body
    assert "anonymous" in message.body
    assert Event.objects.get(what="survey opened").details == {"people": 3, "anonymous": True}


def test_messages_may_wait_until_they_are_read(client, sign_in, coordinator, programme, partnership):
    sign_in(client, coordinator).post(programme.url("evaluation:open_survey"), opening(draft="on"))

    assert set(Message.objects.values_list("state", flat=True)) == {"draft"}


def test_mentee_answers_without_signing_in(client, programme, partnership, open_survey, links):
    open_survey()
    link = links()[partnership.mentees[0].person]

    page = client.get(link)
    answer = client.post(link, ANSWERS)
    thanks = client.get(answer.url)

    text = page.content.decode()
    assert "6 questions, about 3 minutes." in text
    assert text.index("Anonymous") < text.index("All in all")
    assert "Referrer-Policy" in page.headers
    response = SurveyResponse.objects.get()
    assert response.answers == {"mentee_overall": 5, "mentee_often": "right", "mentee_change": "Start earlier."}
    assert "Your answers arrived on" in thanks.content.decode()


def test_anonymous_answer_leads_to_nobody(client, partnership, open_survey, links):
    open_survey()
    person = partnership.mentees[0].person

    client.post(links()[person], ANSWERS)

    response = SurveyResponse.objects.get()
    assert response.participant is None
    assert response.pk.version == 4
    fields = {field.name for field in SurveyResponse._meta.fields}
    assert fields == {"id", "organisation", "survey", "role", "is_anonymous", "participant", "answers"}
    event = Event.objects.get(what="survey answered")
    assert (event.person, event.details) == (None, {})


def test_named_answer_keeps_the_name_and_says_so_first(client, partnership, open_survey, links):
    open_survey(is_anonymous=False)
    person = partnership.mentees[0].person

    page = client.get(links()[person]).content.decode()
    client.post(links()[person], ANSWERS)

    assert "The co-ordinators see your answers with your name" in page
    assert SurveyResponse.objects.get().participant.person == person


def test_link_is_kept_as_a_hash(open_survey, partnership, links):
    open_survey()

    secret = links()[partnership.mentees[0].person].rstrip("/").rsplit("/", 1)[1]

    assert not SurveyInvitation.objects.filter(secret_sha256__contains=secret).exists()
    assert len(secret) >= 32


def test_link_works_once(client, partnership, open_survey, links):
    open_survey()
    link = links()[partnership.mentees[0].person]
    client.post(link, ANSWERS)

    again = client.post(link, ANSWERS | {"mentee_overall": "1"})

    assert again.status_code == 200
    assert "Thank you" in again.content.decode()
    assert [response.answers["mentee_overall"] for response in SurveyResponse.objects.all()] == [5]


def test_every_question_may_be_left_out_but_not_all(client, partnership, open_survey, links):
    open_survey()
    link = links()[partnership.mentees[0].person]

    empty = client.post(link, {"mentee_change": " "})
    one = client.post(link, {"mentee_overall": "3"})

    assert "Answer at least one question" in empty.content.decode()
    assert one.status_code == 302
    assert SurveyResponse.objects.get().answers == {"mentee_overall": 3}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("mentee_overall", "6", "is not one of the answers"),
        ("mentee_often", "never", "is not one of the answers"),
        ("mentee_change", "x" * 1_000_000, "Shorten this to 10000 characters"),
        ("mentee_change", "a\x00b", "Remove the characters that cannot be shown"),
    ],
)
def test_wrong_answer_is_explained(client, partnership, open_survey, links, key, value, words):
    open_survey()

    page = client.post(links()[partnership.mentees[0].person], ANSWERS | {key: value})

    assert words in page.content.decode()
    assert not SurveyResponse.objects.exists()


def test_mentor_is_asked_as_a_mentor(client, partnership, open_survey, links):
    open_survey()

    page = client.get(links()[partnership.mentors[0].person]).content.decode()

    assert "How well did the training prepare you?" in page
    assert "your mentor work together" not in page


def test_closed_survey_says_so(client, partnership, open_survey, links, administrator):
    survey = open_survey()
    link = links()[partnership.mentees[0].person]
    actions.close_survey(survey, by=administrator, now=timezone.now())

    page = client.post(link, ANSWERS).content.decode()

    assert "This survey is closed" in page
    assert not SurveyResponse.objects.exists()


def test_survey_takes_no_answers_after_its_last_day(client, partnership, open_survey, links):
    survey = open_survey(days=5)
    link = links()[partnership.mentees[0].person]

    with time_machine.travel(timezone.now() + datetime.timedelta(days=6), tick=False):
        page = client.get(link).content.decode()

    assert "This survey is closed" in page
    assert survey.is_open(survey.closes_on)


def test_unknown_link_is_not_found(client, programme, partnership, open_survey, links):
    open_survey()
    other = cast.make_programme("other")
    secret = links()[partnership.mentees[0].person].rstrip("/").rsplit("/", 1)[1]

    for link in (
        programme.url("evaluation:answer", secret="x" * 32),
        other.url("evaluation:answer", secret=secret),
        programme.url("evaluation:answer", secret="a"),
    ):
        assert client.get(link).status_code == 404


def test_reminder_goes_to_those_who_have_not_answered(
    client, sign_in, coordinator, programme, partnership, open_survey, links
):
    survey = open_survey()
    first = links()
    mentee, mentor = partnership.mentees[0].person, partnership.mentors[0].person
    client.post(first[mentee], ANSWERS)

    page = sign_in(client, coordinator).post(programme.url("evaluation:remind"), follow=True).content.decode()
    again = client.post(programme.url("evaluation:remind"), follow=True).content.decode()

    assert "1 person gets a reminder with a new link." in page
    assert "A reminder went out today." in again
    assert Message.objects.filter(to=mentee).count() == 1
    stranger = Client()
    assert stranger.get(first[mentor]).status_code == 404
    assert stranger.get(links()[mentor]).status_code == 200
    assert survey.invitations.count() == 2


def test_letter_is_not_sent_after_an_answer_nor_with_an_old_link(
    client, partnership, open_survey, links, administrator
):
    survey = open_survey(draft=True)
    mentee, mentor = partnership.mentees[0].person, partnership.mentors[0].person
    letters = {message.to: message for message in Message.objects.all()}
    before = {person: still_wanted(letter) for person, letter in letters.items()}

    client.post(links()[mentee], ANSWERS)
    actions.remind_unanswered(survey, by=administrator, now=timezone.now())

    assert before == {mentee: True, mentor: True}
    assert {person: still_wanted(letter) for person, letter in letters.items()} == {mentee: False, mentor: False}
    assert still_wanted(Message.objects.get(to=mentor, key__contains=str(timezone.localdate().year)))
    assert delivery.still_wanted is still_wanted


def test_coordinator_sees_how_many_answered_not_who(
    client, sign_in, coordinator, programme, partnership, open_survey, links
):
    open_survey()
    mentee = partnership.mentees[0].person
    client.post(links()[mentee], ANSWERS)
    sign_in(client, coordinator)

    for name in ("evaluation:survey", "evaluation:home"):
        page = client.get(programme.url(name)).content.decode()
        assert "1 of 1" in page
        assert str(mentee) not in page
        assert "Start earlier." not in page


def test_second_survey_waits_until_the_first_is_over(client, sign_in, coordinator, programme, partnership, open_survey):
    open_survey(days=5)
    sign_in(client, coordinator)

    refused = client.post(programme.url("evaluation:open_survey"), opening()).content.decode()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=6), tick=False):
        client.post(programme.url("evaluation:open_survey"), opening())

    assert "A survey is open already." in refused
    assert Survey.objects.count() == 2
    assert Survey.objects.filter(closed_at=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"closes_on": timezone.now().date()}, "leaves no time to answer"),
        ({"closes_on": ""}, "Fill in “Last day for answers”."),
        ({"anonymity": "secret"}, "is not one of the answers"),
    ],
)
def test_wrong_opening_is_explained(client, sign_in, coordinator, programme, partnership, changes, words):
    page = sign_in(client, coordinator).post(programme.url("evaluation:open_survey"), opening(**changes))

    assert words in page.content.decode()
    assert not Survey.objects.exists()


def test_survey_without_anybody_to_ask_is_refused(client, sign_in, coordinator, programme):
    page = sign_in(client, coordinator).post(programme.url("evaluation:open_survey"), opening()).content.decode()

    assert "there is nobody to ask" in page
    assert not Survey.objects.exists()


def test_coordinator_closes_the_survey(client, sign_in, coordinator, programme, partnership, open_survey):
    open_survey()
    sign_in(client, coordinator)

    assert client.get(programme.url("evaluation:close_survey")).status_code == 405
    client.post(programme.url("evaluation:close_survey"))
    client.post(programme.url("evaluation:close_survey"))

    assert Event.objects.filter(what="survey closed").count() == 1
    assert Survey.objects.get().closed_at


@pytest.mark.parametrize("who", ["sponsor", "administrator", "partner_contact", "outsider"])
def test_nobody_else_asks_reminds_or_closes(client, sign_in, programme, partnership, open_survey, request, who):
    open_survey()
    sign_in(client, request.getfixturevalue(who))

    for name in ("open_survey", "remind", "close_survey"):
        assert client.post(programme.url(f"evaluation:{name}"), opening()).status_code == 404
    assert Survey.objects.get().closed_at is None


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_participants_see_neither_survey_nor_results(client, sign_in, programme, request, who):
    sign_in(client, request.getfixturevalue(who).person)

    for name in ("home", "survey", "open_survey"):
        assert client.get(programme.url(f"evaluation:{name}")).status_code == 404


def test_reminding_about_no_survey_is_not_found(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)

    assert client.post(programme.url("evaluation:remind")).status_code == 404
    assert client.post(programme.url("evaluation:close_survey")).status_code == 404


def test_answering_takes_at_most_twelve_queries(client, partnership, open_survey, links, django_assert_max_num_queries):
    open_survey()
    link = links()[partnership.mentees[0].person]

    with django_assert_max_num_queries(12):
        client.get(link)


def test_questions_are_the_programmes_own(programme):
    programme.blueprint["survey"][0]["label"] = "Changed later"

    assert SurveyQuestion.objects.get(key="mentee_overall").label == "All in all, how was the programme for you?"
    assert re.match("[A-Z]", SurveyQuestion.objects.get(key="mentor_again").options[0]["label"])
