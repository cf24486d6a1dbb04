"""Counts → the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.documents.grouping import Group, all_groups
from pdtool.output.cells import cell_getter
from pdtool.rows import Column, Kind
from pdtool.terms.dictionary import Dictionary, Entry
from pdtool.text.arrays import distinct
from pdtool.text.edits import IntArray
from pdtool.themes.counting import DocumentCounts, Part
from pdtool.themes.rows import GroupRow, SectionRow, TermRow, ThemeRow

__all__ = ["ThemeTables", "wide"]

FloatArray = npt.NDArray[np.float64]


def _rate(count: int, chars: int) -> float | None:
    return 1000 * count / chars if chars else None


Cells = tuple[int, float | None, int, tuple[str, ...], float]
"""What every table says of a theme, in the order of their columns."""


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
            total[distinct(np.concatenate([part.entries for part in document.parts]))] += 1
        return total

    def _documents_with(self, documents: Sequence[int]) -> IntArray:
        total = np.zeros(len(self.dictionary.themes), dtype=np.int32)
        for number in documents:
            entries = np.concatenate([part.entries for part in self.counts[number].parts])
            total[distinct(self._theme_of[entries])] += 1
        return total

    @cached_property
    def _terms(self) -> list[str]:
        return [entry.term for entry in self.dictionary.entries]

    def _cells(self, part: Part) -> Iterator[tuple[str, Cells, int]]:
        """Yield what is said of each theme in a part, and how much of it is negated, zeros included."""
        themes, size = self._theme_of[part.entries], len(self.dictionary.themes)
        counts = np.bincount(themes, part.counts, minlength=size).astype(np.int64).tolist()
        distinct = np.bincount(themes, minlength=size).tolist()
        weighted = np.bincount(themes, part.counts * self._weights[part.entries], minlength=size).tolist()
        negated = np.bincount(themes, part.negated, minlength=size).astype(np.int64).tolist()
        top = self._top(part, themes.tolist())
        for number, theme in enumerate(self.dictionary.themes):
            count = counts[number]
            terms = tuple(top.get(number, ()))
            rate, weight = _rate(count, part.chars), float(weighted[number])
            yield theme, (count, rate, distinct[number], terms, weight), negated[number]

    def _top(self, part: Part, themes: Sequence[int]) -> dict[int, list[str]]:
        """Return the most frequent terms of the themes that occur, of equals the one that stands first."""
        top: dict[int, list[str]] = {}
        found = zip(part.counts.tolist(), part.entries.tolist(), themes, strict=True)
        for count, entry, theme in sorted(found, key=lambda item: -item[0]):
            terms = top.setdefault(theme, [])
            if len(terms) < self.top_terms:
                terms.append(f"{self._terms[entry]} {count}")
        return top

    def by_theme(self) -> Iterator[ThemeRow]:
        """Yield a row for every document and theme, zeros included, in the dictionary's order."""
        shares = (self._documents_with_theme / max(1, len(self.docs))).tolist()
        for doc, document in zip(self.docs, self.counts, strict=True):
            for (theme, cells, negated), share in zip(self._cells(document.parts[0]), shares, strict=True):
                yield ThemeRow(doc, theme, *cells, share_of_documents=share, negated=negated)

    def by_section(self) -> Iterator[SectionRow]:
        """Yield a row for every section and theme, zeros included."""
        for doc, document in zip(self.docs, self.counts, strict=True):
            for part in document.parts:
                section = part.section
                assert section is not None, "counted by section"
                number, level, heading = section.number, section.level, section.heading
                for theme, cells, negated in self._cells(part):
                    yield SectionRow(
                        doc, number, level, heading, theme, *cells, chars=part.chars, negated=negated
                    )

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
        whole = _sum([self.counts[number].parts[0] for number in documents])
        found = self._documents_with(documents).tolist()
        for (theme, cells, negated), having in zip(self._cells(whole), found, strict=True):
            count, rate, distinct, top, weighted = cells
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
