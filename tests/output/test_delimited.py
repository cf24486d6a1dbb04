"""CSV and TSV, read back by other readers."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import astuple
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pdtool.output.delimited import csv_dialect, tsv_dialect, write_delimited
from pdtool.output.escaping import encodable, unescape_formula
from pdtool.output.table import write_table
from pdtool.output.target import Format, Target
from pdtool.rows import Column, Kind, columns
from tests.output.sample import Sample, samples

texts = st.text(max_size=30) | st.text(st.sampled_from("'=+-@\t\r\n\", \\a党\ufeff"), max_size=10)
rows = st.lists(
    st.builds(
        Sample,
        texts,
        st.none() | st.integers(0, 10**12),
        st.none() | st.floats(0, 1),
        st.booleans(),
        st.lists(texts, max_size=3).map(tuple),
    ),
    max_size=4,
)


def written(rows: list[Sample], tsv: bool = False, plain: bool = False) -> bytes:
    """Write rows to bytes."""
    out = io.BytesIO()
    write_delimited(rows, columns(Sample), out, tsv_dialect(plain) if tsv else csv_dialect(plain))
    return out.getvalue()


def read_csv(data: bytes) -> list[list[str]]:
    """Read as Python's own module does."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def cells(row: Sample) -> list[str]:
    """Return what the cells of a row must say, unescaped."""
    name, count, share, flag, terms = astuple(row)
    return [
        name,
        "" if count is None else str(count),
        "" if share is None else f"{share:.4f}",
        "yes" if flag else "no",
        "; ".join(terms),
    ]


@given(rows)
def test_escaped_csv_reads_back_as_the_text_it_was(table: list[Sample]) -> None:
    """Quoting and escaping lose nothing, whatever the text: the reader's cells, unescaped, are the rows."""
    header, *body = read_csv(written(table))
    assert header == [column.name for column in columns(Sample)]
    assert [[unescape_formula(cell) for cell in line] for line in body] == [cells(row) for row in table]


@given(rows)
def test_plain_csv_reads_back_without_unescaping(table: list[Sample]) -> None:
    """Programs get the very text."""
    assert read_csv(written(table, plain=True))[1:] == [cells(row) for row in table]


@given(rows)
def test_a_row_of_tsv_is_a_line_of_five_cells(table: list[Sample]) -> None:
    """Tabs and line breaks in text never make another cell or row, and the escapes can be undone."""
    lines = written(table, tsv=True, plain=True).decode().split("\n")
    assert len(lines) == len(table) + 2 and lines[-1] == ""
    for line, row in zip(lines[1:], table, strict=False):
        assert [unescaped(cell) for cell in line.split("\t")] == cells(row)


def unescaped(cell: str) -> str:
    """Undo the escapes of TSV."""
    meant = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    return re.sub(r"\\(.)", lambda escape: meant[escape[1]], cell)


def test_csv_for_spreadsheets_has_mark_crlf_and_escapes() -> None:
    """The default is safe to double-click: UTF-8 announced, line ends of RFC 4180, formulas escaped."""
    data = written([Sample("=1", 1, 0.98, True, ("a", "b"))])
    assert data == b"\xef\xbb\xbfname,count,share,flag,terms\r\n'=1,1,0.9800,yes,a; b\r\n"


def test_columns_that_are_named_by_data_are_escaped_and_can_be_written(tmp_path: Path) -> None:
    """The ids and themes that head the columns of wide tables are as hostile as cells."""
    names = (Column("doc", Kind.TEXT, ""), Column("=1+1", Kind.COUNT, ""), Column("\udcff", Kind.COUNT, ""))
    write_table([("a", 1, 2)], names, Target(Format.CSV, tmp_path / "wide.csv", plain=False))
    assert (tmp_path / "wide.csv").read_bytes() == b"\xef\xbb\xbfdoc,'=1+1,\\udcff\r\na,1,2\r\n"


def test_plain_csv_has_none_of_them() -> None:
    """Plain CSV is UTF-8 with line feeds, as programs like it."""
    data = written([Sample("=1", None, None, False, ())], plain=True)
    assert data == b"name,count,share,flag,terms\n=1,,,no,\n"


def test_tsv_has_no_mark_and_is_escaped_unless_plain() -> None:
    """TSV is for programs and for pasting: no mark; pasted text must not become a formula."""
    row = Sample("=1\t2", 1, 1.0, True, ())
    assert written([row], tsv=True) == b"name\tcount\tshare\tflag\tterms\n'=1\\t2\t1\t1.0000\tyes\t\n"
    assert written([row], tsv=True, plain=True).splitlines()[1].startswith(b"=1\\t2\t")


def test_numbers_are_never_escaped() -> None:
    """A negative count stays a number."""
    assert b"\r\nx,-5," in written([Sample("x", -5, None, True, ())])


def test_a_table_of_nothing_is_its_header() -> None:
    """No rows: the header alone."""
    assert written([], plain=True) == b"name,count,share,flag,terms\n"


def test_hostile_text_never_stops_a_writer() -> None:
    """Every hostile text is written and read back; what cannot be encoded stands as its escape."""
    body = read_csv(written(samples()))[1:]
    assert [unescape_formula(line[0]) for line in body] == [encodable(row.name) for row in samples()]
