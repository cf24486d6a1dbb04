"""Counts → the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, repeat
from math import log1p
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.documents.grouping import Group, all_groups
from pdtool.output.cells import cell_getter
from pdtool.rows import Column, Kind
from pdtool.terms.dictionary import Dictionary, Entry
from pdtool.text.arrays import distinct, ragged_ranges, runs
from pdtool.text.edits import IntArray
from pdtool.themes.counting import DocumentCounts, Part
from pdtool.themes.rows import GroupRow, SectionRow, TermRow, ThemeRow

__all__ = ["ThemeTables", "wide"]

FloatArray = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.integer[Any]]


def _rate(count: int, chars: int) -> float | None:
    return 1000 * count / chars if chars else None


def _rates(counts: npt.NDArray[np.int64], chars: npt.NDArray[np.int64]) -> list[float | None]:
    """Return what :func:`_rate` does of each of many counts."""
    rates = (1000 * counts / np.maximum(chars, 1)).astype(object)  # none in an empty part
    rates[chars == 0] = None
    told: list[float | None] = rates.tolist()
    return told


class _Cells(NamedTuple):
    """What every table says of the themes of a part: a value of each theme, in the dictionary's order."""

    counts: Sequence[int]
    rates: Sequence[float | None]
    distinct: Sequence[int]
    top: Sequence[tuple[str, ...]]
    weighted: Sequence[float]
    negated: Sequence[int]

    def between(self, start: int, end: int) -> _Cells:
        """Return a stretch of every column."""
        here = slice(start, end)
        return _Cells(
            self.counts[here],
            self.rates[here],
            self.distinct[here],
            self.top[here],
            self.weighted[here],
            self.negated[here],
        )


_TOGETHER = 256
"""Documents whose cells are worked out at a time: enough for arrays to pay off."""


@dataclass(frozen=True)
class ThemeTables:
    """The tables that one run of the counting gives.

    Args:
        dictionary: What was counted.
        docs: The ids of the documents, in the order of the tables.
        counts: What each of them holds.
        top_terms: How many terms a cell of ``top_terms`` names.
    """

    dictionary: Dictionary
    docs: Sequence[str]
    counts: Sequence[DocumentCounts]
    top_terms: int = 5

    @cached_property
    def _theme_of(self) -> IntArray:
        return np.array(self.dictionary.theme_of, dtype=np.int32)

    @cached_property
    def _weights(self) -> FloatArray:
        return np.array([entry.weight for entry in self.dictionary.entries], dtype=np.float64)

    @cached_property
    def _documents_with_theme(self) -> Numbers:
        """In how many documents each theme occurs, shape ``(n_themes,)``."""
        return self._documents_with(self.counts, self._theme_of, len(self.dictionary.themes))

    @cached_property
    def _documents_with_term(self) -> Numbers:
        """In how many documents each term occurs, shape ``(n_entries,)``."""
        size = len(self.dictionary.entries)
        return self._documents_with(self.counts, np.arange(size), size)

    @staticmethod
    def _documents_with(documents: Sequence[DocumentCounts], kind_of: Numbers, kinds: int) -> Numbers:
        """Return in how many documents each kind of entry occurs, shape ``(kinds,)``.

        Args:
            documents: What each of them holds.
            kind_of: The kind of each entry, below ``kinds``.
            kinds: How many there are.
        """
        found = [(number, part.entries) for number, one in enumerate(documents) for part in one.parts]
        if not found:
            return np.zeros(kinds, dtype=np.int64)
        numbers = np.repeat([number for number, _ in found], [len(entries) for _, entries in found])
        met = distinct(numbers * kinds + kind_of[np.concatenate([entries for _, entries in found])])
        return np.bincount(met % kinds, minlength=kinds)

    @cached_property
    def _terms(self) -> list[str]:
        return [entry.term for entry in self.dictionary.entries]

    def _cells(self, parts: Sequence[Part]) -> Iterator[_Cells]:
        """Yield what is said of each theme in each part, zeros included; some parts are done at a time."""
        for begin in range(0, len(parts), _TOGETHER):
            some = parts[begin : begin + _TOGETHER]
            columns, size = self._columns(some), len(self.dictionary.themes)
            for start in range(0, len(some) * size, size):
                yield columns.between(start, start + size)

    def _columns(self, parts: Sequence[Part]) -> _Cells:
        """Return what is said of each theme in several parts, part by part."""
        entries, counts, negated = (
            np.concatenate(arrays)
            for arrays in zip(*((part.entries, part.counts, part.negated) for part in parts), strict=True)
        )
        size = len(self.dictionary.themes)
        firsts = np.repeat(np.arange(len(parts)) * size, [len(part.entries) for part in parts])
        places = firsts + self._theme_of[entries]

        def sums(values: npt.NDArray[Any] | None) -> npt.NDArray[Any]:
            return np.bincount(places, values, minlength=len(parts) * size)

        totals = sums(counts).astype(np.int64)
        return _Cells(
            totals.tolist(),
            _rates(totals, np.repeat([part.chars for part in parts], size)),
            sums(None).tolist(),
            self._top(places, entries, counts, len(parts) * size),
            sums(counts * self._weights[entries]).tolist(),
            sums(negated).astype(np.int64).tolist(),
        )

    def _top(self, places: Numbers, entries: Numbers, counts: Numbers, size: int) -> list[tuple[str, ...]]:
        """Return the most frequent terms of each of ``size`` places, of equals the one that stands first.

        Args:
            places: The place of each term that is found, ascending by part and by theme within it.
            entries: The number of each of these terms.
            counts: How often each is found.
            size: How many places there are.
        """
        order = np.lexsort((-counts, places))
        starts, lengths = runs(places[order])
        chosen = order[ragged_ranges(starts, np.minimum(lengths, self.top_terms))]
        found = zip(entries[chosen].tolist(), counts[chosen].tolist(), strict=True)
        told = iter([f"{self._terms[entry]} {count}" for entry, count in found])
        top: list[tuple[str, ...]] = [()] * size
        for place, length in zip(places[order][starts].tolist(), lengths.tolist(), strict=True):
            top[place] = tuple(islice(told, min(length, self.top_terms)))
        return top

    def by_theme(self) -> Iterator[ThemeRow]:
        """Yield a row for every document and theme, zeros included, in the dictionary's order."""
        shares = (self._documents_with_theme / max(1, len(self.docs))).tolist()
        themes = self.dictionary.themes
        parts = [document.parts[0] for document in self.counts]
        for doc, cells in zip(self.docs, self._cells(parts), strict=True):
            yield from map(ThemeRow, repeat(doc), themes, *cells[:-1], shares, cells.negated)

    def by_section(self) -> Iterator[SectionRow]:
        """Yield a row for every section and theme, zeros included."""
        themes = self.dictionary.themes
        every = [(doc, part) for doc, one in zip(self.docs, self.counts, strict=True) for part in one.parts]
        for (doc, part), cells in zip(every, self._cells([part for _doc, part in every]), strict=True):
            section = part.section
            assert section is not None, "counted by section"
            place = (doc, section.number, section.level, section.heading)
            chars = repeat(part.chars)
            yield from map(SectionRow, *map(repeat, place), themes, *cells[:-1], chars, cells.negated)

    def by_term(self) -> Iterator[TermRow]:
        """Yield a row for every term that a document holds, themes in order, frequent terms first."""
        shares = self._documents_with_term / max(1, len(self.docs))
        for doc, document in zip(self.docs, self.counts, strict=True):
            part = document.parts[0]
            order = np.lexsort((-part.counts, self._theme_of[part.entries]))
            told = (part.entries, part.counts, part.negated)
            for number, count, negated in zip(*(one[order].tolist() for one in told), strict=True):
                entry = self.dictionary.entries[number]
                yield TermRow(
                    doc,
                    entry.theme,
                    entry.term,
                    count,
                    _rate(count, part.chars),
                    weighted=entry.weight * count,
                    share_of_documents=float(shares[number]),
                    negated=negated,
                )

    def by_group(self, *, balanced: bool = False) -> Iterator[GroupRow]:
        """Yield a row for every group and theme, zeros included, groups sorted.

        Args:
            balanced: Also fill up the groups that no document is in, with zeros; see
                :func:`pdtool.documents.grouping.all_groups`.
        """
        members: dict[Group, list[int]] = {}
        for number, document in enumerate(self.counts):
            members.setdefault(document.group, []).append(number)
        for group in all_groups(members) if balanced else sorted(members):
            yield from self._of_group(group, members.get(group, ()))

    def _of_group(self, group: Group, documents: Sequence[int]) -> Iterator[GroupRow]:
        members = [self.counts[number] for number in documents]
        whole = _sum([one.parts[0] for one in members])
        found = self._documents_with(members, self._theme_of, len(self.dictionary.themes)).tolist()
        (cells,) = self._cells([whole])
        for theme, having, told in zip(self.dictionary.themes, found, zip(*cells, strict=True), strict=True):
            count, rate, distinct, top, weighted, negated = told
            yield GroupRow(
                group,
                theme,
                count,
                negated,
                per_1000_chars=rate if documents else 0.0,
                documents=len(documents),
                share_of_documents=having / len(documents) if documents else 0.0,
                chars=whole.chars,
                documents_with=having,
                distinct_terms=distinct,
                top_terms=top,
                weighted=weighted,
                ln_count=log1p(count),
            )

    def unused(self) -> list[Entry]:
        """Return the terms that occur in no document."""
        missing = np.flatnonzero(self._documents_with_term == 0).tolist()
        return [self.dictionary.entries[number] for number in missing]


def _sum(parts: Sequence[Part]) -> Part:
    """Add up parts; of none, a part without anything."""
    if not parts:
        nothing = np.array([], dtype=np.int32)
        return Part(0, nothing, nothing, nothing)
    every = np.concatenate([part.entries for part in parts])
    entries, places = np.unique(every, return_inverse=True)
    counts, negated = (
        np.bincount(places, np.concatenate(some), minlength=len(entries)).astype(np.int32)
        for some in ([part.counts for part in parts], [part.negated for part in parts])
    )
    return Part(sum(part.chars for part in parts), entries, counts, negated)


def wide(
    rows: Iterator[Any], keys: Sequence[Column], value: Column, themes: Sequence[str]
) -> tuple[tuple[Column, ...], list[tuple[Any, ...]]]:
    """Turn a long table into a wide one, a column a theme.

    Args:
        rows: The long table; for every key a row of each theme.
        keys: The columns that stay.
        value: The column whose values fill the others.
        themes: The themes in the order of the columns.

    Returns:
        The columns, and the rows as tuples.
    """
    import pandas as pd

    columns = (*keys, *(Column(theme, value.kind, value.help) for theme in themes))
    read = cell_getter((*keys, Column("theme", Kind.TEXT, ""), value))
    cells = [(tuple(key), theme, cell) for *key, theme, cell in map(read, rows)]
    # By number: pandas's own strings cannot hold the lone surrogates of undecodable file names.
    ordered = sorted({key for key, _, _ in cells})
    row_of, column_of = ({name: at for at, name in enumerate(names)} for names in (ordered, themes))
    frame = pd.DataFrame(
        [(row_of[key], column_of[theme], cell) for key, theme, cell in cells],
        columns=["row", "column", "cell"],
    )
    table = frame.pivot(index="row", columns="column", values="cell").reindex(columns=range(len(themes)))
    plain = table.astype(object).where(table.notna(), None)
    return columns, [(*key, *row) for key, row in zip(ordered, plain.itertuples(False, None), strict=True)]
