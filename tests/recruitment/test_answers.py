"""What later steps read of an application."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.accounts.models import Person
from programmes.models import Participant, Programme
from programmes.recruitment.queries import answers_of, questions_for_matching

from .applying import ANSWERS, YORK, accept, ask_questions, make_application


def test_matching_reads_a_mentors_answers_by_the_questions_keys(programme: Programme, coordinator: Person) -> None:
    ask_questions(programme)
    participant = accept(make_application(programme, "mentor"), coordinator)

    answers = answers_of([participant])[participant.pk]

    assert answers == {
        key: ANSWERS[key]
        for key in (
            "experience", "offers", "trained", "capacity", "sector", "specialism", "career_stage", "based", "medium",
            "available", "commitment",
        )
    }  # fmt: skip
    assert answers["based"] == YORK


def test_somebody_who_never_applied_has_no_answers(programme: Programme, mentor: Participant) -> None:
    assert answers_of([mentor]) == {mentor.pk: {}}


def test_answers_of_many_are_read_by_one_query(programme: Programme, coordinator: Person) -> None:
    ask_questions(programme)
    participants = [accept(make_application(programme, name=f"Ana {number}"), coordinator) for number in range(3)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answers_of(participants)

    assert len(queries) == 1


def test_questions_for_matching_are_those_that_say_how_answers_compare(programme: Programme) -> None:
    ask_questions(programme)

    keys = {question.key for question in questions_for_matching(programme)}

    assert {"aims", "sector", "career_stage", "based", "medium", "available"} <= keys
    assert keys.isdisjoint({"background", "experience", "capacity", "commitment"})


def test_a_mentors_places_are_what_they_offered(programme: Programme, coordinator: Person) -> None:
    ask_questions(programme)

    assert accept(make_application(programme, "mentor", "Mo Mentor"), coordinator).capacity == 2
    assert accept(make_application(programme, "mentee", "Me Mentee"), coordinator).capacity == 1
