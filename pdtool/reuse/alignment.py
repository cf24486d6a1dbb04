"""Where two texts agree: aligned passages, tolerant of OCR noise, insertions and reordering.

Anchors are shingles that both texts hold. Anchors on one diagonal grow into blocks
(:mod:`pdtool.reuse.anchors`), blocks chain into passages along nearby diagonals (:mod:`pdtool.reuse.chains`),
the gaps between them are aligned by edit distance (:mod:`pdtool.reuse.chain_passages`), the ends are extended
(:mod:`pdtool.reuse.extension`), and of what overlaps the best is kept
(:mod:`pdtool.reuse.passage_selection`). What a passage claims is counted character by character: its
``matches_a`` and ``matches_b`` are the positions that hold equal characters.

All this is done for many pairs at once, their texts laid end to end (:mod:`pdtool.reuse.joined_pairs`): each
step is a few operations on whole arrays, whose items are what is sought in any of the pairs.

The method is that of genome aligners: seed, chain, extend (Delcher et al. 1999, MUMmer; Li 2018,
minimap2), with a drop-off rule for the ends (Altschul et al. 1990, BLAST).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pdtool.reuse.anchors import Codes, Index
from pdtool.reuse.chain_passages import passages_of_chains
from pdtool.reuse.chains import Chains, promising_chains
from pdtool.reuse.depth import Depth, is_crowded
from pdtool.reuse.joined_pairs import JoinedPairs
from pdtool.reuse.passage import Passage, Passages, Positions, matches_of
from pdtool.reuse.passage_selection import PassageSelection

__all__ = ["Alignment", "align", "align_all", "comes_before"]


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """All passages of a pair, in the order of a.

    Args:
        passages: Each new to at least one of the two texts.
        matched_a: How many characters of a match equally inside passages (as a union).
        matched_b: Likewise of b.
    """

    passages: tuple[Passage, ...]
    matched_a: int
    matched_b: int

    @classmethod
    def of(cls, passages: Iterable[Passage], size_a: int, size_b: int) -> Alignment:
        """Count what passages cover of texts of these sizes."""
        ordered = tuple(sorted(passages, key=lambda passage: (passage.start_a, passage.start_b)))
        at_a, at_b = matches_of(ordered)
        return cls(ordered, _distinct(at_a, size_a), _distinct(at_b, size_b))

    def swapped(self) -> Alignment:
        """Return the same alignment with a and b exchanged."""
        passages = sorted(
            (passage.swapped() for passage in self.passages),
            key=lambda passage: (passage.start_a, passage.start_b),
        )
        return Alignment(tuple(passages), self.matched_b, self.matched_a)


def _distinct(positions: Positions, size: int) -> int:
    """Return how many positions of a text of this size occur."""
    covered = np.zeros(size, bool)
    covered[positions] = True
    return int(np.count_nonzero(covered))


def align(a: Index, b: Index, min_passage: int = 30, least: float = 0.0) -> Alignment:
    """Find the passages that two folded texts share.

    Where alignments compete, the choice depends on what the texts hold and never on which is named first:
    inside, the text that is longer, or greater code point by code point, comes first.

    Args:
        a: One text.
        b: The other.
        min_passage: Least folded characters of a passage, on either side; at least 1.
        least: Share of the smaller text, 0 to 1, below which the result does not matter: a pair that cannot
            reach it is not looked at closely, and has no passages.

    Returns:
        The passages and what they cover.

    >>> from pdtool.text.fold import fold
    >>> text = "坚持党对基层治理的全面领导是贯穿新时代基层治理现代化的一条红线"
    >>> both = [Index.of(fold(t).codes) for t in ("前言。" + text, text.replace("红", "江") + "。后记")]
    >>> [(p.start_a, p.end_a, p.start_b, p.end_b, len(p.matches_a)) for p in align(*both, 20).passages]
    [(2, 31, 0, 29, 29)]
    """
    return align_all([(a, b)], min_passage, least)[0]


def align_all(pairs: Sequence[tuple[Index, Index]], min_passage: int, least: float) -> list[Alignment]:
    """Find the passages that the two texts of each of some pairs share, as :func:`align` does of one pair."""
    if not pairs:
        return []
    turned = [comes_before(b.codes, a.codes) for a, b in pairs]
    ordered = [(b, a) if turn else (a, b) for (a, b), turn in zip(pairs, turned, strict=True)]
    found = _align(JoinedPairs.of(ordered), min_passage, least)
    return [one.swapped() if turn else one for one, turn in zip(found, turned, strict=True)]


def comes_before(first: Codes, second: Codes) -> bool:
    """Return whether one text is longer than another one, or as long and greater."""
    if len(first) != len(second):
        return len(first) > len(second)
    different = np.flatnonzero(first != second)
    return bool(len(different) and first[different[0]] > second[different[0]])


def _align(joined: JoinedPairs, min_passage: int, least: float) -> list[Alignment]:
    """Align pairs, the text that comes first being named first in each.

    Long chains are aligned first: they leave little to the many short ones, and show of many a pair that it
    cannot reach the least share.
    """
    chains = promising_chains(joined, min_passage, least)
    selection = PassageSelection(joined, min_passage)
    is_long = chains.long(min_passage)
    selection.offer(_passages(joined, chains.some(is_long)))
    short = chains.some(~is_long & selection.reach_uncovered(chains.reach))
    enough = selection.coverable(short.reach) >= least * joined.sizes.min(axis=0)
    selection.offer(_passages(joined, short.some(enough[short.pair])))
    found = [Alignment((), 0, 0)] * len(joined.pairs)
    for pair, passages in enumerate(selection.passages(enough)):
        if passages:
            begin_a, begin_b = joined.begins[:, pair].tolist()
            own = (one.moved(-begin_a, -begin_b) for one in passages)
            found[pair] = Alignment.of(own, *joined.sizes[:, pair].tolist())
    return found


def _passages(joined: JoinedPairs, chains: Chains) -> Passages:
    """Align chains; return their passages, what matches most first."""
    chains = chains.some(~chains.are_phrases())
    crowded = is_crowded(chains)
    passages, _ = passages_of_chains(joined, chains.some(~crowded))
    return Passages.joined([passages, *_of_repetitions(joined, chains.some(crowded))]).longest_first()


def _of_repetitions(joined: JoinedPairs, chains: Chains) -> Iterator[Passages]:
    """Yield the passages of chains, the longest chains of each pair first; of repetitions, those of a few."""
    depth = Depth(joined)
    while len(chains):
        next_ones = chains.first(joined.sizes[0])  # what is aligned in vain is no more than the text
        some = chains.some(next_ones)
        passages, chain = passages_of_chains(joined, some)
        kept, spans = np.zeros(len(passages), bool), passages.spans.T.tolist()
        bounds = np.searchsorted(chain, np.arange(len(some) + 1)).tolist()
        for blocks, (first, stop) in zip(some.items(), pairwise(bounds), strict=True):
            if not depth.is_reached(blocks):
                kept[first:stop] = True
                for span in spans[first:stop]:
                    depth.add(*span)
        yield passages.some(kept)
        chains = chains.some(~next_ones)
        chains = chains.some(np.array([not depth.is_reached(blocks) for blocks in chains.items()], bool))
