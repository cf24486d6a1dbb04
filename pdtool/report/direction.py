"""Who took what from whom, as far as a pair tells: by the dates, else by what the copier forgot."""

from __future__ import annotations

from pdtool.report.network_model import Basis, Direction
from pdtool.reuse.editions import differing_dates
from pdtool.reuse.rows import PairRow

__all__ = ["direction"]

UNKNOWN = Direction("", Basis.NONE)


def direction(row: PairRow) -> Direction:
    """Tell the source of a related pair.

    Args:
        row: The pair.
    """
    if row.earlier:
        return Direction("a" if row.earlier == row.doc_a else "b", Basis.DATES)
    if differing_dates(row.date_a, row.date_b):
        return Direction("a" if row.date_a < row.date_b else "b", Basis.DATES)
    copiers = {name[:1] for name in row.leftover_names}
    if len(copiers) == 1:
        return Direction("b" if copiers == {"a"} else "a", Basis.NAMES)
    return UNKNOWN
