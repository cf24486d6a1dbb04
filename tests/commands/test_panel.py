"""The panel of ``pdtool themes --group-by``: equal to a count by hand, whatever it is written as."""

from __future__ import annotations

import csv
import io
import json
from math import log1p
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import ROOT
from tests.commands.conftest import Call

CASE: dict[str, Any] = json.loads((ROOT / "tests/cases/themes/panel.json").read_text(encoding="utf-8"))
CELLS: list[dict[str, Any]] = CASE["panel"]
COLUMNS = [
    *("省份", "year", "theme", "count", "negated", "per_1000_chars", "documents", "share_of_documents"),
    *("chars", "documents_with", "distinct_terms", "top_terms", "weighted"),
]
PANEL = ["themes", "corpus.csv", "-d", "d.csv", "--group-by", "省份,year"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the table of the documents and the dictionary."""
    with (tmp_path / "corpus.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["id", "省份", "年份", "正文"])
        writer.writeheader()
        writer.writerows(CASE["documents"])
    terms = [f"{theme},{term}" for theme, terms in CASE["themes"].items() for term in terms]
    (tmp_path / "d.csv").write_text("\n".join(["theme,term", *terms]), encoding="utf-8")
    return tmp_path


def _expected(cell: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a cell of the panel says, up to ``documents_with``, rates as in CSV."""
    rate, share = 1000 * cell["count"] / cell["chars"], cell["documents_with"] / cell["documents"]
    keys = cell["省份"], cell["年份"], cell["theme"], cell["count"], cell["negated"]
    return (*keys, f"{rate:.4f}", cell["documents"], f"{share:.4f}", cell["chars"], cell["documents_with"])


def _as_csv(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the numbers of a row of another format as CSV has them."""
    row = row[:10]
    return (
        *(row[0], str(int(row[1])), row[2], int(row[3]), int(row[4]), f"{row[5]:.4f}"),
        *(int(row[6]), f"{row[7]:.4f}", int(row[8]), int(row[9])),
    )


def test_the_case_is_what_it_should_be() -> None:
    """Thirty documents, two provinces, three years, three themes; the texts hold their terms as counted."""
    assert len(CASE["documents"]) == 30
    assert len(CELLS) == 2 * 3 * 3
    for term, theme in (("节能", "绿色"), ("党支部", "党建"), ("党建引领", "党建"), ("垃圾分类", "绿色")):
        assert term in CASE["themes"][theme]
    for theme, terms in (("绿色", ("节能", "垃圾分类")), ("党建", ("党支部", "党建引领"))):
        written = sum(one["正文"].count(term) for one in CASE["documents"] for term in terms)
        assert written == sum(cell["count"] for cell in CELLS if cell["theme"] == theme)


def test_the_panel_as_csv(call: Call, folder: Path) -> None:
    """The columns of the contract in their order; every cell is the count by hand."""
    done = call([*PANEL, "--plain"], folder)
    header, *rows = csv.reader(io.StringIO(done.stdout.decode()))
    assert (done.returncode, header) == (0, COLUMNS)
    read = [
        tuple(int(cell) if at in {3, 4, 6, 8, 9} else cell for at, cell in enumerate(row)) for row in rows
    ]
    assert [row[:10] for row in read] == [_expected(cell) for cell in CELLS]
    assert "(none)" not in done.stderr.decode()


def test_the_panel_as_a_workbook(call: Call, folder: Path) -> None:
    """Read back by openpyxl."""
    import openpyxl

    assert call([*PANEL, "-o", "panel.xlsx"], folder).returncode == 0
    header, *rows = openpyxl.load_workbook(folder / "panel.xlsx").active.iter_rows(values_only=True)
    assert list(header) == COLUMNS
    assert [_as_csv(row) for row in rows] == [_expected(cell) for cell in CELLS]


def test_the_panel_for_stata(call: Call, folder: Path) -> None:
    """Read back by ReadStat: names that Stata allows, the Chinese ones as labels, years as numbers."""
    import pyreadstat

    assert call([*PANEL, "--log", "-o", "panel.dta"], folder).returncode == 0
    frame, meta = pyreadstat.read_dta(str(folder / "panel.dta"))
    assert meta.column_names == ["v1", *COLUMNS[1:], "ln_count"]
    assert meta.column_names_to_labels["v1"] == "省份"
    assert meta.readstat_variable_types["year"].startswith("int")
    rows = list(frame.itertuples(index=False, name=None))
    assert [_as_csv(row) for row in rows] == [_expected(cell) for cell in CELLS]
    assert [row[-1] for row in rows] == pytest.approx([log1p(cell["count"]) for cell in CELLS])


def test_stata_files_are_the_same_bytes(call: Call, folder: Path) -> None:
    """Whatever the number of workers, and whenever they are written."""
    for name, jobs in (("a.dta", "1"), ("b.dta", "2")):
        call([*PANEL, "-o", name, "--jobs", jobs], folder)
    assert (folder / "a.dta").read_bytes() == (folder / "b.dta").read_bytes()


def test_empty_cells_are_filled_up(call: Call, folder: Path) -> None:
    """Without the documents of one cell --balance still has its rows, with zeros; without it none."""
    documents = [one for one in CASE["documents"] if (one["省份"], one["年份"]) != ("浙江", "2020")]
    with (folder / "corpus.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["id", "省份", "年份", "正文"])
        writer.writeheader()
        writer.writerows(documents)
    short = list(csv.reader(io.StringIO(call([*PANEL, "--plain"], folder).stdout.decode())))
    full = list(csv.reader(io.StringIO(call([*PANEL, "--plain", "--balance"], folder).stdout.decode())))
    assert (len(short), len(full)) == (1 + 15, 1 + 18)
    assert [row for row in full if row[:2] != ["浙江", "2020"]] == short
    assert [row[3:] for row in full if row[:2] == ["浙江", "2020"]] == [
        ["0", "0", "0.0000", "0", "0.0000", "0", "0", "0", "", "0.0000"]
    ] * 3


def test_copies_count_once(call: Call, folder: Path) -> None:
    """A copy of a long document adds to no cell; without the option it does."""
    text = "；".join(f"第{number}处网格由党支部带头，共同治理。" for number in range(40))
    rows = [("a", "江苏", "2020", text), ("b", "浙江", "2021", text), ("c", "浙江", "2021", "春耕在即。")]
    with (folder / "corpus.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("id", "省份", "年份", "正文"), *rows])
    once = call([*PANEL, "--plain", "--copies", "once"], folder)
    found = {tuple(row[:3]): (row[3], row[6]) for row in csv.reader(io.StringIO(once.stdout.decode()))}
    assert found["江苏", "2020", "党建"] == ("40", "1")
    assert found["浙江", "2021", "党建"] == ("0", "1")
    assert "1 of 3 documents is a copy or a part of another" in once.stderr.decode()
    every = call([*PANEL, "--plain"], folder)
    assert [row[3] for row in csv.reader(io.StringIO(every.stdout.decode())) if row[2] == "党建"] == [
        "40"
    ] * 2


def test_documents_without_a_value(call: Call, folder: Path) -> None:
    """They are in the group (none), which is said; --balance fills up nothing for it."""
    (folder / "new.txt").write_text("党建引领，大家动手。", encoding="utf-8")
    arguments = [*PANEL[:2], "new.txt", *PANEL[2:], "--plain", "--balance"]
    done = call(arguments, folder)
    rows = list(csv.reader(io.StringIO(done.stdout.decode())))
    assert len(rows) == 1 + 18 + 3
    assert rows[1][:7] == ["(none)", "(none)", "数字化", "0", "0", "0.0000", "1"]
    assert "1 of 31 documents has no 省份: it is in the group (none)" in done.stderr.decode()
    assert "1 of 31 documents has no year" in done.stderr.decode()


def test_the_wide_panel(call: Call, folder: Path) -> None:
    """A column a theme behind the group columns."""
    done = call([*PANEL, "--wide", "--plain"], folder)
    rows = list(csv.reader(io.StringIO(done.stdout.decode())))
    counts = [str(cell["count"]) for cell in CELLS]
    assert rows[0] == ["省份", "year", "数字化", "党建", "绿色"]
    assert [cell for row in rows[1:] for cell in row[2:]] == counts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--group-by", "省份,省份"], "--group-by names '省份' twice"),
        (["--group-by", "省分"], "there is no field '省分' to group by (fields: year, month, issuer"),
        (["--group-by", "省分"], "columns: id, 省份, 年份, 正文"),
        (["--group-by", "year", "--by", "term"], "--group-by has one row per group and theme"),
        (["--balance"], "--balance belongs to --group-by"),
        (["--log"], "--log belongs to --group-by"),
        (["--group-by", "year", "--log", "--wide"], "--log adds a column to the long table"),
        (["--group-by", "count"], "there is no field 'count'"),
        (["--group-by", ","], "names a field without a name"),
        (["-f", "dta", "-o", "corpus.csv"], "is one of the inputs"),
    ],
)
def test_what_cannot_be_grouped(call: Call, folder: Path, arguments: list[str], message: str) -> None:
    """One sentence, no table, exit code 2."""
    done = call(["themes", "corpus.csv", "-d", "d.csv", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


def test_a_column_with_the_name_of_a_result(call: Call, folder: Path) -> None:
    """Two columns of one name would be told apart by nobody."""
    (folder / "t.csv").write_text("正文,theme\n党支部,甲\n", encoding="utf-8")
    done = call(["themes", "t.csv", "-d", "d.csv", "--group-by", "theme"], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "cannot group by 'theme': the table has a column of that name" in done.stderr.decode()
