"""``pdtool themes``: its options, exit codes and what is said where. The library is tested elsewhere."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from pdtool.output.escaping import unescape_formula
from pdtool.terms.load import load_dictionary
from tests.commandline import ROOT
from tests.commands.conftest import Call, Done

DICTIONARY = "theme,term\n党建,党建引领\n党建,党支部\n法治,依法\n"
TEXTS = {
    "2023/a.txt": "党建引领基层治理,党建引领要做实。\n一、依法治理\n依法办事,建强党支部。",
    "2024/b.txt": "黨建引領基層治理,推動共建共治。",
    "c.txt": "春天的果园里开满了花。",
}
Row = dict[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three texts, two of them in folders, and a dictionary."""
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    (tmp_path / "d.csv").write_text(DICTIONARY, encoding="utf-8")
    return tmp_path


def _rows(done: Done) -> list[Row]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))


def test_the_table_by_theme(call: Call, folder: Path) -> None:
    """The columns of the contract in their order, every document with every theme, zeros printed."""
    done = call(["themes", "texts", "-d", "d.csv", "--plain"], folder)
    rows = _rows(done)
    assert done.returncode == 0
    assert list(rows[0])[:6] == ["doc", "theme", "count", "per_1000_chars", "distinct_terms", "top_terms"]
    assert [(row["doc"], row["theme"], row["count"]) for row in rows] == [
        ("2023/a.txt", "党建", "3"), ("2023/a.txt", "法治", "2"),
        ("2024/b.txt", "党建", "1"), ("2024/b.txt", "法治", "0"),
        ("c.txt", "党建", "0"), ("c.txt", "法治", "0"),
    ]  # fmt: skip
    assert rows[0]["top_terms"] == "党建引领 2; 党支部 1"
    assert rows[0]["share_of_documents"] == "0.6667"


def test_each_by_has_its_table(call: Call, folder: Path) -> None:
    """Terms that occur, sections with the text before the first heading, groups by folder."""
    by_term = _rows(call(["themes", "texts", "-d", "d.csv", "--by", "term"], folder))
    assert [(row["doc"], row["term"], row["count"]) for row in by_term] == [
        ("2023/a.txt", "党建引领", "2"), ("2023/a.txt", "党支部", "1"), ("2023/a.txt", "依法", "2"),
        ("2024/b.txt", "党建引领", "1"),
    ]  # fmt: skip
    by_section = _rows(call(["themes", "texts/2023", "-d", "d.csv", "--by", "section"], folder))
    assert [(row["section"], row["heading"], row["theme"], row["count"]) for row in by_section] == [
        ("0", "", "党建", "2"), ("0", "", "法治", "0"),
        ("1", "一、依法治理", "党建", "1"), ("1", "一、依法治理", "法治", "2"),
    ]  # fmt: skip
    by_group = _rows(call(["themes", "texts", "-d", "d.csv", "--by", "group"], folder))
    assert [(row["folder"], row["theme"], row["count"], row["documents_with"]) for row in by_group] == [
        ("2023", "党建", "3", "1"), ("2023", "法治", "2", "1"),
        ("2024", "党建", "1", "1"), ("2024", "法治", "0", "0"),
        ("texts", "党建", "0", "0"), ("texts", "法治", "0", "0"),
    ]  # fmt: skip


def test_groups_by_a_column(call: Call, folder: Path) -> None:
    """Rows of a table are grouped by the column that is named; one that is not there is an error."""
    table = "id,正文,年份\n1,党建引领,2023\n2,依法党支部,2024\n3,党支部,2024\n"
    (folder / "t.csv").write_text(table, encoding="utf-8")
    arguments = ["themes", "t.csv", "-d", "d.csv", "--group-by"]
    rows = _rows(call([*arguments, "年份"], folder))
    assert [(row["年份"], row["theme"], row["count"]) for row in rows] == [
        ("2023", "党建", "1"), ("2023", "法治", "0"), ("2024", "党建", "2"), ("2024", "法治", "1"),
    ]  # fmt: skip
    missing = call([*arguments, "城市"], folder)
    assert missing.returncode == 2
    assert "there is no field '城市' to group by" in missing.stderr.decode()
    assert "try: --group-by" in missing.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="needs file names that are bytes")
def test_the_wide_table_of_files_with_undecodable_names(call: Call, folder: Path) -> None:
    """A file name that is no valid UTF-8 is a row of the wide table like any other."""
    (folder / "texts" / os.fsdecode(b"odd\xff.txt")).write_text("基层治理", encoding="utf-8")
    done = call(["themes", "texts", "--wide", "--plain"], folder)
    assert done.returncode == 0
    assert any(line.startswith(b"odd") for line in done.stdout.splitlines())


def test_the_wide_table(call: Call, folder: Path) -> None:
    """A column a theme, by whatever theme is called; counts or rates; no rows are lost."""
    (folder / "odd.csv").write_text("theme,term\n党建/5.0,党建引领\n=法治,依法\n", encoding="utf-8")
    done = call(["themes", "texts", "-d", "odd.csv", "--wide", "--plain"], folder)
    assert done.stdout.decode().splitlines() == [
        "doc,党建/5.0,=法治", "2023/a.txt,2,2", "2024/b.txt,1,0", "c.txt,0,0",
    ]  # fmt: skip
    rates = _rows(call(["themes", "texts", "-d", "d.csv", "--wide", "--value", "per_1000_chars"], folder))
    assert rates[2] == {"doc": "c.txt", "党建": "0.0000", "法治": "0.0000"}
    grouped = call(["themes", "texts", "-d", "d.csv", "--wide", "--by", "group", "-f", "jsonl"], folder)
    assert json.loads(grouped.stdout.splitlines()[0]) == {"folder": "2023", "党建": 3, "法治": 2}


def test_the_dictionary_goes_to_a_spreadsheet_and_back(call: Call, folder: Path) -> None:
    """What --show-dictionary writes, as CSV, TSV and workbook, is read as the same dictionary."""
    odd = "theme,term,weight,note\n=1,+1*治,2,@a\n'b,-c,0.5,\n"
    (folder / "odd.csv").write_text(odd, encoding="utf-8")
    for dictionary in (None, "odd.csv"):
        wanted = load_dictionary(None if dictionary is None else str(folder / dictionary))[0]
        for name in ("out.csv", "out.tsv", "out.xlsx"):
            given = [] if dictionary is None else ["-d", dictionary]
            done = call(["themes", "--show-dictionary", *given, "-o", name], folder)
            assert (done.returncode, done.stdout) == (0, b"")
            assert load_dictionary(str(folder / name))[0].entries == wanted.entries
    assert unescape_formula("'+1*治") == "+1*治"


def test_weights(call: Call, folder: Path) -> None:
    """They change the weighted sum, never the count."""
    (folder / "w.csv").write_text("theme,term,weight\n党建,党建引领,2\n党建,党支部,0.5\n", encoding="utf-8")
    row = _rows(call(["themes", "texts", "-d", "w.csv"], folder))[0]
    assert (row["count"], row["weighted"]) == ("3", "4.5000")


def test_unused_terms_are_named_once(call: Call, folder: Path) -> None:
    """On standard error; not when quiet."""
    (folder / "u.csv").write_text("theme,term\n党建,党建引领\n无,没有这个词\n", encoding="utf-8")
    done = call(["themes", "texts", "-d", "u.csv"], folder)
    assert done.stderr.decode().count("1 of 2 terms occur in no document: 没有这个词") == 1
    assert call(["themes", "texts", "-d", "u.csv", "-q"], folder).stderr == b""


def test_nesting_is_an_option(call: Call, folder: Path) -> None:
    """The same text under the three rules."""
    (folder / "n.csv").write_text("theme,term\n甲,党建引领\n甲,党建\n乙,引领\n", encoding="utf-8")
    counts = {
        rule: [
            row["count"]
            for row in _rows(call(["themes", "texts/2024", "-d", "n.csv", "--nesting", rule], folder))
        ]
        for rule in ("theme", "dictionary", "all")
    }
    assert counts == {"theme": ["1", "1"], "dictionary": ["1", "0"], "all": ["2", "1"]}


def test_the_order_of_paths_and_the_workers_change_nothing(call: Call, folder: Path) -> None:
    """The same bytes."""
    arguments = ["themes", "-d", "d.csv", "-q"]
    first = call([*arguments, "texts/2023", "texts/2024"], folder)
    assert call([*arguments, "texts/2024", "texts/2023"], folder).stdout == first.stdout
    assert call([*arguments, "texts/2023", "texts/2024", "--jobs", "2"], folder).stdout == first.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no input given"),
        (["missing.txt"], "missing.txt: no such file or folder"),
        (["empty"], "holds no file"),
        (["texts", "-d", "missing.yaml"], "missing.yaml: no such file"),
        (["texts", "-d", "empty.csv"], "empty.csv: the dictionary is empty"),
        (["texts", "--value", "weighted"], "--value says what the cells of the wide table hold"),
        (["texts", "--wide", "--by", "term"], "--wide has one column per theme"),
        (["texts", "--group-by", "年份"], "there is no field '年份'"),
        (["texts", "--top-terms", "-1"], "cannot name -1 terms"),
        (["texts", "--jobs", "-1"], "the number of jobs cannot be negative"),
        (["texts", "--show-dictionary"], "--show-dictionary reads no documents"),
        (["texts/c.txt", "-o", "texts/c.txt"], "is one of the inputs"),
        (["texts", "-d", "d.csv", "-o", "d.csv"], "is one of the inputs"),
        (["--show-dictionary", "-d", "d.csv", "-o", "d.csv"], "is one of the inputs"),
    ],
)
def test_what_cannot_be_done(call: Call, folder: Path, arguments: list[str], message: str) -> None:
    """Each ends with code 2, one sentence and no table."""
    (folder / "empty").mkdir()
    (folder / "empty.csv").write_text("", encoding="utf-8")
    before = (folder / "d.csv").read_bytes()
    done = call(["themes", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert (folder / "d.csv").read_bytes() == before


def test_documents_without_anything_to_count(call: Call, folder: Path) -> None:
    """An empty file, one without Han characters and a lost one: rows, a warning, and exit code 2."""
    (folder / "texts" / "empty.txt").write_bytes(b"")
    (folder / "texts" / "latin.txt").write_text("nothing Chinese here", encoding="utf-8")
    done = call(["themes", "texts", "missing.txt", "-d", "d.csv"], folder)
    rows = {row["doc"]: row for row in _rows(done) if row["theme"] == "党建"}
    assert done.returncode == 2
    assert (rows["empty.txt"]["count"], rows["empty.txt"]["per_1000_chars"]) == ("0", "")
    assert rows["latin.txt"]["per_1000_chars"] == "0.0000"
    assert "empty.txt: the document is empty" in done.stderr.decode()


def test_the_manifest(call: Call, folder: Path) -> None:
    """It says which dictionary and rules decided."""
    call(["themes", "texts", "-d", "d.csv", "--manifest", "m.json"], folder)
    described = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert described["command"] == "themes"
    assert (described["options"]["dictionary"], described["options"]["nesting"]) == ("d.csv", "theme")


def test_the_sample_corpus(call: Call) -> None:
    """The built-in dictionary counts every seed."""
    rows = _rows(call(["themes", "seeds"], ROOT))
    assert len({row["doc"] for row in rows}) == 5
    assert all(int(row["count"]) > 0 for row in rows if row["theme"] == "党的领导")


def test_references_count_if_they_are_asked_for(call: Call, tmp_path: Path) -> None:
    """A term that stands in the references alone counts with ``--with-references``; the manifest names it."""
    text = "党支部走访居民。\n\n参考文献：\n[1] 李明. 论党建引领[J]. 治理研究, 2019(3): 1-8.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "d.csv").write_text(DICTIONARY, encoding="utf-8")
    arguments = ["themes", "a.txt", "-d", "d.csv", "--manifest", "m.json"]
    for more, counted in (([], "党支部 1"), (["--with-references"], "党建引领 1; 党支部 1")):
        assert _rows(call([*arguments, *more], tmp_path))[0]["top_terms"] == counted
        manifest = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
        assert manifest["options"]["with_references"] is bool(more)


def test_rules_synonyms_and_negations(call: Call, tmp_path: Path) -> None:
    """A rule counts sentences, a synonym counts as the term, and what is denied is told apart."""
    (tmp_path / "a.txt").write_text("数字政府。数字游戏。没有数据平台。信息平台好。\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("theme,term\n甲,数字 NOT 游戏\n乙,数据平台\n", encoding="utf-8")
    (tmp_path / "s.txt").write_text("数据平台 = 信息平台\n", encoding="utf-8")
    arguments = ["themes", "a.txt", "-d", "d.csv", "--synonyms", "s.txt", "--plain"]
    rows = list(csv.DictReader(io.StringIO(call(arguments, tmp_path).stdout.decode(), newline="")))
    assert [(row["theme"], row["count"], row["negated"]) for row in rows] == [
        ("甲", "1", "0"),
        ("乙", "2", "1"),
    ]


@pytest.mark.parametrize("form", ["d.csv", "d.yaml", "d.tsv"])
def test_an_impossible_rule_is_an_error_with_its_line(call: Call, tmp_path: Path, form: str) -> None:
    """In each form of a dictionary."""
    rule = "数字 AND NOT 数字"
    text = f"甲:\n  - {rule}\n" if form.endswith("yaml") else f"theme,term\n甲,{rule}\n"
    (tmp_path / form).write_text(text.replace(",", "\t") if form == "d.tsv" else text, encoding="utf-8")
    (tmp_path / "a.txt").write_text("数字。", encoding="utf-8")
    done = call(["themes", "a.txt", "-d", form], tmp_path)
    assert done.returncode == 2
    assert f"{form}: line 2: the rule '{rule}' says nothing: it can never hold" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--suggest", "3", "--agreement", "codes.csv"], "are tables of their own"),
        (["--agreement", "missing.csv"], "missing.csv"),
        (["--agreement", "codes.csv"], "codes no document that was read"),
    ],
)
def test_what_judging_refuses(call: Call, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Two tables at once, no file, and codes of other documents."""
    (tmp_path / "a.txt").write_text("党建引领。", encoding="utf-8")
    (tmp_path / "codes.csv").write_text("doc,theme,code\nz.txt,党的领导,1\n", encoding="utf-8")
    done = call(["themes", "a.txt", *arguments], tmp_path)
    assert done.returncode == 2 and said in done.stderr.decode()
