"""One programme through all seven steps, told through its real pages. Read this first.

Nothing is mocked: PostgreSQL as the role that row-level security binds, Valkey, a Celery worker and an SMTP server on
loopback. People fill in the forms that stand on the pages and follow the links that arrive in their messages.
"""

import contextlib
import datetime
import re
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from celery import Celery
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from mentoring.organisations.queries import find_organisation
from mentoring.outbox.actions import announce
from mentoring.outbox.models import Message
from mentoring.outbox.tasks import sweep as sweep_reminders
from programmes.models import Partnership
from programmes.support.models import Meeting
from tests import cast
from tests.servers import Mailbox, wait_for
from tests.visitor import Visitor

ADA, PRIYA, SOL, PAT = "ada@york.example", "priya@york.example", "sol@york.example", "pat@hospital.example"
ELLEN, DAI, NIA = "ellen@york.example", "dai@york.example", "nia@york.example"
HERE = "/york/health-futures"
TODAY = timezone.localdate()
COMMITMENT = ["training", "period", "meetings", "contact", "records", "evaluation"]
ANSWERS = {
    "background": "I came back last spring after four years at home.",
    "wants": "Somebody who will ask me hard questions.",
    "aims": ["confidence", "promotion", ""],
    "experience": "I lead a group of nine.",
    "offers": ["confidence", "promotion"],
    "trained": "recent",
    "capacity": "2",
    "sector": "university",
    "career_stage": "early",
    "based": ["York", ""],
    "medium": ["video"],
    "commitment": COMMITMENT,
}


@pytest.fixture
def york(celery_worker_process: Celery, smtp_server: Mailbox) -> None:
    """An organisation with the people who run it. All else in the story comes about through its pages."""
    organisation = cast.make_organisation("york", name="University of York Example")
    with tenancy.tenant(organisation):
        cast.give_role(cast.make_person("Ada Adminford", ADA), Role.ADMINISTRATOR)
        for name, email in (("Priya Coordley", PRIYA), ("Sol Sponsorby", SOL)):
            cast.give_role(cast.make_person(name, email), Role.MEMBER)


def test_programme_from_the_first_need_to_the_last_answer(york, smtp_server, settings, tmp_path):
    settings.MFA_REQUIRED = False
    ada = Visitor(ADA, cast.PASSWORD)
    priya = Visitor(PRIYA, cast.PASSWORD)
    mail = smtp_server

    make_programme(ada)
    state_need_and_objectives(priya)
    sol = plan_and_approve(ada, priya, mail)
    recruit(priya, mail)
    train(priya, mail)
    match(priya, mail)
    ellen, nia = sign_in_by_code(ELLEN, mail), sign_in_by_code(NIA, mail)
    name_the_hospital_as_a_party(ada, priya)
    agree_and_sign(ellen, nia, mail)
    contract_downloads(ellen, nia, priya, sol, mail, tmp_path)
    log_a_meeting(ellen, nia, priya)
    silence_is_noticed_once(mail)
    progress_record_downloads(ellen, priya, tmp_path)
    answer_the_survey(priya, mail)
    evaluation_shows_objectives_against_results(priya, sol)
    everybody_can_see_who_did_what(priya)


def make_programme(ada: Visitor) -> None:
    """An organisation administrator makes a programme from the UKRC blueprint and names who runs it."""
    ada.open("/york/new/")
    ada.press(
        "Make the programme", made_from="blueprint:ukrc", name="Health Futures", slug="health-futures", coordinator=PRIYA,
        summary="Mentoring for women in health research.", starts_on=str(TODAY), ends_on=str(TODAY + datetime.timedelta(days=300)),
        cadence_weeks="4",
    )  # fmt: skip
    assert "Health Futures" in ada.page


def state_need_and_objectives(priya: Visitor) -> None:
    priya.open(f"{HERE}/")
    assert "Next:" in priya.page
    priya.open(f"{HERE}/needs/need/")
    priya.press(
        "Save", why="Nobody shows new staff how decisions are made.", target_group="Women in their first posts."
    )
    priya.open(f"{HERE}/needs/objectives/add/")
    priya.press(
        "Add it", wording="Most partnerships meet", measure="meetings_share", meetings="1", unit="% of partnerships",
        target="80", due_on=str(TODAY + datetime.timedelta(days=300)),
    )  # fmt: skip
    priya.open(f"{HERE}/needs/objectives/add/")
    priya.press(
        "Add it", wording="Mentees are more confident", measure="answers_share", question="mentee_confidence", at_least="4",
        unit="% of answers", baseline="26", target="40", due_on=str(TODAY + datetime.timedelta(days=300)),
    )  # fmt: skip
    assert "Most partnerships meet" in priya.open(f"{HERE}/needs/")


def plan_and_approve(ada: Visitor, priya: Visitor, mail: Mailbox) -> Visitor:
    """The plan has dates, a budget and a supporter; a sponsor, invited by e-mail, approves it."""
    priya.open(f"{HERE}/plan/write/")
    priya.press(
        "Save", purpose="One-to-one mentoring for a year.", supporter="Jean Abbott", supporter_role="Pro-Vice-Chancellor",
        recruitment_opens_on=str(TODAY - datetime.timedelta(days=60)), recruitment_closes_on=str(TODAY - datetime.timedelta(days=1)),
        training_on=str(TODAY),
    )  # fmt: skip
    priya.open(f"{HERE}/plan/budget/add/")
    priya.press("Save", what="Joint training day", planned="1800", spent="0")
    invite(ada, SOL, role="sponsor")
    sol = Visitor(SOL, cast.PASSWORD)
    accept_invitation(sol, mail, SOL)
    sol.open(f"{HERE}/plan/approve/")
    sol.press("Approve the plan", approved_on=str(TODAY), note="Agreed by the steering group.")
    assert "Approved" in priya.open(f"{HERE}/plan/")
    return sol


def invite(ada: Visitor, email: str, *, role: str, **more: str) -> None:
    ada.open("/york/members/invite/")
    programme = ada.option("programme", "Health Futures")
    ada.press("Send the invitation", email=email, name="", role=role, programme=programme, **more)


def accept_invitation(visitor: Visitor, mail: Mailbox, email: str) -> None:
    """Follow the link in the message and say yes."""
    visitor.open(link_in(mail.wait_for(email, "invite"), "/invitations/"))
    visitor.press("Accept")


def link_in(message: EmailMessage, part: str) -> str:
    """The first address in a message that holds these letters."""
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    return next(address for address in re.findall(r"https?://\S+", text) if part in address)


def recruit(priya: Visitor, mail: Mailbox) -> None:
    """Mentees first, then mentors (N2); two apply on the form, others come in a list with two bad rows."""
    for role in ("mentee", "mentor"):
        priya.open(f"{HERE}/recruitment/opening/{role}/")
        priya.press("Open", opens_on=str(TODAY))
    for name, email, role in (("Ellen Pŵyll", ELLEN, "mentee"), ("Nia Rees", NIA, "mentor")):
        apply(name, email, role)
        assert mail.wait_for(email, "Health Futures")
    priya.open(f"{HERE}/recruitment/applications/")
    priya.press("Accept the ticked ones", application=priya.choices("Accept the ticked ones", "application"))
    priya.press("Accept 2")
    assert "Ellen Pŵyll" in priya.open(f"{HERE}/recruitment/people/")
    import_list(priya)


def apply(name: str, email: str, role: str) -> None:
    """Somebody without an account fills in the public form, page by page."""
    applicant = Visitor()
    applicant.open(f"{HERE}/apply/{role}/")
    applicant.press("Start", name=name, email=email)
    while applicant.has_button("Continue"):
        applicant.press("Continue", **answers_on(applicant))
    applicant.press(f"Apply to be a {role}")
    assert re.search(r"[2-9A-Z]{8}", applicant.page), "the confirmation names a reference"


def answers_on(applicant: Visitor) -> dict[str, object]:
    """ANSWERS for the fields of this page; one field may be several boxes."""
    given: dict[str, object] = {}
    for name in applicant.fields("Continue"):
        key, _, number = (
            name.removeprefix("answer-").partition("_")
            if re.search(r"_\d$", name)
            else (name.removeprefix("answer-"), "", "")
        )
        if key in ANSWERS:
            answer = ANSWERS[key]
            given[name] = answer[int(number)] if number else answer
    return given


LIST = """\
Full name,E-mail address,Tell us about your work or study so far,What would you like from a mentor?,What would you most like to work on?,Which sector do you work or study in?,Where are you in your career?,Where are you based?,How would you like to meet?,What can you commit to?
Dai Morgan,dai@york.example,A technician for six years,To be heard,Confidence and being heard,University or research institute,Early: a few years in,Leeds,By video,Coming to the training or induction
Broken Address,nobody at all,A technician,Help,Confidence and being heard,University or research institute,Early: a few years in,York,By video,Coming to the training or induction
Odd Sector,odd@york.example,A technician,Help,Confidence and being heard,Underwater basketry,Early: a few years in,York,By video,Coming to the training or induction
"""


def import_list(priya: Visitor) -> None:
    """A list with two bad rows: each says what is wrong, and nothing is imported before it is confirmed."""
    priya.open(f"{HERE}/recruitment/import/")
    priya.press(
        "Read the file", role="mentee", files={"file": upload("mentees.csv", LIST.encode("utf-8-sig"), "text/csv")}
    )
    priya.press("Continue", refused=True)
    for words in (
        "Row 3, E-mail address – Found “nobody at all”",
        "Row 4, Which sector do you work or study in? – Found “Underwater",
    ):
        assert words in priya.page
    priya.press("Import 1, leave out 2")
    priya.open(f"{HERE}/recruitment/applications/")
    priya.press("Accept the ticked ones", application=priya.choices("Accept the ticked ones", "application"))
    priya.press("Accept 1")
    assert "Dai Morgan" in priya.open(f"{HERE}/recruitment/people/")


def train(priya: Visitor, mail: Mailbox) -> None:
    """A joint session is planned, people are invited, and who came is recorded."""
    priya.open(f"{HERE}/training/plan/")
    priya.press(
        "Save session", title="Starting together", audience="joint", starts_at=f"{TODAY - datetime.timedelta(days=1)}T09:00", minutes="180",
        medium="in_person", place="Room 4", trainer="Una Whelan",
    )  # fmt: skip
    everybody = {name: "attended" for name in priya.fields("Save who came") if name.startswith("came-")}
    priya.press("Save who came", **everybody)
    assert "Everybody is trained" in priya.page


def match(priya: Visitor, mail: Mailbox) -> None:
    """The best round, reasons in words, nothing sent before it is confirmed; then each partner hears of the other."""
    priya.open(f"{HERE}/matching/")
    priya.press("Run matching")
    assert "Ellen Pŵyll with Nia Rees" in priya.page
    assert "Dai Morgan with Nia Rees" in priya.page, "Nia takes two"
    assert "Offers Confidence and being heard and Going for promotion" in priya.page
    assert mail.sent_to(ELLEN)[-1]["Subject"] != "Your mentor in Health Futures"
    priya.follow("Check and confirm")
    priya.press("Confirm")
    priya.press("Send them now")
    assert "Nia Rees" in text_of(mail.wait_for(ELLEN, "Your mentor"))
    assert mail.wait_for(NIA, "Your mentee")


def text_of(message: EmailMessage) -> str:
    return str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def sign_in_by_code(email: str, mail: Mailbox) -> Visitor:
    """Participants have no password: a code comes by e-mail."""
    visitor = Visitor()
    visitor.open("/accounts/login/code/")
    visitor.press("Send", email=email)
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", text_of(mail.wait_for(email, "ode")), re.M)
    assert code, text_of(mail.wait_for(email, "ode"))
    visitor.press("Continue", code=code[1])
    return visitor


def name_the_hospital_as_a_party(ada: Visitor, priya: Visitor) -> None:
    ada.open("/york/partners/add/")
    ada.press("Add", name="County Hospital")
    priya.open(f"{HERE}/contracts/template/")
    priya.press("Save", partner=priya.option("partner", "County Hospital"))


def partnership_page(visitor: Visitor) -> str:
    """The address of somebody's partnership, from their own page."""
    visitor.open("/my/")
    visitor.follow("Open your pages")
    return visitor.path


def agree_and_sign(ellen: Visitor, nia: Visitor, mail: Mailbox) -> None:
    """They talk it through and write it down, each their own contact details; then each signs (K1 to K6)."""
    agreement = partnership_page(ellen).replace("support/partnerships", "contracts")
    for visitor in (ellen, nia):
        visitor.open(f"{agreement}discuss/")
        empty = [name for name in visitor.fields("Save") if name not in HIDDEN and not visitor.value("Save", name)]
        visitor.press(
            "Save",
            **{
                name: {"confidentiality": "agreed", "reading": "rhythm"}.get(name.split("-")[0])
                or f"Words for {name[:14]}"
                for name in empty
                if not name.startswith("seen")
            },
        )
    ellen.open(agreement)
    ellen.press("Get it ready to sign")
    for visitor, name in ((ellen, "Ellen Pŵyll"), (nia, "Nia Rees")):
        visitor.open(f"{agreement}sign/")
        visitor.press("Sign the agreement", typed_name=name)
    for email in (ELLEN, NIA):
        assert "SHA-256" in text_of(mail.wait_for(email, "Signed by all"))


HIDDEN = {"csrfmiddlewaretoken", "once"}


def contract_downloads(ellen: Visitor, nia: Visitor, priya: Visitor, sol: Visitor, mail: Mailbox, folder: Path) -> None:
    """Partners, co-ordinator and the organisation named as a party hold the same bytes; a sponsor finds nothing."""
    contract = partnership_page(ellen).replace("support/partnerships", "contracts") + "contract.pdf"
    copies = []
    for visitor in (ellen, nia, priya):
        visitor.open(contract)
        copies.append(visitor.content)
    assert len(set(copies)) == 1
    sol.open(contract, status=404)
    text = pdf_text(copies[0], folder / "contract.pdf")
    for words in ("Ellen Pŵyll", "Nia Rees", "County Hospital", "Words for communicatio", "Every 4 weeks"):
        assert words in text, text
    checker = Visitor()
    checker.open("/verify/")
    checker.press("Check", files={"file": upload("contract.pdf", copies[0], "application/pdf")})
    assert "genuine" in checker.page.lower()


def upload(name: str, content: bytes, kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def pdf_text(content: bytes, file: Path) -> str:
    file.write_bytes(content)
    made = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(made.split())


def log_a_meeting(ellen: Visitor, nia: Visitor, priya: Visitor) -> None:
    """Four answers and one line; what was said is the partners' own."""
    here = partnership_page(ellen)
    ellen.open(f"{here}log/")
    ellen.press(
        "Save meeting", when="today", medium="video", length="60", usefulness="very", next_step="Ask about the committee",
        box_topics="Promotion panels", box_mentee_actions="Draft the case", box_reflections="I talked too much",
    )  # fmt: skip
    assert "Promotion panels" in nia.open(here) or "Ask about the committee" in nia.page
    assert "I talked too much" not in nia.page
    priya.open(here)
    for secret in ("Promotion panels", "Ask about the committee", "I talked too much"):
        assert secret not in priya.page
    priya.open(f"{HERE}/support/?show=all")
    assert "Ellen Pŵyll" in priya.page


def silence_is_noticed_once(mail: Mailbox) -> None:
    """Two months pass without a meeting: exactly one reminder, to the mentee, however often Celery looks."""
    months_pass()
    for _ in range(3):
        sweep_reminders.delay()
    promised = wait_for(promised_reminders, "a contact reminder")
    assert [message.address for message in promised] == [ELLEN], "the mentee hears of it, once; a mentor is not chased"
    by_daylight()
    assert wait_for(
        lambda: [one for one in mail.sent_to(ELLEN) if "?answer=yes" in text_of(one)], "the reminder by SMTP"
    )


def months_pass() -> None:
    """The one thing that no page can do: all that happened lies two months back."""
    back = datetime.timedelta(days=63)
    with in_york():
        Meeting.objects.update(met_on=F("met_on") - back, logged_at=F("logged_at") - back, next_on=None)
        Partnership.objects.update(starts_on=F("starts_on") - back, rhythm_from=F("rhythm_from") - back)


def promised_reminders() -> list[Message]:
    with in_york():
        return list(Message.objects.filter(kind="contact_reminder"))


def by_daylight() -> None:
    """A reminder waits for a decent hour; the test does not."""
    with in_york():
        Message.objects.filter(kind="contact_reminder").update(due_at=timezone.now(), by_day=False)
        announce(timezone.now())


@contextlib.contextmanager
def in_york() -> Iterator[None]:
    with tenancy.visitor(None):
        organisation = find_organisation("york")
    with tenancy.tenant(organisation):
        yield


def progress_record_downloads(ellen: Visitor, priya: Visitor, folder: Path) -> None:
    record = partnership_page(ellen) + "record.pdf"
    ellen.open(record)
    assert "Promotion panels" in pdf_text(ellen.content, folder / "record.pdf")
    priya.open(record, status=404)


def answer_the_survey(priya: Visitor, mail: Mailbox) -> None:
    """Each partner gets a link of their own and answers without signing in."""
    priya.open(f"{HERE}/evaluation/survey/open/")
    priya.press("Open the survey", anonymity="anonymous", draft=None)
    for email in (ELLEN, NIA):
        message = wait_for(
            lambda email=email: [one for one in mail.sent_to(email) if "/evaluation/answer/" in text_of(one)],
            "the survey",
        )[0]
        answering = Visitor()
        answering.open(link_in(message, "/evaluation/answer/"))
        scales = [name for name in answering.fields("Send my answers") if name not in HIDDEN]
        answering.press(
            "Send my answers", **{name: (answering.choices("Send my answers", name) or ["Well"])[-1] for name in scales}
        )
        assert "hank" in answering.page


def evaluation_shows_objectives_against_results(priya: Visitor, sol: Visitor) -> None:
    for visitor in (priya, sol):
        visitor.open(f"{HERE}/evaluation/")
        assert "Most partnerships meet" in visitor.page
    assert "80 100 Meeting logs of 1 partnership Reached" in priya.page
    assert "Fewer than 5" in priya.page, "few anonymous answers are not shown"
    assert "Ellen" not in sol.page


def everybody_can_see_who_did_what(priya: Visitor) -> None:
    priya.open(f"{HERE}/history/")
    for deed in ("Matches confirmed", "Agreement active", "Meeting logged", "Survey opened"):
        assert deed in priya.page
    assert "Promotion panels" not in priya.page
