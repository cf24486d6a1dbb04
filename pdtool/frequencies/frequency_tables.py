"""Counts of all documents → the rows of the tables, by corpus, group or document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from pdtool.documents.grouping import NONE, Group
from pdtool.frequencies.dispersion import deviation_of_proportions
from pdtool.frequencies.given_terms import CountedTerms
from pdtool.frequencies.rows import FrequencyRow
from pdtool.frequencies.trend import Trend, mann_kendall
from pdtool.frequencies.words import CountedWords
from pdtool.rows import Column, Kind
from pdtool.significance import adjusted
from pdtool.terms.dictionary import Dictionary
from pdtool.text.bags import CountMatrix
from pdtool.text.sparse_rows import SparseRows

__all__ = ["FrequencyTables", "Selection"]

IntArray = npt.NDArray[np.int64]
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NO_TREND = ((), 0, None, 1.0, 1.0, None)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which terms of a group are rows.

    Args:
        top: The most frequent so many; 0 for all.
        least: Occurrences below which a term is none.
    """

    top: int = 100
    least: int = 1


@dataclass(frozen=True)
class FrequencyTables:
    """The tables that one run of the counting gives.

    Args:
        counts: How often each term occurs in each document, sparse, shape ``(n_documents, n_terms)``.
        terms: The terms; words and phrases in the order of their code points, given terms in their own.
        themes: The theme of each given term; empty for words.
        sizes: Folded characters of the body of each document, shape ``(n_documents,)``.
        groups: The group of each document.
        years: The year of each, for trends.
    """

    counts: SparseRows
    terms: Sequence[str]
    themes: Sequence[str]
    sizes: IntArray
    groups: Sequence[Group]
    years: Sequence[str]

    @classmethod
    def of_words(cls, counted: Sequence[CountedWords]) -> Self:
        """Make the tables of words or phrases."""
        gathered = CountMatrix()
        for one in counted:
            gathered.add(one.bag)
        counts, terms = gathered.finish()
        return cls(counts, terms, [], *_described(counted))

    @classmethod
    def of_terms(cls, dictionary: Dictionary, counted: Sequence[CountedTerms]) -> Self:
        """Make the tables of given terms."""
        columns = np.concatenate([one.entries for one in counted])
        rows = np.repeat(np.arange(len(counted)), [len(one.entries) for one in counted])
        data = np.concatenate([one.counts for one in counted]).astype(np.float64)
        entries = dictionary.entries
        counts = SparseRows.of_cells(data, rows, columns, (len(counted), len(entries)))
        themes = [entry.theme for entry in entries]
        return cls(counts, [entry.term for entry in entries], themes, *_described(counted))

    @property
    def undated(self) -> int:
        """How many documents have no year."""
        return sum(year == NONE for year in self.years)

    @cached_property
    def _members(self) -> dict[Group, list[int]]:
        members: dict[Group, list[int]] = {}
        for number, group in enumerate(self.groups):
            members.setdefault(group, []).append(number)
        return dict(sorted(members.items()))

    def rows(self, selection: Selection, *, with_trend: bool = False) -> Iterator[FrequencyRow]:
        """Yield the rows of every group, groups sorted.

        Words and phrases come by their counts, the highest first, equal ones by their code points, without
        those that the group does not hold. Given terms all come, in their own order, zeros included, unless
        some are selected.

        Args:
            selection: Which terms of a group are wanted.
            with_trend: Whether the trend over the years is told.
        """
        for group, documents in self._members.items():
            yield from self._of_group(group, documents, selection, with_trend)

    def _of_group(
        self, group: Group, documents: list[int], selection: Selection, with_trend: bool
    ) -> Iterator[FrequencyRow]:
        counts, sizes = self.counts.take(documents), self.sizes[documents]
        totals = _sums(counts)
        chosen = self._chosen(totals, selection)
        counts = counts.select(chosen)
        dispersion = deviation_of_proportions(counts, sizes)
        having = np.bincount(counts.indices, minlength=len(chosen)).tolist()
        size, trends = int(sizes.sum()), self._trends(documents, chosen) if with_trend else None
        for place, number in enumerate(chosen.tolist()):
            count, spread = int(totals[number]), float(dispersion[place])
            yield FrequencyRow(
                group,
                self.terms[number],
                count,
                1000 * count / size if size else None,
                having[place],
                having[place] / len(documents),
                None if np.isnan(spread) or len(documents) == 1 else spread,
                self.themes[number] if self.themes else "",
                *(trends[place] if trends else _NO_TREND),
            )

    def _chosen(self, totals: IntArray, selection: Selection) -> IntArray:
        """Return the numbers of the terms that are wanted, in the order of the rows."""
        least = selection.least if self.themes else max(1, selection.least)
        wanted = np.flatnonzero(totals >= least)
        if self.themes and not selection.top:
            return wanted
        ordered = wanted[np.argsort(-totals[wanted], kind="stable")]
        return ordered[: selection.top] if selection.top else ordered

    def _trends(self, documents: Sequence[int], chosen: IntArray) -> list[tuple[Any, ...]]:
        """Return for each chosen term what its trend says, as the fields of a row."""
        years = sorted({self.years[number] for number in documents} - {NONE})
        of_year = [[number for number in documents if self.years[number] == year] for year in years]
        sizes = np.array([self.sizes[numbers].sum() for numbers in of_year], dtype=np.int64)
        told = np.flatnonzero(sizes)
        years = [years[place] for place in told.tolist()]
        totals = [
            _sums(self.counts.take(of_year[place]))[chosen] / sizes[place] * 1000 for place in told.tolist()
        ]
        rates = np.stack(totals, axis=1) if totals else np.empty((len(chosen), 0))
        # As numbers of the table, so that rounding in the last place makes no trend.
        series = [[round(rate, 9) for rate in one] for one in rates.tolist()]
        trends = [mann_kendall(one, list(map(float, years))) for one in series]
        q = adjusted(np.array([trend.p for trend in trends])).tolist()
        return [_trend_fields(years, *told) for told in zip(series, trends, q, strict=True)]

    def wide(
        self, keys: Sequence[str], selection: Selection, *, rates: bool
    ) -> tuple[tuple[Column, ...], Iterator[tuple[Any, ...]]]:
        """Return a table of groups by terms, and its columns.

        Args:
            keys: The names of the group columns.
            selection: Which terms are wanted, by their occurrences in all documents.
            rates: Whether the cells hold occurrences per 1,000 characters instead of occurrences.

        Returns:
            The columns, and the rows as tuples.
        """
        chosen = self._chosen(_sums(self.counts), selection)
        kind = Kind.SHARE if rates else Kind.COUNT
        names = [term if term not in keys else f"term:{term}" for term in (self.terms[at] for at in chosen)]
        header = [
            *(Column(key, Kind.TEXT, "", key) for key in keys),
            *(Column(name, kind, "") for name in names),
        ]
        return tuple(header), map(tuple, map(chain.from_iterable, self._wide_rows(chosen, rates=rates)))

    def _wide_rows(self, chosen: IntArray, *, rates: bool) -> Iterator[tuple[Group, list[float | None]]]:
        for group, documents in self._members.items():
            totals, size = _sums(self.counts.take(documents))[chosen], int(self.sizes[documents].sum())
            if not rates:
                yield group, totals.tolist()
            else:
                yield group, [1000 * count / size if size else None for count in totals.tolist()]


def _described(counted: Sequence[CountedWords | CountedTerms]) -> tuple[IntArray, list[Group], list[str]]:
    sizes = np.array([one.size for one in counted], dtype=np.int64)
    years = [one.year if _YEAR.fullmatch(one.year) else NONE for one in counted]
    return sizes, [one.group for one in counted], years


def _sums(counts: SparseRows) -> IntArray:
    """Return the sum of each column of a sparse matrix of whole numbers."""
    totals = np.bincount(counts.indices, counts.data, minlength=counts.columns)
    return totals.astype(np.int64)


def _trend_fields(years: Sequence[str], rates: Sequence[float], trend: Trend, q: float) -> tuple[Any, ...]:
    shown = tuple(f"{year} {rate:.4f}" for year, rate in zip(years, rates, strict=True))
    return shown, trend.s, trend.tau, trend.p, q, trend.slope
