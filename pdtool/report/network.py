"""Related pairs → a drawing of who copies whom: a line for each document, an arc for each pair.

Documents that are related, by whatever way, stand together, sources above what was taken from them. Names
never overlap, however many there are, and the same pairs always give the same drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pdtool.report.direction import direction
from pdtool.report.model import PairView
from pdtool.report.network_model import Arc, Network, Stop
from pdtool.reuse.clusters import components
from pdtool.reuse.rows import DocumentRow, PairRow

__all__ = ["DRAWN", "network", "weight"]

DRAWN = 60
"""Documents that are drawn: as many as a person can still follow."""
_RANKS = {"form": 3, "": 2}
"""What matters less: overlaps, and forms of one template."""


def weight(row: PairRow) -> tuple[int, int, str, str]:
    """Return by what pairs are sorted, those first that matter most.

    Names that were exchanged come first, then copies, misread copies and versions, then overlaps, then forms
    of one template, and identical texts last: there is nothing to see in them that one does not show.

    Args:
        row: The pair.
    """
    if row.relation == "identical":
        rank = 4
    elif row.swapped_names and (row.leftover_names or row.kind != "form"):
        rank = 0
    else:
        rank = _RANKS.get(row.kind, 1)
    return rank, -row.matched_chars, row.doc_a, row.doc_b


def network(
    rows: Sequence[PairRow], documents: Iterable[DocumentRow], opened: Iterable[PairView]
) -> Network | None:
    """Arrange the documents of related pairs.

    Args:
        rows: The related pairs.
        documents: Every document and what becomes of it.
        opened: The pairs that are opened on the page.

    Returns:
        ``None`` where no pair is related.
    """
    if not rows:
        return None
    chosen = _chosen(rows)
    drawn = [row for row in rows if row.doc_a in chosen and row.doc_b in chosen]
    order = _order(drawn)
    roles = {document.doc: document.role for document in documents}
    numbers = {(view.row.doc_a, view.row.doc_b): view.number for view in opened}
    place = {doc: index for index, doc in enumerate(doc for group in order for doc in group)}
    dates = _dates(drawn)
    stops = [Stop(doc, dates[doc], roles.get(doc, "")) for doc in place]
    arcs = [_arc(row, place, numbers.get((row.doc_a, row.doc_b))) for row in drawn]
    gaps = [place[group[0]] for group in order[1:]]
    total = len({doc for row in rows for doc in (row.doc_a, row.doc_b)})
    return Network(tuple(stops), tuple(arcs), tuple(gaps), total)


def _chosen(rows: Sequence[PairRow]) -> frozenset[str]:
    """Choose the documents of the pairs that matter most, as many as can be drawn."""
    chosen: dict[str, None] = {}
    for row in sorted(rows, key=weight):
        both = dict.fromkeys((row.doc_a, row.doc_b))
        if len(chosen | both) <= DRAWN:
            chosen |= both
    return frozenset(chosen)


def _dates(rows: Iterable[PairRow]) -> dict[str, str]:
    return {doc: date for row in rows for doc, date in ((row.doc_a, row.date_a), (row.doc_b, row.date_b))}


def _order(rows: Sequence[PairRow]) -> list[list[str]]:
    """Return the documents in groups, the largest first; in each, sources first, then what has most pairs."""
    docs = sorted({doc for row in rows for doc in (row.doc_a, row.doc_b)})
    number = {doc: index for index, doc in enumerate(docs)}
    groups = components((number[row.doc_a], number[row.doc_b]) for row in rows)
    taken, pairs = dict.fromkeys(docs, 0), dict.fromkeys(docs, 0)
    for row in rows:
        source = direction(row).source
        for doc, side in ((row.doc_a, "a"), (row.doc_b, "b")):
            pairs[doc] += 1
            taken[doc] += bool(source) and source != side
    dates = _dates(rows)

    def key(doc: str) -> tuple[str, int, int, str]:
        return dates[doc] or "9999", taken[doc], -pairs[doc], doc

    ordered = [sorted((docs[index] for index in group), key=key) for group in groups]
    return sorted(ordered, key=lambda group: (-len(group), group[0]))


def _arc(row: PairRow, place: Mapping[str, int], number: int | None) -> Arc:
    """Return the arc of a pair, from its source where that is known."""
    source = direction(row).source
    first, second = (row.doc_b, row.doc_a) if source == "b" else (row.doc_a, row.doc_b)
    share = max(row.containment_a, row.containment_b)
    return Arc(place[first], place[second], bool(source), row.kind or row.relation, share, number or 0)
