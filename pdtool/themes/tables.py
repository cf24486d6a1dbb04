"""Counts → the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import IntArray
from pdtool.rows import Column
from pdtool.themes.counting import DocumentCounts, Part
from pdtool.themes.dictionary import Dictionary, Entry
from pdtool.themes.rows import GroupRow, SectionRow, TermRow, ThemeRow

__all__ = ["ThemeTables", "wide"]

FloatArray = npt.NDArray[np.float64]


def _rate(count: int, chars: int) -> float | None:
    return 1000 * count / chars if chars else None


@dataclass(frozen=True, slots=True, eq=False)
class _Tally:
    """The themes of a part: arrays of shape ``(n_themes,)``, and the terms by theme."""

    chars: int
    counts: IntArray
    distinct: IntArray
    weighted: FloatArray
    top: list[list[str]]

    def cells(self, theme: int) -> tuple[int, float | None, int, tuple[str, ...], float]:
        """Return what every table says of a theme, in the order of their columns."""
        count = int(self.counts[theme])
        return (
            count,
            _rate(count, self.chars),
            int(self.distinct[theme]),
            tuple(self.top[theme]),
            float(self.weighted[theme]),
        )


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
    def _documents_with_theme(self) -> IntArray:
        """In how many documents each theme occurs, shape ``(n_themes,)``."""
        return self._documents_with(range(len(self.docs)))

    @cached_property
    def _documents_with_term(self) -> IntArray:
        """In how many documents each term occurs, shape ``(n_entries,)``."""
        total = np.zeros(len(self.dictionary.entries), dtype=np.int32)
        for document in self.counts:
            total[np.unique(np.concatenate([part.entries for part in document.parts]))] += 1
        return total

    def _documents_with(self, documents: Sequence[int]) -> IntArray:
        total = np.zeros(len(self.dictionary.themes), dtype=np.int32)
        for number in documents:
            entries = np.concatenate([part.entries for part in self.counts[number].parts])
            total[np.unique(self._theme_of[entries])] += 1
        return total

    def _tally(self, part: Part) -> _Tally:
        themes, size = self._theme_of[part.entries], len(self.dictionary.themes)
        counts = np.bincount(themes, part.counts, minlength=size).astype(np.int32)
        weights = part.counts * self._weights[part.entries]
        weighted = np.bincount(themes, weights, minlength=size).astype(np.float64)
        distinct = np.bincount(themes, minlength=size).astype(np.int32)
        return _Tally(part.chars, counts, distinct, weighted, self._top(part))

    def _top(self, part: Part) -> list[list[str]]:
        """Return the most frequent terms of each theme, of equals the one that stands first."""
        top: list[list[str]] = [[] for _ in self.dictionary.themes]
        for place in np.argsort(-part.counts, kind="stable").tolist():
            entry = int(part.entries[place])
            terms = top[self._theme_of[entry]]
            if len(terms) < self.top_terms:
                terms.append(f"{self.dictionary.entries[entry].term} {part.counts[place]}")
        return top

    def by_theme(self) -> Iterator[ThemeRow]:
        """Yield a row for every document and theme, zeros included, in the dictionary's order."""
        shares = self._documents_with_theme / max(1, len(self.docs))
        for doc, document in zip(self.docs, self.counts, strict=True):
            tally = self._tally(document.parts[0])
            for number, theme in enumerate(self.dictionary.themes):
                yield ThemeRow(doc, theme, *tally.cells(number), share_of_documents=float(shares[number]))

    def by_section(self) -> Iterator[SectionRow]:
        """Yield a row for every section and theme, zeros included."""
        for doc, document in zip(self.docs, self.counts, strict=True):
            for part in document.parts:
                section, tally = part.section, self._tally(part)
                assert section is not None, "counted by section"
                for number, theme in enumerate(self.dictionary.themes):
                    yield SectionRow(
                        doc,
                        section.number,
                        section.level,
                        section.heading,
                        theme,
                        *tally.cells(number),
                        chars=part.chars,
                    )

    def by_term(self) -> Iterator[TermRow]:
        """Yield a row for every term that a document holds, themes in order, frequent terms first."""
        shares = self._documents_with_term / max(1, len(self.docs))
        for doc, document in zip(self.docs, self.counts, strict=True):
            part = document.parts[0]
            order = np.lexsort((-part.counts, self._theme_of[part.entries]))
            for number, count in zip(part.entries[order].tolist(), part.counts[order].tolist(), strict=True):
                entry = self.dictionary.entries[number]
                yield TermRow(
                    doc,
                    entry.theme,
                    entry.term,
                    count,
                    _rate(count, part.chars),
                    weighted=entry.weight * count,
                    share_of_documents=float(shares[number]),
                )

    def by_group(self, groups: Sequence[str]) -> Iterator[GroupRow]:
        """Yield a row for every group and theme, zeros included.

        Args:
            groups: The group of each document.
        """
        members: dict[str, list[int]] = {}
        for number, group in enumerate(groups):
            members.setdefault(group, []).append(number)
        for group, documents in sorted(members.items()):
            tally = self._tally(_sum([self.counts[number].parts[0] for number in documents]))
            found = self._documents_with(documents).tolist()
            for number, theme in enumerate(self.dictionary.themes):
                yield GroupRow(
                    group,
                    theme,
                    *tally.cells(number),
                    documents=len(documents),
                    documents_with=found[number],
                    share_of_documents=found[number] / len(documents),
                )

    def unused(self) -> list[Entry]:
        """Return the terms that occur in no document."""
        missing = np.flatnonzero(self._documents_with_term == 0).tolist()
        return [self.dictionary.entries[number] for number in missing]


def _sum(parts: Sequence[Part]) -> Part:
    """Add up parts."""
    every = np.concatenate([part.entries for part in parts])
    entries, places = np.unique(every, return_inverse=True)
    weights = np.concatenate([part.counts for part in parts])
    counts = np.bincount(places, weights, minlength=len(entries)).astype(np.int32)
    return Part(sum(part.chars for part in parts), entries, counts)


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

    names = [key.name for key in keys]
    frame = pd.DataFrame(
        [{name: getattr(row, name) for name in (*names, "theme", value.name)} for row in rows]
    )
    columns = (*keys, *(Column(theme, value.kind, value.help) for theme in themes))
    if frame.empty:
        return columns, []
    table = frame.pivot(index=names, columns="theme", values=value.name)[list(themes)]
    cells = table.reset_index().astype(object)
    plain = cells.where(cells.notna(), None)
    return columns, list(plain.itertuples(index=False, name=None))
