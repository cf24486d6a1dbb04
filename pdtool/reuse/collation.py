"""Collation: what one text of a related pair has for what the other has, counted and told by class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.data_files import data_toml
from pdtool.documents.cache import document_cache
from pdtool.documents.document import Document
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.reuse.alignment import align
from pdtool.reuse.anchors import Index
from pdtool.reuse.differences import figures, is_name, whole_figures
from pdtool.reuse.differing_spans import Span, differing_spans
from pdtool.reuse.editions import differing_dates
from pdtool.reuse.findings import Findings
from pdtool.reuse.name_swaps import swapped_spans
from pdtool.reuse.options import DedupeOptions
from pdtool.reuse.passage import Passage
from pdtool.reuse.relations import Relation
from pdtool.reuse.reopening import Compared, compared
from pdtool.reuse.rows import PairRow, VariantRow
from pdtool.segment.jieba_data import MEDIAN_IDF, idf
from pdtool.text.code_points import decode
from pdtool.text.edits import IntArray

__all__ = ["CollationTask", "VariantClass", "collate", "collation_tasks", "is_read_from_a", "variants"]

LONGEST = 12
"""Characters of a difference that is listed: a longer one is another text rather than a variant."""
LONGEST_NAMES = 24
"""Likewise where places are swapped: names are long."""
CONTEXT = 2
"""Characters around a difference that tell whether it is a name."""
PAIRS_PER_TASK = 16
"""Pairs that are collated by one task."""
_WORD = re.compile("[㐀-鿿]{2}")
_DIGIT = re.compile("[0-9]")


class VariantClass(Enum):
    """What differs."""

    FIGURE = "figure"
    DATE = "date"
    DOC_NUMBER = "doc_number"
    NAME = "name"
    WORDING = "wording"
    OTHER = "other"


# Over a corpus -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class CollationTask:
    """Related pairs to collate.

    Args:
        pairs: The two documents of each, the spans of their passages as in
            :attr:`~pdtool.reuse.verified_pair.VerifiedPair.spans`, and whether it is read from a to b.
        options: What decided that they are related.
        blocks: The site furniture of the corpus.
    """

    pairs: tuple[tuple[Compared, Compared, IntArray, bool], ...]
    options: DedupeOptions
    blocks: SharedBlocks | None


def collation_tasks(
    findings: Findings, rows: Sequence[PairRow], options: DedupeOptions, blocks: SharedBlocks | None
) -> list[CollationTask]:
    """Return the work of collating the listed pairs, in their order; identical texts have no variants.

    Args:
        findings: What was found.
        rows: The related pairs.
        options: What decided that they are related.
        blocks: The site furniture of the corpus.
    """
    pairs = []
    for row in rows:
        i, j = findings.numbers[row.doc_a], findings.numbers[row.doc_b]
        verified = findings.between(i, j)
        assert verified is not None, "only related pairs are listed"
        if verified.relation is not Relation.IDENTICAL:
            pairs.append((compared(findings, i), compared(findings, j), verified.spans, is_read_from_a(row)))
    return [
        CollationTask(tuple(pairs[start : start + PAIRS_PER_TASK]), options, blocks)
        for start in range(0, len(pairs), PAIRS_PER_TASK)
    ]


def is_read_from_a(row: PairRow) -> bool:
    """Return whether a pair is read from a to b.

    From the copy to the document that is kept; where none of the two is, from the earlier to the later one.

    Args:
        row: The pair.
    """
    if row.keep in (row.doc_a, row.doc_b):
        return row.keep == row.doc_b
    return not differing_dates(row.date_a, row.date_b) or row.date_a < row.date_b


def collate(task: CollationTask) -> list[VariantRow]:
    """Collate related pairs.

    Raises:
        InputError: If a document can no longer be read, or is another by now.
    """
    cache = document_cache(task.blocks)
    rows = []
    for one, other, spans, from_a in task.pairs:
        a, b = one.open(cache), other.open(cache)
        passages = aligned_again(a, b, spans, task.options)
        rows += variants(a, b, passages, from_a)
    return rows


def aligned_again(a: Document, b: Document, spans: IntArray, options: DedupeOptions) -> list[Passage]:
    """Align a pair once more, character by character: only where passages begin and end was kept.

    Args:
        a: One document.
        b: The other.
        spans: The passages that were kept.
        options: What decided it.
    """
    kept = {tuple(span[:4]) for span in spans.tolist()}
    found = align(Index.of(a.folded.codes), Index.of(b.folded.codes), options.min_passage, options.threshold)
    every = ((one.start_a, one.end_a, one.start_b, one.end_b) for one in found.passages)
    return [one for one, span in zip(found.passages, every, strict=True) if span in kept]


# Of a pair ----------------------------------------------------------------------------------------------


def variants(a: Document, b: Document, passages: Sequence[Passage], from_a: bool = True) -> list[VariantRow]:
    """Count what differs in and between passages, where either side has something and both have little.

    Args:
        a: The first document.
        b: The second.
        passages: What they share, in the order of a.
        from_a: Whether a is the document to read from.

    Returns:
        The most frequent first, then code point by code point.
    """
    folds = decode(a.folded.codes), decode(b.folded.codes)
    texts = _Side(a), _Side(b)
    counts: Counter[tuple[str, str, str]] = Counter()
    for span, is_swap in _spans(folds, passages):
        kind = VariantClass.NAME if is_swap else _class(span, folds, texts)
        before, after = _shown(texts, span, folds, kind)
        counts[(before, after, kind.value) if from_a else (after, before, kind.value)] += 1
    docs = (a.id, b.id) if from_a else (b.id, a.id)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [VariantRow(*docs, before, after, count, kind) for (before, after, kind), count in ordered]


def _spans(folds: tuple[str, str], passages: Sequence[Passage]) -> Iterator[tuple[Span, bool]]:
    """Yield where two texts differ a little, and whether names are swapped; names and figures as wholes."""
    every = list(differing_spans(passages, len(folds[0]), len(folds[1])))
    swapped = swapped_spans(*folds, passages, every)
    yield from ((span, True) for span in swapped if _longest(span) <= LONGEST_NAMES)
    for span in whole_figures(every, *folds):
        inside = any(span[0] < spot[1] and spot[0] < span[1] for spot in swapped)
        if not inside and 0 < _longest(span) <= LONGEST and not _is_end(span, folds):
            yield span, False


def _longest(span: Span) -> int:
    return max(span[1] - span[0], span[3] - span[2])


def _is_end(span: Span, folds: tuple[str, str]) -> bool:
    """Return whether one text only begins earlier, or ends later."""
    at_end = span[:3:2] == (0, 0) or (span[1], span[3]) == (len(folds[0]), len(folds[1]))
    return at_end and (span[0] == span[1] or span[2] == span[3])


class _Side:
    """A document of a pair: its folded characters as they are shown, and which of them are of which class.

    Args:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        text, positions = document.text, document.folded.positions
        self._text, self._positions = text, positions
        self._shown = "".join([text[position] for position in positions.tolist()])
        self.numbers = _marked(text, positions, _patterns()["doc_number"])
        self.dates = _marked(text, positions, _patterns()["date"])

    def cut(self, start: int, end: int) -> str:
        """Return characters in their normalised form; none outside the text."""
        return self._shown[max(0, start) : end]

    def number_at(self, start: int, end: int) -> str:
        """Return the whole document number that holds characters, as it is written; empty if none does."""
        if start == end:
            return ""
        at = int(self._positions[start])
        every = _patterns()["doc_number"].finditer(self._text, max(0, at - LONGEST_NAMES))
        return next((found[0] for found in every if found.start() <= at < found.end()), "")


def _marked(text: str, positions: IntArray, pattern: re.Pattern[str]) -> npt.NDArray[np.bool_]:
    """Return which folded characters a pattern holds; shape ``(n,)``."""
    marked = np.zeros(len(text) + 1, bool)
    for found in pattern.finditer(text):
        marked[found.start() : found.end()] = True
    chosen: npt.NDArray[np.bool_] = marked[positions]
    return chosen


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = data_toml("collation.toml")
    return {name: re.compile(pattern) for name, pattern in data.items()}


def _class(span: Span, folds: tuple[str, str], sides: tuple[_Side, _Side]) -> VariantClass:
    start_a, end_a, start_b, end_b = span
    in_a, in_b = folds[0][start_a:end_a], folds[1][start_b:end_b]
    for kind, marks in (
        (VariantClass.DOC_NUMBER, [side.numbers for side in sides]),
        (VariantClass.DATE, [side.dates for side in sides]),
    ):
        if _all(marks[0][start_a:end_a]) or _all(marks[1][start_b:end_b]):
            return kind
    if (in_a and in_b and figures(in_a, in_b)) or (not (in_a and in_b) and _DIGIT.search(in_a + in_b)):
        return VariantClass.FIGURE
    if is_name(folds[0][max(0, start_a - CONTEXT) : start_a], in_a, in_b, folds[0][end_a : end_a + CONTEXT]):
        return VariantClass.NAME
    return VariantClass.WORDING if _WORD.search(in_a) or _WORD.search(in_b) else VariantClass.OTHER


def _all(marks: npt.NDArray[np.bool_]) -> bool:
    return bool(len(marks) and marks.all())


def _shown(
    sides: tuple[_Side, _Side], span: Span, folds: tuple[str, str], kind: VariantClass
) -> tuple[str, str]:
    """Return both readings: numbers of documents whole, a single character with a neighbour."""
    if kind is VariantClass.DOC_NUMBER:
        numbers = sides[0].number_at(*span[:2]), sides[1].number_at(*span[2:])
        if all(numbers):
            return numbers
    return _with_neighbour(sides, span, folds)


def _with_neighbour(sides: tuple[_Side, _Side], span: Span, folds: tuple[str, str]) -> tuple[str, str]:
    """Return both readings; one character alone gets the neighbour that makes it a word, best the one before.

    Both have the same neighbours: they are matched, or there is none.
    """
    start_a, end_a, start_b, end_b = span
    plain = sides[0].cut(start_a, end_a), sides[1].cut(start_b, end_b)
    if max(map(len, plain)) > 1 or any(map(_DIGIT.search, plain)):
        return plain
    before = sides[0].cut(start_a - 1, start_a) if start_b else ""
    after = sides[0].cut(end_a, end_a + 1) if end_b < len(folds[1]) else ""
    left = before + plain[0], before + plain[1]
    right = plain[0] + after, plain[1] + after
    return right if not before or _rarity(right) < _rarity(left) else left


def _rarity(readings: Iterable[str]) -> float:
    """Return how rare the commoner of two readings is as a word; what is no word is as rare as can be."""
    known = [figure for reading in readings if (figure := idf(reading)) != MEDIAN_IDF]
    return min(known, default=float("inf"))
