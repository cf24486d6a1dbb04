"""JSON Lines, read back."""

from __future__ import annotations

import io
import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from pdtool.output.jsonl import write_jsonl
from pdtool.rows import columns
from pdtool.themes.rows import ThemeRow
from tests.output.sample import Sample, samples

any_text = st.text(st.characters(exclude_categories=[]), max_size=20)


def written(rows: list[Sample]) -> str:
    """Write rows and decode them."""
    out = io.BytesIO()
    write_jsonl(rows, columns(Sample), out)
    return out.getvalue().decode()


@given(st.lists(any_text, max_size=4))
def test_any_text_reads_back_exactly(texts: list[str]) -> None:
    """One object a line, whatever reader splits the lines; even lone surrogates survive."""
    lines = written([Sample(text, 1, None, True, (text,)) for text in texts]).splitlines()
    assert [json.loads(line)["name"] for line in lines] == texts
    assert [json.loads(line)["terms"] for line in lines] == [[text] for text in texts]


def test_values_keep_their_types() -> None:
    """Numbers are numbers, flags booleans, lists arrays, nothing is null; shares have four decimals."""
    (line,) = written([Sample("党建", None, 0.98124, False, ())]).splitlines()
    assert line == '{"name": "党建", "count": null, "share": 0.9812, "flag": false, "terms": []}'


def test_lists_of_words_with_numbers_are_objects() -> None:
    """What a person reads as ``党组织 22`` a program reads as a name and a number."""
    rows = [
        ThemeRow("a.txt", "党的领导", 24, 8.5, 2, ("党组织 22", "党的 领导 2"), 24.0, 1.0, 0),
        ThemeRow("b.txt", "党的领导", 0, 0.0, 0, (), 0.0, 0.5, 0),
    ]
    out = io.BytesIO()
    write_jsonl(rows, columns(ThemeRow), out)
    first, second = map(json.loads, out.getvalue().decode().splitlines())
    assert first["top_terms"] == [{"term": "党组织", "count": 22}, {"term": "党的 领导", "count": 2}]
    assert second["top_terms"] == []


def test_hostile_text_never_stops_the_writer() -> None:
    """Every hostile row comes back as it went."""
    rows = [json.loads(line) for line in written(samples()).splitlines()]
    assert rows == [{**asdict(row), "terms": list(row.terms)} for row in samples()]


def test_a_table_of_nothing_is_empty() -> None:
    """JSON Lines has no header."""
    assert written([]) == ""
