"""Splices: passages of another article printed into the middle of a sentence.

When a site cuts a column out of a page badly, lines of the article beside it come along: in a sentence such
as ``引进紧缺人才`` a whole passage on another subject stands between ``人`` and ``才``. Such a passage leaves
two traces. Its *vocabulary* is foreign: most of its words occur nowhere else in the document, while every
other passage of the same length takes up words that recur throughout. And its *seams* break sentences
(:mod:`pdtool.normalise.splices.seams`). Both must be there: a chapter on another subject, an annex and a
quotation have a vocabulary of their own too, but begin and end with their sentences. A splice is shown to a
person; it is left out of the text only when that person asks for it (:func:`splice_edits`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pdtool.language import _
from pdtool.normalise.script.simplified import convert_script
from pdtool.normalise.splices.seams import Seams, Word, find_seams, weight
from pdtool.rows import Kind, column
from pdtool.segment.segmenter import Segmenter
from pdtool.text.edits import Edits, OffsetMap
from pdtool.text.lines import Span

__all__ = ["Splice", "SpliceRow", "find_splices", "splice_edits", "splice_rows"]

# Set on passages of 80 to 600 characters spliced into made-up documents, and on those documents without
# them (tests/texts, November 2026).
_FAR = 700
"""Characters between two occurrences of a word that make it one of the document's own."""
_FAR_SHARE = 0.25
"""The same as a share of the text, where that is less."""
_STRICTNESS = 1.6
"""How much more a document's own words count against a splice than its other words count for it."""
_LEAST_SCORE = 28.0
"""Well above what the most colourful passage of an undamaged text reached (20.2 in 400 texts)."""
_SHORTEST = 40
"""Characters that a splice has at least."""
_LONGEST = 2200
"""Characters that it has at most."""
_SHORTEST_TEXT = 900
"""Characters a document needs for its own words to show."""
_LEAST_OWN = 0.25
"""Share of the words that recur in a document whose vocabulary can be told."""
_MOST = 8
"""Splices looked for in one document."""
_ROUNDS = 3
"""How often the document's own words are told anew without the splices found."""
_LEAST_BROKEN = 2.0
"""How much better the words around the seams must be explained by them than by boundaries of sentences
(natural logarithm of a likelihood ratio)."""
_LEAST_TORN = 7.0
"""How much better than by boundaries of paragraphs: foreign paragraphs are common in honest texts. With these
two 82 % of made splices are found, and 3 % of texts with a foreign paragraph are wrongly said to have a
splice.

What a model of characters and words says of the text read on across a passage would add nothing: of all pairs
of weak offsets in an undamaged text the best is worth 12 to 17, the true seams of a splice 2 to 12."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A passage that seems to come from another text.

    Args:
        start: Its first character.
        end: The first character after it.
        reason: What speaks for it, in words.
        score: How much its vocabulary differs; none is below 28; there is no upper bound.
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
    score: float = column(Kind.SHARE, "How foreign its vocabulary is: 28 and more.")
    reason: str = column(Kind.TEXT, "What speaks for a splice, in words.")
    text: str = column(Kind.TEXT, "The raw text between `start` and `end`.")


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
        Word(word, start, end)
        for word, start, end in _segmenter().cut(text)
        if len(word) > 1 and not word.isascii()
    ]
    offsets, far = _offsets_of(words), min(_FAR, int(_FAR_SHARE * len(text)))
    found: list[Splice] = []
    for _round in range(_ROUNDS):
        again = list(_search(text, words, offsets, _own(words, offsets, far, found)))
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


def _offsets_of(words: Sequence[Word]) -> dict[str, list[int]]:
    """Return the offsets of each distinct word, ascending."""
    offsets: dict[str, list[int]] = defaultdict(list)
    for word in words:
        offsets[word.text].append(word.start)
    return offsets


def _own(
    words: Sequence[Word], offsets: dict[str, list[int]], far: int, foreign: Sequence[Splice]
) -> list[bool]:
    """Return for each word whether the document uses it far away too, outside what is known to be foreign."""
    kept = offsets
    if foreign:
        kept = {
            word: [at for at in found if not any(splice.start <= at < splice.end for splice in foreign)]
            for word, found in offsets.items()
        }
    return [_recurs_far(kept[word.text], word.start, far) for word in words]


def _recurs_far(offsets: Sequence[int], at: int, far: int) -> bool:
    """Return whether a word occurs farther than ``far`` characters from an occurrence at ``at``."""
    return bool(offsets) and (offsets[-1] - at > far or at - offsets[0] > far)


def _search(
    text: str, words: Sequence[Word], offsets: Mapping[str, Sequence[int]], own: Sequence[bool]
) -> Iterator[Splice]:
    """Yield the splices among the runs with the most foreign words, in the order of the text."""
    share = sum(own) / len(own) if own else 0.0
    if share < _LEAST_OWN:
        return
    against = _STRICTNESS * (1 - share) / share
    values = [-against if mine else weight(word.text) for word, mine in zip(words, own, strict=True)]
    found: list[Splice] = []
    for _time in range(_MOST):
        score, first, last = _best_run(words, values)
        if score < _LEAST_SCORE:
            break
        run = words[first].start, words[last - 1].end
        splice = _with_seams(text, words, offsets, run, score)
        if splice is not None:
            found.append(splice)
        values[first:last] = [-against] * (last - first)
    yield from sorted(found, key=lambda splice: splice.start)


def _best_run(words: Sequence[Word], values: Sequence[float]) -> tuple[float, int, int]:
    """Return the run of words of the greatest sum that is no longer than a splice (Kadane's algorithm)."""
    best, best_first, best_last = 0.0, 0, 0
    total, first = 0.0, 0
    for index, value in enumerate(values):
        if total <= 0 or words[index].end - words[first].start > _LONGEST:
            total, first = 0.0, index
        total += value
        if total > best:
            best, best_first, best_last = total, first, index + 1
    return best, best_first, best_last


# Seams ------------------------------------------------------------------------------------------------


def _with_seams(
    text: str, words: Sequence[Word], offsets: Mapping[str, Sequence[int]], run: Span, score: float
) -> Splice | None:
    """Make a splice of a run of foreign words; ``None`` if it may begin and end with its sentences."""
    seams = find_seams(text, words, offsets, run)
    if seams.quoted or not _SHORTEST <= seams.end - seams.start <= _LONGEST:
        return None
    if seams.broken < _LEAST_BROKEN or seams.torn < _LEAST_TORN:
        return None
    return Splice(seams.start, seams.end, _reason(words, offsets, seams), round(score, 4))


def _reason(words: Sequence[Word], offsets: Mapping[str, Sequence[int]], seams: Seams) -> str:
    """Return what speaks for a splice: its words, and what its halves make of one another."""
    inside = [word.text for word in words if seams.start <= word.start < seams.end]
    nowhere = sum(all(seams.start <= offset < seams.end for offset in offsets[word]) for word in inside)
    joined = _(": without it the text reads {joined}", joined=seams.joined) if len(seams.joined) > 1 else ""
    return _(
        "{nowhere} of {n} words occur nowhere else in the text; it breaks a sentence{joined}",
        nowhere=nowhere,
        n=len(inside),
        joined=joined,
    )
