"""Bins of many documents → how often each term occurs, and how often each two stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.cooccurrence.bins import TermBins
from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.text.arrays import distinct, is_member, ranks

__all__ = ["Cooccurrences", "Edges", "add_up"]

Ints = npt.NDArray[np.int64]

_MOST_EDGES = 10_000_000
"""Edges of a network: one of 4,500 terms of which each stands with each; beyond, tables fill the memory."""
_MOST_STEPS = 5_000_000_000
"""Pairs of terms looked at: about a minute."""
_FEW_STEPS = 500_000
"""Pairs of terms that are written down one by one: to load SciPy takes longer."""
_STEPS_AT_A_TIME = 50_000_000
"""Pairs of terms looked at before those found are put away."""


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Pairs of terms that stand together.

    Args:
        first: The lesser term of each, shape ``(n_edges,)``.
        second: The greater one.
        together: How many units hold both, all positive.
    """

    first: Ints
    second: Ints
    together: Ints

    def __len__(self) -> int:
        return len(self.first)

    def take(self, which: npt.NDArray[Any]) -> Edges:
        """Return some of the edges."""
        return Edges(self.first[which], self.second[which], self.together[which])


@dataclass(frozen=True, slots=True, eq=False)
class Cooccurrences:
    """The terms of a corpus and how they stand together.

    Args:
        terms: Those that occur, sorted code point by code point.
        counts: How many units hold each, shape ``(n_terms,)``, all positive.
        documents: How many documents hold each.
        units: How many units the corpus has.
        edges: All pairs that stand together, by their terms.
    """

    terms: tuple[str, ...]
    counts: Ints
    documents: Ints
    units: int
    edges: Edges

    @property
    def order(self) -> Ints:
        """The terms as tables list them, the most frequent first, then by their names."""
        return np.argsort(-self.counts, kind="stable")


def add_up(terms: Sequence[str], documents: Iterable[TermBins], top: int | None = None) -> Cooccurrences:
    """Add up what was found in the documents of a corpus.

    Args:
        terms: The terms that were searched for, none twice.
        documents: The bins of each document; a term is its number in ``terms``.
        top: Only so many terms are kept, the most frequent ones; ``None`` for all that occur.

    Returns:
        The terms that occur and the pairs of them; the order of the documents does not show.

    Raises:
        UsageError: If there are too many pairs.
    """
    found = list(documents)
    held = ranks(terms)[np.frombuffer(b"".join(one.terms for one in found), np.int32)]
    sizes = np.frombuffer(b"".join(one.sizes for one in found), np.int32)
    weights = np.frombuffer(b"".join(one.weights for one in found), np.int32).astype(np.int64)
    owners = np.repeat(np.arange(len(found)), [len(one.terms) // 4 for one in found])
    bins = np.repeat(np.arange(len(sizes)), sizes)
    counts = np.bincount(held, weights[bins], len(terms)).astype(np.int64)
    present = _most_frequent(counts, top)
    kept = is_member(held, present)
    numbers, size = np.searchsorted(present, held[kept]), len(present)
    pairs = distinct(owners[kept] * size + numbers)
    ordered = sorted(terms)
    return Cooccurrences(
        tuple(ordered[place] for place in present.tolist()),
        counts[present],
        np.bincount(pairs % max(size, 1), minlength=size),
        sum(one.units for one in found),
        _edges(numbers, np.bincount(bins[kept], minlength=len(sizes)), weights, size),
    )


def _most_frequent(counts: Ints, top: int | None) -> Ints:
    """Return the terms that occur, ascending; of equally frequent ones the first."""
    occurring = np.flatnonzero(counts)
    if top is None or len(occurring) <= top:
        return occurring
    return np.sort(occurring[np.argsort(-counts[occurring], kind="stable")[:top]])


def _edges(numbers: Ints, sizes: Ints, weights: Ints, terms: int) -> Edges:
    """Return the pairs of terms that share a bin, of many by a product of sparse matrices.

    Args:
        numbers: The terms of each bin, bin after bin.
        sizes: How many terms each bin holds.
        weights: How many units it stands for.
        terms: How many terms there are.
    """
    steps = int((sizes * sizes).sum())
    _check(steps)
    if steps <= _FEW_STEPS:
        return _few_edges(numbers, sizes, weights, terms)
    from scipy.sparse import csr_matrix

    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    shape = (len(sizes), terms)
    held = csr_matrix((np.ones(len(numbers), np.int64), numbers, starts), shape=shape)
    weighted = csr_matrix((np.repeat(weights, sizes), numbers, starts), shape=shape).T.tocsr()
    # What a row of the product costs: the sizes of all bins that hold its term.
    costs = np.cumsum(np.bincount(numbers, np.repeat(sizes, sizes), terms))
    cuts = np.searchsorted(costs, np.arange(_STEPS_AT_A_TIME, costs[-1] if terms else 0, _STEPS_AT_A_TIME))
    parts: list[Edges] = []
    bounds = distinct(np.concatenate(([0], cuts, [terms]))).tolist()
    for low, high in pairwise(bounds):
        parts.append(_upper(weighted[low:high] @ held, low))
        _check_edges(sum(map(len, parts)))
    none = np.zeros(0, np.int64)
    first, second, together = (
        np.concatenate([none, *(getattr(part, name) for part in parts)])
        for name in ("first", "second", "together")
    )
    return Edges(first, second, together)


def _few_edges(numbers: Ints, sizes: Ints, weights: Ints, terms: int) -> Edges:
    """Return the same edges as :func:`_edges`, by writing down every pair."""
    each = np.repeat(sizes, sizes)
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    first = np.repeat(numbers, each)
    within = np.arange(len(first)) - np.repeat(np.cumsum(each) - each, each)
    second = numbers[np.repeat(starts, each) + within]
    above = first < second
    keys = first[above].astype(np.int64) * terms + second[above]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    _check_edges(len(begins))
    counted = np.repeat(np.repeat(weights, sizes), each)[above][order]
    together = np.add.reduceat(counted, begins) if len(begins) else counted
    return Edges(keys[begins] // max(terms, 1), keys[begins] % max(terms, 1), together)


def _upper(product: Any, low: int) -> Edges:
    """Return the entries of some rows of a symmetric matrix that stand above its diagonal, row by row."""
    product.sort_indices()
    rows = np.repeat(np.arange(low, low + product.shape[0]), np.diff(product.indptr))
    above = product.indices > rows
    return Edges(rows[above], product.indices[above].astype(np.int64), product.data[above])


def _check(steps: int) -> None:
    if steps > _MOST_STEPS:
        raise UsageError(
            _("so many terms stand in a unit that {steps:,} pairs would have to be looked at", steps=steps),
            _("take fewer terms (--top), or a smaller unit, such as --unit sentence"),
        )


def _check_edges(edges: int) -> None:
    if edges > _MOST_EDGES:
        raise UsageError(
            _("the network would have more than {MOST_EDGES:,} edges", MOST_EDGES=_MOST_EDGES),
            _("take fewer terms, such as --top 1000"),
        )
