"""The seams of a splice: where a passage of another text begins and ends, and whether it breaks sentences.

A passage of foreign words need not be a splice: an annex, a chapter on a subject of its own and a long
quotation are foreign too. These begin and end with sentences (or quotation marks); a badly cut column breaks
off inside one, and the halves around it belong together (``引进紧缺人`` … ``才``).

Where a seam lies is told by the words around it: foreign ones should stand on one side and the document's own
on the other. How surely it lies inside a sentence is a likelihood ratio: how much worse the best boundary
between sentences explains those words than the best boundary anywhere.
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
"""Characters around the ends of a run of foreign words in which its seams are looked for."""
_NEIGHBOURS = 60
"""Characters within which a word's next occurrence says nothing: phrases repeat their words."""
_MARGIN = 20
"""Characters at the ends of a run that may not be foreign yet."""
_LEAST_SHARE = 0.3
"""The least that the share of recurring words in the text's own part is taken to be."""
_MOST_SHARE = 0.97
"""The most that it is taken to be."""
_LEAST_FOREIGN = 0.05
"""The least that the share of such words in a foreign part is taken to be."""
_GAP = 0.1
"""The least by which the two shares are taken to differ."""
_SENTENCE_ENDS = frozenset("。！？!?；;\n")
_MARKS = frozenset("。！？!?；;，、：:,“”‘’（）()《》 \n—…")
_JOINED = 6
"""Characters of a phrase across a seam."""
_JOINED_WEIGHT = 0.8
"""What each character of such a phrase but the first adds: of the made splices 28 % have one of three or
more, of the paragraphs and quotations 3 %."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its span in the text."""

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
    """Return how much a word says about the text it stands in, 0.2 to 1.5: a common one says little."""
    return min(1.5, max(0.2, (idf(word) - 4) / 5))


def find_seams(text: str, words: Sequence[Word], offsets: Mapping[str, Sequence[int]], run: Span) -> Seams:
    """Find the seams of a run of foreign words.

    Args:
        text: The text.
        words: Its words, in order.
        offsets: The offsets of each of them, ascending.
        run: About where the run is.
    """
    total = _evidence(words, offsets, run)
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
    """Return whether a sentence may begin at an offset."""
    return at in (0, len(text)) or text[at - 1] in _SENTENCE_ENDS


def _best_between(total: Callable[[int], float], left: Sequence[int], right: Sequence[int]) -> float:
    """Return the evidence for the best passage with such ends; minus infinity if there are none near."""
    if not left or not right:
        return float("-inf")
    return max(map(total, right)) - min(map(total, left))


def _around(text: str, at: int) -> range:
    """Return the offsets around one at which its seam is looked for."""
    return range(max(0, at - _WINDOW), min(len(text), at + _WINDOW) + 1)


def _evidence(
    words: Sequence[Word], offsets: Mapping[str, Sequence[int]], run: Span
) -> Callable[[int], float]:
    """Return a function from an offset to the evidence that the words before it are foreign."""
    own = [_recurs_outside(offsets[word.text], word.start, run) for word in words]
    share, foreign = _shares(words, own, run)
    said_by_own, said_by_other = log(foreign / share), log((1 - foreign) / (1 - share))
    values = (
        (said_by_own if mine else said_by_other) * weight(word.text)
        for word, mine in zip(words, own, strict=True)
    )
    sums = list(accumulate(values, initial=0.0))
    starts = [word.start for word in words]
    return lambda at: sums[bisect_left(starts, at)]


def _recurs_outside(offsets: Sequence[int], at: int, run: Span) -> bool:
    """Return whether a word at ``at`` occurs outside the run too, and not close by."""
    return any(not run[0] <= offset < run[1] and abs(offset - at) > _NEIGHBOURS for offset in offsets)


def _shares(words: Sequence[Word], own: Sequence[bool], run: Span) -> tuple[float, float]:
    """Return the share of the text's own words outside the run and well inside it."""
    inside = [m for w, m in zip(words, own, strict=True) if run[0] + _MARGIN <= w.start < run[1] - _MARGIN]
    outside = [m for w, m in zip(words, own, strict=True) if not run[0] <= w.start < run[1]]
    share = min(_MOST_SHARE, max(_LEAST_SHARE, sum(outside) / max(1, len(outside))))
    foreign = (sum(inside) + 1) / (len(inside) + 4)
    return share, min(share - _GAP, max(_LEAST_FOREIGN, foreign))


# What meets at the seams ------------------------------------------------------------------------------


def _meet(text: str, words: Sequence[Word], start: int, end: int) -> tuple[int, int, str]:
    """Move the seams between the words around them to where the halves of the sentence read on."""
    starts = [word.start for word in words]
    left, right = _between(words, starts, start), _between(words, starts, end)
    best, joined = (left.stop - 1, right.start), ""
    for i, j in product(left, right):
        phrase = _longest_phrase(text, i, j)
        if len(phrase) > len(joined):
            best, joined = (i, j), phrase
    return (*best, joined)


def _between(words: Sequence[Word], starts: Sequence[int], at: int) -> range:
    """Return the offsets from the end of one word to the start of the next."""
    index = bisect_left(starts, at)
    first = words[index - 1].end if index else 0
    last = words[index].start if index < len(words) else first
    return range(min(first, last), last + 1)


def _longest_phrase(text: str, start: int, end: int) -> str:
    """Return the longest phrase across a cut that the text has elsewhere or that is a word."""
    found = (phrase for phrase in _phrases(text, start, end) if idf(phrase) < MEDIAN_IDF or phrase in text)
    return max(found, key=len, default="")


def _phrases(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what stands across a cut, up to :data:`_JOINED` characters, within a part of a sentence."""
    for before in range(1, _JOINED):
        if start - before < 0 or text[start - before] in _MARKS:
            return
        for after in range(1, _JOINED - before + 1):
            if end + after > len(text) or text[end + after - 1] in _MARKS:
                break
            yield text[start - before : start] + text[end : end + after]


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Return whether the passage is a quotation, as far as where its foreign words begin and end can tell."""
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
