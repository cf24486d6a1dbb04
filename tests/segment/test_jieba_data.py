"""jieba's figures are those of its file, however few or many words are asked for."""

from __future__ import annotations

import pytest

from pdtool.segment import jieba_data
from pdtool.segment.jieba_data import MEDIAN_IDF, idf, idf_file, look_up_idf

LINES = idf_file().read_text(encoding="utf-8").splitlines()
WORDS = {word: float(figure) for word, figure in map(str.split, [LINES[0], LINES[-1], *LINES[1:-1:4999]])}
STRANGE = ["没有这个词", "", " ", "劳动防护 13.900677652", f"{LINES[0]}\n生化学", "\ud800", "a\u3000b"]
"""What no line of the file is about, though some of it stands there."""


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known yet."""
    monkeypatch.setattr(jieba_data, "_figures", jieba_data._Figures())


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("ahead", [False, True])
def test_the_figures_are_those_of_the_file(whole: bool, ahead: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found in the file or read with it, looked up ahead or one by one."""
    monkeypatch.setattr(jieba_data._figures, "_left", -1 if whole else 1e9)
    asked = [*WORDS, *STRANGE]
    if ahead:
        look_up_idf(asked)
    assert {word: idf(word) for word in asked} == {**dict.fromkeys(STRANGE, MEDIAN_IDF), **WORDS}
    assert bool(jieba_data._figures._entries) is whole


def test_many_questions_read_the_file_once() -> None:
    """Searching again and again never costs more than twice what reading costs."""
    for word in WORDS:
        assert idf(word) == WORDS[word]
    assert jieba_data._figures._entries
    assert not jieba_data._figures._data
