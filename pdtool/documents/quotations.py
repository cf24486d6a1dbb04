"""Where a text has the words of others: quotations, and the titles of what it cites.

Quotation marks of all styles are paired, nested ones inside outer ones. A quotation of several paragraphs may
open each of them anew, and close the last alone. A mark that stands the wrong way round is turned by what
stands beside it. A mark without a partner quotes only where words of saying tell that somebody is quoted.
Where marks are missing, what follows a verb of saying is quoted, up to the end of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.data_files import data_toml
from pdtool.text.edits import IntArray
from pdtool.text.fold import Folded, fold

__all__ = [
    "LEAST_SHARE",
    "Words",
    "foreign",
    "foreign_words",
    "foreign_words_in_fold",
    "foreign_words_of",
    "in_quotation_marks",
]

LONGEST = 1000
"""Characters of a quotation at most: a longer one is a text that stands in quotation marks as a whole, or the
partner of its first mark is missing."""
ASIDE = 100
"""Characters of the longest quotation of whole sentences that stands right behind any word."""
DEEPEST = 8
"""Marks that are open at a time; of more, the first have no partner."""
LEAST_SHARE = 0.8
"""A passage of which at least this share stands in quotations (or in titles) is a quotation."""
SPEAKER_CHARS = 60
"""Characters before a verb of saying among which who speaks is looked for."""

_CLOSERS = frozenset("，。；：、！？）)》,;!?…")
"""What follows a mark that closes, and never one that opens."""
_COLONS = frozenset("：:")
_PAUSES = frozenset("：:，,")
_STARTS = frozenset('“‘「『〝"＂')
"""What the words that follow a verb of saying do not begin with where their marks are missing."""
_SENTENCE_END = re.compile(r"[。！？\n]")
_FULL_STOP = "。"
"""What ends a sentence, and is in no term or slogan."""
_LAST_SENTENCE_END = frozenset("。！？")


class Words(IntEnum):
    """Whose words a stretch is, or which part of the document; the last three are told where asked for."""

    QUOTED = 1
    CITED = 2
    TITLE = 3
    REFERENCES = 4
    SIGNATURE = 5


Stretch = tuple[int, int, Words]
"""Where the words of others start and end, and whose they are."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """The marks and words of ``data/quotations.toml``."""

    marks: tuple[str, ...]
    closing: dict[str, str]
    opening: dict[str, str]
    straight: frozenset[str]
    title: str
    reported: tuple[str, ...]
    verbs: tuple[str, ...]
    own_voice: tuple[str, ...]
    sayings: tuple[str, ...]
    speaker: re.Pattern[str]


@cache
def _forms() -> _Forms:
    data = data_toml("quotations.toml")
    pairs = [*data["pairs"], data["title"]]
    closing = {pair[0]: pair[1] for pair in pairs} | {mark: mark for mark in data["straight"]}
    speakers = "|".join(data["speakers"])
    return _Forms(
        tuple(sorted({*closing, *closing.values()})),
        closing,
        {pair[1]: pair[0] for pair in data["pairs"]},
        frozenset(data["straight"]),
        data["title"][1],
        tuple(data["reported"]),
        tuple(data["verbs"]),
        tuple(data["own_voice"]),
        tuple(data["sayings"]),
        re.compile(rf"(?:{speakers})[^。！？\n“「『\"]{{0,12}}\Z"),
    )


def foreign_words(text: str) -> list[Stretch]:
    """Return the quotations and titles of a text: where each starts and ends, and which it is.

    >>> text = "会议指出：要抓落实。他说“好”，见《通知》。"
    >>> [text[start:end] for start, end, _ in foreign_words(text)]
    ['要抓落实', '好', '通知']
    """
    said = list(_said(text, _forms()))
    unmarked = ((start, _end_of_sentence(text, start), Words.QUOTED) for start in said)
    return sorted([*unmarked, *_marked(text, said)])


def in_quotation_marks(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text inside quotation marks, sorted; of nested ones the outer.

    >>> in_quotation_marks("会议指出：要抓落实。他说“好，‘就’这样”，见《通知》。")
    [(13, 20)]
    """
    quoted = [one for one in _marked(text, list(_said(text, _forms()))) if one[2] is Words.QUOTED]
    found: list[tuple[int, int]] = []
    for start, end, _ in sorted(quoted):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _marked(text: str, said: list[int]) -> list[Stretch]:
    """Return what stands between the marks of a text, given where words begin that have lost theirs."""
    forms = _forms()
    marks = sorted((offset, mark) for mark in forms.marks for offset in _occurrences(text, mark))
    return _Pairing(text, forms).of(marks, said) if marks else []


def _occurrences(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands: for few words, much faster than a pattern."""
    offset = text.find(word)
    while offset >= 0:
        yield offset
        offset = text.find(word, offset + 1)


def _said(text: str, forms: _Forms) -> Iterator[int]:
    """Yield where words begin that follow a verb of saying without a mark."""
    for words, needs_speaker in ((forms.reported, False), (forms.verbs, True)):
        for verb in words:
            for offset in _occurrences(text, verb):
                start = offset + len(verb)
                if text[start : start + 1] not in _PAUSES:
                    continue
                if _is_said_by_others(text, offset, needs_speaker, forms):
                    start = _after_blanks(text, start + 1)
                    if start < len(text) and text[start] not in _STARTS:
                        yield start


def _is_said_by_others(text: str, offset: int, needs_speaker: bool, forms: _Forms) -> bool:
    before = text[max(0, offset - SPEAKER_CHARS) : offset]
    if needs_speaker:
        return forms.speaker.search(before) is not None
    return not before.endswith(forms.own_voice)


def _after_blanks(text: str, offset: int) -> int:
    while text[offset : offset + 1] in (" ", "\u3000", "\t"):
        offset += 1
    return offset


def _end_of_sentence(text: str, start: int) -> int:
    found = _SENTENCE_END.search(text, start, start + LONGEST)
    return found.start() if found else min(len(text), start + LONGEST)


def _end_of_paragraph(text: str, start: int) -> int:
    end = text.find("\n", start, start + LONGEST + 1)
    return min(len(text), start + LONGEST + 1) if end < 0 else end


class _Pairing:
    """Pairs the marks of a text.

    Args:
        text: The clean text.
        forms: The marks.
    """

    def __init__(self, text: str, forms: _Forms) -> None:
        self._text = text
        self._forms = forms
        self._opened: list[tuple[str, int]] = []
        """What closes each mark that is open, and where the words behind it begin."""
        self._found: list[Stretch] = []

    def of(self, marks: Iterable[tuple[int, str]], said: Iterable[int]) -> list[Stretch]:
        """Return what stands between marks; of nested ones the outer and the inner.

        Args:
            marks: All marks, and where they stand, in order.
            said: Where words begin that follow a verb of saying without a mark.
        """
        lost: list[tuple[str, int]] = []
        unopened: list[int] = []
        offsets: list[int] = []
        closings, straight = self._forms.closing, self._forms.straight
        for offset, found in marks:
            offsets.append(offset)
            if found not in straight:  # as nearly all marks stand: one opens, the next one closes it
                if not self._opened and found in closings:
                    self._opened.append((closings[found], offset + 1))
                    continue
                closing, start = self._opened[-1] if self._opened else ("", 0)
                near = closing == found and offset - start <= LONGEST
                inside = self._text[start : offset - 1] if near and offset - start > ASIDE else ""
                if near and _FULL_STOP not in inside and "\n" not in self._text[start:offset]:
                    self._opened.pop()
                    self._found.append((start, offset, self._kind(closing)))
                    continue
            while self._opened and (len(self._opened) > DEEPEST or offset - self._opened[0][1] > LONGEST):
                lost.append(self._opened.pop(0))
            mark = self._turned(found, offset)
            partner = self._partner(mark, offset)
            if partner is not None:
                closing, start = self._opened[partner]
                lost += self._opened[partner + 1 :]
                del self._opened[partner:]
                self._found.append((start, offset, self._kind(closing)))
            elif mark in self._forms.closing:
                self._open(mark, offset)
            elif mark != self._forms.title:
                unopened.append(offset)
        for closing, start in [*lost, *self._opened]:
            self._close_lost(closing, start, offsets)
        self._open_lost(unopened, said)
        return self._found

    def _kind(self, closing: str) -> Words:
        return Words.CITED if closing == self._forms.title else Words.QUOTED

    def _neighbours(self, offset: int) -> tuple[str, str]:
        """Return the character before a mark, behind blanks, and the one after it."""
        before = self._text[max(0, offset - 4) : offset].rstrip(" \u3000\t")
        return before[-1:], self._text[offset + 1 : offset + 2]

    def _turned(self, mark: str, offset: int) -> str:
        """Return the mark that was meant: one that closes where another cannot, or opens likewise."""
        closing, opening = self._forms.closing.get(mark), self._forms.opening.get(mark)
        if mark in self._forms.straight or self._forms.title in (closing, mark):
            return mark
        before, behind = self._neighbours(offset)
        ends = behind in _CLOSERS or behind in ("", "\n")
        begins = self._leads(offset)
        is_open = any(
            one == (closing or mark) and self._may_reach(start, offset) for one, start in self._opened
        )
        if closing and is_open and ends and not begins:
            return closing
        if opening and not ends and (begins or (before in _PAUSES and not is_open)):
            return opening
        return mark

    def _may_reach(self, start: int, offset: int) -> bool:
        """Return whether a quotation may go so far: over paragraphs only from where quotations begin."""
        return offset - start <= LONGEST and ("\n" not in self._text[start:offset] or self._leads(start - 1))

    def _partner(self, mark: str, offset: int) -> int | None:
        """Return which of the open marks a mark closes."""
        index = max((at for at, (closing, _) in enumerate(self._opened) if closing == mark), default=None)
        if index is None:
            return None
        start = self._opened[index][1]
        if mark != self._forms.title and not self._may_reach(start, offset):
            return None
        if mark != self._forms.title and self._lost_its_partner(start, offset):
            return None
        if mark not in self._forms.straight:
            return index
        before, behind = self._neighbours(offset)
        is_at_end = behind in _CLOSERS or behind in ("", "\n") or before in _LAST_SENTENCE_END
        if "\n" in self._text[start:offset]:
            # One that opens and closes alike goes over paragraphs only if it stands where each may stand.
            return index if is_at_end and before not in ("", "\n") else None
        return index if is_at_end or before not in _COLONS else None

    def _lost_its_partner(self, start: int, offset: int) -> bool:
        """Return whether the words behind a mark end before the one at ``offset``, whose own mark is lost.

        What stands in marks right behind a word, such as a term (``来到“家门口”``), ends before the sentence
        does; whole sentences are quoted behind a word of saying, or behind a mark.
        """
        is_behind_word = self._text[start - 2 : start - 1].isalnum()
        if not is_behind_word or offset - start <= ASIDE or _FULL_STOP not in self._text[start : offset - 1]:
            return False
        before = self._text[max(0, start - 1 - SPEAKER_CHARS) : start - 1]
        forms = self._forms
        return not before.endswith((*forms.sayings, *forms.verbs, *forms.reported))

    def _leads(self, offset: int) -> bool:
        """Return whether a mark stands at the beginning of a paragraph, or behind a colon or a saying."""
        before, _ = self._neighbours(offset)
        if before in ("", "\n") or before in _COLONS:
            return True
        if before not in _PAUSES:
            return False
        return self._text[max(0, offset - 8) : offset].rstrip(" \u3000\t")[:-1].endswith(self._forms.sayings)

    def _open(self, mark: str, offset: int) -> None:
        """Take a mark that opens; one at the beginning of the next paragraph goes on with what is open."""
        closing = self._forms.closing[mark]
        index = max((at for at, (one, _) in enumerate(self._opened) if one == closing), default=None)
        if index is not None and closing != self._forms.title:
            start = self._opened[index][1]
            end = _end_of_paragraph(self._text, start)
            if end < offset and not self._text[end:offset].strip() and self._leads(start - 1):
                del self._opened[index:]
                self._found.append((start, end, Words.QUOTED))
        self._opened.append((closing, offset + 1))

    def _close_lost(self, closing: str, start: int, offsets: list[int]) -> None:
        """Take what stands behind a mark without a partner, if somebody is quoted there."""
        before, _ = self._neighbours(start - 1)
        if closing == self._forms.title or before in ("", "\n") or not self._leads(start - 1):
            return
        end = _end_of_paragraph(self._text, start)
        following = bisect_left(offsets, start)
        if following < len(offsets) and offsets[following] < end:
            end = min(end, _end_of_sentence(self._text, start))
        if end - start <= LONGEST:
            self._found.append((start, end, Words.QUOTED))

    def _open_lost(self, unopened: Iterable[int], said: Iterable[int]) -> None:
        """Take what stands before a mark without a partner, if it follows a verb of saying."""
        starts, ends = sorted(said), sorted(end for _, end, _ in self._found)
        for offset in unopened:
            paragraph = self._text.rfind("\n", max(0, offset - LONGEST), offset)
            before = bisect_left(starts, offset)
            start = starts[before - 1] if before else -1
            if start <= max(paragraph, offset - LONGEST):
                continue
            ended = bisect_right(ends, start)
            if ended == len(ends) or ends[ended] > offset:
                insort(ends, offset)
                self._found.append((start, offset, Words.QUOTED))


def foreign_words_of(text: str, folded: Folded) -> IntArray:
    """Return the quotations and titles of a text in folded characters.

    Args:
        text: The clean text.
        folded: Its fold.

    Returns:
        One row for each: start, end, and which it is (:class:`Words`); shape ``(n, 3)``.
    """
    return _in_fold(foreign_words(text), folded)


def foreign_words_in_fold(text: str) -> IntArray:
    """Do as :func:`foreign_words_of` does for a text whose fold is not at hand; most texts need none."""
    found = foreign_words(text)
    return _in_fold(found, fold(text)) if found else np.empty((0, 3), np.int32)


def _in_fold(found: Sequence[Stretch], folded: Folded) -> IntArray:
    spans = np.array(found, np.int32).reshape(-1, 3)
    spans[:, :2] = np.searchsorted(folded.positions, spans[:, :2])
    return spans


def foreign(words: IntArray, size: int, *kinds: Words) -> npt.NDArray[np.bool_]:
    """Return which characters of a text are the words of others.

    Args:
        words: The quotations and titles of the text; see :func:`foreign_words_of`.
        size: Folded characters of the text.
        kinds: Whose words; all, if none is given.

    Returns:
        Shape ``(size,)``.
    """
    found = np.zeros(size, bool)
    for start, end, kind in words.tolist():
        if not kinds or kind in kinds:
            found[start:end] = True
    return found
