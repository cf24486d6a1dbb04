"""The orders of a concordance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from pdtool.concordance.contexts import DocumentContexts
from pdtool.concordance.rows import OccurrenceRow

__all__ = ["Order", "in_order"]


class Order(StrEnum):
    """By what the rows are sorted."""

    DOC = "doc"
    LEFT = "left"
    RIGHT = "right"
    DATE = "date"
    TERM = "term"


Key = tuple[str | int, ...]


def _context(text: str) -> str:
    """Return what of a context is compared: its letters, digits and Han characters."""
    return "".join(character for character in text if character.isalnum())


def _place(row: OccurrenceRow) -> Key:
    return row.doc, row.start, row.end, row.term, row.theme


_KEYS: dict[Order, Callable[[OccurrenceRow], Key]] = {
    Order.DOC: _place,
    Order.LEFT: lambda row: (_context(row.left)[::-1], _context(row.right), *_place(row)),
    Order.RIGHT: lambda row: (_context(row.right), _context(row.left)[::-1], *_place(row)),
    Order.TERM: lambda row: (row.theme, row.term, *_place(row)),
}


def in_order(documents: Iterable[DocumentContexts], order: Order) -> list[OccurrenceRow]:
    """Return the rows of documents in an order; all orders are total.

    By the left context the character next to the match counts first, then the one before it; punctuation
    and blanks do not count. By date the oldest document comes first, and one without a date last.

    Args:
        documents: What was found in each; with dates where the order is by date.
        order: The order.
    """
    if order is not Order.DATE:
        return sorted((row for document in documents for row in document.rows), key=_KEYS[order])
    dated = [document for document in documents if document]
    dated.sort(key=lambda document: (not document.date, document.date, document.columns[0][0]))
    return [row for document in dated for row in document.rows]
