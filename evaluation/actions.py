"""Asking, answering, closing, and entering figures."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Programme
from programmes.needs.models import Measure, Objective

from .links import new_secret, sha256, survey_link
from .models import Measurement, Survey, SurveyInvitation, SurveyQuestion, SurveyResponse
from .queries import asked, latest_survey, people_to_ask, questions_of

SECONDS_EACH = 30  # to answer one question


def copy_questions(programme: Programme, blueprint: dict[str, Any]) -> None:
    """Give the programme its own survey, so that it stays as it is when the blueprint changes."""
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(
            programme=programme,
            position=position,
            **{
                name: question[name]
                for name in ("key", "role", "kind", "label", "options", "low", "high")
                if name in question
            },
        )
        for position, question in enumerate(blueprint.get("survey", []), start=1)
    )


@transaction.atomic
def open_survey(
    programme: Programme,
    *,
    is_anonymous: bool,
    closes_on: datetime.date,
    draft: bool,
    by: Person,
    now: datetime.datetime,
) -> Survey:
    """Ask everybody who was in a partnership, each by a link of their own (E1, E4). `draft` lets you read first.

    Refused while a survey is open, without questions, and when there is nobody to ask.
    """
    close_if_lapsed(Programme.objects.select_for_update().get(pk=programme.pk), by=by, now=now)
    questions = questions_of(programme)
    people = list(people_to_ask(programme))
    if not questions:
        raise Refused("This programme has no survey questions.")
    if not people:
        raise Refused("Nobody is in a partnership yet, so there is nobody to ask.")
    survey = Survey.objects.create(
        programme=programme, is_anonymous=is_anonymous, closes_on=closes_on, opened_at=now, opened_by=by
    )
    secrets = [new_secret() for _ in people]
    invitations = SurveyInvitation.objects.bulk_create(
        SurveyInvitation(survey=survey, participant=participant, role=participant.role, secret_sha256=sha256(secret))
        for participant, secret in zip(people, secrets, strict=True)
    )
    send_links(invitations, secrets, questions, letter="survey", key="first", by=by, draft=draft)
    audit.record("survey opened", on=survey, by=by, at=now, people=len(people), anonymous=is_anonymous)
    return survey


def close_if_lapsed(programme: Programme, *, by: Person, now: datetime.datetime) -> None:
    """Close a survey whose last day has passed. Refused while one still takes answers."""
    survey = latest_survey(programme)
    if survey is None or survey.closed_at:
        return
    if survey.is_open(timezone.localdate(now)):
        raise Refused("A survey is open already. Close it before you open another.")
    close_survey(survey, by=by, now=now)


def send_links(
    invitations: list[SurveyInvitation],
    secrets: list[str],
    questions: list[SurveyQuestion],
    *,
    letter: str,
    key: str,
    by: Person,
    draft: bool,
) -> None:
    """Promise each their link, all in a few queries however many they are. A reminder waits for a decent hour."""
    shared = {"kind": "survey", "signed_by": by, "draft": draft, "optional": True, "by_day": letter == "reminder"}
    outbox.write_all(
        (
            compose_link(invitation, secret, questions, letter),
            {
                **shared,
                "to": invitation.participant.person,
                "programme": invitation.survey.programme,
                "key": f"survey|{invitation.pk}|{key}",
            },
        )
        for invitation, secret in zip(invitations, secrets, strict=True)
    )


def compose_link(
    invitation: SurveyInvitation, secret: str, questions: list[SurveyQuestion], letter: str
) -> outbox.Letter:
    survey, count = invitation.survey, len(asked(questions, invitation.role))
    context = {
        "person": invitation.participant.person,
        "programme": survey.programme,
        "survey": survey,
        "questions": count,
        "minutes": minutes_for(count),
        "link": survey_link(survey.programme, secret),
    }
    return outbox.compose(f"evaluation/emails/{letter}.txt", context)


def minutes_for(questions: int) -> int:
    """About how long so many questions take, never less than a minute."""
    return max(1, round(questions * SECONDS_EACH / 60))


@transaction.atomic
def remind_unanswered(survey: Survey, *, by: Person, now: datetime.datetime) -> int:
    """Send a new link to those who have not answered; the old one stops working. Returns how many; once a day at most.

    Refused when the survey takes no more answers or everybody has answered.
    """
    check_open(survey, now)
    waiting = list(
        survey.invitations.select_for_update(of=("self",))
        .filter(answered_on=None)
        .select_related("participant__person", "survey__programme")
    )
    if not waiting:
        raise Refused("Everybody has answered.")
    if survey.reminded_on == timezone.localdate(now):
        raise Refused("A reminder went out today. Give people a day.")
    questions = questions_of(survey.programme)
    secrets = [new_secret() for _ in waiting]
    for invitation, secret in zip(waiting, secrets, strict=True):
        invitation.secret_sha256 = sha256(secret)
    SurveyInvitation.objects.bulk_update(waiting, ["secret_sha256"])
    draft = survey.programme.sends_drafts
    send_links(waiting, secrets, questions, letter="reminder", key=f"{now:%Y-%m-%d}", by=by, draft=draft)
    Survey.objects.filter(pk=survey.pk).update(reminded_on=timezone.localdate(now))
    audit.record("survey reminder sent", on=survey, by=by, at=now, people=len(waiting))
    return len(waiting)


@transaction.atomic
def answer_survey(invitation: SurveyInvitation, *, answers: dict[str, Any], now: datetime.datetime) -> None:
    """Keep somebody's answers, once. Of an anonymous survey nothing that is kept leads from the answers to the person.

    Refused when the link was used, when the survey is over, and when nothing was answered.
    """
    invitation = SurveyInvitation.objects.select_for_update(of=("self",)).select_related("survey").get(pk=invitation.pk)
    survey = invitation.survey
    if invitation.answered_on:
        raise Refused("Your answers have been kept already.")
    check_open(survey, now)
    given = {key: answer for key, answer in answers.items() if answer not in ("", None)}
    if not given:
        raise Refused("Answer at least one question, then send your answers.")
    SurveyResponse.objects.create(
        survey=survey,
        role=invitation.role,
        is_anonymous=survey.is_anonymous,
        participant_id=None if survey.is_anonymous else invitation.participant_id,
        answers=given,
    )
    invitation.answered_on = timezone.localdate(now)
    invitation.save(update_fields=["answered_on"])
    audit.record("survey answered", on=survey, by=None, at=now)


def check_open(survey: Survey, now: datetime.datetime) -> None:
    if not survey.is_open(timezone.localdate(now)):
        raise Refused("This survey is closed.")


@transaction.atomic
def close_survey(survey: Survey, *, by: Person, now: datetime.datetime) -> None:
    """Take no more answers. Closing twice does nothing more."""
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.closed_at:
        return
    survey.closed_at = now
    survey.save(update_fields=["closed_at"])
    audit.record("survey closed", on=survey, by=by, at=now)


@transaction.atomic
def enter_figure(
    objective: Objective, *, value: Decimal, measured_on: datetime.date, source: str, by: Person, now: datetime.datetime
) -> Measurement:
    """Note a figure that was looked up, with its day and source (P6, E1). Earlier figures stay.

    Refused for an objective that is measured from meetings or answers.
    """
    if objective.measure != Measure.NUMBER:
        raise Refused("This objective is measured by itself, so no figure can be entered.")
    figure = Measurement.objects.create(
        programme=objective.programme,
        objective=objective,
        value=value,
        measured_on=measured_on,
        source=source,
        entered_by=by,
        entered_at=now,
    )
    audit.record("figure entered", on=figure, by=by, at=now, value=str(value), source=source)
    return figure
