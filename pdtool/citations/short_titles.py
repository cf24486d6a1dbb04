"""Short forms of titles: what 以下简称《意见》 defines, and what a bare 《意见》 stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pdtool.citations.wording import form

__all__ = ["ShortTitles"]

_DEFINED = re.compile(r"称[为作\s:：“\"「『‘]{0,8}《")
"""What every definition ends with: this is found ten times as fast."""
_BEFORE_SIGN = 8
"""Characters before 称 within which a definition begins."""
_NEAR = 260
"""Characters behind a title within which its short form is defined."""
_BESIDE = re.compile(r"\s*[》〉]?\s*(?:[（(]|\Z)")
"""What follows a title whose short form is not at its end: 《关于某事的意见》（以下简称《实施意见》）."""
_PARAGRAPH = 2000
"""Characters of a paragraph before a bare title that are looked at."""
_MOST = 8
"""Short forms that are defined together."""
_MARK = 3
"""Characters between the words that define a short form and the form itself."""
_APART = "。；\n（()）称"
"""What stands between no two short forms that are defined together."""
_BETWEEN = 12
"""Characters between short forms that are defined together."""

Stretch = tuple[int, int]


def _definitions(text: str) -> Iterator[re.Match[str]]:
    """Yield the words that define a short form, each right before its title."""
    behind = 0
    for sign in _DEFINED.finditer(text):
        least = max(behind, sign.start() - _BEFORE_SIGN)
        found = form("short", "defines").search(text, least, sign.end())
        if found is not None:
            behind = found.end()
            yield found


class ShortTitles:
    """The short forms of one text.

    Args:
        text: The clean text.
        titles: The half-open offsets of all titles in it, in order.
        plain: What each says, in one line.
    """

    def __init__(self, text: str, titles: Sequence[Stretch], plain: Sequence[str]) -> None:
        self._text = text
        self._titles = titles
        self._plain = plain
        self.definitions: set[int] = set()
        """The indexes of titles that only define a short form."""
        self._defined: dict[str, int] = {}
        if "称" in text:
            self._read()

    def _read(self) -> None:
        starts = [start for start, _ in self._titles]
        for found in _definitions(self._text):
            index = bisect_left(starts, found.end())
            short = list(self._together(index, found.end()))
            whole = [at for at in range(max(0, index - _MOST), index) if at not in self.definitions]
            whole = [at for at in whole if found.start() - self._titles[at][1] <= _NEAR]
            self.definitions.update(short)
            if len(short) == 1:
                likely = [at for at in whole if _is_short_for(self._plain[short[0]], self._plain[at])]
                whole = likely or [at for at in whole[-1:] if self._is_beside(at, found.start())]
            for at, meant in zip(reversed(short), reversed(whole), strict=False):
                self._defined.setdefault(self._plain[at], meant)

    def _is_beside(self, index: int, offset: int) -> bool:
        """Return whether nothing but a bracket stands between a title and the words that define a form."""
        between = self._text[self._titles[index][1] : offset]
        return _BESIDE.match(between) is not None

    def _together(self, index: int, offset: int) -> list[int]:
        """Return the titles that stand one behind the other from an offset on."""
        found: list[int] = []
        while index < len(self._titles) and len(found) < _MOST:
            between = self._text[offset : self._titles[index][0]]
            if len(between) > (_BETWEEN if found else _MARK) or any(sign in between for sign in _APART):
                break
            found.append(index)
            offset = self._titles[index][1]
            index += 1
        return found

    def whole(self, index: int, former: Sequence[int]) -> int:
        """Return the index of the title that a title stands for: its own if it is whole.

        Args:
            index: The title.
            former: The indexes of whole titles before it, in order.
        """
        title = self._plain[index]
        defined = self._defined.get(title)
        if defined is not None and defined != index:
            return defined
        if form("short", "bare").fullmatch(title) is None:
            return index
        ending = [at for at in former if _is_short_for(title, self._plain[at])]
        if ending and len({_bare(self._plain[at]) for at in ending}) == 1:
            return max(ending, key=lambda at: len(self._plain[at]))
        for sign in "\n。":
            start = self._titles[index][0]
            begin = self._text.rfind(sign, max(0, start - _PARAGRAPH), start)
            near = [at for at in ending if self._titles[at][0] > begin]
            if near and len({_bare(self._plain[at]) for at in near}) == 1:
                return near[-1]
        return index


def _is_short_for(short: str, title: str) -> bool:
    """Return whether a title ends in its short form, or in that and the edition.

    >>> _is_short_for("办法", "某县水源管理办法（试行）"), _is_short_for("办法", "办法")
    (True, False)
    """
    bare = _bare(title)
    return len(bare) > len(short) and bare.endswith(short)


def _bare(title: str) -> str:
    """Return a title without the brackets at its end."""
    bare = title
    while bare.endswith(("）", ")")) and (opening := max(bare.rfind("（"), bare.rfind("("))) > 0:
        bare = bare[:opening].rstrip()
    return bare
