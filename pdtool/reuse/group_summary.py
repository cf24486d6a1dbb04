"""Who shares text, group by group: how many documents of each are copies, and of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pdtool.reuse.rows import DocumentRow, PairRow
from pdtool.rows import Kind, column, group_columns

__all__ = ["GroupSummaryRow", "group_rows"]

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupSummaryRow:
    """A group of documents: how many of them are copies, and with whom they are related."""

    groups: tuple[str, ...] = group_columns(
        "One column for each field of `--group-by`, `folder` without it; `(none)` where documents have none."
    )
    documents: int = column(Kind.COUNT, "Documents of the group.")
    unique: int = column(Kind.COUNT, "Those that are in no cluster.")
    keep: int = column(Kind.COUNT, "Those that are kept of a cluster.")
    drop: int = column(Kind.COUNT, "Those that are copies or parts of a kept one.")
    share_dropped: float = column(Kind.SHARE, "`drop` ÷ `documents`.")
    dropped_for_others: int = column(Kind.COUNT, "Those of `drop` whose kept document is of another group.")
    pairs_within: int = column(Kind.COUNT, "Related pairs of two documents of the group.")
    pairs_between: int = column(Kind.COUNT, "Related pairs of one of its documents and one of another group.")


def group_rows(
    documents: Sequence[DocumentRow], pairs: Sequence[PairRow], group_of: Mapping[str, Group]
) -> list[GroupSummaryRow]:
    """Return what was found, added up by group, groups sorted.

    Args:
        documents: Every document.
        pairs: The related pairs that are listed.
        group_of: The group of each document, by its id.
    """
    # A file that was gone when the groups were asked for has none.
    documents = [row for row in documents if row.doc in group_of]
    sizes = Counter(group_of[row.doc] for row in documents)
    roles = Counter((group_of[row.doc], row.role) for row in documents)
    away = Counter(
        group_of[row.doc]
        for row in documents
        if row.role == "drop" and group_of.get(row.keep) != group_of[row.doc]
    )
    within: Counter[Group] = Counter()
    between: Counter[Group] = Counter()
    for pair in pairs:
        sides = {group_of.get(pair.doc_a), group_of.get(pair.doc_b)} - {None}
        (within if len(sides) == 1 else between).update(side for side in sides if side is not None)
    return [
        GroupSummaryRow(
            group,
            size,
            unique=roles[group, "unique"],
            keep=roles[group, "keep"],
            drop=roles[group, "drop"],
            share_dropped=roles[group, "drop"] / size,
            dropped_for_others=away[group],
            pairs_within=within[group],
            pairs_between=between[group],
        )
        for group, size in sorted(sizes.items())
    ]
