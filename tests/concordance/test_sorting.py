"""The orders of a concordance."""

from __future__ import annotations

from dataclasses import astuple
from random import Random

from pdtool.concordance.contexts import DocumentContexts
from pdtool.concordance.rows import OccurrenceRow
from pdtool.concordance.sorting import Order, in_order


def _row(doc: str, start: int, left: str, right: str, term: str = "甲") -> OccurrenceRow:
    return OccurrenceRow(doc, "", start, start + 1, left, "甲", right, "", term, "", False, False, ())


def _found(date: str, *rows: OccurrenceRow) -> DocumentContexts:
    return DocumentContexts(tuple(zip(*map(astuple, rows), strict=True)), date)


DOCUMENTS = [
    _found("2021-03", _row("a", 0, "推进", "建设"), _row("a", 5, "加强。", "，建设", "乙")),
    _found("", _row("b", 3, "深化", "改革")),
    _found("2019", _row("c", 1, "推进", "改革")),
]


def _order(order: Order) -> list[tuple[str, int]]:
    return [(row.doc, row.start) for row in in_order(DOCUMENTS, order)]


def test_the_orders() -> None:
    """By left context from the match outwards, by right context, punctuation apart; by date, undated last."""
    assert _order(Order.DOC) == [("a", 0), ("a", 5), ("b", 3), ("c", 1)]
    assert _order(Order.LEFT) == [("b", 3), ("a", 5), ("a", 0), ("c", 1)]
    assert _order(Order.RIGHT) == [("a", 5), ("a", 0), ("b", 3), ("c", 1)]
    assert _order(Order.DATE) == [("c", 1), ("a", 0), ("a", 5), ("b", 3)]
    assert _order(Order.TERM) == [("a", 5), ("a", 0), ("b", 3), ("c", 1)]


def test_orders_are_total() -> None:
    """Rows come out alike whatever the order of the documents."""
    for order in Order:
        shuffled = DOCUMENTS.copy()
        Random(3).shuffle(shuffled)
        assert in_order(shuffled, order) == in_order(DOCUMENTS, order)
