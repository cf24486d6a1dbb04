"""The seams of a splice: where a passage of another text begins and ends, and whether it breaks sentences.

A stretch of foreign words need not be a splice: an annex, a chapter on a subject of its own and a long
quotation are foreign too. These begin and end with sentences (or quotation marks), a badly cut column does
not.
How surely a seam lies inside a sentence is the likelihood of the words around it: how much worse they are
explained by the best boundary between sentences than by the best boundary anywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from math import log

from pdtool.segment.jieba_data import MEDIAN_IDF, idf
from pdtool.text.lines import Span

__all__ = ["Seams", "Word", "find_seams", "weight"]

# Set on passages spliced into made-up documents, and on the same documents with whole paragraphs and
# quotations of other texts in them (tests/damage/splicing.py, November 2026).
_WINDOW = 160
"""Characters around the ends of a stretch of foreign words in which its seams are looked for."""
_NEIGHBOURS = 60
"""Characters within which a word's next occurrence says nothing: phrases repeat their words."""
_MARGIN = 20
"""Characters at the ends of a stretch that may not be foreign yet."""
_LEAST_SHARE, _MOST_SHARE = 0.3, 0.97
"""Bounds of the share of words that recur, in the text's own part."""
_LEAST_FOREIGN, _GAP = 0.05, 0.1
"""Least share of such words in a foreign part, and least difference of the two."""
_SENTENCE_ENDS = frozenset("。！？!?；;\n")
_MARKS = frozenset("。！？!?；;，、：:,“”‘’（）()《》 \n—…")
_JOINED = 6
"""Characters of a phrase across a seam."""
_JOINED_WEIGHT = 0.8
"""What each character of such a phrase but the first adds: of the made splices 28 % have one of three or
more, of the paragraphs and quotations 3 %."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seams:
    """Where a foreign passage begins and ends.

    Args:
        start: Its first character.
        end: The first character after it.
        broken: How much better both seams explain the words around them than the best boundaries of
            sentences near them do (natural logarithm of a likelihood ratio), and how well the halves join.
        torn: Likewise than the best boundaries of paragraphs; infinite where there are none near.
        joined: What the halves around it make of one another, such as ``人才``; empty if nothing.
        quoted: Whether it is a quotation.
    """

    start: int
    end: int
    broken: float
    torn: float
    joined: str
    quoted: bool


def weight(word: str) -> float:
    """Weigh how much a word says about the text it stands in: a common one says little."""
    return min(1.5, max(0.2, (idf(word) - 4) / 5))


def find_seams(text: str, words: Sequence[Word], places: Mapping[str, Sequence[int]], run: Span) -> Seams:
    """Find the seams of a stretch of foreign words.

    Args:
        text: The text.
        words: Its words, in order.
        places: Where each of them stands.
        run: About where the stretch is.
    """
    total = _evidence(words, places, run)
    left, right = _around(text, run[0]), _around(text, run[1])
    start, end = min(reversed(left), key=total), max(right, key=total)
    best = total(end) - total(start)
    sentences = _best_between(
        total, [at for at in left if _ends(text, at)], [at for at in right if _ends(text, at)]
    )
    paragraphs = _best_between(
        total,
        [at for at in left if text[at - 1 : at] == "\n"],
        [at for at in right if text[at - 1 : at] == "\n"],
    )
    start, end, joined = _meet(text, words, start, end)
    best += _JOINED_WEIGHT * max(0, len(joined) - 1)
    return Seams(start, end, best - sentences, best - paragraphs, joined, _is_quoted(text, start, end))


def _ends(text: str, at: int) -> bool:
    """Tell whether a sentence may begin at a place."""
    return at in (0, len(text)) or text[at - 1] in _SENTENCE_ENDS


def _best_between(total: Callable[[int], float], left: Sequence[int], right: Sequence[int]) -> float:
    """Return the evidence for the best passage with such ends; minus infinity if there are none near."""
    if not left or not right:
        return float("-inf")
    return max(map(total, right)) - min(map(total, left))


def _around(text: str, at: int) -> range:
    return range(max(0, at - _WINDOW), min(len(text), at + _WINDOW) + 1)


def _evidence(
    words: Sequence[Word], places: Mapping[str, Sequence[int]], run: Span
) -> Callable[[int], float]:
    """Return the evidence that the words before a place are foreign, summed up from the beginning."""
    own = [_recurs_outside(places[word.text], word.start, run) for word in words]
    share, foreign = _shares(words, own, run)
    said_by_own, said_by_other = log(foreign / share), log((1 - foreign) / (1 - share))
    values = (
        (said_by_own if mine else said_by_other) * weight(word.text)
        for word, mine in zip(words, own, strict=True)
    )
    sums = list(accumulate(values, initial=0.0))
    starts = [word.start for word in words]
    return lambda at: sums[bisect_left(starts, at)]


def _recurs_outside(places: Sequence[int], at: int, run: Span) -> bool:
    return any(not run[0] <= place < run[1] and abs(place - at) > _NEIGHBOURS for place in places)


def _shares(words: Sequence[Word], own: Sequence[bool], run: Span) -> tuple[float, float]:
    """Return the share of the text's own words outside the stretch and well inside it."""
    inside = [m for w, m in zip(words, own, strict=True) if run[0] + _MARGIN <= w.start < run[1] - _MARGIN]
    outside = [m for w, m in zip(words, own, strict=True) if not run[0] <= w.start < run[1]]
    share = min(_MOST_SHARE, max(_LEAST_SHARE, sum(outside) / max(1, len(outside))))
    foreign = (sum(inside) + 1) / (len(inside) + 4)
    return share, min(share - _GAP, max(_LEAST_FOREIGN, foreign))


# What meets at the seams ------------------------------------------------------------------------------


def _meet(text: str, words: Sequence[Word], start: int, end: int) -> tuple[int, int, str]:
    """Place the seams between the words around them, where the halves of the sentence read on."""
    starts = [word.start for word in words]
    left, right = _between(words, starts, start), _between(words, starts, end)
    best, joined = (left.stop - 1, right.start), ""
    for i, j in product(left, right):
        phrase = _longest_phrase(text, i, j)
        if len(phrase) > len(joined):
            best, joined = (i, j), phrase
    return (*best, joined)


def _between(words: Sequence[Word], starts: Sequence[int], at: int) -> range:
    """Return the places from the end of one word to the start of the next."""
    place = bisect_left(starts, at)
    first = words[place - 1].end if place else 0
    last = words[place].start if place < len(words) else first
    return range(min(first, last), last + 1)


def _longest_phrase(text: str, start: int, end: int) -> str:
    """Return the longest phrase across a cut that the text has elsewhere or that is a word."""
    found = (phrase for phrase in _phrases(text, start, end) if idf(phrase) < MEDIAN_IDF or phrase in text)
    return max(found, key=len, default="")


def _phrases(text: str, start: int, end: int) -> Iterator[str]:
    for before in range(1, _JOINED):
        if start - before < 0 or text[start - before] in _MARKS:
            return
        for after in range(1, _JOINED - before + 1):
            if end + after > len(text) or text[end + after - 1] in _MARKS:
                break
            yield text[start - before : start] + text[end : end + after]


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether the passage is a quotation, as far as where its foreign words begin and end can tell."""
    return any(
        2 * (min(end, last) - max(start, first)) >= max(end, last) - min(start, first)
        for first, last in _quotations(text, max(0, start - _WINDOW), end)
    )


def _quotations(text: str, low: int, high: int) -> Iterator[Span]:
    """Yield the quotations that begin in a part of the text."""
    opening = text.find("“", low, high)
    while opening >= 0:
        closing = text.find("”", opening)
        if closing < 0:
            return
        yield opening, closing
        opening = text.find("“", closing, high)
