"""A small programme to match: Ellen wants confidence and lives in York, Dai wants career moves and lives in Leeds."""

import pytest
from django.utils import timezone

from matching import actions

from .joining import LEEDS, YORK, join, make_questions


@pytest.fixture
def questions(programme):
    return make_questions(programme)


@pytest.fixture
def people(programme, questions):
    return [
        join(programme, questions, "Ellen", "mentee", wants=["confidence"], based=YORK),
        join(programme, questions, "Dai", "mentee", wants=["career"], based=LEEDS),
        join(programme, questions, "Ravi", "mentor", capacity=2, offers=["career"], based=LEEDS),
        join(programme, questions, "Nia", "mentor", offers=["confidence"], based=YORK),
    ]


@pytest.fixture
def round(programme, coordinator, people):
    return actions.run_round(programme, by=coordinator, now=timezone.now())
