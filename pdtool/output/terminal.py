"""Tables for people, drawn by rich: data is never markup, control characters are shown, not sent."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO

from pdtool.language import _, joined, listed
from pdtool.output.cells import cell_getter, shown_writer
from pdtool.output.escaping import visible
from pdtool.output.layout import GAP, Layout, Slot, View, lay_out
from pdtool.output.styling import cell_style, shows_styles
from pdtool.rows import Column, Kind

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

__all__ = ["write_terminal"]

_NUMBERS = frozenset({Kind.COUNT, Kind.SHARE})
_TEXT_ROOM = 60
"""The width at which a text is full enough; more only where the terminal has it to spare."""
_HASH = re.compile(r"(?<![0-9a-f])([0-9a-f]{3})[0-9a-f]{6,61}([0-9a-f]{3})(?![0-9a-f])")
"""A long hexadecimal number in a name, as programs that save documents give them."""
_SHORT_HASH = r"\1…\2"
_BATCH = 200
"""Rows drawn at a time: the first lines of a long table appear at once."""


def write_terminal(
    rows: Iterable[Any],
    columns: tuple[Column, ...],
    out: BinaryIO,
    view: View,
    room: int | None,
    note: Callable[[str], None],
) -> None:
    """Draw a table for people.

    Args:
        rows: Rows whose fields are ``columns``.
        columns: The columns of the table.
        out: Where to write.
        view: Which columns matter most where there is little room.
        room: Width of the terminal in columns; ``None`` where there is none (a file, a pipe): all columns.
        note: Called with a sentence when columns or parts of texts are not shown.
    """
    values = cell_getter(columns)
    writers = [shown_writer(column) for column in columns]
    drawn = (
        [visible(write(value)) for write, value in zip(writers, values(row), strict=True)] for row in rows
    )
    cells = list(islice(drawn, _BATCH if view.streamed else None))
    told = _told(columns, cells) if room is not None else list(range(len(columns)))
    shown = tuple(columns[index] for index in told)
    every = ([row[index] for index in told] for row in chain(cells, drawn))
    view = replace(view, spare=view.spare | _nothing_but_zeros(columns, cells))
    widths = _wanted_widths([[row[index] for index in told] for row in cells], shown)
    layout = lay_out(shown, widths, view, _unlimited(shown) if room is None else room)
    cut = False
    if layout.hidden and (short := _with_hashes(shown, cells, told)):
        every = (_shortened(row, short) for row in every)
        held = [_shortened([row[index] for index in told], short) for row in cells]
        layout = lay_out(shown, _wanted_widths(held, shown), view, room or _unlimited(shown))
        cut = True
    batch, first = list(islice(every, _BATCH)), True
    while batch or first:
        text, clipped = _draw(batch, shown, layout, view, first=first, colour=room is not None)
        out.write((("" if first or not layout.stacked else "\n") + text).encode())
        out.flush()
        cut = cut or clipped
        batch, first = list(islice(every, _BATCH)), False
    if cells:  # the head of an empty table hides nothing
        _tell(layout, cut, note)


def _told(columns: tuple[Column, ...], cells: list[list[str]]) -> list[int]:
    """Return the columns that say anything of some row; all if there is no row."""
    told = [index for index in range(len(columns)) if any(row[index] for row in cells)]
    return told or list(range(len(columns)))


def _nothing_but_zeros(columns: Sequence[Column], cells: list[list[str]]) -> frozenset[str]:
    """Return the names of counts that are 0 in all rows: they give way where others say more."""
    return frozenset(
        column.name
        for index, column in enumerate(columns)
        if column.kind is Kind.COUNT and cells and all(row[index] in {"0", ""} for row in cells)
    )


def _with_hashes(columns: Sequence[Column], cells: list[list[str]], told: list[int]) -> list[int]:
    """Return the columns whose texts stay apart when their long hashes are cut in the middle."""
    found = []
    for place, index in enumerate(told):
        texts = {row[index] for row in cells}
        short = {_HASH.sub(_SHORT_HASH, text) for text in texts}
        if columns[place].kind is Kind.TEXT and short != texts and len(short) == len(texts):
            found.append(place)
    return found


def _shortened(row: Sequence[str], places: Sequence[int]) -> list[str]:
    """Return a row whose texts in some columns have their long hashes cut in the middle."""
    return [_HASH.sub(_SHORT_HASH, text) if place in places else text for place, text in enumerate(row)]


def _unlimited(columns: Sequence[Column]) -> int:
    return len(columns) * (_TEXT_ROOM + GAP)


def _tell(layout: Layout, cut: bool, note: Callable[[str], None]) -> None:
    missing = []
    if layout.hidden:
        missing.append(_("no room for {columns}", columns=listed(layout.hidden)))
    if cut:
        missing.append(_("… stands for text left out"))
    if missing:
        note(_("{missing} (all of it: --format csv, or -o FILE.xlsx)", missing=joined(missing)))


def _wanted_widths(cells: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[int]:
    from pdtool.output.width import display_width

    def wanted(index: int) -> int:
        texts = (row[index][: _TEXT_ROOM + 1] for row in cells)
        return min(_TEXT_ROOM, max(map(display_width, texts), default=0))

    return [max(display_width(column.heading), wanted(index)) for index, column in enumerate(columns)]


def _draw(
    cells: Sequence[Sequence[str]],
    columns: Sequence[Column],
    layout: Layout,
    view: View,
    first: bool,
    colour: bool,
) -> tuple[str, bool]:
    """Draw rows as a table; return it and whether any text had to be cut."""
    from rich.console import Console

    table = _empty_table(columns, layout, view, first)
    cut = False
    for row in cells:
        shown = [_slot_text(row, slot, columns, view) for slot in layout.slots]
        cut = cut or any(was_cut for _, was_cut in shown)
        table.add_row(*(text for text, _ in shown))
    width = sum(slot.width + GAP for slot in layout.slots)
    styled = colour and shows_styles()
    console = Console(
        file=io.StringIO(), width=width, force_terminal=styled, color_system="standard" if styled else None
    )
    with console.capture() as capture:
        console.print(table)
    lines = [line.rstrip() for line in capture.get().split("\n")]
    return "\n".join(lines), cut


def _empty_table(columns: Sequence[Column], layout: Layout, view: View, first: bool) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from pdtool.output.width import clip_middle

    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        show_header=first,
        header_style="bold",
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        leading=1 if layout.stacked else 0,
    )
    for slot in layout.slots:
        kinds = {columns[index].kind for index in slot.indices}
        table.add_column(
            Text("\n".join(clip_middle(columns[index].heading, slot.width) for index in slot.indices)),
            width=slot.width,
            justify="right" if kinds <= _NUMBERS or _leads(slot, columns, view) else "left",
            overflow="fold",
            no_wrap=not _wraps(slot, columns, view),
        )
    return table


def _leads(slot: Slot, columns: Sequence[Column], view: View) -> bool:
    return columns[slot.indices[0]].name == view.left


def _wraps(slot: Slot, columns: Sequence[Column], view: View) -> bool:
    return all(columns[index].name in view.wrapped for index in slot.indices)


def _slot_text(row: Sequence[str], slot: Slot, columns: Sequence[Column], view: View) -> tuple[Text, bool]:
    from rich.text import Text

    from pdtool.output.width import clip_end, clip_middle, clip_start
    from pdtool.output.wrapping import wrapped

    if _wraps(slot, columns, view):
        at_blanks = columns[slot.indices[0]].kind is Kind.LIST
        return Text("\n".join(wrapped(row[slot.indices[0]], slot.width, at_blanks=at_blanks))), False
    goes_on = columns[slot.indices[0]].name == view.right
    clip = clip_start if _leads(slot, columns, view) else clip_end if goes_on else clip_middle
    whole = [row[index] for index in slot.indices]
    shown = [clip(text, slot.width) for text in whole]
    styles = (cell_style(columns[index], row[index]) for index in slot.indices)
    parts = [Text(text, style) for text, style in zip(shown, styles, strict=True)]
    return Text("\n").join(parts), shown != whole
