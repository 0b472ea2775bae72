"""Somebody applies on the public form."""

import datetime
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.models import Programme
from programmes.recruitment.links import applicant_url
from programmes.recruitment.models import Application, ApplicationState, Opening
from programmes.recruitment.queries import answers_to

from .applying import ANSWERS, ask_questions, make_application, open_for

ANA = {"name": "Ana Applicant", "email": "Ana@Example.org"}


@pytest.fixture
def recruiting(programme: Programme) -> Programme:
    ask_questions(programme)
    open_for(programme, "mentee", "mentor")
    return programme


def typed(page: Any) -> dict[str, Any]:
    """What a browser would post of a form: every question with the answer that ANSWERS knows."""
    data: dict[str, Any] = {}
    for field in page.context["form"]:
        value = ANSWERS.get(field.name, [])
        if field.name == "based":
            data |= {f"{field.html_name}_0": "York", f"{field.html_name}_1": ""}
        elif field.name == "aims":
            data |= {f"{field.html_name}_{place}": key for place, key in enumerate(value)}
        elif value:
            data[field.html_name] = value
    return data


def fill_in(client: Client, programme: Programme, role: str, who: dict[str, str] = ANA) -> Any:
    """Walk the whole form, page by page, to the check."""
    page = client.post(programme.url("apply:form", role=role), who, follow=True)
    while page.context.get("form"):
        assert not page.context["form"].errors
        page = client.post(page.request["PATH_INFO"], typed(page), follow=True)
    return page


@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_a_stranger_applies(client: Client, recruiting: Programme, role: str) -> None:
    page = fill_in(client, recruiting, role)
    done = client.post(page.request["PATH_INFO"], follow=True)

    application = Application.objects.get()
    assert (application.role, application.name, application.email) == (role, "Ana Applicant", "ana@example.org")
    assert application.state == ApplicationState.SUBMITTED
    asked = {answer.question.key: answer.value for answer in application.answers.select_related("question")}
    assert asked == {key: value for key, value in ANSWERS.items() if key in asked}
    assert application.reference in done.content.decode()
    assert Event.objects.filter(what="application sent in", object_id=application.pk).count() == 1


def test_the_page_with_the_reference_can_be_bookmarked(client: Client, recruiting: Programme) -> None:
    page = fill_in(client, recruiting, "mentee")
    done = client.post(page.request["PATH_INFO"], follow=True).request["PATH_INFO"]

    later = Client().get(done)

    assert later.status_code == 200
    assert Application.objects.get().reference in later.content.decode()


def test_the_applicant_gets_a_confirmation(client: Client, recruiting: Programme) -> None:
    page = fill_in(client, recruiting, "mentee")
    client.post(page.request["PATH_INFO"])

    message = Message.objects.get()
    assert (message.kind, message.address) == ("application received", "ana@example.org")
    link = re.search(r"\]\((http\S+)\)", message.body)
    assert link
    assert client.get(link[1].removeprefix(settings.BASE_URL)).status_code == 200


def test_nobody_has_an_account_because_a_stranger_typed_an_address(client: Client, recruiting: Programme) -> None:
    page = fill_in(client, recruiting, "mentee")
    client.post(page.request["PATH_INFO"])

    with tenancy.directory():
        assert not Person.objects.filter(email="ana@example.org").exists()


def test_a_known_address_gets_the_very_same_answers(client: Client, recruiting: Programme, outsider: Person) -> None:
    """Whether an address is known can be told neither by what is shown nor by what is kept of its owner."""

    def answers(email: str) -> list[str]:
        page = fill_in(client, recruiting, "mentee", {"name": "Nobody Special", "email": email})
        shown = [page.content.decode(), client.post(page.request["PATH_INFO"], follow=True).content.decode()]
        changing = r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{43}|<b>[2-9A-Z]{8}</b>|value=\"\w{64}\""
        return [re.sub(changing, "…", text.replace(email, "somebody@example.org")) for text in shown]

    assert answers(outsider.email) == answers("unheard@example.org")
    with tenancy.directory():
        assert Person.objects.get(pk=outsider.pk).name == "Otto Outsider"


def test_somebody_signed_in_is_not_asked_who_they_are(
    client: Client, recruiting: Programme, outsider: Person, sign_in: Any
) -> None:
    sign_in(client, outsider)

    page = client.get(recruiting.url("apply:form", role="mentor"))
    client.post(recruiting.url("apply:form", role="mentor"), {"name": "Somebody Else", "email": "else@example.org"})

    assert "Otto Outsider" in page.content.decode()
    application = Application.objects.get()
    assert (application.name, application.email, application.person_id) == (
        "Otto Outsider",
        "otto@example.org",
        outsider.pk,
    )


@pytest.mark.parametrize(
    "typed, told",
    [
        ({"name": "", "email": "a@example.org"}, "Fill in “Full name”."),
        ({"name": "A", "email": "nonsense"}, "Enter an e-mail address like name@example.org."),
        ({"name": "A\x00", "email": "a@example.org"}, "Remove the characters that cannot be shown"),
        ({"name": "A" * 100_000, "email": "a@example.org"}, "Shorten this to 120 characters."),
    ],
)
def test_bad_names_and_addresses_are_explained(
    client: Client, recruiting: Programme, typed: dict[str, str], told: str
) -> None:
    page = client.post(recruiting.url("apply:form", role="mentee"), typed)

    assert page.status_code == 200
    assert told in page.content.decode()
    assert not Application.objects.exists()


def start(client: Client, programme: Programme, role: str = "mentee") -> Any:
    return client.post(programme.url("apply:form", role=role), ANA, follow=True)


def test_a_page_with_a_missing_answer_keeps_what_was_typed(client: Client, recruiting: Programme) -> None:
    page = start(client, recruiting)

    page = client.post(page.request["PATH_INFO"], {"answer-background": "Kept words"})

    text = page.content.decode()
    assert "Kept words" in text
    assert "There is a problem" in text
    assert "Answer “What would you like from a mentor?”." in text


def test_leaving_in_the_middle_loses_nothing(client: Client, recruiting: Programme) -> None:
    page = start(client, recruiting)

    page = client.post(page.request["PATH_INFO"], {"answer-background": "Half of it", "later": "yes"}, follow=True)
    client.post(page.context["send_link_url"])
    again = Client().get(page.context["resume_url"], follow=True)

    assert "Your answers are saved" in page.content.decode()
    assert "Half of it" in again.content.decode()
    message = Message.objects.get()
    assert (message.kind, message.address) == ("application link", "ana@example.org")
    assert page.context["resume_url"] in message.body


def test_the_link_is_sent_once_an_hour_however_often_it_is_asked(client: Client, recruiting: Programme) -> None:
    page = start(client, recruiting)
    application = Application.objects.get()

    for _ in range(3):
        client.post(applicant_url(application, "apply:send_link"))

    assert page.status_code == 200
    assert Message.objects.count() == 1


def test_an_application_with_a_missing_answer_cannot_be_sent(client: Client, recruiting: Programme) -> None:
    start(client, recruiting)
    application = Application.objects.get()

    page = client.post(applicant_url(application, "apply:check"))

    assert "is not answered yet" in page.content.decode()
    application.refresh_from_db()
    assert application.is_started


def test_an_unknown_town_is_explained_and_a_region_helps(client: Client, recruiting: Programme) -> None:
    start(client, recruiting)
    application = Application.objects.get()
    url = applicant_url(application, "apply:page", number=3)
    meeting = {"answer-medium": ["video"], "answer-based_0": "Little Snoring"}

    page = client.post(url, {**meeting, "answer-based_1": ""})
    client.post(url, {**meeting, "answer-based_1": "east"})

    assert "We do not know “Little Snoring”." in page.content.decode()
    assert answers_to(application)["based"] == {"name": "Little Snoring", "region": "east"}


def test_the_same_choice_twice_is_explained(client: Client, recruiting: Programme) -> None:
    page = start(client, recruiting)

    page = client.post(page.request["PATH_INFO"], {"answer-aims_0": "confidence", "answer-aims_1": "confidence"})

    assert "The same choice stands twice." in page.content.decode()


@pytest.mark.parametrize("junk", ["\x00", "x" * 1_000_000, "<script>", "🙂", "-1"])
def test_junk_in_any_field_is_a_clear_error_and_never_a_crash(client: Client, recruiting: Programme, junk: str) -> None:
    start(client, recruiting, "mentor")
    application = Application.objects.get()

    for number in range(1, 6):
        url = applicant_url(application, "apply:page", number=number)
        fields = [field.html_name for field in client.get(url).context["form"]]
        data = {f"{name}{end}": junk for name in fields for end in ("", "_0", "_1") if len(junk) < 1000 or end == ""}
        for name, value in data.items():
            page = client.post(url, {name: value})
            assert page.status_code == 200
            assert "There is a problem" in page.content.decode()


def test_another_signature_finds_nothing(client: Client, recruiting: Programme) -> None:
    first, second = (make_application(recruiting, name=name, submitted=False) for name in ("Ana One", "Ben Two"))
    forged = applicant_url(first).replace(str(first.pk), str(second.pk))

    assert client.get(applicant_url(first), follow=True).status_code == 200
    for page in ("", "you/", "page/1/", "check/", "later/", "done/", "withdraw/"):
        assert client.get(forged + page).status_code == 404
        assert client.post(forged + page).status_code in (404, 405)


def test_a_link_works_for_its_own_role_and_programme_only(client: Client, recruiting: Programme) -> None:
    link = applicant_url(make_application(recruiting, submitted=False))

    assert client.get(link.replace("/mentee/", "/mentor/")).status_code == 404
    assert client.get(link.replace("/mentee/", "/facilitator/")).status_code == 404


def test_looking_changes_nothing(client: Client, recruiting: Programme) -> None:
    application = make_application(recruiting, submitted=False)

    for page in ("apply:resume", "apply:you", "apply:check", "apply:later", "apply:done", "apply:withdraw"):
        client.get(applicant_url(application, page), follow=True)
    client.get(applicant_url(application, "apply:page", number=1))
    client.get(recruiting.url("apply:form", role="mentee"))

    assert Application.objects.get().state == ApplicationState.STARTED
    assert not Message.objects.exists()


def test_sending_twice_sends_once(client: Client, recruiting: Programme) -> None:
    application = make_application(recruiting, submitted=False)
    url = applicant_url(application, "apply:check")

    for _ in range(2):
        answer = client.post(url, follow=True)

    assert answer.status_code == 200
    assert Message.objects.count() == 1
    assert Event.objects.filter(what="application sent in").count() == 1


def test_an_applicant_withdraws(client: Client, recruiting: Programme) -> None:
    application = make_application(recruiting)

    page = client.post(applicant_url(application, "apply:withdraw"), follow=True)

    assert "Your application is withdrawn" in page.content.decode()
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_before_the_first_day_and_after_the_last_the_page_says_so(client: Client, programme: Programme) -> None:
    today = timezone.localdate()
    days = datetime.timedelta(days=3)
    Opening.objects.create(programme=programme, role="mentee", opens_on=today + days)
    Opening.objects.create(programme=programme, role="mentor", opens_on=today - 2 * days, closes_on=today - days)

    early, late = (client.get(programme.url("apply:form", role=role)).content.decode() for role in ("mentee", "mentor"))

    assert "Applications are not open yet" in early
    assert "Applications are closed" in late
    assert client.post(programme.url("apply:form", role="mentee"), ANA).status_code == 200
    assert not Application.objects.exists()


def test_a_programme_that_never_announced_itself_has_no_form(client: Client, programme: Programme) -> None:
    assert client.get(programme.url("apply:form", role="mentee")).status_code == 404
    assert client.get(programme.url("apply:form", role="facilitator")).status_code == 404


def test_what_was_started_before_the_last_day_is_kept_after_it(client: Client, recruiting: Programme) -> None:
    application = make_application(recruiting, submitted=False)
    Opening.objects.filter(role="mentee").update(closed_at=timezone.now())

    page = client.post(applicant_url(application, "apply:check"))

    assert "Applications for this role are closed. What you wrote is kept" in page.content.decode()
    assert answers_to(application)["background"] == ANSWERS["background"]


def test_a_mistyped_address_can_be_corrected_before_it_is_sent(client: Client, recruiting: Programme) -> None:
    application = make_application(recruiting, name="Ana Aplicant", email="ana@exmaple.org", submitted=False)
    url = applicant_url(application, "apply:you")

    wrong = client.post(url, {"name": "Ana Applicant", "email": "ana"})
    right = client.post(url + "?check", {"name": "Ana Applicant", "email": "Ana@example.org"})

    assert "Enter an e-mail address like name@example.org." in wrong.content.decode()
    assert right.headers["Location"] == applicant_url(application, "apply:check")
    application.refresh_from_db()
    assert (application.name, application.email) == ("Ana Applicant", "ana@example.org")


def test_somebody_who_applied_signed_in_stays_themselves(
    client: Client, recruiting: Programme, outsider: Person
) -> None:
    application = make_application(recruiting, submitted=False)
    Application.objects.update(person=outsider)

    client.post(applicant_url(application, "apply:you"), {"name": "Else", "email": "else@example.org"})

    application.refresh_from_db()
    assert (application.name, application.email) == ("Ana Applicant", "ana.applicant@example.org")


@pytest.mark.parametrize("page", ["apply:page", "apply:check", "apply:resume", "apply:done"])
def test_an_applicants_page_takes_at_most_12_queries(client: Client, recruiting: Programme, page: str) -> None:
    application = make_application(recruiting, submitted=page == "apply:done")
    url = applicant_url(application, page, **({"number": 2} if page == "apply:page" else {}))
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    assert len(queries) <= 12
