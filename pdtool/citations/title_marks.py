"""Titles in 《》: where each begins and ends, however it is nested, wrapped or damaged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pdtool.citations.wording import form

__all__ = ["marked_titles"]

LONGEST = 200
"""Characters of a title at most, its line ends included."""
_MARKS = re.compile("[《》〈〉«»]|<<(?=[\u3400-\u9fff“（])|>>|＜＜|＞＞")
_OPENING = {"《": "《", "<<": "《", "＜＜": "《", "«": "《", "〈": "〈"}
_CLOSING = {"》": "《", ">>": "《", "＞＞": "《", "»": "《", "〉": "〈"}
_WORD = re.compile(r"[^\W_]")
_SHORTEST_SINGLE = 4
"""Characters of a title in 〈〉 alone, which other things stand in as well."""
_MOST_LINES = 4

Stretch = tuple[int, int]
"""The half-open offsets of a title, without its marks and the blanks beside them."""


@dataclass(slots=True)
class _Open:
    """A mark that is open.

    Args:
        mark: Which one it is.
        start: The offset behind it.
        inner: The titles that closed within it: they stand for themselves if it never closes.
    """

    mark: str
    start: int
    inner: list[Stretch] = field(default_factory=list)


def marked_titles(text: str) -> list[Stretch]:
    """Return the titles of a text, the outermost of nested ones, in order.

    A mark without a partner takes nothing along: what it holds stands for itself.

    >>> text = "依《关于修改〈某法〉的决定》、《甲《乙》条例》和《丙条例〉，又《丁条例，见《戊办法》。"
    >>> [text[slice(*one)] for one in marked_titles(text)]
    ['关于修改〈某法〉的决定', '甲《乙》条例', '丙条例', '戊办法']
    """
    if not any(mark in text for mark in ("《", "〈", "<<", "＜＜", "«")):
        return []
    return _Pairing(text).titles()


class _Pairing:
    """Pairs the marks of a text.

    Args:
        text: The clean text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[_Open] = []
        self._found: list[Stretch] = []

    def titles(self) -> list[Stretch]:
        """Return the titles in order."""
        marks = list(_MARKS.finditer(self._text))
        for index, match in enumerate(marks):
            if self._open and match.start() - self._open[0].start > LONGEST:
                self._give_up()
            mark = match[0]
            if mark in _OPENING:
                self._open.append(_Open(_OPENING[mark], match.end()))
            elif mark != "〉" or not self._is_stray(marks, index):
                self._close(_CLOSING[mark], match.start())
        self._give_up()
        return sorted(self._found)

    def _is_stray(self, marks: list[re.Match[str]], index: int) -> bool:
        """Return whether 〉 closes nothing: 〈 was lost before it, and 》 follows."""
        if any(one.mark == "〈" for one in self._open) or not self._open:
            return not self._open
        following = marks[index + 1] if index + 1 < len(marks) else None
        return (
            following is not None
            and _CLOSING.get(following[0]) == "《"
            and self._is_title(self._open[-1].start, following.start())
        )

    def _close(self, mark: str, end: int) -> None:
        """Close the last mark of a kind; of 〉 with no 〈 open, the last 《 (and likewise the other way)."""
        if not self._open:
            return
        at = next((i for i in reversed(range(len(self._open))) if self._open[i].mark == mark), -1)
        for lost in self._open[at + 1 :] if at >= 0 else ():
            self._open[at].inner += lost.inner
        one = self._open[at]
        del self._open[at:]
        titles = [(one.start, end)] if self._is_title(one.start, end) else one.inner
        if mark == "〈" == one.mark and not self._open:
            titles = [span for span in titles if span[1] - span[0] >= _SHORTEST_SINGLE]
        if self._open:
            self._open[-1].inner += titles
        else:
            self._found += map(self._stripped, titles)

    def _is_title(self, start: int, end: int) -> bool:
        if not 0 < end - start <= LONGEST or _WORD.search(self._text, start, end) is None:
            return False
        lines = self._text.count("\n", start, end)
        return lines < _MOST_LINES and form("titles", "no_title").search(self._text, start, end) is None

    def _stripped(self, span: Stretch) -> Stretch:
        cut = self._text[slice(*span)]
        return span[0] + len(cut) - len(cut.lstrip()), span[1] - len(cut) + len(cut.rstrip())

    def _give_up(self) -> None:
        """Let go of what is open: it has no partner."""
        for one in self._open:
            self._found += map(self._stripped, one.inner)
        self._open.clear()
