"""A document → the occurrences of terms in it, each with its context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import starmap
from typing import Any

import numpy as np

from pdtool.concordance.query import Query
from pdtool.concordance.rows import OccurrenceRow
from pdtool.documents.body import Body
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import describe
from pdtool.documents.grouping import group_values
from pdtool.documents.quotations import in_quotation_marks
from pdtool.documents.sections import sections
from pdtool.documents.warm_up import warm_up_with
from pdtool.terms.finder import Occurrence
from pdtool.terms.negation import Negations
from pdtool.text.sentences import sentence_ends

__all__ = ["Contexts", "DocumentContexts", "one_line", "warm_up"]

_MOST_AROUND = 400
"""Characters of a sentence that are shown on either side: a text without full stops is one sentence."""


def warm_up() -> Iterator[None]:
    """Make what a concordance takes, piece by piece, after what reading does.

    Yields:
        After each piece.
    """
    yield from warm_up_with(lambda sample: (Negations(f"不{sample}").hold(1, 2), _Places(sample)))


@dataclass(frozen=True, slots=True)
class DocumentContexts:
    """The occurrences in a document, column by column: so they go from a worker in a third of the time.

    Args:
        columns: The values of each field of :class:`OccurrenceRow`, by where the occurrences begin; nothing,
            if there are none.
        date: The date of the document, as exact as it is known; empty if it is not, or was not asked for.
    """

    columns: tuple[Sequence[Any], ...] = ()
    date: str = ""

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @property
    def rows(self) -> tuple[OccurrenceRow, ...]:
        """A row for each occurrence."""
        return tuple(starmap(OccurrenceRow, zip(*self.columns, strict=True)))

    @property
    def terms(self) -> Sequence[str]:
        """The term of each occurrence."""
        return self.columns[_TERM] if self.columns else ()

    def cells(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows as tuples of what stands in their cells, each part of the group by itself."""
        *columns, groups = self.columns or ((),)
        return zip(*columns, *zip(*groups, strict=True), strict=True)


_TERM = [one.name for one in fields(OccurrenceRow)].index("term")


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
        return DocumentContexts(self._columns(document.id, body, found, group), date)

    def _columns(
        self, doc: str, body: Body, found: list[Occurrence], group: tuple[str, ...]
    ) -> tuple[Sequence[Any], ...]:
        """Return the values of each field of a row, in their order."""
        starts, ends, numbers = map(list, zip(*found, strict=True))
        spans = list(zip(starts, ends, strict=True))
        places = _Places(body.text)
        lefts, matches, rights = zip(*(_around(body.text, *span, self.width) for span in spans), strict=True)
        terms, themes = zip(*map(self.query.named, numbers), strict=True)
        return (
            [doc] * len(found),
            [places.section(start) for start in starts],
            *body.all_to_raw(starts, ends),
            lefts,
            matches,
            rights,
            places.sentences(starts, ends),
            terms,
            themes,
            [places.negations.hold(*span) for span in spans],
            [places.is_quoted(*span) for span in spans],
            [group] * len(found),
        )


def _around(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    """Return what stands left of a stretch, the stretch, and what stands right of it, each in one line.

    Args:
        text: The text.
        start: Where the stretch begins.
        end: Where it ends.
        width: The most characters on either side.
    """
    first = max(0, start - 2 * width)
    window = text[first : end + 2 * width]
    left, match, right = window[: start - first], window[start - first : end - first], window[end - first :]
    if not _is_one_line(window):
        left, match, right = one_line(left), one_line(match), one_line(right)
    left, right = left.lstrip(), right.rstrip()
    return left[max(0, len(left) - width) :].lstrip(), match, right[:width].rstrip()


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
        self._sentence_ends = sentence_ends(text)
        self._quoted = in_quotation_marks(text)

    def section(self, start: int) -> str:
        """Return the heading of the section that holds a place."""
        return self._sections[bisect_right(self._section_starts, start) - 1].heading

    def sentences(self, starts: Sequence[int], ends: Sequence[int]) -> list[str]:
        """Return for each of several stretches the sentence, or the sentences, in which it stands."""
        borders = self._sentence_ends
        begun = np.concatenate(([0], borders))[np.searchsorted(borders, starts, "right")]
        closed = borders[np.searchsorted(borders, np.array(ends) - 1, "right")]
        known: dict[tuple[int, int, int, int], str] = {}
        return [
            known.get(place) or known.setdefault(place, self._shown(*place))
            for start, end, begin, close in zip(starts, ends, begun.tolist(), closed.tolist(), strict=True)
            for place in [(begin, max(begin, start - _MOST_AROUND), min(close, end + _MOST_AROUND), close)]
        ]

    def _shown(self, begin: int, first: int, last: int, close: int) -> str:
        """Return as much of a sentence as is shown: from ``first`` to ``last``."""
        return f"{'…' * (first > begin)}{one_line(self._text[first:last]).strip()}{'…' * (last < close)}"

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether a stretch stands inside quotation marks."""
        place = bisect_right(self._quoted, (start, len(self._text))) - 1
        return place >= 0 and end <= self._quoted[place][1]


def _is_one_line(text: str) -> bool:
    # Of all blanks only the common one can be printed: nearly every context is told by two quick looks.
    return text.isprintable() and "  " not in text


def one_line(text: str) -> str:
    """Return a text in one line: line ends and runs of blanks are one blank."""
    if _is_one_line(text):
        return text
    words = text.split()
    if not words:
        return " "
    return f"{' ' * text[0].isspace()}{' '.join(words)}{' ' * text[-1].isspace()}"
