"""The functions of the public interface return what the commands write: the same rows and columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pdtool
from pdtool import ReadOptions
from pdtool.output.cells import as_json, cell_getter
from tests.commandline import run

CASES: dict[str, tuple[list[str], Callable[[str], Any]]] = {
    "keywords": (["keywords", "--top", "3"], lambda path: pdtool.keywords(path, top=3)),
    "keywords-corpus": (
        ["keywords", "--level", "corpus"],
        lambda path: pdtool.keywords(path, level="corpus"),
    ),
    "keywords-groups": (
        ["keywords", "--group-by", "year", "--top", "2"],
        lambda path: pdtool.keywords(path, group_by="year", top=2),
    ),
    "keywords-keyness": (
        ["keywords", "--method", "keyness", "--against", "other.txt"],
        lambda path: pdtool.keywords(path, method="keyness", against="other.txt"),
    ),
    "keywords-synonyms": (
        ["keywords", "--top", "3", "--synonyms", "alike.txt"],
        lambda path: pdtool.keywords(path, top=3, synonyms="alike.txt"),
    ),
    "compare": (["compare", "--nearest", "1"], lambda path: pdtool.compare(path, nearest=1)),
    "compare-against": (
        ["compare", "--against", "other.txt", "--features", "chars"],
        lambda path: pdtool.compare(path, against=["other.txt"], features="chars"),
    ),
    "compare-groups": (["compare", "--group-by", "year"], lambda path: pdtool.compare(path, group_by="year")),
    "compare-words": (
        ["compare", "--userdict", "terms.txt", "--synonyms", "alike.txt"],
        lambda path: pdtool.compare(path, userdict="terms.txt", synonyms="alike.txt"),
    ),
    "themes": (["themes"], pdtool.themes),
    "themes-group": (
        ["themes", "--group-by", "year", "--balance", "--log"],
        lambda path: pdtool.themes(path, group_by=["year"], balance=True),
    ),
    "themes-term": (
        ["themes", "--by", "term", "--copies", "once"],
        lambda path: pdtool.themes(path, by="term", copies="once"),
    ),
    "themes-suggest": (
        ["themes", "-d", "mine.csv", "--suggest", "5"],
        lambda path: pdtool.themes(path, "mine.csv", suggest=5),
    ),
    "themes-agreement": (
        ["themes", "-d", "mine.csv", "--agreement", "codes.csv"],
        lambda path: pdtool.themes(path, "mine.csv", agreement="codes.csv"),
    ),
    "freq": (["freq", "--trend"], lambda path: pdtool.freq(path, trend=True)),
    "freq-phrases": (
        ["freq", "--ngrams", "2-3", "--group-by", "year"],
        lambda path: pdtool.freq(path, ngrams=(2, 3), group_by="year"),
    ),
    "freq-terms": (
        ["freq", "--terms", "terms.txt", "--by", "document"],
        lambda path: pdtool.freq(path, "terms.txt", by="document"),
    ),
    "freq-new": (["freq", "--new"], lambda path: pdtool.freq(path, new=True)),
    "kwic": (
        ["kwic", "--term", "治理", "--sort", "left", "--width", "8"],
        lambda path: pdtool.kwic(path, "治理", sort="left", width=8),
    ),
    "network": (["network", "--top", "15"], lambda path: pdtool.network(path, top=15)),
    "network-node": (
        ["network", "--terms", "terms.txt", "--by", "node"],
        lambda path: pdtool.network(path, "terms.txt", by="node"),
    ),
    "topics": (
        ["topics", "--topics", "2", "--method", "nmf"],
        lambda path: pdtool.topics(path, 2, method="nmf"),
    ),
    "topics-group": (
        ["topics", "--topics", "2", "--group-by", "year"],
        lambda path: pdtool.topics(path, 2, group_by="year"),
    ),
    "cite": (["cite"], pdtool.cite),
    "cite-edge": (
        ["cite", "--by", "edge", "--between", "document"],
        lambda path: pdtool.cite(path, by="edge", between="document"),
    ),
    "inspect": (["inspect"], pdtool.inspect),
    "inspect-field": (["inspect", "--by", "field"], lambda path: pdtool.inspect(path, by="field")),
}
"""The arguments of a command, and the call that does the same."""

TEXTS = {
    "a.txt": "基层治理现代化报告\n2021年3月5日\n一、推进数字政府建设\n"
    + "要推进基层治理现代化，加强数字政府建设，落实《中华人民共和国乡村振兴促进法》。" * 4,
    "b.txt": "乡村振兴工作要点\n2022年4月6日\n"
    + "要全面推进乡村振兴，健全城乡融合发展体制机制，加强基层治理，依据国发〔2013〕4号文件办理。" * 4,
    "c.txt": "优化营商环境条例\n2023年1月1日\n"
    + "要优化营商环境，深化放管服改革，推动数字政府与基层治理相结合，培育新质生产力。" * 4,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with three documents, one of another kind and a list of terms."""
    place = tmp_path_factory.mktemp("interface")
    (place / "texts").mkdir()
    for name, text in TEXTS.items():
        (place / "texts" / name).write_text(text, encoding="utf-8")
    (place / "other.txt").write_text("今年夏天江南多雨，稻田里水位上涨，农户忙着排水。" * 8, encoding="utf-8")
    (place / "alike.txt").write_text("基层治理 = 数字政府\n", encoding="utf-8")
    (place / "mine.csv").write_text(
        "theme,term\n治理,基层治理\n治理,数字政府\n乡村,乡村振兴\n", encoding="utf-8"
    )
    (place / "codes.csv").write_text(
        "doc,theme,code\na.txt,治理,1\nb.txt,治理,0\nc.txt,乡村,0\n", encoding="utf-8"
    )
    (place / "terms.txt").write_text("基层治理\n数字政府\n乡村振兴\n营商环境\n无处可寻\n", encoding="utf-8")
    return place


@pytest.mark.parametrize("case", CASES)
def test_a_function_returns_the_rows_of_its_command(
    case: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same rows, same columns, in the same order."""
    arguments, call = CASES[case]
    written = run([arguments[0], "texts", *arguments[1:], "-f", "jsonl", "-q"], cwd=folder)
    assert (written.returncode, written.stderr) == (0, b"")
    monkeypatch.chdir(folder)
    result = call("texts")
    read = cell_getter(result.columns)
    cells = [
        {
            column.name: as_json(column.kind, value, column.items)
            for column, value in zip(result.columns, read(row), strict=True)
        }
        for row in result.rows
    ]
    assert cells == [json.loads(line) for line in written.stdout.decode().splitlines()]
    assert len(result) == len(cells) > 0 and list(result) == result.rows
    frame = result.to_frame()
    assert list(frame.columns) == [column.name for column in result.columns] and len(frame) == len(cells)


def test_the_clean_text_is_what_the_command_prints(folder: Path) -> None:
    """Of one document, character by character."""
    file = folder / "texts" / "a.txt"
    row = pdtool.clean(file).rows[0]
    assert row.text.encode() == run(["clean", str(file), "-q"]).stdout
    assert row.doc == "a.txt"


def test_a_report_has_the_tables_of_all_commands(folder: Path) -> None:
    """Its page and its workbook can be written; its rows are those of `inspect`."""
    made = pdtool.report(folder / "texts", title="三份文件")
    assert made.rows == pdtool.inspect(folder / "texts").rows
    assert made.tables["keywords"] == pdtool.keywords(folder / "texts").rows
    assert list(made.to_frame("themes").columns)[:2] == ["doc", "theme"]
    assert "三份文件" in made.html("zh")
    made.save(folder / "report.xlsx")
    assert (folder / "report.xlsx").read_bytes().startswith(b"PK")
    with pytest.raises(pdtool.UsageError, match="no table 'nothing'"):
        made.to_frame("nothing")


def test_frames_hold_numbers_lists_and_missing_values(folder: Path) -> None:
    """A count is an integer, a share a float, a flag a boolean, a list a list; nothing is `NA`."""
    frame = pdtool.themes(folder / "texts").to_frame()
    assert frame["count"].dtype == "Int64" and frame["per_1000_chars"].dtype == "float64"
    assert isinstance(frame["top_terms"].iloc[0], list)
    assert pdtool.keywords(folder / "texts").to_frame()["declared"].dtype == "boolean"
    with pdtool.scan([folder / "texts"]) as corpus:
        documents = pdtool.to_frame(pdtool.dedupe(corpus).documents)
    assert documents["doc"].tolist() == sorted(TEXTS) and documents["keep"].notna().sum() == 3


def test_a_table_is_saved_as_the_command_would(folder: Path) -> None:
    """The bytes of a file are those of `-o`."""
    pdtool.keywords(folder / "texts", top=2).save(folder / "saved.csv")
    told = run(["keywords", "texts", "--top", "2", "-o", "written.csv", "-q"], cwd=folder)
    assert told.returncode == 0
    assert (folder / "saved.csv").read_bytes() == (folder / "written.csv").read_bytes()


def test_what_is_said_is_in_the_result(folder: Path) -> None:
    """Unreadable documents are problems, other remarks notes; the columns of a table can be chosen."""
    (folder / "mixed").mkdir()
    (folder / "mixed" / "good.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
    (folder / "mixed" / "bad.docx").write_bytes(b"no document")
    (folder / "rows.csv").write_text(
        "正文,省份\n推进基层治理现代化。,江苏\n推进乡村振兴。,\n", encoding="utf-8"
    )
    result = pdtool.keywords(folder / "mixed")
    assert [problem.source[-8:] for problem in result.problems] == ["bad.docx"] and result.documents == 1
    grouped = pdtool.themes(folder / "rows.csv", group_by="省份", read=ReadOptions(text_column="正文"))
    assert grouped.notes == ["1 of 2 documents has no 省份: it is in the group (none)"]
    assert grouped.to_frame()["省份"].unique().tolist() == ["(none)", "江苏"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda path: pdtool.keywords(path, method="nothing"), "method cannot be 'nothing'"),
        (lambda path: pdtool.keywords(path / "nothing.txt"), "nothing.txt"),
        (lambda path: pdtool.keywords(path, jobs=-1), "cannot be negative"),
        (lambda path: pdtool.themes(path, group_by="省份"), "there is no field '省份'"),
        (pdtool.kwic, "not said what is searched for"),
        (lambda path: pdtool.freq(path, "terms.txt", new=True), "count different things"),
        (lambda path: pdtool.topics(path, [2, 3]), "several models"),
        (lambda path: pdtool.cite(path, between="issuer"), "ends of an edge"),
        (lambda path: pdtool.network(path, unit="chapter"), "no unit is called"),
        (lambda path: pdtool.themes(path, suggest=3, agreement="codes.csv"), "tables of their own"),
        (lambda path: pdtool.compare(path, min_similarity=2.0), "from 0 to 1"),
    ],
)
def test_errors_are_pdtools_own(call: Callable[[Path], Any], said: str, folder: Path) -> None:
    """Whatever is wrong with an argument or an input is a `PdtoolError` that says what."""
    with pytest.raises(pdtool.PdtoolError, match=said):
        call(folder / "texts")
