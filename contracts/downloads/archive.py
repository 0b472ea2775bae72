"""One file with every contract of a programme, written piece by piece so that its size does not matter.

Contracts come first, then their index: as a table for programs, and as PDFs of at most 400 lines for people. All are in
the order of their names, and a contract's number begins the name of its file.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from mentoring.accounts.models import Person
from mentoring.documents import render_long_pdf
from mentoring.documents.answers import file_name
from mentoring.documents.attachments import as_data
from mentoring.organisations import tenancy
from programmes.models import Programme

from .queries import Contract, batches

LINES = 400  # of one index for people: drawing them takes 110 MB for three seconds, in another process (decision 26)
COLUMNS = ("Number", "File", "Code", "Contract", "Signed by all on", "State", "SHA-256")


class Row(NamedTuple):
    """What the index says of a contract; the columns of index.csv."""

    number: str
    file: str
    code: str
    title: str
    signed_on: str
    state: str
    sha256: str


class Pipe(io.RawIOBase):
    """What is written here is taken away at once. It cannot go back, so the ZIP puts sizes after its files."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.waiting += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def archive_of(programme: Programme, person: Person) -> Iterator[bytes]:
    """The ZIP, in pieces of a few contracts. Must be read outside a transaction or inside the reader's own."""
    pipe, rows = Pipe(), list[Row]()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for batch in batches(programme, person):
            for contract in batch:
                row = row_of(contract, len(rows) + 1)
                add(archive, row.file, bytes(contract.document.content), contract.document.created_at)
                rows.append(row)
            yield pipe.take()
        for name, content in indexes(programme, person, rows):
            add(archive, name, content, timezone.now())
            yield pipe.take()
    yield pipe.take()


def add(archive: zipfile.ZipFile, name: str, content: bytes, at: Any) -> None:
    """A PDF is packed already; packing it again would only take time."""
    archive.writestr(zipfile.ZipInfo(name, timezone.localtime(at).timetuple()[:6]), content)


def row_of(contract: Contract, number: int) -> Row:
    document, numbered = contract.document, f"{number:05}"
    return Row(
        number=numbered,
        file=f"contracts/{file_name(f'{numbered} {document.title} {document.code}')}",
        code=document.code,
        title=document.title,
        signed_on=date_format(timezone.localtime(document.created_at), "j F Y"),
        state=contract.state,
        sha256=document.sha256,
    )


def indexes(programme: Programme, person: Person, rows: list[Row]) -> Iterator[tuple[str, bytes]]:
    """The same list, once for programs and once for people."""
    yield "index.csv", as_csv(rows)
    parts = [rows[start : start + LINES] for start in range(0, len(rows), LINES)] or [[]]
    for number, part in enumerate(parts, 1):
        with tenancy.tenant(programme.organisation_id, person):
            content = as_pdf(programme, part, number, len(parts), len(rows))
        yield name_of_part(number, len(parts)), content


def name_of_part(number: int, parts: int) -> str:
    """With zeros before the number, so that the ninth part stands before the tenth."""
    return f"index-{number:0{len(str(parts))}}.pdf" if parts > 1 else "index.pdf"


def as_csv(rows: list[Row]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    written = io.StringIO()
    csv.writer(written).writerows([COLUMNS, *([harmless(cell) for cell in row] for row in rows)])
    return written.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A spreadsheet takes what begins like a formula for one."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell


def as_pdf(programme: Programme, rows: list[Row], number: int, parts: int, contracts: int) -> bytes:
    context = {
        "organisation": programme.organisation,
        "programme": programme,
        "rows": rows,
        "part": number,
        "parts": parts,
        "contracts": contracts,
        "today": timezone.localdate(),
    }
    data = {"programme": programme.name, "part": number, "parts": parts, "contracts": [row._asdict() for row in rows]}
    attached = as_data("index.json", data, "The index as data")
    return render_long_pdf("contracts/pdf/index.html", context, title="Index of contracts", data=attached)
