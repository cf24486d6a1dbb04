"""A document → its repairs in context, some of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pdtool.documents.document import Document
from pdtool.inspection.inspect import edit_rows
from pdtool.inspection.rows import EditRow
from pdtool.report.model import DocumentEntry, Example, Repairs

__all__ = ["RepairExamples"]

_AROUND = 14
"""Characters of context on either side."""
_LONGEST = 160
"""Characters of a repair that are shown."""
_QUIET = frozenset({"line_end"})
"""What is changed everywhere and seen nowhere."""
_FORMS = frozenset({"script", "width", "vocabulary"})
"""Another way to write the same: listed last."""


@dataclass(frozen=True, slots=True)
class RepairExamples:
    """Chooses repairs to show, in one document after another.

    Args:
        wanted: Examples a kind.
    """

    wanted: int

    def __call__(self, document: Document) -> DocumentEntry:
        """Return the repairs of a document by kind, repairs before mere forms, then the most frequent."""
        by_kind: defaultdict[tuple[str, ...], list[EditRow]] = defaultdict(list)
        for row in edit_rows(document):
            kinds = tuple(kind for kind in row.kind if kind not in _QUIET)
            if kinds:
                by_kind[kinds].append(row)
        groups = [self._group(document.raw, kinds, rows) for kinds, rows in by_kind.items()]
        groups.sort(key=lambda group: (_FORMS.issuperset(group.kinds), -group.total, group.kinds))
        return DocumentEntry(document.id, tuple(groups))

    def _group(self, raw: str, kinds: tuple[str, ...], rows: Sequence[EditRow]) -> Repairs:
        chosen = _spread(rows, self.wanted)
        return Repairs(kinds, len(rows), tuple(_example(raw, row) for row in chosen))


def _spread(rows: Sequence[EditRow], wanted: int) -> list[EditRow]:
    """Choose rows from all parts of a document."""
    if len(rows) <= wanted:
        return list(rows)
    return [rows[index * len(rows) // wanted] for index in range(wanted)]


def _example(raw: str, row: EditRow) -> Example:
    return Example(
        row.start,
        raw[max(0, row.start - _AROUND) : row.start],
        _clipped(row.before),
        _clipped(row.after),
        raw[row.end : row.end + _AROUND],
        row.confidence,
    )


def _clipped(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST // 2] + "…" + text[-_LONGEST // 2 :]
