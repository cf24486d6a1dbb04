"""Blanks between Han characters that mean something: names, forms, rows, labels.

Running text has no blanks between its characters, so that one there is a slip, and characters each set apart
are a stretched word. What looks alike and is meant is known by its form: a name of two characters set as wide
as one of three (``张  三``), a form to be filled in (``年  月  日``), a row of a table, a label at the
beginning of a sentence (``目的``, ``第一条``, ``（一）``). The forms are Simplified; Traditional characters
count as theirs, for the script of a text is converted later.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pdtool.data_files import data_toml
from pdtool.late_patterns import late_pattern
from pdtool.text.lines import Span
from pdtool.text.opencc_data import read_characters

__all__ = [
    "OPENING_QUOTES",
    "SLOGAN",
    "is_form",
    "is_label",
    "is_name",
    "is_row",
    "is_slogan",
    "is_verse_gap",
    "label_ends",
    "may_end_label",
]

_NUMBER = "[一二三四五六七八九十百千零〇两]"
_ARTICLE = (
    rf"第[ \u3000\u00a0]?(?:{_NUMBER}|\d){{1,7}}(?:[-－—–.．]\d{{1,3}})?"
    r"[ \u3000\u00a0]?[编篇章节条款项部分讲回卷]{1,2}"
    rf"(?:[ \u3000\u00a0]?之[ \u3000\u00a0]?(?:{_NUMBER}|\d){{1,3}})?"
)
"""``第一条``, ``第 3-1 条``, ``第 八 条之一``."""
_labelled = late_pattern(
    rf"\s{{0,40}}(?:{_ARTICLE}|{_NUMBER}{{1,3}}、?"
    rf"|[（(](?:{_NUMBER}|\d){{1,4}}[)）]|附[件录表图]?{_NUMBER}?|[图表]{_NUMBER})[ \u3000\u00a0]{{1,2}}"
)
_ORDINAL = "第"
"""What an article begins with, in both scripts."""
_LABEL_STARTS = frozenset("第一二三四五六七八九十百千零〇两（(附图表")
"""What a label begins with behind its blanks."""
_ITEM = re.compile(rf"{_NUMBER}{{1,3}}")
"""The number of an item within a line, behind the end of a sentence."""
_later_article = late_pattern(rf"[。；！？：:]{_ARTICLE}\Z")
"""An article or a chapter behind the end of a sentence, whose line end was lost."""
_row = late_pattern(r"\s{0,20}\d{1,4}[ \u3000\u00a0\t]{1,4}[^\s\d]")
_GAPS = re.compile(r"\S[ \u3000\u00a0\t]{1,4}(?=\S)")
_ROW_GAPS = 2
"""Gaps in a row of a table, which has three cells or more."""
_FAR = 64
"""Characters of the longest label with its indentation."""
_LONGEST_HEAD = 6
"""Characters of the longest word that heads a sentence, such as ``研究方法``."""
_LONGEST_ARTICLE = 16
"""Characters of the longest number of an article, with the end of the sentence before it."""
SLOGAN = 24
"""Characters on either side of a blank among which the quotation marks of a slogan are looked for."""
_QUOTES = re.compile("[“”「」《》，。；：、！？\\n]")
OPENING_QUOTES = "“「《"
"""What opens a slogan or a title."""
_SENTENCE_ENDS = frozenset("。；！？\n：:")
_LONGEST_VERSE = 40
"""Characters of the longest line whose halves a wide blank parts."""
_NAME = 3
"""Characters of the longest name that is set apart."""


@cache
def _data() -> dict[str, Any]:
    return data_toml("spacing.toml")


@cache
def _simplified() -> dict[int, str]:
    return str.maketrans(read_characters())


def is_label(text: str, end: int) -> bool:
    """Return whether what stands before the text at ``end`` is a label that its blank sets off.

    >>> is_label("第 3-1 條 為了", 8), is_label("目的 评价疗效。方法 随机分组", 11), is_label("加强 党建", 3)
    (True, True, False)
    >>> is_label("予以公布。第七条 国家", 9), is_label("依照第七条 规定", 6)
    (True, False)
    """
    start = text.rfind("\n", max(0, end - _FAR), end) + 1
    near = max(0, end - _FAR)
    if start >= near and _is_labelled(text[start:end]):
        return True
    last = len(text[near:end].rstrip()) + near
    article = text[max(near, last - _LONGEST_ARTICLE) : last]
    if _ORDINAL in article and _later_article().search(article.translate(_simplified())):
        return True
    head = next(
        (at for at in range(last, max(-1, last - _LONGEST_HEAD - 1), -1) if _begins(text, at)),
        last,
    )
    words = text[head:last].translate(_simplified())  # mostly none
    return words in _data()["heads"] or (head > 0 and _ITEM.fullmatch(words) is not None)


def _is_labelled(line: str) -> bool:
    """Return whether a line is a label alone; most are ruled out by their first character."""
    first = line.lstrip()[:1].translate(_simplified())
    return first in _LABEL_STARTS and _labelled().fullmatch(line.translate(_simplified())) is not None


def may_end_label(character: str) -> bool:
    """Return whether a label may end so: most blanks are ruled out by the character before them.

    >>> may_end_label("条"), may_end_label("，")
    (True, False)
    """
    return character in label_ends()


@cache
def label_ends() -> frozenset[str]:
    """Return the characters in which a label may end."""
    ends = frozenset("编篇章节条款项部分讲回卷、)）附件录表图").union(
        _NUMBER, (head[-1] for head in _data()["heads"])
    )
    return ends.union(other for other, plain in read_characters().items() if plain in ends)


def _begins(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _SENTENCE_ENDS


def is_name(stretched: str) -> bool:
    """Return whether characters set apart are names rather than a word.

    Args:
        stretched: Single characters with blanks between them.

    >>> is_name("张  三"), is_name("张　三　李　四"), is_name("关 键 词"), is_name("基 层 治 理")
    (True, True, False, False)
    """
    surnames = _data()["surnames"]
    if stretched[0].translate(_simplified()) not in surnames:  # most words
        return False
    characters = "".join(stretched.split()).translate(_simplified())
    if characters in _data()["stretched"]:
        return False
    return len(characters) <= _NAME or all(character in surnames for character in characters[::2])


def is_slogan(text: str, span: Span) -> bool:
    """Return whether a blank parts the halves of a quoted slogan or title, which has no other mark.

    >>> is_slogan("以“智行天下 能动未来”为主题", (6, 7)), is_slogan("加强 党建“引领”", (2, 3))
    (True, False)
    """
    start, end = span
    near = text[max(0, start - SLOGAN) : start]
    if not any(mark in near for mark in OPENING_QUOTES):  # most blanks
        return False
    before = _QUOTES.search(near[::-1])
    after = _QUOTES.search(text, end, end + SLOGAN)
    return before is not None and after is not None and f"{before[0]}{after[0]}" in ("“”", "「」", "《》")


def is_form(text: str, span: Span) -> bool:
    """Return whether blanks are to be filled in: two or more as in ``自  年  月``, where a figure is missing.

    >>> is_form("自  年  月  日起", (1, 3)), is_form("二〇二一 年", (4, 5))
    (True, False)
    """
    start, end = span
    if end - start <= 1 or end >= len(text) or start == 0:
        return False
    before, after = (character.translate(_simplified()) for character in (text[start - 1], text[end]))
    return after in _data()["filled_in"] and before in _data()["before_filled_in"]


def is_row(text: str, line: Span) -> bool:
    """Return whether a line is a numbered row of a table without rules.

    >>> is_row("1 管网老化 更换，年底完成。", (0, 15)), is_row("3 个村用上了自来水，很好。", (0, 14))
    (True, False)
    """
    start, end = line
    if _row().match(text, start, end) is None:
        return False
    return sum(1 for _ in _GAPS.finditer(text, start, end)) >= _ROW_GAPS


def is_verse_gap(text: str, span: Span) -> bool:
    """Return whether a wide blank behind a mark parts the halves of a short line, as in verse."""
    start, end = span
    if text[start:end] in (" ", "\u00a0"):
        return False
    first = text.rfind("\n", max(0, start - _LONGEST_VERSE), start)
    last = text.find("\n", end, end + _LONGEST_VERSE)
    last = last if last >= 0 or end + _LONGEST_VERSE < len(text) else len(text)
    inside = first >= 0 or start < _LONGEST_VERSE
    return inside and 0 <= last - max(first, 0) <= _LONGEST_VERSE
