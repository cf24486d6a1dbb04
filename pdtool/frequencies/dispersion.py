"""How evenly a term is spread over the parts of a corpus: Gries's DP."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.text.sparse_rows import SparseRows

__all__ = ["FloatArray", "deviation_of_proportions"]

FloatArray = npt.NDArray[np.float64]


def deviation_of_proportions(counts: SparseRows, sizes: npt.NDArray[np.int64]) -> FloatArray:
    """Return the DP of each term: 0 where it is spread as the text is, near 1 where a small part has it all.

    DP = ½ Σᵢ |vᵢ − sᵢ|, where vᵢ is the share of a term's occurrences that part i holds, and sᵢ the share of
    the corpus that part i is (Gries 2008, "Dispersions and adjusted frequencies in corpora", IJCL 13(4)).

    Args:
        counts: How often each term occurs in each part, shape ``(n_parts, n_terms)``.
        sizes: The size of each part, in whatever unit, shape ``(n_parts,)``.

    Returns:
        Shape ``(n_terms,)``; nan for a term that occurs nowhere, and where no part has a size.

    The example of Gries 2008: a corpus of five parts with 9, 10, 10, 10 and 11 words, in which ``a`` occurs
    once, twice, … five times. The one of Lijffijt and Gries 2012 (IJCL 17(1), table 1): three equal parts,
    one of which has two thirds of all occurrences, another the rest.

    >>> once = np.zeros(5, dtype=int)
    >>> a = SparseRows.of_cells(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.arange(5), once, (5, 1))
    >>> deviation_of_proportions(a, np.array([9, 10, 10, 10, 11])).round(4).tolist()
    [0.18]
    >>> b = SparseRows.of_cells(np.array([2.0, 1.0]), np.arange(2), once[:2], (3, 1))
    >>> deviation_of_proportions(b, np.array([1, 1, 1])).round(4).tolist()
    [0.3333]
    """
    terms, n_terms = counts.indices, counts.columns
    totals = np.bincount(terms, counts.data, minlength=n_terms)
    if not sizes.sum():
        return np.full(n_terms, np.nan)
    shares = (sizes / sizes.sum())[counts.rows]
    # Parts without the term differ by their own size: all that is not the size of those with it.
    differing = np.bincount(terms, np.abs(counts.data / totals[terms] - shares), minlength=n_terms)
    without = 1 - np.bincount(terms, shares, minlength=n_terms)
    return np.where(totals > 0, np.maximum(differing + without, 0) / 2, np.nan)
