"""A co-ordinator imports a list and sees what is wrong with each row."""

import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.models import Programme
from programmes.recruitment.models import Application, Import
from programmes.recruitment.queries import answers_to

from .applying import ask_questions, make_application

LIST = """Name,E-mail,Sector,Where are you based?,Shoe size
Ana One,ana@example.org,Health and care,York,38
Ben Two,ben@example.org,Helth,York,43
Cai Three,cai.example.org,university,Wales,41
Dee Four,dee@example.org,university,LS2 9JT,40
"""


@pytest.fixture
def asking(programme: Programme) -> Programme:
    ask_questions(programme)
    return programme


@pytest.fixture
def desk(client: Client, coordinator: Person, sign_in: Any) -> Client:
    return sign_in(client, coordinator)


def upload(desk: Client, programme: Programme, content: str | bytes = LIST, role: str = "mentee") -> Any:
    """Send a file; the answer is the page that comes after."""
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("people.csv", content, "text/csv")
    return desk.post(programme.url("recruitment:import_upload"), {"role": role, "file": file}, follow=True)


def matched(desk: Client, programme: Programme, content: str | bytes = LIST) -> Any:
    """Send a file and keep the columns as they were guessed; the answer is the look at it."""
    page = upload(desk, programme, content)
    columns = {field.html_name: field.initial for field in page.context["form"]}
    return desk.post(page.request["PATH_INFO"], columns, follow=True)


def url_of(page: str) -> str:
    found = Import.objects.latest("created_at")
    return found.programme.url(f"recruitment:{page}", pk=found.pk)


def confirm(desk: Client, look: Any) -> Any:
    return desk.post(url_of("import_carry_out"), look.context["numbers"], follow=True)


def test_columns_are_guessed_and_what_is_not_clear_is_left_out(desk: Client, asking: Programme) -> None:
    page = upload(desk, asking)

    guessed = {field.label: field.initial for field in page.context["form"]}
    assert guessed == {
        "A: Name": "name",
        "B: E-mail": "email",
        "C: Sector": "answer:sector",
        "D: Where are you based?": "answer:based",
        "E: Shoe size": "",
    }


def test_each_bad_row_says_row_column_what_was_found_and_what_is_expected(desk: Client, asking: Programme) -> None:
    look = matched(desk, asking)

    text = look.content.decode()
    assert look.context["numbers"] == {"new": 2, "changed": 0, "same": 0, "faulty": 2}
    errors = {field.label: list(field.errors) for field in look.context["form"]}
    assert errors["Row 4, E-mail address"] == ["Found “cai.example.org”. Expected an address like name@example.org."]
    [sector] = errors["Row 3, Which sector do you work or study in?"]
    assert sector == "Found “Helth”. Expected one of the list."
    assert "Import 2, leave out 2 and give me the file" in text
    assert not Application.objects.exists()


def test_bad_cells_are_mended_in_place(desk: Client, asking: Programme) -> None:
    matched(desk, asking)

    look = desk.post(url_of("import_mend"), {"cell-1-2": "Health and care", "cell-2-1": "cai@example.org"}, follow=True)

    assert look.context["numbers"] == {"new": 4, "changed": 0, "same": 0, "faulty": 0}


def test_a_cell_mended_wrongly_is_explained_again_and_kept(desk: Client, asking: Programme) -> None:
    matched(desk, asking)

    look = desk.post(url_of("import_mend"), {"cell-1-2": "Helath", "cell-2-1": "cai@example.org"}, follow=True)

    assert look.context["numbers"]["faulty"] == 1
    assert "Found “Helath”." in look.content.decode()


def test_good_rows_come_in_and_the_others_are_given_back(desk: Client, asking: Programme, coordinator: Person) -> None:
    receipt = confirm(desk, matched(desk, asking))
    file = desk.get(url_of("import_left_out"))

    applications = {application.name: application for application in Application.objects.all()}
    assert set(applications) == {"Ana One", "Dee Four"}
    assert answers_to(applications["Dee Four"]) == {
        "sector": "university",
        "based": {"name": "LS2 9JT", "region": "yorkshire", "latitude": 53.8, "longitude": -1.55},
    }
    assert all(application.is_submitted for application in applications.values())
    assert "2 people imported" in receipt.content.decode()
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,E-mail,Sector,Where are you based?,Shoe size,What to fix"
    assert [line.split(",")[0] for line in lines[1:]] == ["Ben Two", "Cai Three"]
    assert "expected one of: University or research institute; Health and care;" in lines[1]
    assert Event.objects.get(what="list imported").person == coordinator
    assert not Message.objects.exists()


def test_nobody_has_an_account_before_they_are_accepted(desk: Client, asking: Programme) -> None:
    confirm(desk, matched(desk, asking))

    with tenancy.directory():
        assert not Person.objects.filter(email="ana@example.org").exists()


def test_the_same_list_again_changes_nothing(desk: Client, asking: Programme) -> None:
    confirm(desk, matched(desk, asking))

    look = matched(desk, asking)
    page = confirm(desk, look)

    assert look.context["numbers"] == {"new": 0, "changed": 0, "same": 2, "faulty": 2}
    assert "nothing changed in this list" in page.content.decode()
    assert Application.objects.count() == 2


def test_a_changed_answer_is_shown_before_and_after_then_kept(desk: Client, asking: Programme) -> None:
    confirm(desk, matched(desk, asking))

    look = matched(desk, asking, LIST.replace("Health and care", "Energy and environment"))
    shown = desk.get(url_of("import") + "?show=changed").content.decode()
    confirm(desk, look)

    assert look.context["numbers"] == {"new": 0, "changed": 1, "same": 1, "faulty": 2}
    assert "Health and care becomes Energy and environment" in shown
    assert answers_to(Application.objects.get(name="Ana One"))["sector"] == "energy"


def test_an_empty_cell_changes_nothing(desk: Client, asking: Programme) -> None:
    application = make_application(asking, name="Ana One", email="ana@example.org")

    look = matched(desk, asking, "Name,E-mail,What are your specialisms?\nAna One,ana@example.org,\n")

    assert look.context["numbers"]["same"] == 1
    assert answers_to(application)["specialism"] == ["biology", "software"]


def test_an_import_can_be_undone(desk: Client, asking: Programme) -> None:
    known = make_application(asking, name="Dee Old", email="dee@example.org")
    before = answers_to(known)
    confirm(desk, matched(desk, asking))
    changed = answers_to(known)

    page = desk.post(url_of("import_undo"), follow=True)

    assert changed != before
    assert answers_to(known) == before
    assert [application.name for application in Application.objects.all()] == ["Dee Old"]
    assert "This import was undone" in page.content.decode()
    assert Event.objects.filter(what="import undone").count() == 1


def test_an_import_cannot_be_undone_after_a_day(desk: Client, asking: Programme) -> None:
    confirm(desk, matched(desk, asking))
    imported_at = Import.objects.get().imported_at
    assert imported_at
    later = imported_at + datetime.timedelta(hours=24, minutes=1)

    with time_machine.travel(later, tick=False):
        page = desk.post(url_of("import_undo"), follow=True)

    assert "An import can be undone for 24 hours." in page.content.decode()
    assert Application.objects.count() == 2


def test_an_import_cannot_be_undone_once_somebody_is_accepted(desk: Client, asking: Programme) -> None:
    confirm(desk, matched(desk, asking))
    desk.post(asking.url("recruitment:accept", pk=Application.objects.get(name="Ana One").pk))

    page = desk.post(url_of("import_undo"), follow=True)

    assert "1 person has been decided on already" in page.content.decode()
    assert Application.objects.count() == 2


def test_confirming_what_has_changed_meanwhile_is_refused(desk: Client, asking: Programme) -> None:
    look = matched(desk, asking)
    make_application(asking, name="Ana One", email="ana@example.org")

    page = confirm(desk, look)

    assert "The programme has changed since you looked." in page.content.decode()
    assert Application.objects.count() == 1


def test_confirming_twice_imports_once(desk: Client, asking: Programme) -> None:
    look = matched(desk, asking)

    confirm(desk, look)
    page = confirm(desk, look)

    assert "This list has been imported already." in page.content.decode()
    assert Application.objects.count() == 2


def test_the_same_address_twice_is_a_fault_in_the_second_row(desk: Client, asking: Programme) -> None:
    look = matched(desk, asking, "Name,E-mail\nAna,ana@example.org\nAna Again,ANA@example.org \n")

    assert look.context["numbers"] == {"new": 1, "changed": 0, "same": 0, "faulty": 1}
    assert "row 2 has this one" in look.content.decode()


def test_somebody_taking_part_already_is_a_fault(desk: Client, asking: Programme, mentee: Any) -> None:
    look = matched(desk, asking, "Name,E-mail\nSwn,swn@example.org\n")

    assert "Expected somebody who is not a mentee in this programme yet" in look.content.decode()


def test_first_and_last_names_make_a_name(desk: Client, asking: Programme) -> None:
    confirm(desk, matched(desk, asking, "Surname;Forename;E-mail\nŴyn;Siân;sian@example.org\n"))

    assert Application.objects.get().name == "Siân Ŵyn"


def test_two_columns_cannot_hold_the_same(desk: Client, asking: Programme) -> None:
    page = upload(desk, asking, "Name,E-mail,E-mail\nAna,ana@example.org,other@example.org\n")
    guessed = [field.initial for field in page.context["form"]]

    page = desk.post(page.request["PATH_INFO"], {"column-0": "name", "column-1": "email", "column-2": "email"})

    assert guessed == ["name", "email", ""]
    assert "Two columns are matched to “E-mail address”." in page.content.decode()


def test_without_names_or_addresses_nobody_can_be_imported(desk: Client, asking: Programme) -> None:
    page = upload(desk, asking, "Who,Shoe size\nAna,38\n")

    refused = desk.post(page.request["PATH_INFO"], {"column-0": "name", "column-1": ""})

    assert "No column is matched to “E-mail address”." in refused.content.decode()
    assert desk.get(url_of("import")).headers["Location"] == url_of("import_columns")


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"  \r\n \r\n", "The file is empty."),
        (b",,,\n,,\n", "The file holds no words."),
        (b"Name,E-mail\n", "has no people in it"),
        (b"ana@example.org,Ana\nben@example.org,Ben\n", "The first row must name the columns"),
        (b"Name,E-mail\nAna\x00,ana@example.org\n", "The letters in this file cannot be read."),
        (b"Name,E-mail\n\x81\x8d\x8f,ana@example.org\n", "The letters in this file cannot be read."),
        (b"PK\x03\x04 and the rest of a workbook", "This is an Excel workbook"),
        (b'Name,E-mail\n"Ana,ana@example.org\nBen,ben@example.org\n', "a quotation mark is opened and not closed"),
        (b"Name,E-mail\n" + b"x" * 10_000_000 + b",ana@example.org\n", "A cell may hold at most 10,000."),
        (b"Name,E-mail\n" + b"x" * 20_000 + b",ana@example.org\n", "Row 2 has a cell with 20,000 characters."),
        (b"," * 150 + b"\nAna\n", "A list may have at most 100 columns."),
        (b"Name,E-mail\n" + b"Ana,ana@example.org\n" * 5_001, "The file has 5,001 people."),
        (b"Name,E-mail\n" + b"x" * 13_000_000, "The file is larger than 12 MB."),
    ],
)
def test_files_that_hold_no_list_are_explained(desk: Client, asking: Programme, content: bytes, told: str) -> None:
    page = upload(desk, asking, content)

    assert page.status_code == 200
    assert told in page.content.decode()
    assert not Import.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_delimiter_is_read(
    desk: Client, asking: Programme, encoding: str, delimiter: str
) -> None:
    text = 'Name,E-mail\r\n"Zoë Müller",zoe@example.org\r\n'.replace(",", delimiter)

    confirm(desk, matched(desk, asking, text.encode(encoding)))

    assert [application.name for application in Application.objects.all()] == ["Zoë Müller"]


def test_cells_that_a_spreadsheet_would_run_are_harmless_in_what_we_give_back(desk: Client, asking: Programme) -> None:
    matched(desk, asking, "Name,E-mail,@notes\n=cmd|'/c calc'!A1,nonsense,+44\n")

    file = desk.get(url_of("import_left_out")).content.decode("utf-8-sig")

    assert file.splitlines()[1].startswith("'=cmd|'/c calc'!A1,nonsense,'+44,")
    assert "'@notes" in file.splitlines()[0]


def test_a_list_with_the_right_columns_can_be_downloaded_and_comes_back_whole(desk: Client, asking: Programme) -> None:
    template = desk.get(asking.url("recruitment:import_template", role="mentor"))

    page = upload(desk, asking, template.content + b"Mo,mo@example.org\n", "mentor")

    assert all(field.initial for field in page.context["form"])
    assert desk.get(asking.url("recruitment:import_template", role="nobody")).status_code == 404


def test_five_thousand_people_come_in_with_few_queries(desk: Client, asking: Programme) -> None:
    rows = [f"Person {number},person{number}@example.org,university,York" for number in range(5_000)]
    content = "\n".join(["Name,E-mail,Sector,Where are you based?", *rows])

    with CaptureQueriesContext(connection) as queries:
        look = matched(desk, asking, content)
    confirm(desk, look)

    assert look.context["numbers"]["new"] == 5_000
    assert len(queries) < 60
    assert Application.objects.count() == 5_000


def test_looking_takes_the_same_queries_for_3_and_300(desk: Client, asking: Programme) -> None:
    def queries(number: int) -> int:
        matched(desk, asking, "\n".join(["Name,E-mail", *(f"P,p{index}@example.org" for index in range(number))]))
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(url_of("import")).status_code == 200
        return len(captured)

    assert queries(3) == queries(300) <= 20


@pytest.mark.parametrize("who", ["sponsor", "mentor", "mentee", "outsider", "administrator", "partner_contact"])
def test_nobody_else_imports(
    client: Client, asking: Programme, coordinator: Person, who: str, request: pytest.FixtureRequest, sign_in: Any
) -> None:
    matched(sign_in(client, coordinator), asking)
    person = request.getfixturevalue(who)
    visitor = sign_in(Client(), getattr(person, "person", person))
    paths = [url_of(f"import{page}") for page in ("", "_columns", "_mend", "_carry_out", "_left_out", "_undo")]
    paths += [asking.url("recruitment:import_upload"), asking.url("recruitment:import_template", role="mentor")]

    answers = {getattr(visitor, method)(path).status_code for path in paths for method in ("get", "post")}

    assert answers <= {404, 405}
    assert not Application.objects.exists()
