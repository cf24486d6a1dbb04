"""The differences inside the passages of a pair, collected: what a copy has for what the original has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pdtool.report.model import VariantRow
from pdtool.report.panes import Side
from pdtool.reuse.passage import Passage
from pdtool.segment.jieba_data import MEDIAN_IDF, idf

__all__ = ["LONGEST", "variants"]

LONGEST = 12
"""Characters of a difference that is listed: a longer one is another text rather than a variant."""

_Span = tuple[int, int]


class _Text:
    """The folded characters of a document, shown in their normalised form."""

    def __init__(self, side: Side) -> None:
        text, positions = side.document.text, side.document.folded.positions
        self._text = "".join([text[position] for position in positions.tolist()])

    def cut(self, start: int, end: int) -> str:
        """Return characters; none outside the text."""
        return self._text[max(0, start) : end]


def variants(a: Side, b: Side, passages: Sequence[Passage], from_a: bool = True) -> list[VariantRow]:
    """Count what differs inside the passages, where either side has something and both have little.

    Args:
        a: The first document.
        b: The second.
        passages: What they share.
        from_a: Whether a is the document to read from (the copy).

    Returns:
        The most frequent first, then code point by code point.
    """
    texts = _Text(a), _Text(b)
    counts: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        for in_a, in_b in _differences(passage):
            first, second = _with_neighbour(texts, in_a, in_b)
            counts[(first, second) if from_a else (second, first)] += 1
    docs = (a.document.id, b.document.id) if from_a else (b.document.id, a.document.id)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [VariantRow(*docs, *pair, count) for pair, count in ordered]


def _differences(passage: Passage) -> Iterator[tuple[_Span, _Span]]:
    """Yield the stretches between neighbouring matches that hold anything on either side."""
    at_a, at_b = passage.matches_a.tolist(), passage.matches_b.tolist()
    for index in range(len(at_a) - 1):
        in_a, in_b = (at_a[index] + 1, at_a[index + 1]), (at_b[index] + 1, at_b[index + 1])
        lengths = in_a[1] - in_a[0], in_b[1] - in_b[0]
        # Where the parts of a passage stand in another order, its neighbours in a are none in b.
        if any(lengths) and min(lengths) >= 0 and max(lengths) <= LONGEST:
            yield in_a, in_b


def _with_neighbour(texts: tuple[_Text, _Text], in_a: _Span, in_b: _Span) -> tuple[str, str]:
    """Return both readings; one character alone gets the neighbour that makes it a word, best the one before.

    Both have the same neighbours: they are matched.
    """
    spans = in_a, in_b
    plain = tuple(text.cut(*span) for text, span in zip(texts, spans, strict=True))
    if max(map(len, plain)) > 1:
        return plain[0], plain[1]
    before, after = texts[0].cut(in_a[0] - 1, in_a[0]), texts[0].cut(in_a[1], in_a[1] + 1)
    left = before + plain[0], before + plain[1]
    right = plain[0] + after, plain[1] + after
    return right if not before or _rarity(right) < _rarity(left) else left


def _rarity(readings: Iterable[str]) -> float:
    """Return how rare the commoner of two readings is as a word; what is no word is as rare as can be."""
    known = [figure for reading in readings if (figure := idf(reading)) != MEDIAN_IDF]
    return min(known, default=float("inf"))
