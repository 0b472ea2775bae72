"""Bytes that somebody uploaded, made into column names and rows. Whatever comes in, the answer is a table or a reason."""

import csv
import io
import re
from dataclasses import dataclass

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000, 100, 10_000
DELIMITERS = ",;\t|"
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
FOREIGN = {b"PK\x03\x04": "an Excel workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook", b"%PDF": "a PDF"}


class NotATable(ValueError):
    """The file holds no list that can be read. Says why, and what to do."""


@dataclass(frozen=True)
class Table:
    """Column names, and rows with their number in the spreadsheet. Every row has at least as many cells as there are columns."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(content: bytes) -> Table:
    """The table in a CSV file: UTF-8 with or without a mark, UTF-16 or Windows-1252; commas, semicolons, tabs or bars."""
    text = decode(content)
    if not text.strip():
        raise NotATable("The file is empty. Export your list again, with the names of the columns in the first row.")
    lines = [
        (number, cells) for number, cells in enumerate(parse(text), start=1) if any(cell.strip() for cell in cells)
    ]
    if lines and lines[0][1][0].casefold().startswith("sep="):
        lines = lines[1:]
    if not lines:
        raise NotATable(
            "The file holds no words. Export your list again, with the names of the columns in the first row."
        )
    headers = name_columns(lines[0][1])
    if any(ADDRESS.fullmatch(header) for header in headers):
        raise NotATable(
            "The first row must name the columns, but it holds an e-mail address. Add a row of names above it."
        )
    if len(lines) == 1:
        raise NotATable("The file names its columns but has no people in it.")
    if len(lines) - 1 > MOST_ROWS:
        raise NotATable(
            f"The file has {len(lines) - 1:,} people. Import at most {MOST_ROWS:,} at a time: split the file."
        )
    return Table(headers, [(number, tidy(cells, len(headers))) for number, cells in lines[1:]])


def decode(content: bytes) -> str:
    for mark, kind in FOREIGN.items():
        if content.startswith(mark):
            raise NotATable(f"This is {kind}, not a CSV file. Open it, choose “Save as” and then “CSV UTF-8”.")
    for encoding in encodings_of(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise NotATable("The letters in this file cannot be read. Open your list, choose “Save as” and then “CSV UTF-8”.")


def encodings_of(content: bytes) -> list[str]:
    """Encodings to try: what a mark says; else UTF-16 where every other byte is nothing; else UTF-8, else Windows'."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return [encoding]
    sample = content[:2000]
    if sample[1::2].count(0) > len(sample) // 4:
        return ["utf-16-le"]
    if sample[0::2].count(0) > len(sample) // 4:
        return ["utf-16-be"]
    return ["utf-8", "cp1252"]


def parse(text: str) -> list[list[str]]:
    """The cells of each row. Refuses a quotation mark that is never closed, and cells or rows past all measure."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text), strict=True)
    try:
        for cells in reader:
            rows.append(cells)
            if len(rows) > 4 * MOST_ROWS:
                raise NotATable(
                    f"The file has more than {4 * MOST_ROWS:,} rows. Import at most {MOST_ROWS:,} people at a time."
                )
            check_size(cells, len(rows))
    except csv.Error as error:
        raise NotATable(explain(error, len(rows) + 1)) from None
    return rows


def check_size(cells: list[str], number: int) -> None:
    if len(cells) > MOST_COLUMNS:
        raise NotATable(f"Row {number} has {len(cells):,} cells. A list may have at most {MOST_COLUMNS} columns.")
    longest = max(map(len, cells), default=0)
    if longest > LONGEST_CELL:
        raise NotATable(
            f"Row {number} has a cell with {longest:,} characters. A cell may hold at most {LONGEST_CELL:,}."
        )


def explain(error: csv.Error, number: int) -> str:
    if "field larger" in str(error):
        return f"Row {number} has a cell with more than {csv.field_size_limit():,} characters. A cell may hold at most {LONGEST_CELL:,}."
    return f"Row {number}: a quotation mark is opened and not closed, or stands in the middle of a cell. Correct it and try again."


def find_delimiter(text: str) -> str:
    """What parts the names in the first row that has any: the candidate that stands there most often, outside quotes."""
    first = next(line for line in text.splitlines() if line.strip())
    if first.casefold().startswith("sep=") and first[4:5]:
        return first[4]
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def name_columns(cells: list[str]) -> list[str]:
    """The names of the columns, without empty ones at the end; one without a name gets its letter."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return [" ".join(cell.split())[:200] or f"Column {letter_of(index)}" for index, cell in enumerate(cells)]


def letter_of(index: int) -> str:
    """A column's letter, as a spreadsheet shows it: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters, index = chr(65 + rest) + letters, index - 1
    return letters


def tidy(cells: list[str], columns: int) -> list[str]:
    """Cells without blanks around them and without the guard of a formula; filled up; blank ones past the end dropped."""
    tidied = [unguard(cell.strip()) for cell in cells]
    while len(tidied) > columns and not tidied[-1]:
        tidied.pop()
    return tidied + [""] * (columns - len(tidied))


DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def guard(cell: str) -> str:
    """A cell that a spreadsheet will show and never run as a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def unguard(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(DANGEROUS) else cell


def write_table(headers: list[str], rows: list[list[str]]) -> bytes:
    """A CSV file that Excel opens with the right letters and in which nothing runs."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([[guard(cell) for cell in row] for row in [headers, *rows]])
    return file.getvalue().encode("utf-8-sig")
