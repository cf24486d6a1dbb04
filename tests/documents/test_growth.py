"""The time that front matter and metadata take grows with the text and no faster, whatever the text is."""

from __future__ import annotations

from time import perf_counter

import pytest

from pdtool.documents.metadata import metadata_of

ATOMS = {
    "names": "李明王芳",
    "names apart": "李明、王芳 ",
    "surname": "王",
    "blanks": " ",
    "ideographic blanks": "\u3000",
    "tabs": "\t",
    "no-break blanks": "\u00a0",
    "line ends": "\n",
    "digits": "1",
    "digits and commas": "1,",
    "numerals": "一",
    "opening brackets": "（",
    "closing brackets": "）",
    "references": "[1]",
    "dots": ".",
    "leaders": "…",
    "semicolons": "；",
    "slashes": " / ",
    "Latin": "a",
    "Latin words": " Word",
    "totals": "共计",
    "labels": "关键词",
    "label lines": "关键词\n",
    "classifications": "中图分类号 ",
    "years": "2020 ",
    "headings": "一、",
}
"""What is repeated."""

CONTEXTS = {
    "start": "{}农村饮水安全\n李明\n正文说明情况。",
    "title line": "论农村{}饮水安全\n李明\n正文说明情况。",
    "under the title": "论农村饮水安全\n{}\n正文说明情况。",
    "author line": "论农村饮水安全\n李明{}说\n正文说明情况。",
    "keyword line": "论农村饮水安全\n关键词：饮水{}安全\n正文说明情况。",
    "keyword label": "论农村饮水安全\n关键词{}\n正文说明情况。",
    "abstract label": "论农村饮水安全\n摘{}要{}：摘要说明情况。\n关键词：饮水；安全\n正文。",
    "number label": "论农村饮水安全\n中图分类号{}x\n文章编号{}\n正文说明情况。",
    "bracket": "论农村饮水安全\n（{}）\n(全文{}字\n正文说明情况。",
    "English": "A {} study of villages.\nAbstract{}: Water is safe.\nKey words: water{}; safety\nThe text.",
    "foot": "论农村饮水安全\n正文说明情况。\n参考文献{}\n{}\n[1] 李明. 论饮水[J]. {}\n作者简介：{}",
}
"""Where it stands."""

_REPEATED = 2_000
"""How often an atom is repeated in the smaller text."""
_TIMES_MORE = 4
"""How many times that in the larger one."""
_MOST_GROWTH = 8.0
"""The most that the time may grow while the text grows fourfold; a quadratic step takes sixteen times."""
_NOISE = 0.008
"""Seconds below which a time says nothing."""


def _seconds(text: str) -> float:
    """Return the least time of three runs."""
    times = []
    for _ in range(3):
        begun = perf_counter()
        metadata_of(text)
        times.append(perf_counter() - begun)
    return min(times)


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
@pytest.mark.parametrize("atom", ATOMS.values(), ids=ATOMS)
def test_the_time_grows_with_the_text(atom: str, context: str) -> None:
    """Four times the text takes about four times as long: no repetition is read in more ways than one."""
    small = _seconds(context.replace("{}", _REPEATED * atom))
    large = _seconds(context.replace("{}", _TIMES_MORE * _REPEATED * atom))
    assert large < _MOST_GROWTH * max(small, _NOISE)


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
@pytest.mark.parametrize("atom", ATOMS.values(), ids=ATOMS)
def test_a_long_repetition_is_read_at_once(atom: str, context: str) -> None:
    """Fifty thousand equal characters, which would take hours if tried in every division."""
    begun = perf_counter()
    metadata_of(context.replace("{}", 50_000 // len(atom) * atom))
    assert perf_counter() - begun < 3
