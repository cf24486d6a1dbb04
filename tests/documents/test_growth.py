"""The time that front matter and metadata take grows with the text and no faster, whatever the text is."""

from __future__ import annotations

from collections import Counter
from time import process_time

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

PAIRS = [
    pytest.param(atom, list(CONTEXTS.values())[context], id=f"{name}-{list(CONTEXTS)[context]}")
    for number, (name, atom) in enumerate(ATOMS.items())
    for context in sorted({(number + shift) % len(CONTEXTS) for shift in (0, 3, 7)})
]
"""Every atom in three contexts, and every context with five atoms or more."""

_REPEATED = 2_000
"""How often an atom is repeated in the smaller text."""
_TIMES_MORE = 8
"""How many times that in the larger one."""
_MOST_GROWTH = 24.0
"""The most that the time may grow while the text grows eightfold; a quadratic step takes 64 times."""
_NOISE = 0.001
"""Seconds below which a time says nothing."""
_RUNS = 3
"""How often both texts are read in turn: the least time of each is the one that nothing disturbed."""


def _seconds(text: str) -> float:
    """Return the processor time of a run: other programs do not add to it."""
    begun = process_time()
    metadata_of(text)
    return process_time() - begun


def test_every_atom_and_every_context_is_tried() -> None:
    """The grid is thinned, not cut off."""
    tried = Counter(value for pair in PAIRS for value in pair.values)
    assert {tried[atom] for atom in ATOMS.values()} == {3}
    assert min(tried[context] for context in CONTEXTS.values()) >= 5


@pytest.mark.parametrize(("atom", "context"), PAIRS)
def test_the_time_grows_with_the_text(atom: str, context: str) -> None:
    """Eight times the text takes about eight times as long: no repetition is read in more ways than one."""
    small = context.replace("{}", _REPEATED * atom)
    large = context.replace("{}", _TIMES_MORE * _REPEATED * atom)
    times = [(_seconds(small), _seconds(large)) for _ in range(_RUNS)]
    of_small, of_large = map(min, zip(*times, strict=True))
    assert of_large < _MOST_GROWTH * max(of_small, _NOISE)


@pytest.mark.parametrize(("atom", "context"), PAIRS)
def test_a_long_repetition_is_read_at_once(atom: str, context: str) -> None:
    """Fifty thousand equal characters, which would take hours if tried in every division."""
    assert _seconds(context.replace("{}", 50_000 // len(atom) * atom)) < 3
