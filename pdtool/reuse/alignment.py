"""Where two texts agree: aligned passages, tolerant of OCR noise, insertions and reordering.

Anchors are shingles that both texts hold. Anchors on one diagonal grow into blocks, blocks chain into
passages along nearby diagonals, the gaps between them are aligned by edit distance, the ends are
extended. What a passage claims is counted character by character: its ``matches_a`` and ``matches_b``
are the positions that hold equal characters.

The method is that of genome aligners: seed, chain, extend (Delcher et al. 1999, MUMmer; Li 2018,
minimap2), with a drop-off rule for the ends (Altschul et al. 1990, BLAST).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, compress, pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from pdtool.reuse.passage import LEAST_SIMILARITY, Passage, Positions
from pdtool.reuse.reordering import SHORTEST_PART, SIDE_BY_SIDE, merge_reordered
from pdtool.text.shingles import SHINGLE, shingle_hashes

__all__ = ["Alignment", "Index", "align"]

Codes = npt.NDArray[np.uint32]

REPEATS = 4
"""A shingle that one text holds more often than this is anchored occurrence by occurrence, not all by all."""
SAME_DIAGONAL_GAP = 16
"""Two anchors on one diagonal this near are one block if at most half of what lies between differs."""
CHAIN_GAP = 48
"""Blocks farther apart than this, in either text, belong to different passages."""
LOOK_BACK = 48
"""How many earlier blocks a block may chain to are looked at; the nearest ones come first."""
LINKED_AT_ONCE = 4096
"""Blocks whose neighbours are looked at together, which bounds the memory of it."""
BRIDGE = 24
"""A passage runs on over so many characters that have no equal in the other text, but not over more."""
DROP = 6
"""An end is extended until it has lost this many more characters than it won."""
FILL_SHARE = 0.5
"""A longer gap counts as aligned only if this share of it is equal: below, equal characters are chance."""
_FIRST_LOOK = 32
"""Characters by which a single block is extended before it is looked at farther."""
_WINDOW = 32
"""Characters over which many blocks are extended at once; what runs on beyond them is extended by itself."""
SHORT_GAP = 6
"""A gap up to this length is aligned whatever its share: its neighbours vouch for it."""


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
        return cls(
            ordered,
            _union((passage.matches_a for passage in ordered), size_a),
            _union((passage.matches_b for passage in ordered), size_b),
        )


_PLACE = np.uint64((1 << 24) - 1)
"""The bits of a sorted shingle that tell its place; the longest document that is read has 10 million."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A folded text made ready to be aligned, once for all its pairs.

    Args:
        codes: The folded code points, shape ``(n,)``.
        hashes: Its shingle hashes in ascending order, without their lowest bits.
        places: Where each of them stands, ascending among equal hashes.
    """

    codes: Codes
    hashes: npt.NDArray[np.uint64]
    places: Positions

    @classmethod
    def of(cls, codes: Codes) -> Index:
        """Sort the shingles of a folded text.

        Hash and place share 64 bits, so that one sort of integers does it; that two hashes agree in what is
        left of them shows when the characters are compared. Of every text the same bits are left, however
        long it is, or texts of different lengths would share nothing.
        """
        hashes = shingle_hashes(codes) & ~_PLACE
        if len(hashes) > _PLACE:
            places = np.argsort(hashes, kind="stable")
            return cls(codes, hashes[places], places)
        hashes |= np.arange(len(hashes), dtype=np.uint64)
        hashes.sort()
        return cls(codes, hashes & ~_PLACE, (hashes & _PLACE).astype(np.int64))


def align(a: Index, b: Index, min_passage: int = 30, least: float = 0.0) -> Alignment:
    """Find the passages that two folded texts share.

    Args:
        a: One text.
        b: The other.
        min_passage: Least folded characters of a passage, on either side; at least 1.
        least: Share of the smaller text below which nobody is interested: what cannot reach it is not
            looked at closely, and has no passages.

    Returns:
        The passages and what they cover.

    >>> from pdtool.text.fold import fold
    >>> text = "坚持党对基层治理的全面领导是贯穿新时代基层治理现代化的一条红线"
    >>> both = [Index.of(fold(t).codes) for t in ("前言。" + text, text.replace("红", "江") + "。后记")]
    >>> [(p.start_a, p.end_a, p.start_b, p.end_b, len(p.matches_a)) for p in align(*both, 20).passages]
    [(2, 31, 0, 29, 29)]
    """
    chains = _promising(a.codes, b.codes, *_chains(_blocks(a, b)), min_passage)
    if chains.coverable(len(a.codes), len(b.codes)) < least * min(len(a.codes), len(b.codes)):
        return Alignment((), 0, 0)
    selection = _Selection(len(a.codes), len(b.codes), min_passage)
    long = chains.long(min_passage)
    selection.offer(_parts_of(a.codes, b.codes, chains.some(long)))
    selection.offer(_parts_of(a.codes, b.codes, chains.some(~long & selection.open(chains))))
    return selection.alignment()


def _parts_of(a: Codes, b: Codes, chains: _Chains) -> list[Passage]:
    """Align chains; return what comes of them, what matches most first."""
    return sorted(
        (part for chain in chains.chains for part in _parts(a, b, chain)),
        key=lambda part: (-len(part.matches_a), part.start_a, part.start_b),
    )


# Anchors and blocks ---------------------------------------------------------------------------------


_Block = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Blocks:
    """Stretches of two texts on one diagonal, by position in a: arrays of shape ``(n,)``."""

    start_a: Positions
    start_b: Positions
    length: Positions

    def some(self, chosen: npt.NDArray[np.bool_]) -> _Blocks:
        """Return the chosen ones."""
        return _Blocks(self.start_a[chosen], self.start_b[chosen], self.length[chosen])

    def items(self) -> list[_Block]:
        """Return them one by one."""
        return list(zip(self.start_a.tolist(), self.start_b.tolist(), self.length.tolist(), strict=True))


def _anchors(a: Index, b: Index) -> tuple[Positions, Positions]:
    """Return the positions of equal shingles: all by all where rare, occurrence by occurrence where not."""
    first_a, first_b, count_a, count_b = _common(a.hashes, b.hashes)
    rare = (count_a <= REPEATS) & (count_b <= REPEATS)
    turns_b = np.where(rare, count_b, 1)
    rows = np.where(rare, count_a, np.minimum(count_a, count_b)) * turns_b
    group = np.repeat(np.arange(len(rows)), rows)
    within = np.arange(len(group)) - np.repeat(np.cumsum(rows) - rows, rows)
    turn_a = within // turns_b[group]
    turn_b = np.where(rare[group], within % turns_b[group], within)
    return a.places[first_a[group] + turn_a], b.places[first_b[group] + turn_b]


def _common(
    left: npt.NDArray[np.uint64], right: npt.NDArray[np.uint64]
) -> tuple[Positions, Positions, Positions, Positions]:
    """Tell of the values two sorted arrays share where each begins in either, and how often it occurs."""
    values_left, first_left, count_left = _runs(left)
    values_right, first_right, count_right = _runs(right)
    if not len(right):
        return first_right, first_right, count_right, count_right
    place = np.minimum(np.searchsorted(values_right, values_left), len(values_right) - 1)
    at_left = np.flatnonzero(values_right[place] == values_left)
    at_right = place[at_left]
    return first_left[at_left], first_right[at_right], count_left[at_left], count_right[at_right]


def _runs(ordered: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], Positions, Positions]:
    if not len(ordered):
        return ordered, np.empty(0, np.int64), np.empty(0, np.int64)
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[first], first, np.diff(np.append(first, len(ordered)))


def _blocks(a: Index, b: Index) -> _Blocks:
    """Merge the anchors of each diagonal into blocks, ordered by their place in a."""
    at_a, at_b = _anchors(a, b)
    if not len(at_a):
        return _Blocks(at_a, at_a, at_a)
    diagonal = at_b - at_a
    order = np.lexsort((at_a, diagonal))
    at_a, diagonal = at_a[order], diagonal[order]
    new = np.concatenate(([True], (diagonal[1:] != diagonal[:-1]) | (at_a[1:] - at_a[:-1] > SHINGLE)))
    first = np.flatnonzero(new)
    start = at_a[first]
    end = at_a[np.append(first[1:], len(at_a)) - 1] + SHINGLE
    start, end, diagonal = _join_near(a.codes, b.codes, start, end, diagonal[first])
    order = np.lexsort((diagonal, start))
    start, end, diagonal = start[order], end[order], diagonal[order]
    return _Blocks(start, start + diagonal, end - start)


def _join_near(
    a: Codes, b: Codes, start: Positions, end: Positions, diagonal: Positions
) -> tuple[Positions, Positions, Positions]:
    """Join neighbours on one diagonal when little lies between them and half of that is equal."""
    gap = start[1:] - end[:-1]
    near = (diagonal[1:] == diagonal[:-1]) & (gap <= SAME_DIAGONAL_GAP)
    which = np.flatnonzero(near)
    lengths = gap[which]
    group = np.repeat(np.arange(len(which)), lengths)
    within = np.arange(len(group)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    place = end[which][group] + within
    equal = np.bincount(group, a[place] == b[place + diagonal[which][group]], minlength=len(which))
    near[which] = (lengths <= 2) | (2 * equal >= lengths - 2)
    first = np.flatnonzero(np.concatenate(([True], ~near)))
    last = np.append(first[1:], len(start)) - 1
    return start[first], end[last], diagonal[first]


# Chains ---------------------------------------------------------------------------------------------


def _linked(blocks: _Blocks) -> npt.NDArray[np.bool_]:
    """Tell which blocks lie near enough to another one, in both texts, to be chained to it."""
    linked = np.zeros(len(blocks.length), bool)
    reach = np.maximum.accumulate(blocks.start_a + blocks.length)
    places = np.arange(len(linked))
    # Where a block and all before it end too far back, none of them is near.
    first = np.maximum(np.searchsorted(reach, blocks.start_a - CHAIN_GAP), places - LOOK_BACK)
    for some in range(0, len(linked), LINKED_AT_ONCE):
        counts = (places - first)[some : some + LINKED_AT_ONCE]
        later = np.repeat(places[some : some + LINKED_AT_ONCE], counts)
        within = np.arange(len(later)) - np.repeat(np.cumsum(counts) - counts, counts)
        earlier = first[later] + within
        gap_a = blocks.start_a[later] - blocks.start_a[earlier] - blocks.length[earlier]
        gap_b = blocks.start_b[later] - blocks.start_b[earlier] - blocks.length[earlier]
        near = (gap_a <= CHAIN_GAP) & (gap_b <= CHAIN_GAP) & (-gap_b < blocks.length[later])
        linked[later[near]] = linked[earlier[near]] = True
    return linked


def _chains(blocks: _Blocks) -> tuple[_Blocks, list[list[_Block]]]:
    """Chain blocks that follow each other closely in both texts; those that do not are given apart.

    A chain's score is the length of its blocks less the cost of the gaps; every block keeps the best
    chain that ends in it (Abouelhoda & Ohlebusch 2005).
    """
    linked = _linked(blocks)
    items = blocks.some(linked).items()
    scores, previous = _best_predecessors(items)
    used = bytearray(len(items))
    chains: list[list[_Block]] = []
    for last in sorted(range(len(items)), key=lambda i: (-scores[i], i)):
        chain: list[_Block] = []
        index = last
        while index >= 0 and not used[index]:
            used[index] = 1
            chain.append(items[index])
            index = previous[index]
        if chain:
            chains.append(chain[::-1])
    return blocks.some(~linked), chains


def _best_predecessors(items: list[_Block]) -> tuple[list[float], list[int]]:
    """Return the best score of a chain that ends in each block, and the block before it there (-1: none)."""
    scores: list[float] = []
    previous: list[int] = []
    ends_a = [start + length for start, _, length in items]
    ends_b = [start + length for _, start, length in items]
    reach = list(accumulate(ends_a, max))
    for index, (start_a, start_b, length) in enumerate(items):
        best, best_previous = 0.0, -1
        # Written out: this is done for every two blocks that are near each other.
        for other in range(index - 1, max(0, index - LOOK_BACK) - 1, -1):
            if start_a - reach[other] > CHAIN_GAP:
                break
            if scores[other] <= best:
                continue
            gap_a, gap_b = start_a - ends_a[other], start_b - ends_b[other]
            narrow, wide = (gap_a, gap_b) if gap_a < gap_b else (gap_b, gap_a)
            # A negative gap is an overlap: the later block loses it, and must be longer than what it loses.
            if wide > CHAIN_GAP or -narrow >= length or -narrow >= items[other][2]:
                continue
            cost = 0.5 * (wide - narrow) + (0.25 * narrow if narrow > 0 else -narrow)
            if scores[other] - cost > best:
                best, best_previous = scores[other] - cost, other
        scores.append(best + length)
        previous.append(best_previous)
    return scores, previous


# Chains worth aligning --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Chains:
    """Chains, and how far each reaches with what it is extended by.

    Args:
        chains: Their blocks.
        starts: Where they begin in a and in b, shape ``(2, n)``.
        ends: Where they end, likewise.
    """

    chains: list[list[_Block]]
    starts: Positions
    ends: Positions

    def some(self, chosen: npt.NDArray[np.bool_]) -> _Chains:
        """Return the chosen ones."""
        kept = list(compress(self.chains, chosen.tolist()))
        return _Chains(kept, self.starts[:, chosen], self.ends[:, chosen])

    @property
    def chars(self) -> Positions:
        """How long each is, on its shorter side."""
        return np.asarray((self.ends - self.starts).min(axis=0))

    def long(self, min_passage: int) -> npt.NDArray[np.bool_]:
        """Tell which of them are long enough for a passage of their own."""
        return self.chars >= min_passage

    def coverable(self, size_a: int, size_b: int) -> int:
        """Return how many characters of the smaller text their passages cover at most."""
        axis = 0 if size_a <= size_b else 1
        covered = np.zeros(min(size_a, size_b), bool)
        for start, end in zip(self.starts[axis].tolist(), self.ends[axis].tolist(), strict=True):
            covered[max(0, start) : end] = True
        return int(np.count_nonzero(covered))


def _promising(a: Codes, b: Codes, single: _Blocks, chains: list[list[_Block]], min_passage: int) -> _Chains:
    """Return those chains that may become passages, as they stand or with what lies beside them.

    Two texts share many short phrases by chance. What each chain is extended to is worked out for all of them
    at once; a short one counts only where, in both texts, it lies beside other parts.
    """
    alone = np.stack((single.start_a, single.start_b, single.length))
    first = np.array([chain[0] for chain in chains], np.int64).reshape(-1, 3).T
    last = np.array([chain[-1] for chain in chains], np.int64).reshape(-1, 3).T
    starts = np.concatenate((alone[:2], first[:2]), axis=1)
    ends = np.concatenate((alone[:2] + alone[2], last[:2] + last[2]), axis=1)
    starts = starts - _extended(a, b, starts[0] - 1, starts[1] - 1, -1)
    ends = ends + _extended(a, b, ends[0], ends[1], 1)
    sides = (ends - starts).min(axis=0)
    chosen = sides >= SHORTEST_PART
    chosen &= _in_long_stretch(starts[0], ends[0], min_passage)
    chosen &= _in_long_stretch(starts[1], ends[1], min_passage)
    chosen |= sides >= min_passage
    some = chosen[: len(single.length)]
    kept = [[block] for block in single.some(some).items()]
    kept += compress(chains, chosen[len(single.length) :].tolist())
    return _Chains(kept, starts[:, chosen], ends[:, chosen])


def _extended(a: Codes, b: Codes, at_a: Positions, at_b: Positions, step: int) -> Positions:
    """Return by how many characters blocks are extended from their ends on, by the drop-off rule.

    Args:
        a: One text.
        b: The other.
        at_a: The first character beyond each block, in a.
        at_b: Likewise in b.
        step: 1 to extend forwards, -1 backwards.

    Returns:
        Characters, as :func:`_extend` finds them; more than :data:`_WINDOW` where it may go on for longer.
    """
    steps = step * np.arange(_WINDOW)
    in_a, in_b = at_a[:, None] + steps, at_b[:, None] + steps
    inside = (in_a >= 0) & (in_b >= 0) & (in_a < len(a)) & (in_b < len(b))
    equal = inside & (a[np.where(inside, in_a, 0)] == b[np.where(inside, in_b, 0)])
    score = np.cumsum(np.where(equal, 1, -1), axis=1)
    best = np.maximum.accumulate(np.maximum(score, 0), axis=1)
    running = np.logical_and.accumulate(best - score <= DROP, axis=1)
    score = np.where(running, score, -1)
    kept = np.where(score.max(axis=1, initial=0) > 0, score.argmax(axis=1) + 1, 0)
    return np.where(running[:, -1], max(len(a), len(b)), kept)


def _in_long_stretch(starts: Positions, ends: Positions, least: int) -> npt.NDArray[np.bool_]:
    """Tell which spans lie side by side with others in a stretch of at least ``least`` characters."""
    if not len(starts):
        return np.empty(0, bool)
    order = np.lexsort((ends, starts))
    reach = np.maximum.accumulate(ends[order])
    new = np.concatenate(([True], starts[order][1:] - reach[:-1] > SIDE_BY_SIDE))
    group = np.cumsum(new) - 1
    first, last = np.flatnonzero(new), np.append(np.flatnonzero(new)[1:], len(order)) - 1
    long = (last > first) & (reach[last] - starts[order][first] >= least)
    found = np.zeros(len(order), bool)
    found[order] = long[group]
    return found


# Passages -------------------------------------------------------------------------------------------


def _parts(a: Codes, b: Codes, chain: list[_Block]) -> Iterator[Passage]:
    """Align a chain in full, extend its ends, and cut it where too little agrees."""
    if len(chain) == 1 and chain[0][2] < SHORTEST_PART:
        return
    pairs_a, pairs_b = _matches(a, b, _without_overlaps(chain))
    for piece in _pieces(pairs_a, pairs_b):
        passage = Passage(pairs_a[piece], pairs_b[piece])
        if passage.similarity >= LEAST_SIMILARITY:
            yield passage


def _without_overlaps(chain: list[_Block]) -> list[_Block]:
    """Shorten each block so that it begins, in both texts, after the one before it has ended."""
    result = [chain[0]]
    for start_a, start_b, length in chain[1:]:
        last_a, last_b, last_length = result[-1]
        cut = max(0, last_a + last_length - start_a, last_b + last_length - start_b)
        if cut < length:
            result.append((start_a + cut, start_b + cut, length - cut))
    return result


def _matches(a: Codes, b: Codes, chain: list[_Block]) -> tuple[Positions, Positions]:
    """Return the equal positions of a chain: in its blocks, in its gaps, and beyond its ends."""
    start_a, start_b, _ = chain[0]
    before = _extend(a[:start_a][::-1], b[:start_b][::-1])
    parts = [(start_a - 1 - before[::-1], start_b - 1 - before[::-1])]
    end_a, end_b = start_a, start_b
    for block_a, block_b, length in chain:
        parts.append(_fill(a, b, (end_a, block_a), (end_b, block_b)))
        equal = (a[block_a : block_a + length] == b[block_b : block_b + length]).nonzero()[0]
        parts.append((block_a + equal, block_b + equal))
        end_a, end_b = block_a + length, block_b + length
    beyond = _extend(a[end_a:], b[end_b:])
    parts.append((end_a + beyond, end_b + beyond))
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _extend(a: Codes, b: Codes) -> Positions:
    """Return the equal positions of the best run from the start of both on, by the drop-off rule."""
    size, window = min(len(a), len(b)), _FIRST_LOOK
    while True:
        equal, kept, ended = _run_of(a[: min(size, window)].tolist(), b[: min(size, window)].tolist())
        if ended or window >= size:
            return np.array(equal[:kept], np.int64)
        window *= 4


def _run_of(a: list[int], b: list[int]) -> tuple[list[int], int, bool]:
    """Return the equal positions, how many of them the best run has, and whether it dropped off.

    One by one: most runs end within ten characters, before arrays would have been made.
    """
    equal: list[int] = []
    score = best = kept = 0
    for place, (left, right) in enumerate(zip(a, b, strict=True)):
        if left == right:
            score += 1
            equal.append(place)
            if score > best:
                best, kept = score, len(equal)
        else:
            score -= 1
            if best - score > DROP:
                return equal, kept, True
    return equal, kept, False


def _fill(a: Codes, b: Codes, gap_a: tuple[int, int], gap_b: tuple[int, int]) -> tuple[Positions, Positions]:
    """Return the equal positions of a gap between two blocks, aligned by edit distance."""
    left, right = a[gap_a[0] : gap_a[1]].tolist(), b[gap_b[0] : gap_b[1]].tolist()
    empty = np.empty(0, np.int64)
    if not left or not right:
        return empty, empty
    runs = [
        (block.a, block.b, block.size)
        for block in Levenshtein.opcodes(left, right).as_matching_blocks()
        if block.size
    ]
    equal = sum(size for _, _, size in runs)
    wide = max(len(left), len(right))
    if not runs or (wide > SHORT_GAP and equal < FILL_SHARE * min(len(left), len(right))):
        return empty, empty
    spread = [np.arange(size) for _, _, size in runs]
    return (
        np.concatenate([gap_a[0] + at + run for (at, _, _), run in zip(runs, spread, strict=True)]),
        np.concatenate([gap_b[0] + at + run for (_, at, _), run in zip(runs, spread, strict=True)]),
    )


def _pieces(pairs_a: Positions, pairs_b: Positions) -> Iterator[slice]:
    """Cut a chain's matches where more than ``BRIDGE`` characters in a row have no equal."""
    apart = np.maximum(pairs_a[1:] - pairs_a[:-1], pairs_b[1:] - pairs_b[:-1]) - 1 > BRIDGE
    bounds = [0, *(apart.nonzero()[0] + 1).tolist(), len(pairs_a)]
    yield from (slice(start, stop) for start, stop in pairwise(bounds) if stop > start)


# Selection ------------------------------------------------------------------------------------------


class _Selection:
    """Keeps what is new to one of the texts; then the short parts of reordered stretches.

    What two texts both hold once is thereby listed once; what one of them holds twice is listed twice,
    each time with a new place in that one.

    Args:
        size_a: Characters of a.
        size_b: Characters of b.
        min_passage: Least folded characters of a passage.
    """

    def __init__(self, size_a: int, size_b: int, min_passage: int) -> None:
        self._covered_a, self._covered_b = np.zeros(size_a, bool), np.zeros(size_b, bool)
        self._min_passage = min_passage
        self._long: list[Passage] = []
        self._short: list[Passage] = []

    def open(self, chains: _Chains) -> npt.NDArray[np.bool_]:
        """Tell which chains reach, in both texts, into what nothing covers yet."""
        reaching = np.ones(len(chains.chains), bool)
        for axis, covered in enumerate((self._covered_a, self._covered_b)):
            free = np.concatenate(([0], np.cumsum(~covered)))
            starts, ends = (places[axis].clip(0, len(covered)) for places in (chains.starts, chains.ends))
            reaching &= free[ends] > free[starts]
        return reaching

    def offer(self, parts: Iterable[Passage]) -> None:
        """Take of each part what is new, the first parts first."""
        for part in parts:
            new_a, new_b = ~self._covered_a[part.matches_a], ~self._covered_b[part.matches_b]
            fresh = list(_stretches(part, new_a & new_b))
            long = (
                self._passages(fresh)
                or self._passages(_stretches(part, new_a))
                or self._passages(_stretches(part, new_b))
            )
            short = [] if long else [stretch for stretch in fresh if stretch.chars >= SHORTEST_PART]
            for stretch in (*long, *short):
                self._covered_a[stretch.start_a : stretch.end_a] = True
                self._covered_b[stretch.start_b : stretch.end_b] = True
            self._long += long
            self._short += short

    def _passages(self, stretches: Iterable[Passage]) -> list[Passage]:
        return [stretch for stretch in stretches if stretch.chars >= self._min_passage]

    def alignment(self) -> Alignment:
        """Return what was kept."""
        passages = merge_reordered(self._long, self._short, self._min_passage)
        return Alignment.of(passages, len(self._covered_a), len(self._covered_b))


def _stretches(part: Passage, new: npt.NDArray[np.bool_]) -> Iterator[Passage]:
    """Return the stretches of a part without what is not new."""
    if new.all():
        yield part
        return
    if not new.any():
        return
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], new.astype(np.int8), [0]))))
    for start, stop in zip(bounds[0::2].tolist(), bounds[1::2].tolist(), strict=True):
        stretch = Passage(part.matches_a[start:stop], part.matches_b[start:stop])
        if stretch.similarity >= LEAST_SIMILARITY:
            yield stretch


def _union(positions: Iterable[Positions], size: int) -> int:
    covered = np.zeros(size, bool)
    for places in positions:
        covered[places] = True
    return int(np.count_nonzero(covered))
