"""Where a text has the words of others: quotations, and the titles of what it cites.

Quotation marks of all styles are paired, nested ones inside outer ones; a mark without a partner quotes
nothing. Where marks are missing, what follows a verb of saying is quoted, up to the end of the sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from pdtool.text.edits import IntArray
from pdtool.text.fold import Folded

__all__ = ["LEAST_SHARE", "Words", "foreign", "foreign_words", "foreign_words_of"]

LONGEST = 1000
"""Characters of a quotation at most: a longer one is a text that stands in quotation marks as a whole, or the
partner of its first mark is missing."""
LEAST_SHARE = 0.8
"""A passage of which at least this share stands in quotations (or in titles) is a quotation."""


class Words(IntEnum):
    """Whose words a stretch is, or which part of the document; the last three are told where asked for."""

    QUOTED = 1
    CITED = 2
    TITLE = 3
    REFERENCES = 4
    SIGNATURE = 5


@dataclass(frozen=True, slots=True)
class _Forms:
    """The marks of ``data/quotations.toml``, compiled."""

    mark: re.Pattern[str]
    closing: dict[str, str]
    title: str
    said: re.Pattern[str]


@cache
def _forms() -> _Forms:
    text = files("pdtool").joinpath("data", "quotations.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    closing = {pair[0]: pair[1] for pair in [*data["pairs"], data["title"]]} | {
        m: m for m in data["straight"]
    }
    marks = "".join({*closing, *closing.values()})
    verbs, speakers = "|".join(data["verbs"]), "|".join(data["speakers"])
    said = rf"(?:{speakers})[^。！？\n“「『\"]{{0,12}}?(?:{verbs})[，,：:]\s*([^“「『\"\s][^。！？\n]*)"
    return _Forms(re.compile(rf"[{re.escape(marks)}]"), closing, data["title"][0], re.compile(said))


def foreign_words(text: str) -> list[tuple[int, int, Words]]:
    """Return the quotations and titles of a text: where each starts and ends, and which it is.

    >>> text = "会议指出：要抓落实。他说“好”，见《通知》。"
    >>> [text[start:end] for start, end, _ in foreign_words(text)]
    ['要抓落实', '好', '通知']
    """
    forms = _forms()
    said = ((*found.span(1), Words.QUOTED) for found in forms.said.finditer(text))
    return sorted([*said, *_between_marks(text, forms)])


def _between_marks(text: str, forms: _Forms) -> Iterator[tuple[int, int, Words]]:
    """Yield what stands between marks; of nested ones the outer and the inner."""
    opened: list[tuple[str, int]] = []
    for found in forms.mark.finditer(text):
        mark, offset = found[0], found.start()
        partner = max((index for index, (wanted, _) in enumerate(opened) if wanted == mark), default=None)
        if partner is not None and _may_close(text, mark, opened[partner][1], offset, forms):
            wanted, start = opened[partner]
            del opened[partner:]
            is_title = wanted == forms.closing[forms.title]
            yield start, offset, Words.CITED if is_title else Words.QUOTED
        elif mark in forms.closing:
            opened.append((forms.closing[mark], offset + 1))


def _may_close(text: str, mark: str, start: int, end: int, forms: _Forms) -> bool:
    """Return whether a mark closes one that was opened: not too far on, nor over paragraphs if straight."""
    return end - start <= LONGEST and not (forms.closing.get(mark) == mark and "\n" in text[start:end])


def foreign_words_of(text: str, folded: Folded) -> IntArray:
    """Return the quotations and titles of a text in folded characters.

    Args:
        text: The clean text.
        folded: Its fold.

    Returns:
        One row for each: start, end, and which it is (:class:`Words`); shape ``(n, 3)``.
    """
    found = np.array(foreign_words(text), np.int32).reshape(-1, 3)
    found[:, :2] = np.searchsorted(folded.positions, found[:, :2])
    return found


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
