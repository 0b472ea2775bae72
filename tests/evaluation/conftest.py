"""A programme whose survey can be asked."""

import datetime
import re

import pytest
from django.utils import timezone

from evaluation import actions
from evaluation.actions import copy_questions
from mentoring.outbox.models import Message
from programmes.blueprints import load_blueprint
from tests import cast


@pytest.fixture
def programme(programme):
    programme.blueprint = load_blueprint("ukrc")
    programme.save(update_fields=["blueprint"])
    copy_questions(programme, programme.blueprint)
    return programme


@pytest.fixture
def open_survey(programme, administrator):
    def opened(is_anonymous=True, days=21, draft=False):
        now = timezone.now()
        closes_on = timezone.localdate() + datetime.timedelta(days=days)
        return actions.open_survey(
            programme, is_anonymous=is_anonymous, closes_on=closes_on, draft=draft, by=administrator, now=now
        )

    return opened


@pytest.fixture
def links():
    """The path in each survey message, newest message of each person."""

    def found():
        sent = Message.objects.filter(kind="survey").order_by("created_at")
        return {message.to: re.search(r"\(http://[^/]+(/\S+)\)", message.body)[1] for message in sent}

    return found


@pytest.fixture
def pairs(programme):
    """So many partnerships."""

    def make(number):
        return [cast.make_partnership(programme) for _ in range(number)]

    return make
