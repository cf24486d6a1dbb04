"""Dictionaries from files: the forms, and what is said of those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from pdtool.errors import InputError, UsageError
from pdtool.terms.dictionary import Entry
from pdtool.terms.load import load_dictionary

YAML = """\
党建引领:
  思想引领: [思想引领, 凝聚共识]
  组织引领:
    note: 组织动员
    source: 样本
    terms:
      - 组织覆盖
      - {term: 组织力, weight: 2, note: 能力}
法治化:
  - 法治
  - 2022
  - no
  - 德治: [以德治国]
智能化: 智能
"""

ENTRIES = [
    Entry("党建引领/思想引领", "思想引领", 1.0, "", ""),
    Entry("党建引领/思想引领", "凝聚共识", 1.0, "", ""),
    Entry("党建引领/组织引领", "组织覆盖", 1.0, "组织动员", "样本"),
    Entry("党建引领/组织引领", "组织力", 2.0, "能力", "样本"),
    Entry("法治化", "法治", 1.0, "", ""),
    Entry("法治化", "2022", 1.0, "", ""),
    Entry("法治化", "no", 1.0, "", ""),
    Entry("法治化/德治", "以德治国", 1.0, "", ""),
    Entry("智能化", "智能", 1.0, "", ""),
]

CSV = "theme,term,weight,note,source\r\n" + "".join(
    f"{entry.theme},{entry.term},{entry.weight},{entry.note},{entry.source}\r\n" for entry in ENTRIES
)


def _file(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def _workbook(folder: Path) -> str:
    book = Workbook()
    for line in CSV.splitlines():
        book.worksheets[0].append([float(cell) if cell == "2.0" else cell for cell in line.split(",")])
    book.save(folder / "d.xlsx")
    return str(folder / "d.xlsx")


def test_every_form_gives_the_same_dictionary(tmp_path: Path) -> None:
    """YAML, CSV, CSV for spreadsheets, CSV in GBK, TSV, semicolons, and a workbook."""
    files = [
        _file(tmp_path, "d.yaml", YAML),
        _file(tmp_path, "gbk.yml", YAML.encode("gbk")),
        _file(tmp_path, "d.csv", CSV),
        _file(tmp_path, "mark.csv", "\ufeff" + CSV),
        _file(tmp_path, "gbk.csv", CSV.encode("gbk")),
        _file(tmp_path, "d.tsv", CSV.replace(",", "\t")),
        _file(tmp_path, "semicolon.csv", CSV.replace(",", ";")),
        _workbook(tmp_path),
    ]
    for file in files:
        assert list(load_dictionary(file)[0].entries) == ENTRIES


def test_chinese_headers_and_other_columns(tmp_path: Path) -> None:
    """Columns are known by Chinese names too; one that is not known is said to be left out."""
    file = _file(tmp_path, "d.csv", "编号,主题,词语,权重\n1,党建,党支部,\n,,,\n2,法治,依法,0.5\n")
    dictionary, problems = load_dictionary(file)
    assert [(entry.theme, entry.term, entry.weight) for entry in dictionary.entries] == [
        ("党建", "党支部", 1.0), ("法治", "依法", 0.5),
    ]  # fmt: skip
    assert [problem.message for problem in problems] == ["line 1: unknown column '编号' is not used"]


BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the dictionary is empty"),
        ("# nothing\n", "the dictionary is empty"),
        ("{}", "the dictionary is empty"),
        ("党建: []", "line 1: the theme '党建' is empty"),
        ("党建:\n法治: [依法]", "line 1: the theme '党建' is empty"),
        ("党建: {}", "line 1: the theme '党建' is empty"),
        ("党建:\n  -\n", "line 2: the theme '党建' has an empty term"),
        ("- 党建\n- 法治\n", "line 1: there are terms without a theme"),
        ("党建\n", "line 1: there are terms without a theme"),
        ("党建:\n\t- 党支部\n", "line 2: is not YAML"),
        ("党建:\n  - *治理\n", "line 2: is not YAML"),
        ("党建:\n  - *x\n", "line 2: aliases are not allowed (*x)"),
        (BOMB, "line 1: anchors are not allowed (&a)"),
        ("党建: !!python/object/apply:os.system [x]", "line 1: tags are not allowed"),
        ("党建: [党支部]\n法治: [a]\n党建: [b]\n", "line 3: '党建' was there before (line 1)"),
        ("党建: {terms: [a], nota: b}", "line 1: unknown key 'nota' of the theme '党建'"),
        ("党建:\n  - term: a\n    wieght: 2\n", "line 3: unknown key 'wieght' of a term"),
        ("党建:\n  - {term: a, weight: x}\n", "line 2: the weight 'x' is no number"),
        ("党建: {note: b}", "line 1: the theme '党建' has a note but no terms"),
        ("党建: {terms: {a: b}}", "line 1: the terms of the theme '党建' are no list"),
        ("党建: [[a]]", "line 1: the theme '党建' holds a list inside its list"),
        ("党建: ['*']", "line 1: the term '*' holds nothing to search for"),
        ("? [a]\n: b\n", "line 1: a theme has no name"),
        ("a: [b]\n---\nc: [d]\n", "line 3: a second document begins"),
        ("党建:\n  trems: [治理]", "line 2: unknown key 'trems' of the theme '党建'"),
        ("党建:\n  思想: [治理]\n  Notes: 说明", "line 3: unknown key 'Notes' of the theme '党建'"),
        ("党建: " + "[" * 100_000, "line 1: is nested more than 12 deep"),
        ("党建:" + "".join(f"\n{' ' * depth}- " for depth in range(40)), "is nested more than 12 deep"),
        ("党建: '\n", "is not YAML"),
    ],
)
def test_yaml_that_cannot_be_used(tmp_path: Path, content: str, message: str) -> None:
    """Each is an error that names the file and the line; none takes long."""
    file = _file(tmp_path, "d.yaml", content)
    with pytest.raises(InputError) as raised:
        load_dictionary(file)
    assert raised.value.message.startswith(f"{file}: ")
    assert message in raised.value.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the dictionary is empty"),
        ("theme,term\n", "the dictionary is empty"),
        ("党建,党支部\n", "line 1: has no column 'theme'"),
        ("theme,word,词\na,b,c\n", "line 1: has more than one column for the term"),
        ("theme,term\n党建,a\n,党支部\n", "line 3: has no theme (beside '党支部')"),
        ("theme,term\n党建,\n", "line 2: has no term (beside '党建')"),
        ("theme,term\n党建\n", "line 2: has no term (beside '党建')"),
        ('theme,term\n"党\n建",a\n法治,\n', "line 4: has no term"),
        ("theme,term,weight\n党建,a,很\n", "line 2: the weight '很' is no number"),
        ("theme,term,weight\n党建,a,nan\n", "line 2: the weight 'nan' is no number"),
        ("theme,term\n党建,??\n", "line 2: the term '??' holds nothing to search for"),
        (b"PK\x03\x04junk\x00\x00", "is not text"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, content: str | bytes, message: str) -> None:
    """Each is an error that names the file and the line."""
    file = _file(tmp_path, "d.csv", content)
    with pytest.raises(InputError) as raised:
        load_dictionary(file)
    assert message in raised.value.message


def test_files_that_are_no_dictionaries(tmp_path: Path) -> None:
    """A missing file, a folder, another type, a workbook that is none."""
    with pytest.raises(InputError, match="no such file"):
        load_dictionary(str(tmp_path / "missing.yaml"))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="folder"):
        load_dictionary(str(tmp_path / "folder.csv"))
    with pytest.raises(UsageError, match="no theme dictionary by its name"):
        load_dictionary(_file(tmp_path, "d.docx", "a"))
    with pytest.raises(InputError, match="cannot be read as a workbook"):
        load_dictionary(_file(tmp_path, "d.xlsx", "a"))


def test_what_an_author_is_told(tmp_path: Path) -> None:
    """Terms of two themes, twice in one, of one character, and inside others: each with its lines."""
    file = _file(tmp_path, "d.csv", "theme,term\n甲,治理\n甲,基层治理\n乙,治理\n甲,治\n甲,基層治理\n")
    dictionary, problems = load_dictionary(file)
    assert [entry.term for entry in dictionary.entries] == ["治理", "基层治理", "治", "治理"]
    assert [problem.message for problem in problems] == [
        "terms that a theme lists twice count once: 基層治理 (lines 3 and 6)",
        "terms of two themes count in both: 治理 (甲, line 2; 乙, line 4)",
        "terms of one character also match inside other words: 治 (line 5)",
        (
            "terms inside longer terms of their theme (--nesting says which count): "
            "治 (line 5) in 治理 (line 2), 治理 (line 2) in 基层治理 (line 3)"
        ),
    ]


def test_a_dictionary_of_many_terms(tmp_path: Path) -> None:
    """Twenty thousand terms are read and matched like few."""
    lines = "".join(f"主题{number % 7},术语{number}号\n" for number in range(20_000))
    dictionary, problems = load_dictionary(_file(tmp_path, "d.csv", "theme,term\n" + lines))
    assert len(dictionary.entries) == 20_000
    assert not problems
