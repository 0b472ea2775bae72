"""The evaluation page: objectives against results, for those who run the programme and those who answer for it."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from evaluation import charts
from evaluation.models import Measurement, SurveyInvitation, SurveyResponse
from evaluation.results import Reach
from evaluation.step import status
from mentoring.audit.models import Event
from programmes.models import PartnershipState
from programmes.needs import actions as needs
from programmes.steps import State
from programmes.support.models import Meeting
from tests import cast


@pytest.fixture
def objective(programme, administrator):
    def make(wording="Boards", measure="number", target=40, **fields):
        given = {"unit": "% of seats", "due_on": programme.ends_on} | fields
        return needs.add_objective(
            programme,
            wording=wording,
            measure=measure,
            target=Decimal(target),
            by=administrator,
            now=timezone.now(),
            **given,
        )

    return make


def respond(survey, role="mentee", **answers):
    """Answers, as the table keeps them."""
    invitation = survey.invitations.filter(role=role, answered_on=None).first()
    invitation.answered_on = timezone.localdate()
    invitation.save(update_fields=["answered_on"])
    return SurveyResponse.objects.create(
        survey=survey,
        role=role,
        is_anonymous=survey.is_anonymous,
        participant=None if survey.is_anonymous else invitation.participant,
        answers=answers,
    )


def meet(partnership, times):
    for number in range(times):
        met_on = timezone.localdate() - datetime.timedelta(days=7 * (number + 1))
        Meeting.objects.create(
            partnership=partnership, met_on=met_on, minutes=60, medium="video", logged_by=partnership.mentees[0].person
        )


def results(client, programme):
    page = client.get(programme.url("evaluation:home"))
    return {result.objective.wording: result for result in page.context["results"]}


def test_meetings_are_counted_from_the_logs(client, sign_in, coordinator, programme, pairs, objective):
    objective("Regular", "meetings_share", 75, meetings=2)
    for partnership, times in zip(pairs(4), (2, 3, 1, 5), strict=True):
        meet(partnership, times)
    cast.make_partnership(programme, state=PartnershipState.AGREED)

    found = results(sign_in(client, coordinator), programme)["Regular"]

    assert (found.figure.value, found.figure.source) == (Decimal("75.0"), "Meeting logs of 4 partnerships")
    assert found.reach == Reach.REACHED


def test_answers_are_counted_from_the_survey(client, sign_in, coordinator, programme, pairs, objective, open_survey):
    objective("Confident", "answers_share", 75, question="mentee_confidence", at_least=4)
    pairs(5)
    survey = open_survey()
    for mark in (5, 4, 4, 3):
        respond(survey, mentee_confidence=mark)
    sign_in(client, coordinator)

    few = results(client, programme)["Confident"]
    respond(survey, mentee_confidence=4)
    enough = results(client, programme)["Confident"]

    assert (few.figure.value, few.reach) == (None, Reach.UNKNOWN)
    assert few.figure.source == "Fewer than 5 answers, so not shown"
    assert (enough.figure.value, enough.reach) == (Decimal("80.0"), Reach.REACHED)


def test_figure_is_entered_with_its_source(client, sign_in, coordinator, programme, objective):
    boards = objective("Boards", baseline=26)
    sign_in(client, coordinator)
    address = programme.url("evaluation:figure", pk=boards.pk)

    client.post(address, {"value": "28", "measured_on": "2026-01-05", "source": "Register"})
    client.post(address, {"value": "31.5", "measured_on": "2026-03-01", "source": "Register of 1 March"})
    client.post(address, {"value": "27", "measured_on": "2026-02-01", "source": "Register"})

    found = results(client, programme)["Boards"]
    assert (found.figure.value, found.reach) == (Decimal("31.5"), Reach.NEARER)
    assert found.figure.source == "Register of 1 March, 1 March 2026"
    assert Event.objects.filter(what="figure entered").count() == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "many"}, "Enter a number, in figures."),
        ({"value": ""}, "Fill in “Figure”."),
        ({"source": ""}, "Fill in “Source”."),
        ({"measured_on": "2126-01-01"}, "has not come yet"),
        ({"source": "x" * 201}, "Shorten this to 200 characters"),
    ],
)
def test_wrong_figure_is_explained(client, sign_in, coordinator, programme, objective, changes, words):
    given = {"value": "28", "measured_on": "2026-01-05", "source": "Register"} | changes

    page = sign_in(client, coordinator).post(programme.url("evaluation:figure", pk=objective().pk), given)

    assert words in page.content.decode()
    assert not Measurement.objects.exists()


def test_objective_that_measures_itself_takes_no_figure(client, sign_in, coordinator, programme, objective):
    regular = objective("Regular", "meetings_share", 75, meetings=2)

    answer = sign_in(client, coordinator).get(programme.url("evaluation:figure", pk=regular.pk))

    assert answer.status_code == 404


def test_sponsor_reads_results_without_names_or_words(
    client, sign_in, sponsor, coordinator, programme, pairs, objective, open_survey
):
    objective("Regular", "meetings_share", 75, meetings=2)
    objective("Confident", "answers_share", 75, question="mentee_confidence", at_least=4)
    boards = objective("Boards")
    people = [member.person for partnership in pairs(4) for member in partnership.ordered_members()]
    survey = open_survey(is_anonymous=False)
    for mark in (5, 4, 4):
        respond(survey, mentee_confidence=mark, mentee_change="Call me Cassandra.")
    sign_in(client, sponsor)

    page = client.get(programme.url("evaluation:home"))

    text = page.content.decode()
    assert [result.figure.value for result in page.context["results"]] == [None, None, None]
    assert "Fewer than 5 partnerships, so not shown" in text
    assert "Cassandra" not in text
    assert not any(str(person) in text for person in people)
    assert "Enter a figure" not in text
    assert client.post(programme.url("evaluation:figure", pk=boards.pk), {"value": "1"}).status_code == 404
    assert client.get(programme.url("evaluation:survey")).status_code == 404


def test_named_words_are_shown_to_the_coordinator_with_the_name(
    client, sign_in, coordinator, programme, partnership, open_survey
):
    survey = open_survey(is_anonymous=False)
    respond(survey, mentee_change="Start earlier.")

    page = sign_in(client, coordinator).get(programme.url("evaluation:home")).content.decode()

    assert "Start earlier." in page
    assert str(partnership.mentees[0].person) in page


def test_anonymous_words_are_shown_from_five_on_and_in_no_order_of_time(
    client, sign_in, coordinator, programme, pairs, open_survey
):
    pairs(5)
    survey = open_survey()
    sign_in(client, coordinator)
    for word in ("E", "D", "C", "B"):
        respond(survey, mentee_change=word)

    few = client.get(programme.url("evaluation:home")).context["texts"]
    respond(survey, mentee_change="A")
    ((question, said),) = client.get(programme.url("evaluation:home")).context["texts"]

    assert few == []
    assert question.key == "mentee_change"
    assert [(each.text, each.who) for each in said] == [("A", ""), ("B", ""), ("C", ""), ("D", ""), ("E", "")]


def test_chart_has_a_sentence_a_table_and_words_for_those_who_do_not_see_it(
    client, sign_in, coordinator, programme, pairs, open_survey
):
    pairs(5)
    survey = open_survey()
    for mark in (5, 5, 4, 4, 4):
        respond(survey, mentee_overall=mark, mentee_relationship=3)

    page = sign_in(client, coordinator).get(programme.url("evaluation:home"))

    chart, text = page.context["chart"], page.content.decode()
    best = "Mentees gave the highest mark, 4.4 of 5, to “All in all, how was the programme for you?”"
    assert chart.title == best
    assert "How well did you and your mentor work together? 3.0" in chart.alt
    assert chart.svg.count("<svg") == 1
    assert "style=" not in chart.svg
    assert "<script" not in chart.svg
    assert '<td class="number" data-l="Mean">4.4</td>' in text


def test_chart_is_drawn_once_for_the_same_figures(monkeypatch):
    drawn = []
    charts.cache.clear()
    monkeypatch.setattr(charts.vl_convert, "vegalite_to_svg", lambda spec: drawn.append(spec) or "<svg></svg>")
    rows = [{"question": ["Drawn once?"], "mean": 4.2}]

    first, second = charts.draw(rows), charts.draw(rows)

    assert first == second
    assert len(drawn) == 1


def test_label_in_a_chart_cannot_break_out(programme, open_survey, pairs):
    svg = charts.draw([{"question": ["<script>alert(1)</script> & more"], "mean": 3.0}])

    assert "<script" not in svg


def test_step_says_when_to_ask_and_when_all_is_there(programme, administrator, pairs, objective, open_survey):
    objective("Boards")
    far, near = programme.ends_on - datetime.timedelta(days=90), programme.ends_on - datetime.timedelta(days=10)
    pairs(2)

    early, late = status(programme, far), status(programme, near)
    survey = open_survey()
    respond(survey)
    asked = status(programme, timezone.localdate())
    over = status(programme, survey.closes_on + datetime.timedelta(days=1))
    measured = objective_with_figure(programme, administrator)
    done = status(programme, programme.ends_on)

    assert (early.state, early.needs) == (State.NOT_STARTED, [])
    assert (late.action, [need.sentence for need in late.needs]) == ("Open the survey", ["1 figure to enter"])
    assert asked.sentence == "Survey open: 1 of 4 answered"
    assert over.state == State.COMPLETED
    assert measured.value == 41
    assert (done.state, done.sentence) == (State.COMPLETED, "1 of 4 answered, every figure is there")


def objective_with_figure(programme, administrator):
    return Measurement.objects.create(
        programme=programme,
        objective=programme.objectives.get(),
        value=41,
        measured_on=timezone.localdate(),
        source="Register",
        entered_by=administrator,
    )


def test_page_takes_at_most_twenty_queries_however_many_answered(
    client, sign_in, coordinator, programme, pairs, objective, open_survey, django_assert_max_num_queries
):
    objective("Regular", "meetings_share", 75, meetings=2)
    objective("Boards")
    pairs(150)
    survey = open_survey()
    respond(survey, mentee_overall=3)
    sign_in(client, coordinator).get(programme.url("evaluation:home"))
    counts = []
    for more in (2, 147):
        for _ in range(more):
            respond(survey, mentee_overall=4, mentee_change="Word")
        with django_assert_max_num_queries(30) as asked:
            client.get(programme.url("evaluation:home"))
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 20
    assert SurveyInvitation.objects.filter(answered_on__isnull=False).count() == 150
