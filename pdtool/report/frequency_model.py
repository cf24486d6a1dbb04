"""How often words occur, as plain data: the most frequent ones, where they stand, which rise or fall."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FrequencyView", "TrendView", "WordLine", "WordView"]


@dataclass(frozen=True, slots=True)
class WordLine:
    """An occurrence of a word.

    Args:
        doc: The document.
        left: What stands before it in the clean text.
        found: The word as it stands there.
        right: What stands behind it.
    """

    doc: str
    left: str
    found: str
    right: str


@dataclass(frozen=True, slots=True)
class WordView:
    """A frequent word.

    Args:
        term: The word.
        count: How often it occurs.
        documents: In how many documents.
        lines: Some of its occurrences, one of a document before the second of any.
    """

    term: str
    count: int
    documents: int
    lines: tuple[WordLine, ...]


@dataclass(frozen=True, slots=True)
class TrendView:
    """A word over the years.

    Args:
        term: The word.
        rates: Its occurrences per 1,000 characters of each year.
        tau: Kendall's τ_b, -1 to 1.
        q: The probability of such a trend by chance, corrected for the number of words.
    """

    term: str
    rates: tuple[float, ...]
    tau: float
    q: float


@dataclass(frozen=True, slots=True)
class FrequencyView:
    """The most frequent words of a corpus.

    Args:
        words: High to low.
        years: The years that documents are of, ascending.
        trends: The words that rise or fall most clearly, rising ones first; none for fewer than three years.
        undated: Documents without a year.
    """

    words: tuple[WordView, ...]
    years: tuple[str, ...]
    trends: tuple[TrendView, ...]
    undated: int
