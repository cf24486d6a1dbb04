"""The frequent words of a report: which are shown, in which lines they stand, which rise or fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pdtool.concordance.query import Query
from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.frequencies.frequency_tables import FrequencyTables, Selection
from pdtool.frequencies.rows import FrequencyRow
from pdtool.report.frequency_model import FrequencyView, TrendView, WordLine, WordView
from pdtool.report.theme_lines import line_around
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms

__all__ = ["WordLines", "frequency_rows", "frequency_view", "lines_of", "words_in_lines"]

_LISTED = 100
"""Words of the table, as the command has them."""
_SHOWN = 60
"""Words of the cloud: what a person can still read."""
_LINES = 5
"""Lines of each word."""
_OF_DOCUMENT = 2
"""Lines of a word that one document gives at most."""
_TRENDS = 16
_LEAST_YEARS = 3
"""Two years make a difference, not a trend."""


def frequency_rows(tables: FrequencyTables) -> list[FrequencyRow]:
    """Return the rows of ``pdtool freq --trend``."""
    return list(tables.rows(Selection(_LISTED), with_trend=True))


def words_in_lines(rows: Sequence[FrequencyRow]) -> tuple[str, ...]:
    """Return the words whose lines are shown."""
    return tuple(row.term for row in rows[:_SHOWN])


@dataclass(frozen=True, slots=True)
class WordLines:
    """Finds lines in which words stand, in one document after another, in any process.

    Args:
        words: The words.
        synonyms: Words that are counted as one: a word is found where any of its group stands.
    """

    words: tuple[str, ...]
    synonyms: Synonyms = NO_SYNONYMS

    def __call__(self, document: Document) -> dict[int, tuple[WordLine, ...]]:
        """Return the first lines of each word by its number."""
        query = Query(self.words, ("",) * len(self.words), synonyms=self.synonyms)
        if not self.words or not query.may_occur(document.text):
            return {}
        body = body_of(document)
        found: defaultdict[int, list[WordLine]] = defaultdict(list)
        for start, end, number in query.occurrences(body):
            lines = found[number]
            if len(lines) < _OF_DOCUMENT:
                line = line_around(body, start, end)
                lines.append(WordLine(document.id, line.left, line.found, line.right))
        return {number: tuple(lines) for number, lines in found.items()}


def frequency_view(
    tables: FrequencyTables,
    rows: Sequence[FrequencyRow],
    lines: Sequence[Mapping[int, Sequence[WordLine]]],
) -> FrequencyView:
    """Choose what is shown of the frequencies.

    Args:
        tables: What was counted.
        rows: The rows of the table.
        lines: The lines of each document, in the order of the documents.
    """
    words = tuple(
        WordView(row.term, row.count, row.documents, lines_of(number, lines))
        for number, row in enumerate(rows[:_SHOWN])
    )
    years = tuple(told.partition(" ")[0] for told in rows[0].by_year) if rows else ()
    return FrequencyView(words, years, _trends(rows, len(years)), tables.undated)


def lines_of(number: int, lines: Sequence[Mapping[int, Sequence[WordLine]]]) -> tuple[WordLine, ...]:
    """Return the first lines of a word of as many documents as there are, then their second ones.

    Args:
        number: The number of the word, as :class:`WordLines` has it.
        lines: The lines of each document, in the order of the documents.
    """
    found = [one[number] for one in lines if number in one]
    turns = [one[turn] for turn in range(_OF_DOCUMENT) for one in found if len(one) > turn]
    return tuple(turns[:_LINES])


def _trends(rows: Sequence[FrequencyRow], years: int) -> tuple[TrendView, ...]:
    if years < _LEAST_YEARS:
        return ()
    told = [
        TrendView(row.term, tuple(float(told.partition(" ")[2]) for told in row.by_year), row.tau, row.q)
        for row in rows
        if row.tau
    ]
    clearest = sorted(told, key=lambda trend: (trend.q, -abs(trend.tau)))[:_TRENDS]
    return tuple(sorted(clearest, key=lambda trend: -trend.tau))
