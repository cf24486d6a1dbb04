"""A document → the occurrences of terms in it, each with its context."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import starmap
from operator import attrgetter
from typing import Any

from pdtool.concordance.query import Query
from pdtool.concordance.rows import OccurrenceRow
from pdtool.documents.body import Body
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import describe
from pdtool.documents.grouping import group_values
from pdtool.documents.quotations import in_quotation_marks
from pdtool.documents.sections import sections
from pdtool.terms.finder import Occurrence
from pdtool.terms.negation import Negations
from pdtool.text.sentences import sentence_ends

__all__ = ["Contexts", "DocumentContexts", "one_line"]

_MOST_AROUND = 400
"""Characters of a sentence that are shown on either side: a text without full stops is one sentence."""
_BLANKS = re.compile(r"\s{1,1000}")


@dataclass(frozen=True, slots=True)
class DocumentContexts:
    """The occurrences in a document.

    Args:
        rows: One for each, by where they begin.
        date: The date of the document, as exact as it is known; empty if it is not, or was not asked for.
    """

    rows: tuple[OccurrenceRow, ...] = ()
    date: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows)

    def __reduce__(self) -> tuple[Callable[..., DocumentContexts], tuple[list[tuple[Any, ...]], str]]:
        # As plain tuples rows go from a worker in less than half the time.
        return _sent, (list(map(_VALUES, self.rows)), self.date)


_VALUES = attrgetter(*(one.name for one in fields(OccurrenceRow)))


def _sent(rows: list[tuple[Any, ...]], date: str) -> DocumentContexts:
    """Put together what a worker sent."""
    return DocumentContexts(tuple(starmap(OccurrenceRow, rows)), date)


@dataclass(frozen=True)
class Contexts:
    """Makes the rows of one document after another, in any process.

    Args:
        query: What is searched for.
        width: Characters of the context on either side.
        fields: What documents are grouped by.
        with_references: Whether references, notes and the like are searched too.
        dated: Whether the date of documents is wanted.
    """

    query: Query
    width: int = 30
    fields: tuple[str, ...] = ()
    with_references: bool = False
    dated: bool = False

    def __call__(self, document: Document) -> DocumentContexts:
        """Return the occurrences in a document."""
        if not self.query.may_occur(document.text):
            return DocumentContexts()
        body = Body(document, self.with_references)
        found = self.query.occurrences(body.text)
        if not found:
            return DocumentContexts()
        group = group_values(document, self.fields) if self.fields else ()
        date = describe(document).value("date") if self.dated else ""
        return DocumentContexts(tuple(self._rows(document.id, body, found, group)), date)

    def _rows(
        self, doc: str, body: Body, found: list[Occurrence], group: tuple[str, ...]
    ) -> Iterator[OccurrenceRow]:
        text = body.text
        places = _Places(text)
        for start, end, number in found:
            left, right = _around(text, start, end, self.width)
            term, theme = self.query.named(number)
            yield OccurrenceRow(
                doc,
                places.section(start),
                *body.to_raw(start, end),
                left,
                one_line(text[start:end]),
                right,
                places.sentence(start, end),
                term,
                theme,
                places.negations.hold(start, end),
                places.is_quoted(start, end),
                group,
            )


def _around(text: str, start: int, end: int, width: int) -> tuple[str, str]:
    """Return what stands left and right of a stretch, up to ``width`` characters in one line."""
    left = one_line(text[max(0, start - 2 * width) : start]).lstrip()
    right = one_line(text[end : end + 2 * width]).rstrip()
    return left[max(0, len(left) - width) :].lstrip(), right[:width].rstrip()


class _Places:
    """What is asked of places of a text: its sections, sentences, quotations and negations.

    Args:
        text: The body.
    """

    def __init__(self, text: str) -> None:
        self.negations = Negations(text)
        self._text = text
        self._sections = sections(text)
        self._section_starts = [section.start for section in self._sections]
        self._sentence_ends: list[int] = sentence_ends(text).tolist()
        self._quoted = in_quotation_marks(text)

    def section(self, start: int) -> str:
        """Return the heading of the section that holds a place."""
        return self._sections[bisect_right(self._section_starts, start) - 1].heading

    def sentence(self, start: int, end: int) -> str:
        """Return the sentence, or the sentences, in which a stretch stands."""
        first = bisect_right(self._sentence_ends, start)
        last = bisect_right(self._sentence_ends, end - 1)
        begin, close = self._sentence_ends[first - 1] if first else 0, self._sentence_ends[last]
        shown = self._text[max(begin, start - _MOST_AROUND) : min(close, end + _MOST_AROUND)]
        before = "…" * (start - begin > _MOST_AROUND)
        return f"{before}{one_line(shown).strip()}{'…' * (close - end > _MOST_AROUND)}"

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether a stretch stands inside quotation marks."""
        place = bisect_right(self._quoted, (start, len(self._text))) - 1
        return place >= 0 and end <= self._quoted[place][1]


def one_line(text: str) -> str:
    """Return a text in one line: line ends and runs of blanks are one blank."""
    # Of all blanks only the common one can be printed: nearly every context is told by two quick looks.
    return text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text)
