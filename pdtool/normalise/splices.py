"""Splices: passages of another article printed into the middle of a sentence.

A badly cut column leaves two traces. Its *vocabulary* is foreign: most of the words occur nowhere else in the
document, while every other stretch of the same length takes up words that recur throughout. And its *seams*
break sentences: it begins and ends in one, and the halves around it belong together. Both must be seen; a
chapter on a subject of its own begins and ends with its sentences. A splice is shown to a person; it is left
out of the text only when that person asks for it (:func:`splice_edits`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pdtool.normalise.edits import Edits, OffsetMap
from pdtool.normalise.script import convert_script
from pdtool.rows import Kind, column
from pdtool.segment.jieba_data import idf
from pdtool.segment.segmenter import Segmenter

__all__ = ["Splice", "SpliceRow", "find_splices", "splice_edits", "splice_rows"]

# Set on passages of 80 to 600 characters spliced into made-up documents, and on those documents without
# them (tests/texts, November 2026).
_FAR, _FAR_SHARE = 700, 0.25
"""Characters, and share of a shorter text, between two occurrences of a word of the document's own."""
_STRICTNESS = 1.6
"""How much more a document's own words count against a splice than its other words count for it."""
_LEAST_SCORE = 36.0
"""Twice what the most colourful stretch of an undamaged text reached (17.9 in 150 texts)."""
_SHORTEST, _LONGEST = 60, 1200
"""Characters of a splice."""
_SHORTEST_TEXT = 900
"""Characters a document needs for its own words to show."""
_LEAST_OWN = 0.25
"""Share of the words that recur in a document whose vocabulary can be told."""
_MOST = 8
"""Splices looked for in one document."""
_ROUNDS = 3
_SENTENCE_END = re.compile("[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Splice:
    """A passage that seems to come from another text.

    Args:
        start: Its first character.
        end: The first character after it.
        reason: What speaks for it, in words.
        score: How much its vocabulary differs; none is below 36; there is no upper bound.
    """

    start: int
    end: int
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class SpliceRow:
    """A passage that seems to come from another text; offsets are half-open and cut the raw text."""

    doc: str = column(Kind.TEXT, "Id of the document.")
    start: int = column(Kind.COUNT, "Where the passage begins in the raw text, in characters from 0.")
    end: int = column(Kind.COUNT, "Where it ends (the first character after it).")
    chars: int = column(Kind.COUNT, "Characters of the passage in the clean text.")
    score: float = column(Kind.SHARE, "How foreign its vocabulary is: 36 and more.")
    reason: str = column(Kind.TEXT, "What speaks for a splice, in words.")
    text: str = column(Kind.TEXT, "The raw text between `start` and `end`.")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def find_splices(text: str) -> list[Splice]:
    """Find passages of other articles in a clean text.

    Args:
        text: A normalised text; ghosts and page numbers hide words.

    Returns:
        The splices in the order of the text, not overlapping; none for a text that is too short, or whose
        words recur too seldom, to tell.
    """
    if len(text) < _SHORTEST_TEXT:
        return []
    words = [
        _Word(word, start, end)
        for word, start, end in _segmenter().cut(text)
        if len(word) > 1 and not word.isascii()
    ]
    places, far = _places(words), min(_FAR, int(_FAR_SHARE * len(text)))
    found: list[Splice] = []
    for _ in range(_ROUNDS):
        again = list(_search(text, words, _own(words, places, far, found)))
        if [(s.start, s.end) for s in again] == [(s.start, s.end) for s in found]:
            break
        found = again
    return found


def splice_rows(doc: str, raw: str, text: str, offsets: OffsetMap) -> Iterator[SpliceRow]:
    """Yield a row for each splice of a document.

    Args:
        doc: Its id.
        raw: Its raw text, which the offsets of the rows are into.
        text: Its clean text.
        offsets: From ``text`` to ``raw``.
    """
    for splice in find_splices(text):
        start, end = offsets.to_source(splice.start, splice.end)
        yield SpliceRow(
            doc, start, end, splice.end - splice.start, splice.score, splice.reason, raw[start:end]
        )


def splice_edits(text: str) -> Edits:
    """Leave out the passages that seem to come from another text.

    Args:
        text: A normalised text in either script: its words are told in Simplified, as :func:`find_splices`
            is given them.

    Returns:
        Edits that delete them.
    """
    splices = find_splices(convert_script(text))
    return Edits.of(text, [(splice.start, splice.end, "") for splice in splices])


# Vocabulary -------------------------------------------------------------------------------------------


def _places(words: Sequence[_Word]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for word in words:
        places[word.text].append(word.start)
    return places


def _own(
    words: Sequence[_Word], places: dict[str, list[int]], far: int, foreign: Sequence[Splice]
) -> list[bool]:
    """Tell of each word whether the document uses it far away too, outside what is known to be foreign."""
    kept = places
    if foreign:
        kept = {
            word: [at for at in found if not any(splice.start <= at < splice.end for splice in foreign)]
            for word, found in places.items()
        }
    return [_recurs_far(kept[word.text], word.start, far) for word in words]


def _recurs_far(places: Sequence[int], at: int, far: int) -> bool:
    return bool(places) and (places[-1] - at > far or at - places[0] > far)


def _search(text: str, words: Sequence[_Word], own: Sequence[bool]) -> Iterator[Splice]:
    """Yield the stretches with the most foreign words, best first, in the order of the text."""
    share = sum(own) / len(own) if own else 0.0
    if share < _LEAST_OWN:
        return
    against = _STRICTNESS * (1 - share) / share
    values = [-against if mine else _weight(word.text) for word, mine in zip(words, own, strict=True)]
    found: list[Splice] = []
    for _ in range(_MOST):
        score, first, last = _best_run(words, values)
        if score < _LEAST_SCORE:
            break
        splice = _with_seams(text, words, own, first, last, score)
        if splice is not None:
            found.append(splice)
        values[first:last] = [-against] * (last - first)
    yield from sorted(found, key=lambda splice: splice.start)


def _weight(word: str) -> float:
    """Weigh how much a word that the document does not use elsewhere says: a common one says little."""
    return min(1.5, max(0.2, (idf(word) - 4) / 5))


def _best_run(words: Sequence[_Word], values: Sequence[float]) -> tuple[float, int, int]:
    """Return the run of words of the greatest sum that is no longer than a splice (Kadane's algorithm)."""
    best, best_first, best_last = 0.0, 0, 0
    total, first = 0.0, 0
    for place, value in enumerate(values):
        if total <= 0 or words[place].end - words[first].start > _LONGEST:
            total, first = 0.0, place
        total += value
        if total > best:
            best, best_first, best_last = total, first, place + 1
    return best, best_first, best_last


# Seams ------------------------------------------------------------------------------------------------


def _with_seams(
    text: str, words: Sequence[_Word], own: Sequence[bool], first: int, last: int, score: float
) -> Splice | None:
    """Make a splice of a run of words; ``None`` unless both ends cut a sentence of the document's own."""
    starts = [word.start for word in words]
    start, end = words[first].start, words[last - 1].end
    if not _SHORTEST <= end - start <= _LONGEST:
        return None
    if not (_has_own(text, words, own, starts, start, -1) and _has_own(text, words, own, starts, end, 1)):
        return None
    foreign = sum(not mine for mine in own[first:last])
    reason = f"{foreign} of {last - first} words occur nowhere else in the text; both ends break a sentence"
    return Splice(start, end, reason, round(score, 4))


def _has_own(
    text: str, words: Sequence[_Word], own: Sequence[bool], starts: Sequence[int], seam: int, way: int
) -> bool:
    """Tell whether the sentence goes on beyond a seam with a word of the document's own."""
    place = bisect_left(starts, seam) + (way < 0) * -1
    while 0 <= place < len(words):
        word = words[place]
        low, high = (word.end, seam) if way < 0 else (seam, word.start)
        if _SENTENCE_END.search(text, low, high) is not None:
            return False
        if own[place]:
            return True
        place += way
    return False
