"""Words that are counted as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdtool.errors import InputError
from pdtool.terms.finder import TermFinder
from pdtool.terms.synonyms import Synonyms, load_synonyms


def _written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "synonyms.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_of_synonyms(tmp_path: Path) -> None:
    """One group a line, either equals sign, comments, words in any script and width."""
    synonyms = load_synonyms(_written(tmp_path, "# 注\n党的建设 = 党建＝黨的建設工作\n\nＡＩ=人工智能\n"))
    assert synonyms.groups == (("党的建设", "党建", "黨的建設工作"), ("ＡＩ", "人工智能"))
    assert synonyms.counted_as("党建") == "党的建设"
    assert synonyms.counted_as("AI") == "ＡＩ"
    assert synonyms.counted_as("社区") == "社区"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("党建\n", "line 1: is no group"),
        ("党建 = \n", "line 1: is no group"),
        ("\n甲 = 乙\n丙 = 乙\n", "line 3: '乙' was there before \\(line 2\\)"),
        ("甲*丁 = 乙\n", "is no word"),
        ("# 注\n", "holds no synonyms"),
    ],
)
def test_files_that_cannot_be(tmp_path: Path, text: str, error: str) -> None:
    """Each error names the line."""
    with pytest.raises(InputError, match=error):
        load_synonyms(_written(tmp_path, text))


def test_a_term_finds_all_words_of_its_group() -> None:
    """Whichever of them the dictionary has, and of two of one theme the first counts."""
    synonyms = Synonyms((("党的建设", "党建"),))
    for term in ("党的建设", "党建", "黨建"):
        found = TermFinder([term], [0], synonyms=synonyms).occurrences("党建与党的建设。")
        assert [(start, end) for start, end, _ in found] == [(0, 2), (3, 7)]
    both = TermFinder(["党建", "党的建设"], [0, 0], synonyms=synonyms).occurrences("党建与党的建设。")
    assert [entry for _, _, entry in both] == [0, 0]


def test_a_text_with_one_word_for_each_group() -> None:
    """The longest word is taken, in either case; a Latin one only where it stands alone."""
    synonyms = Synonyms((("党的建设", "党建", "党建工作"), ("人工智能", "AI")))
    text = "党建工作与党建，AI和MAIN、ai。"
    assert synonyms.unified(text) == "党的建设与党的建设，人工智能和MAIN、人工智能。"
    assert Synonyms((("黨的建設", "党建"),)).unified("党建") == "党的建设"
    assert Synonyms().unified(text) == text
