"""Whatever bytes somebody uploads, the answer is a table or a reason in words."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.recruitment.importing.decoding import NotATable, letter_of, read_table, write_table

CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)
NAME = CELL.filter(lambda cell: cell and "@" not in cell and not cell.casefold().startswith("sep="))


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_are_explained(content: bytes) -> None:
    with suppress(NotATable):
        table = read_table(content)
        assert all(len(cells) >= len(table.headers) for _, cells in table.rows)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3).filter(any), min_size=1, max_size=8))
def test_what_we_write_is_what_we_read(rows: list[list[str]]) -> None:
    content = write_table(["Name", "E-mail", "Sector"], rows)

    table = read_table(content)

    assert table.headers == ["Name", "E-mail", "Sector"]
    assert [cells for _, cells in table.rows] == rows


@given(
    st.lists(NAME, min_size=2, max_size=5), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_every_delimiter_and_encoding_gives_the_same_table(names: list[str], delimiter: str, encoding: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([names, names])

    table = read_table(file.getvalue().encode(encoding))

    assert len(table.headers) == len(names)
    assert table.rows[0][0] == 2


@pytest.mark.parametrize("cell", ["=1+1", "+44 1904", "-1", "@SUM(A1)"])
def test_no_cell_of_ours_can_run_in_a_spreadsheet(cell: str) -> None:
    written = write_table(["Name"], [[cell]]).decode("utf-8-sig")

    assert written.splitlines()[1] == f"'{cell}"


@pytest.mark.parametrize("index, letter", [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_columns_have_the_letters_of_a_spreadsheet(index: int, letter: str) -> None:
    assert letter_of(index) == letter
