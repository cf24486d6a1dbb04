"""Beam search: partial readings of unsure characters, followed up one character at a time.

Every partial reading is followed up with the likeliest candidates for the next character, the results are
judged by how their characters follow one another and by their words, and the best are followed up again. The
score of a reading is the logarithm of its probability, each character behind the one before. Its *hope*, by
which the best are chosen, also takes into account the words and what stands behind two others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.candidates import Candidates
from pdtool.normalise.slips.gbk import Pairs
from pdtool.normalise.slips.language_model import BEGUN, LanguageModel, symbols_of_pairs

__all__ = [
    "CONTEXT",
    "RERANKED",
    "Beam",
    "emptied",
    "ends_alike",
    "extended",
    "fresh_beam",
    "largest",
    "padding_in_front",
]

Costs = npt.NDArray[np.float64]

CONTEXT = 3
"""Characters on either side of an unsure one that tell what it is."""
RERANKED = 48
"""Whole readings that are compared by all their words."""
_LIKELY = 100
"""Candidates that partial readings are followed up with."""
_JUDGED = 64
"""Partial readings that are judged by their words."""
_KEPT = 32
"""Partial readings that are followed up."""
_KEPT_ALIKE = 3
"""Partial readings that end in the same characters and are followed up: what comes cannot tell them apart."""
_DEPTH = 10.0
"""How far below the best partial reading (natural logarithm) one may lie and still win."""


class Beam(NamedTuple):
    """Partial readings since the text was last settled, best first.

    Args:
        rows: Their pairs, filled up in front by 0; shape ``(n, width)``.
        last: The symbol of the last character of each, shape ``(n,)``.
        score: The logarithm of the probability of each, every character behind the one before.
        ends: The last symbols of each, with those before them; shape ``(n, CONTEXT + 1)``.
        words: The logarithm of the probability of their likeliest words; see :meth:`LanguageModel.advance`.
            ``None`` before it is needed.
        gained: How the score changes by what stands behind two others.
        hope: How likely each is in the end.
    """

    rows: Pairs
    last: Pairs
    score: Costs
    ends: Pairs
    words: Costs | None
    gained: Costs
    hope: Costs


def fresh_beam(context: Pairs) -> Beam:
    """Return the empty reading behind the symbols of a context, at most :data:`CONTEXT` of them."""
    last = context[-1:] if len(context) else np.zeros(1, dtype=np.intp)
    ends = np.full((1, CONTEXT + 1), -1, dtype=np.intp)
    ends[0, CONTEXT + 1 - len(context) :] = context
    return Beam(np.zeros((1, 0), dtype=np.intp), last, np.zeros(1), ends, None, np.zeros(1), np.zeros(1))


def emptied(beam: Beam) -> Beam:
    """Return what is left of partial readings that nothing can follow."""
    return beam._replace(rows=beam.rows[:0], last=beam.last[:0], score=beam.score[:0], hope=beam.hope[:0])


def extended(
    language: LanguageModel,
    beam: Beam,
    lasts: Pairs,
    of: Pairs,
    candidates: Candidates,
    behind: Pairs | None,
) -> Beam:
    """Follow every partial reading up with the likeliest candidates.

    Args:
        language: The model that judges.
        beam: The partial readings.
        lasts: The symbols that they end in, each once.
        of: Which of these each ends in.
        candidates: What may come next.
        behind: The symbols that stand behind it, if it is the last one; then the readings are whole, and are
            neither judged by words nor sorted.
    """
    links = language.scores(lasts[:, None], candidates.firsts)
    at, cost = candidates.first, candidates.cost
    if behind is not None and len(behind):
        cost = cost + language.scores(candidates.last, behind[0])
    likely = largest(links.max(axis=0)[at] + cost, _LIKELY)
    hopes = beam.hope[:, None] + links[:, at[likely]][of] + cost[likely]
    best = largest(hopes.ravel(), _JUDGED if behind is None else RERANKED)
    rows, columns = np.unravel_index(best, hopes.shape)
    chosen = likely[columns]
    pairs = np.concatenate([beam.rows[rows], candidates.pairs[chosen]], axis=1)
    score = beam.score[rows] + links[of[rows], at[chosen]] + candidates.cost[chosen]
    if behind is not None:
        return beam._replace(rows=pairs, last=candidates.last[chosen], score=score)
    return _judged(language, beam, rows, candidates.pairs[chosen], pairs, candidates.last[chosen], score)


def _judged(
    language: LanguageModel, beam: Beam, rows: Pairs, new: Pairs, pairs: Pairs, last: Pairs, score: Costs
) -> Beam:
    """Judge partial readings by their words, and keep the best of those that end differently.

    Args:
        language: The model that judges.
        beam: What they were before.
        rows: The row of ``beam`` that each follows up.
        new: The pairs that each adds to it.
        pairs: Both together.
        last: The symbol of the last character of each.
        score: The score of each.
    """
    words = _words_before(language, beam.ends) if beam.words is None else beam.words
    is_new = new > 0
    old = beam.ends[rows]
    ends = padding_in_front(
        np.concatenate([old, symbols_of_pairs()[new]], axis=1), np.concatenate([old >= 0, is_new], axis=1)
    )
    gained, words = language.advance(ends, is_new.sum(axis=1), words[rows])
    gained += beam.gained[rows]
    hope = score + gained + words[:, -1]
    kept = _kept(ends, hope)
    return Beam(
        pairs[kept],
        last[kept],
        score[kept],
        ends[kept, -CONTEXT - 1 :],
        words[kept],
        gained[kept],
        hope[kept],
    )


def _words_before(language: LanguageModel, ends: Pairs) -> Costs:
    """Return what the likeliest words of the context cost."""
    count = (ends >= 0).sum(axis=1)
    begun = np.array([BEGUN])
    return language.words_up_to(ends, count, begun) if count[0] else begun


def _kept(ends: Pairs, hope: Costs) -> Pairs:
    """Return the indices of the best readings, the best first, and of those that end alike a few."""
    order = largest(hope, len(hope))
    order = order[hope[order] > hope[order[0]] - _DEPTH]
    seen: dict[tuple[int, ...], int] = {}
    kept: list[int] = []
    for index, end in zip(order.tolist(), map(tuple, ends[order, -CONTEXT:].tolist()), strict=True):
        alike = seen.get(end, 0)
        if alike < _KEPT_ALIKE:
            seen[end] = alike + 1
            kept.append(index)
            if len(kept) == _KEPT:
                break
    return np.array(kept, dtype=np.intp)


def ends_alike(beam: Beam) -> bool:
    """Return whether all partial readings that have a chance end in the same characters."""
    likely = beam.rows[beam.hope > beam.hope[0] - _DEPTH]
    ends = likely[:, -CONTEXT:]
    return ends.shape[1] == CONTEXT and bool((ends > 0).all() and (ends == ends[0]).all())


def largest(values: Costs, count: int) -> Pairs:
    """Return the indices of the largest values, at most ``count`` of them, the largest first."""
    if (rest := len(values) - count) > 0:
        some: Pairs = values.argpartition(rest)[rest:]
        return some[(-values[some]).argsort(kind="stable")]
    return (-values).argsort(kind="stable")


def padding_in_front(rows: Pairs, real: npt.NDArray[np.bool_]) -> Pairs:
    """Return what is real of each row, filled up in front by -1."""
    width = rows.shape[1]
    result = np.full(rows.shape, -1, dtype=np.intp)
    result[np.arange(width) >= width - real.sum(axis=1)[:, None]] = rows[real]
    return result
