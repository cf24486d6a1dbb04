"""Which parts of a document do not count: quotations, titles, references, signatures.

What is excluded is taken out of the fingerprint before documents are joined, and of both sides of every
share: a document is compared by what is left of it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from pdtool.documents.document import Document
from pdtool.documents.quotations import Words, foreign, foreign_words_of
from pdtool.reuse.options import Exclusion
from pdtool.text.edits import IntArray
from pdtool.text.shingles import SHINGLE, HashArray

__all__ = ["KINDS", "excluded_kinds", "shingles_left", "words_of"]

KINDS = {
    Exclusion.QUOTATIONS: (Words.QUOTED,),
    Exclusion.REFERENCES: (Words.REFERENCES,),
    Exclusion.TITLES: (Words.CITED, Words.TITLE),
    Exclusion.SIGNATURES: (Words.SIGNATURE,),
}
"""What each exclusion takes out."""
_PARTS = {
    "title": (Exclusion.TITLES, Words.TITLE),
    "references": (Exclusion.REFERENCES, Words.REFERENCES),
    "notes": (Exclusion.REFERENCES, Words.REFERENCES),
    "signature": (Exclusion.SIGNATURES, Words.SIGNATURE),
    "imprint": (Exclusion.SIGNATURES, Words.SIGNATURE),
}
"""Spans of a document (:attr:`~pdtool.documents.document.Document.spans`) that an exclusion takes out."""


def excluded_kinds(exclude: Iterable[Exclusion]) -> tuple[Words, ...]:
    """Return what exclusions take out, in one order.

    >>> [kind.name for kind in excluded_kinds({Exclusion.TITLES, Exclusion.QUOTATIONS})]
    ['QUOTED', 'CITED', 'TITLE']
    """
    return tuple(sorted(kind for one in exclude for kind in KINDS[one]))


def words_of(document: Document, exclude: frozenset[Exclusion]) -> IntArray:
    """Return the quotations and cited titles of a document, and what else is excluded.

    Args:
        document: The document.
        exclude: What does not count. Titles, references and signatures are looked for only if they do not.

    Returns:
        One row for each in folded characters, see :func:`~pdtool.documents.quotations.foreign_words_of`.
    """
    words = foreign_words_of(document.text, document.folded)
    if not exclude - {Exclusion.QUOTATIONS}:
        return words
    parts = [
        (span.start, span.end, _PARTS[span.kind][1])
        for span in document.spans
        if span.kind in _PARTS and _PARTS[span.kind][0] in exclude
    ]
    found = np.array(parts, np.int32).reshape(-1, 3)
    found[:, :2] = np.searchsorted(document.folded.positions, found[:, :2])
    return np.concatenate((words, found))


def shingles_left(shingles: HashArray, words: IntArray, size: int, kinds: tuple[Words, ...]) -> HashArray:
    """Return the shingles of a text that hold no character of what is excluded.

    Args:
        shingles: All its shingles, in the order of the text.
        words: Its parts, see :func:`words_of`.
        size: Its folded characters.
        kinds: The kinds that are excluded; none if nothing is.
    """
    if not kinds or not len(shingles):
        return shingles
    return shingles[~_touched(foreign(words, size, *kinds))]


def _touched(excluded: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which shingles of a text hold an excluded character."""
    sums = np.concatenate(([0], np.cumsum(excluded)))
    return np.asarray(sums[SHINGLE:] > sums[:-SHINGLE])
