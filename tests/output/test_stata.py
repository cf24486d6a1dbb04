"""Stata files, read back by ReadStat."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.errors import OutputError
from pdtool.output import stata
from pdtool.output.escaping import encodable
from pdtool.output.stata import variable_names, write_stata
from pdtool.rows import Column, Kind, column, columns, group_columns
from tests.output.sample import Sample, samples


def written(rows: list[Any], header: tuple[Column, ...], folder: Path) -> tuple[list[tuple[Any, ...]], Any]:
    """Write rows and return what another library reads."""
    out = io.BytesIO()
    write_stata(rows, header, out)
    (folder / "x.dta").write_bytes(out.getvalue())
    frame, meta = pyreadstat.read_dta(str(folder / "x.dta"))
    return list(frame.itertuples(index=False, name=None)), meta


def test_hostile_text_is_kept(tmp_path: Path) -> None:
    """Every text reads back; only NUL, at which a string of Stata ends, is replaced."""
    rows, meta = written(list(samples()), columns(Sample), tmp_path)
    assert [row[0] for row in rows] == [
        encodable(one.name).replace("\0", "\ufffd").rstrip("\0") for one in samples()
    ]
    assert [row[1] for row in rows] == [one.count for one in samples()]
    assert [row[3] for row in rows] == [int(one.flag) for one in samples()]
    assert meta.column_names == ["name", "count", "share", "flag", "terms"]
    assert meta.column_names_to_labels["share"] == "A share."


def test_numbers_and_nothing(tmp_path: Path) -> None:
    """What is nothing is missing; large counts are exact."""
    made = [Sample("a", 3_000_000_000, 1 / 3, True, ("x", "y")), Sample("", None, None, False, ())]
    rows, _ = written(made, columns(Sample), tmp_path)
    assert rows[0] == ("a", 3_000_000_000, 1 / 3, 1, "x; y")
    assert rows[1][0] == ""
    assert all(cell is None or cell != cell for cell in rows[1][1:3])


def test_long_text_is_kept_whole(tmp_path: Path) -> None:
    """Beyond 2,045 bytes, counted as UTF-8, a column is of the type strL."""
    texts = ["党" * 681, "党" * 682, "甲" * 40_000]
    for text in texts:
        rows, _ = written(
            [Sample(text, 1, 1.0, True, ()), Sample("短", 1, 1.0, True, ())], columns(Sample), tmp_path
        )
        assert [row[0] for row in rows] == [text, "短"]


def test_a_table_of_nothing_has_its_variables(tmp_path: Path) -> None:
    """A header and no rows."""
    rows, meta = written([], columns(Sample), tmp_path)
    assert (rows, meta.column_names) == ([], ["name", "count", "share", "flag", "terms"])


@dataclass(frozen=True, slots=True)
class _Grouped:
    """A row with group columns."""

    groups: tuple[str, ...] = group_columns("The group.")
    count: int = column(Kind.COUNT, "How often.")


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["2019", "(none)", "2021"], [2019, None, 2021]),
        (["007", "2021"], ["007", "2021"]),
        (["2019", "2021-03"], ["2019", "2021-03"]),
        (["(none)", "(none)"], ["(none)", "(none)"]),
    ],
)
def test_years_are_numbers(tmp_path: Path, values: list[str], read: list[Any]) -> None:
    """Group columns of whole numbers are numbers, (none) is missing; codes with zeros in front stay text."""
    rows, meta = written([_Grouped((one,), 1) for one in values], columns(_Grouped, ("年份",)), tmp_path)
    assert [None if cell[0] != cell[0] else cell[0] for cell in rows] == read
    assert (meta.column_names, meta.column_labels[0]) == (["v1", "count"], "年份")


def test_names_of_variables() -> None:
    """Long, doubled and reserved names become others, none twice, none longer than 32."""
    names = ["x" * 40, "x" * 40, "x" * 32, "str12", "in", "治理", "", "a b", "a_b", "v6", "_n", "(?)"]
    made = variable_names([Column(name, Kind.TEXT, "") for name in names])
    assert made == [
        *("x" * 32, "x" * 30 + "_2", "x" * 30 + "_3", "str12_", "in_", "v6", "v7"),
        *("a_b", "a_b_2", "v6_2", "_n_", "_"),
    ]


def test_too_many_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clear word before anything is written."""
    monkeypatch.setattr(stata, "_MOST_VARIABLES", 4)
    with pytest.raises(OutputError, match="more columns than a Stata file holds"):
        write_stata([], columns(Sample), io.BytesIO())


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_names_become_names_of_stata(names: list[str]) -> None:
    """Letters, digits and underscores, up to 32, no digit first, none twice in whatever table."""
    made = variable_names([Column(name, Kind.TEXT, "") for name in names])
    assert len({*made}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,31}", name, re.ASCII) for name in made)
