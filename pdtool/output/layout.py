"""Which columns of a table a terminal has room for, and how wide each becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pdtool.rows import Column, Kind

__all__ = ["GAP", "Layout", "Slot", "View", "lay_out"]

GAP = 2
"""Blank columns between two slots."""
_READABLE = 24
"""Columns a text gets before another column of the table is shown: most file names fit."""


@dataclass(frozen=True, slots=True)
class View:
    """How a person reads a kind of table.

    Args:
        order: Names of columns, the most important first; the others follow in the order of the table.
        wrapped: Names of text columns that may take several lines; other text is cut in its middle.
        left: The name of a column that leads up to the next one: set against its right edge, cut at its
            beginning.
        right: The name of a column that goes on from the one before: cut at its end. What room is left over
            is shared out between the two.
        spare: Names of columns that are shown only where the others have the width they want.
        streamed: Whether rows are shown as they come; the first ones decide the widths.
    """

    order: tuple[str, ...] = ()
    wrapped: frozenset[str] = frozenset()
    left: str = ""
    right: str = ""
    spare: frozenset[str] = frozenset()
    streamed: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a line of the table: a column, or two that stand one above the other.

    Args:
        indices: The indices of its columns in the row.
        width: Columns of the terminal.
    """

    indices: tuple[int, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What is shown.

    Args:
        slots: From left to right.
        hidden: Names of the columns for which there is no room.
    """

    slots: tuple[Slot, ...]
    hidden: tuple[str, ...]

    @property
    def stacked(self) -> bool:
        """Return whether a row takes two lines."""
        return any(len(slot.indices) > 1 for slot in self.slots)


def _total(slots: Sequence[Slot]) -> int:
    return sum(slot.width for slot in slots) + GAP * max(0, len(slots) - 1)


def _stacks(columns: Sequence[Column]) -> list[tuple[int, ...]]:
    """Put ``x_a`` and ``x_b`` together; every other column stands alone."""
    index_of = {column.name: index for index, column in enumerate(columns)}
    stacks: list[tuple[int, ...]] = []
    for index, column in enumerate(columns):
        stem, _, side = column.name.rpartition("_")
        if side == "b" and f"{stem}_a" in index_of:
            continue
        partner = index_of.get(f"{stem}_b") if side == "a" else None
        stacks.append((index,) if partner is None else (index, partner))
    return stacks


def _rank(slot: Slot, columns: Sequence[Column], view: View) -> int:
    names = [columns[index].name for index in slot.indices]
    return min(view.order.index(name) if name in view.order else len(view.order) for name in names)


def _choose(slots: Sequence[Slot], minimal: dict[Slot, int], room: int) -> list[Slot]:
    """Take slots in their order while there is room for their minimal widths; the first one always."""
    chosen: list[Slot] = []
    for slot in slots:
        narrow = replace(slot, width=minimal[slot])
        if not chosen:
            chosen.append(replace(narrow, width=min(narrow.width, room)))
        elif _total([*chosen, narrow]) <= room:
            chosen.append(narrow)
    return chosen


def _widen(
    chosen: Sequence[Slot], wanted: dict[tuple[int, ...], int], room: int, pair: frozenset[int]
) -> list[Slot]:
    """Give what is left over to the slots that want more, the most important first.

    Args:
        chosen: The slots.
        wanted: The width each would like to have.
        room: Width of the terminal.
        pair: The columns of two slots that are to be equally wide.
    """
    left = room - _total(chosen)
    widened: list[Slot] = []
    for place, slot in enumerate(chosen):
        shared = sum(bool(pair & set(other.indices)) for other in chosen[place:])
        share = left // shared if shared and pair & set(slot.indices) else left
        more = min(share, max(0, wanted[slot.indices] - slot.width))
        widened.append(replace(slot, width=slot.width + more))
        left -= more
    return widened


def lay_out(columns: Sequence[Column], widths: Sequence[int], view: View, room: int) -> Layout:
    """Fit a table into ``room`` columns of a terminal.

    All columns stand side by side if they fit. Otherwise the two sides of a pair are stacked, and columns
    are left out from the least important upwards.

    Args:
        columns: The columns of the table.
        widths: The width each would like to have, its header included.
        view: What matters most.
        room: Width of the terminal.
    """
    side_by_side = [Slot((index,), width) for index, width in enumerate(widths)]
    if _total(side_by_side) <= room:
        return Layout(tuple(side_by_side), ())
    slots = [Slot(stack, max(widths[index] for index in stack)) for stack in _stacks(columns)]
    minimal = {slot: _minimal_width(slot, columns) for slot in slots}
    wanted = {slot.indices: slot.width for slot in slots}
    ranked = sorted(slots, key=lambda slot: _rank(slot, columns, view))
    pair = frozenset(index for index, column in enumerate(columns) if column.name in {view.left, view.right})
    first = [slot for slot in ranked if not _is_spare(slot, columns, view)]
    chosen = _widen(_choose(first or ranked, minimal, room), wanted, room, pair)
    for slot in ranked:
        narrow = replace(slot, width=minimal[slot])
        if first and _is_spare(slot, columns, view) and _total([*chosen, narrow]) <= room:
            chosen.append(narrow)
    shown = {index for slot in chosen for index in slot.indices}
    hidden = tuple(column.heading for index, column in enumerate(columns) if index not in shown)
    return Layout(tuple(sorted(chosen, key=lambda slot: slot.indices)), hidden)


def _is_spare(slot: Slot, columns: Sequence[Column], view: View) -> bool:
    return all(columns[index].name in view.spare for index in slot.indices)


def _minimal_width(slot: Slot, columns: Sequence[Column]) -> int:
    text = any(columns[index].kind in {Kind.TEXT, Kind.LIST} for index in slot.indices)
    return min(slot.width, _READABLE) if text else slot.width
