"""Witnesses vote on a character: where three copies or more hold a passage, the reading of most is right.

Textual criticism counts manuscripts so. A vote decides where the language model does not know; against a
clear judgement of the model it does not: copies of a misread copy are many, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pdtool.reuse.differences import MARGIN, Readings
from pdtool.reuse.verified_pair import Pair, VerifiedPair, ordered_pair
from pdtool.text.edits import IntArray

__all__ = ["voted"]

WITNESSES = 3
"""Copies that hold a character, at least, for a vote."""
VOTE = 2 * MARGIN
"""What a vote counts for a reading (natural logarithm)."""
MOST_WITNESSES = 8
"""Other copies that are asked about a pair: of a text copied a thousand times some tell enough."""

Bools = npt.NDArray[np.bool_]


def voted(results: Mapping[Pair, VerifiedPair], copies: Sequence[int]) -> dict[Pair, VerifiedPair]:
    """Return the pairs whose readings others decide, judged with their votes.

    Args:
        results: What came of the pairs that were aligned.
        copies: For each document, how many have its very text.
    """
    others: defaultdict[int, set[int]] = defaultdict(set)
    for (i, j), verified in results.items():
        if verified.differences is not None:
            others[i].add(j)
            others[j].add(i)
    decided = {}
    for pair, verified in results.items():
        readings = _readings(verified)
        if readings is None:
            continue
        i, j = pair
        witnesses = sorted(others[i] & others[j])[:MOST_WITNESSES]
        if copies[i] + copies[j] + sum(copies[k] for k in witnesses) < WITNESSES:
            continue
        margins = _margins(results, pair, readings, witnesses, copies)
        if not np.array_equal(margins, readings.margins):
            assert verified.differences is not None, "it has readings"
            decided[pair] = replace(verified, differences=verified.differences.with_margins(margins))
    return decided


def _readings(verified: VerifiedPair) -> Readings | None:
    return None if verified.differences is None else verified.differences.all_readings


def _margins(
    results: Mapping[Pair, VerifiedPair],
    pair: Pair,
    readings: Readings,
    witnesses: Sequence[int],
    copies: Sequence[int],
) -> npt.NDArray[np.float64]:
    """Return how much likelier each reading is in the first document, votes counted."""
    i, j = pair
    spans = readings.spans[readings.judged]
    for_a, for_b = (np.full(len(spans), copies[document]) for document in pair)
    for k in witnesses:
        with_a = _agrees(results, i, k, spans[:, :2])
        with_b = _agrees(results, j, k, spans[:, 2:])
        for_a = for_a + copies[k] * (with_a & ~with_b)
        for_b = for_b + copies[k] * (with_b & ~with_a)
    # Of characters that one text has alone it is not said that they are misread.
    replaced = (spans[:, 1] - spans[:, 0] == 1) & (spans[:, 3] - spans[:, 2] == 1)
    enough = replaced & (for_a + for_b >= WITNESSES)
    margins = readings.margins.copy()
    wins_a = enough & (for_a >= 2 * for_b) & (margins >= -MARGIN)
    wins_b = enough & (for_b >= 2 * for_a) & (margins <= MARGIN)
    margins[wins_a] = np.maximum(margins[wins_a], VOTE)
    margins[wins_b] = np.minimum(margins[wins_b], -VOTE)
    return margins


def _agrees(results: Mapping[Pair, VerifiedPair], document: int, witness: int, places: IntArray) -> Bools:
    """Return where a witness has what a document has, in a passage that both hold.

    Args:
        results: What came of the pairs that were aligned.
        document: The document.
        witness: The other one.
        places: Starts and ends in the document, ascending, shape ``(n, 2)``.
    """
    verified = results[ordered_pair(document, witness)]
    side = 0 if document < witness else 2
    held = np.zeros(len(places), bool)
    for start, end in verified.spans[:, side : side + 2].tolist():
        held |= (places[:, 0] >= start) & (places[:, 1] <= end)
    readings = _readings(verified)
    if readings is None or not len(readings.spans):
        return held
    starts, ends = readings.spans[:, side], readings.spans[:, side + 1]
    order = np.argsort(starts, kind="stable")
    # Differences do not overlap: the last that begins before the end of a place tells.
    before = np.searchsorted(starts[order], places[:, 1], side="left") - 1
    touched = (before >= 0) & (ends[order][np.maximum(before, 0)] > places[:, 0])
    chosen: Bools = held & ~touched
    return chosen
