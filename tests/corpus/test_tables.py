"""Tables: a row is a document, known by the bytes it stands in."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.corpus.read import read
from pdtool.corpus.scan import ReadOptions, scan
from pdtool.errors import InputError, Severity

ROOT = Path(__file__).parents[2]
CASES: dict[str, Any] = json.loads(
    (ROOT / "tests" / "cases" / "corpus" / "tables.json").read_text(encoding="utf-8")
)
UNMARKED = [case for case in CASES["good"] if not case["content"].startswith("\ufeff")]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


def _write(folder: Path, case: dict[str, Any], encoding: str = "utf-8") -> Path:
    content = case.get("content") or "".join(part * times for part, times in case.get("content_parts", []))
    path = folder / str(case["file"])
    path.write_bytes(content.encode(encoding, "surrogatepass"))
    return path


def _options(case: dict[str, Any]) -> ReadOptions:
    return ReadOptions(**case.get("options", {}))


@pytest.mark.parametrize("case", CASES["good"], ids=lambda case: case["what"])
def test_rows_are_documents(tmp_path: Path, case: dict[str, Any]) -> None:
    """Ids, line numbers, texts and titles are those of the rows, in their order."""
    corpus = scan([str(_write(tmp_path, case))], _options(case))
    documents = [read(source) for source in corpus.reading_order]
    seen = [[d.source.id, d.source.row, d.raw, d.meta.get("title", "")] for d in documents]
    assert seen == case["rows"]
    assert corpus.problems == ()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("case", UNMARKED, ids=lambda case: case["what"])
def test_the_encoding_of_a_table_changes_nothing(tmp_path: Path, case: dict[str, Any], encoding: str) -> None:
    """The same rows come out of a table in any encoding, UTF-16 with its two-byte line ends included."""
    corpus = scan([str(_write(tmp_path, case, encoding))], _options(case))
    documents = [read(source) for source in corpus.reading_order]
    assert [[d.source.id, d.source.row, d.raw, d.meta.get("title", "")] for d in documents] == case["rows"]


@pytest.mark.parametrize("case", CASES["faulty"], ids=lambda case: case["what"])
def test_faults_are_named_and_the_rest_goes_on(tmp_path: Path, case: dict[str, Any]) -> None:
    """Each fault is one sentence with its line; the rows that can be used are."""
    corpus = scan([str(_write(tmp_path, case))], _options(case))
    assert [source.id for source in corpus.sources] == case["rows"]
    assert len(corpus.problems) == len(case["problems"])
    for problem, expected in zip(corpus.problems, case["problems"], strict=True):
        assert expected in problem.message
        assert problem.source == str(tmp_path / case["file"])


def test_a_row_of_too_many_cells_is_a_warning_and_a_lost_row_an_error(tmp_path: Path) -> None:
    """The exit code depends on whether something was lost."""
    path = tmp_path / "a.csv"
    path.write_text("id,text\na,一,二\nb\n", encoding="utf-8")
    severities = {p.message[:6]: p.severity for p in scan([str(path)]).problems}
    assert severities == {"line 2": Severity.WARNING, "line 3": Severity.ERROR}


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_damaged_row_does_not_cost_the_others(tmp_path: Path, suffix: str) -> None:
    """A row whose bytes are damaged is named by line and byte; the other rows are read."""
    rows = ["党建引领基层治理", "坚持党的全面领导", "共建共治共享格局"]
    lines = [
        f"{r},{t}\n" if suffix == "csv" else f'{{"id": {r}, "text": "{t}"}}\n' for r, t in enumerate(rows)
    ]
    data = [line.encode() for line in (["id,text\n", *lines] if suffix == "csv" else lines)]
    data[-2] = data[-2].replace("党".encode(), "党".encode("gbk"))
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"".join(data))
    corpus = scan([str(path)])
    assert [read(source).raw for source in corpus.sources] == [rows[0], rows[2]]
    (problem,) = corpus.problems
    damaged = b"".join(data).index("党".encode("gbk"))
    assert f"line {len(data) - 1} is not valid UTF-8 at byte {damaged}" in problem.message


def test_a_cell_may_be_long(tmp_path: Path) -> None:
    """A cell over csv's own limit of 131,072 characters is read whole."""
    text = "党建引领" * 100_000
    path = tmp_path / "a.csv"
    path.write_text(f"text\n{text}\n", encoding="utf-8")
    (source,) = scan([str(path)]).sources
    assert read(source).raw == text


def test_one_refused_table_does_not_cost_the_other(tmp_path: Path) -> None:
    """A table without texts refuses itself only."""
    (tmp_path / "bad.csv").write_text("id,text,text\na,一,二\n", encoding="utf-8")
    (tmp_path / "good.csv").write_text("id,text\na,一\n", encoding="utf-8")
    corpus = scan([str(tmp_path)])
    assert [source.id for source in corpus.sources] == ["good.csv#a"]
    assert [Path(problem.source).name for problem in corpus.problems] == ["bad.csv"]


def test_sources_are_sorted_and_reading_keeps_the_rows_order(tmp_path: Path) -> None:
    """``sources`` goes by id code point by code point, ``reading_order`` as the rows stand."""
    (tmp_path / "a.csv").write_text("text\n" + "一\n" * 11, encoding="utf-8")
    corpus = scan([str(tmp_path)])
    assert [source.id for source in corpus.reading_order] == [f"a.csv#{n}" for n in range(1, 12)]
    assert [source.id for source in corpus.sources] == sorted(f"a.csv#{n}" for n in range(1, 12))


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_table_that_changed_is_an_error_on_reading(tmp_path: Path, suffix: str) -> None:
    """A row that is not where it was is refused, not read as something else."""
    path = tmp_path / f"a.{suffix}"
    path.write_text("id,text\na,一\n" if suffix == "csv" else '{"text": "一二三四"}\n', encoding="utf-8")
    (source,) = scan([str(path)]).sources
    path.write_text("\n" * 40, encoding="utf-8")
    with pytest.raises(InputError, match="no longer what it was"):
        read(source)


CELL = st.text(st.sampled_from("一二,;\"'\t \r\n党ａ\u2028é"), max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(ENCODINGS),
)
def test_rows_cut_by_their_bytes_are_those_of_dictreader(
    rows: list[tuple[str, str, str]], end: str, encoding: str
) -> None:
    """Whatever is in the cells, each row read alone equals the row that csv.DictReader reads in turn."""
    buffer = io.StringIO(newline="")
    # The writer's minimal quoting leaves the line ends bare that are not its own.
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL if end == "\r\n" else csv.QUOTE_ALL
    writer = csv.writer(buffer, lineterminator=end, quoting=quoting)
    writer.writerows([("text", "x", "title"), *rows])
    options = ReadOptions(encoding=encoding)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_bytes(buffer.getvalue().encode(encoding))
        documents = [read(source) for source in scan([str(path)], options).reading_order]
        with path.open(encoding=encoding, newline="") as file:
            expected = [row for row in csv.DictReader(file) if any(v.strip() for v in row.values())]
    assert [d.raw for d in documents] == [row["text"] for row in expected]
    assert [d.meta.get("title", "") for d in documents] == [row["title"] for row in expected]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.tsv", "a.jsonl"]))
def test_any_bytes_give_rows_or_problems(data: bytes, name: str) -> None:
    """No table makes the loader fail, and nothing vanishes: there are rows or there is a problem."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(b'text,id\n"' + data if name != "a.jsonl" else b'{"text":"' + data)
        corpus = scan([str(path)])
        for source in corpus.sources:
            read(source)
    assert corpus.sources or corpus.problems


@pytest.mark.parametrize(
    "cell", ["治理；网格化管理", "治理;;网格化管理", "治理 网格化管理", "治理、网格化管理、"]
)
def test_declared_keywords_and_authors_of_a_row(tmp_path: Path, cell: str) -> None:
    """Columns that are called so need no option, in CSV and in JSON Lines; a list may be a list."""
    (tmp_path / "a.csv").write_text(f"题名,关键词,作者,内容\n甲,{cell},张三;李四,一\n", encoding="utf-8")
    row = {"text": "一", "keywords": ["治理", "网格化管理"], "author": "张三"}
    (tmp_path / "b.jsonl").write_text(json.dumps(row), encoding="utf-8")
    first, second = (read(source).meta for source in scan([str(tmp_path)]).sources)
    assert dict(first) == {"title": "甲", "author": "张三; 李四", "keywords": "治理; 网格化管理"}
    assert dict(second) == {"author": "张三", "keywords": "治理; 网格化管理"}


def test_columns_of_one_name_refuse_no_table(tmp_path: Path) -> None:
    """Two columns of authors say nothing; the texts are read."""
    (tmp_path / "a.csv").write_text("作者,作者,正文\n甲,乙,一\n", encoding="utf-8")
    (source,) = scan([str(tmp_path)]).sources
    assert (read(source).raw, dict(read(source).meta)) == ("一", {})
