"""What a web page shows, in the order of the page: one block per line, one row of a table per line.

Tables that only lay out the page are none: what stands in their cells are paragraphs like all others. In a
table of data each row is a line ``| cell | cell |``, and the paragraphs of a cell stay in it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pdtool.corpus.parsing.page_elements import elements
from pdtool.corpus.parsing.page_raised import lower_raised
from pdtool.text.lines import ends_sentence, opens_paragraph

__all__ = ["Block", "blocks", "is_deeper", "prepare"]

_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_SPACE = " \t\u3000\xa0\r\f\v"
_NEWLINE = "\x02"
"""A line end of the source inside a block: a blank, unless the lines are paragraphs by themselves."""
_NO_TEXT = _SPACE + "\n" + _NEWLINE
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MOST_HIDDEN = 64
"""Hidden elements that are looked into: an article is among the first."""
_ARTICLE_SHARE = 0.8
"""The share of a table's text above which one cell of several paragraphs is the article in a layout."""
_PARAGRAPHS = 3
"""The fewest paragraphs of such a cell."""
_SIDE_BY_SIDE = 2
"""The most rows with several filled cells that such a layout has."""
_WIDEST = 100
"""The most columns or rows that a cell is taken to span."""
_WIDE = 0x2E80
"""The first code point of the East Asian scripts, between which no blank is written."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page that is kept or left out as a whole.

    Args:
        text: Its lines, joined by line ends: a paragraph has one, a table one per row.
        cells: What stands in it, cell by cell for a table.
        is_heading: Whether the page calls it a heading.
    """

    text: str
    cells: tuple[str, ...]
    is_heading: bool = False


def prepare(tree: Any) -> None:
    """Change a page's tree so that it holds what a reader reads, and tables only where there are tables.

    Readings over characters go, raised characters become plain ones, elements that only say how letters
    look are taken off what they hold, and tables that only lay out the page become blocks.
    """
    import lxml.etree

    _reveal(tree)
    lxml.etree.strip_elements(tree, *elements("readings"), with_tail=False)
    lxml.etree.strip_tags(tree, *elements("looks"))
    lower_raised(tree)
    tables = list(tree.iter("table"))
    for before, table in reversed(list(zip([None, *tables], tables, strict=False))):  # the inner ones first
        if _is_layout(table) and not _goes_on(table, before):
            _take_apart(table)
        else:
            for cell in [one for one in table.iter(*elements("cells")) if _is_divided(one)]:
                _join_paragraphs(cell)


def _reveal(tree: Any) -> None:
    """Show an article that the page hides until its script has run, as articles of WeChat are.

    What is hidden for good (menus, notices, copies for another screen) is the smaller part of a page.
    """
    hidden = [one for one in tree.xpath("descendant-or-self::*[@style]") if _is_hidden(one)]
    whole = _characters(tree) if hidden else 0
    for element in hidden[:_MOST_HIDDEN]:
        if 2 * _characters(element) > whole:
            del element.attrib["style"]


def _characters(element: Any) -> int:
    """Return the characters of an element's text, programs and style sheets left out."""
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return sum(len(piece.strip()) for piece in pieces)


def _take_apart(table: Any) -> None:
    """Make blocks of a table that lays out the page; rows in which data stand side by side are tables."""
    parts = [one for one in table.iter(*elements("table_parts")) if _table_of(one) is table]
    kept = {part for row in _data_rows(table) for part in (row, *_cells(row))}
    for part in parts:
        if part not in kept:
            part.tag = "div"
    for row in kept.intersection(parts):
        if row.tag == "tr":
            _wrap(row)
    table.tag = "div"


def _data_rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a layout in which data stand side by side.

    Below a row of labels and values, a label alone is one whose value is empty.
    """
    below_labels = False
    for row in _rows(table):
        is_label = below_labels and _is_label_alone(row)
        if is_label or _is_side_by_side(row):
            below_labels = is_label or _is_label(_cells(row)[0])
            yield row
        else:
            below_labels = False


def _goes_on(table: Any, before: Any) -> bool:
    """Return whether a table is a label without a value, right behind a table of labels and values."""
    rows = _rows(table)
    if before is None or len(rows) != 1 or not _is_label_alone(rows[0]):
        return False
    above = _rows(before)[-1:]
    return bool(above) and _is_side_by_side(above[0]) and _is_label(_cells(above[0])[0])


def _is_label_alone(row: Any) -> bool:
    cells = _cells(row)
    return len(cells) > 1 and _is_label(cells[0]) and not any(map(_size, cells[1:]))


def _is_label(cell: Any) -> bool:
    return "".join(cell.itertext()).rstrip(_SPACE + "\n").endswith(("：", ":"))


def _is_side_by_side(row: Any) -> bool:
    """Return whether a row of a layout holds several short texts."""
    cells = [cell for cell in _cells(row) if _size(cell)]
    if len(cells) < 2 or row.find(".//table") is not None:
        return False
    return all(_paragraphs(cell) < _PARAGRAPHS for cell in cells)


def _wrap(row: Any) -> None:
    """Make a table of one row of what was a row."""
    inner = row.makeelement("tr")
    for cell in list(row):
        inner.append(cell)
    row.append(inner)
    row.tag = "table"


def _is_divided(cell: Any) -> bool:
    """Return whether a cell of data has several paragraphs, none of them a link."""
    if len(cell) == 0:
        return False
    return next(cell.iter(*elements("blocks") - elements("cells")), None) is not None and (
        next(cell.iter("a"), None) is None and not _is_article([blocks(cell)])
    )


def _join_paragraphs(cell: Any) -> None:
    """Make one paragraph of what a cell holds: extractors move all but the first out of their tables."""
    text = _cell_text(blocks(cell))
    for child in list(cell):
        cell.remove(child)
    cell.text = text


def _table_of(part: Any) -> Any:
    """Return the table that a part of one belongs to."""
    return next(part.iterancestors("table"), None)


def _rows(table: Any) -> list[Any]:
    return [row for row in table.iter("tr") if _table_of(row) is table]


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in elements("cells")]


def _is_layout(table: Any) -> bool:
    """Return whether a table lays out the page: nothing in it stands side by side, or an article does."""
    if table.get("role") in elements("presentation_roles") or table.find(".//table") is not None:
        return True
    rows = [[_size(cell) for cell in _cells(row)] for row in _rows(table)]
    several = sum(sum(size > 0 for size in row) > 1 for row in rows)
    if several == 0:
        return True
    sizes = [size for row in rows for size in row]
    if several > _SIDE_BY_SIDE or max(sizes) < _ARTICLE_SHARE * sum(sizes):
        return False
    largest = max((cell for row in _rows(table) for cell in _cells(row)), key=_size)
    return _paragraphs(largest) >= _PARAGRAPHS


def _size(cell: Any) -> int:
    if len(cell) == 0:
        return len((cell.text or "").strip())
    return sum(len(text.strip()) for text in cell.itertext())


def _paragraphs(cell: Any) -> int:
    return sum(len(block.text.split("\n")) for block in blocks(cell))


def blocks(tree: Any) -> list[Block]:
    """Return the blocks that an element of a prepared page shows, in their order."""
    import lxml.etree

    found: list[Block] = []
    pieces: list[str] = []
    if len(tree) == 0:  # most cells of a table: a walk takes longer than all the rest
        if not _is_unseen(tree):
            pieces.append(_source_text(tree.text, int(tree.tag == "pre")))
        _end_block(pieces, found)
        return found
    walk = lxml.etree.iterwalk(tree, events=("start", "end"))
    preformatted = 0
    parting, headings = elements("blocks"), elements("headings")
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if name in parting and element is not tree:
            _end_block(pieces, found, is_heading=event == "end" and name in headings)
        preformatted += (name == "pre") * (1 if event == "start" else -1)
        if event == "start":
            if name == "table" and element is not tree:
                found.extend(_table_blocks(element))
                walk.skip_subtree()
            elif not name or _is_unseen(element):
                walk.skip_subtree()
            else:
                pieces.append(_source_text(element.text, preformatted))
        elif element is not tree:
            pieces.append(_source_text(element.tail, preformatted))
    _end_block(pieces, found)
    return found


def is_deeper(tree: Any, most: int) -> bool:
    """Return whether elements of a page nest deeper than this."""
    return bool(tree.xpath(f"boolean({'/'.join('*' * most)})"))


def _is_unseen(element: Any) -> bool:
    return element.tag in elements("unseen") or _is_hidden(element)


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _source_text(text: str | None, preformatted: int) -> str:
    if not text:
        return ""
    return text if preformatted else text.replace("\r\n", "\n").replace("\n", _NEWLINE)


def _end_block(pieces: list[str], found: list[Block], *, is_heading: bool = False) -> None:
    """Take the text collected so far as blocks."""
    text = "".join(pieces)
    pieces.clear()
    if not text.strip(_NO_TEXT):
        return
    lines = (paragraph for line in text.split("\n") for paragraph in _flowing(line))
    found.extend(Block(line, (line,), is_heading) for line in lines)


def _flowing(line: str) -> Iterator[str]:
    """Yield the paragraphs of a block whose source has several lines: most often it is one."""
    whole = ""
    for part in line.split(_NEWLINE):
        piece = _BLANKS.sub(" ", part).strip(_SPACE)
        if not piece:
            continue
        if whole and ends_sentence(whole) and opens_paragraph(piece):
            yield whole
            whole = piece
        else:
            whole = _joined(whole, piece)
    if whole:
        yield whole


def _joined(before: str, after: str) -> str:
    """Join two pieces of a paragraph: between East Asian characters without a blank."""
    if not before:
        return after
    return f"{before} {after}" if min(ord(before[-1]), ord(after[0])) < _WIDE else before + after


def _table_blocks(table: Any) -> Iterator[Block]:
    """Yield a table of data; cells that are alone in their row and hold an article are paragraphs."""
    lines: list[str] = []
    texts: list[str] = []
    open_columns: dict[int, int] = {}
    for caption in table.iter("caption"):
        if _table_of(caption) is table:
            yield from blocks(caption)
    for row in _rows(table):
        cells = _cells(row)
        inner = [blocks(cell) for cell in cells]
        if not any(open_columns.values()) and _is_article(inner):
            if lines:
                yield Block("\n".join(lines), tuple(texts))
                lines, texts = [], []
            yield from (block for some in inner for block in some)
            continue
        shown = _grid_row(cells, [_cell_text(some) for some in inner], open_columns)
        if any(shown):
            lines.append(f"| {' | '.join(shown)} |")
            texts.extend(text for text in shown if text)
    if lines:
        yield Block("\n".join(lines), tuple(texts))


def _is_article(cells: Sequence[Sequence[Block]]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and len(filled[0]) >= _PARAGRAPHS


def _grid_row(cells: Sequence[Any], texts: Sequence[str], open_columns: dict[int, int]) -> list[str]:
    """Return the texts of a row, empty where a cell of a row above reaches into it.

    Args:
        cells: The row's own cells.
        texts: What each says.
        open_columns: Column → rows that a cell above still covers; brought up to date.
    """
    shown: list[str] = []
    waiting = deque(zip(cells, texts, strict=True))
    reached = max((column for column, rows in open_columns.items() if rows), default=-1)
    while waiting or len(shown) <= reached:
        column = len(shown)
        if open_columns.get(column, 0):
            open_columns[column] -= 1
            shown.append("")
        elif waiting:
            cell, text = waiting.popleft()
            width = _span(cell, "colspan") if waiting or shown else 1
            shown += [text, *[""] * (width - 1)]
            if column + width <= _WIDEST:
                open_columns.update(dict.fromkeys(range(column, column + width), _span(cell, "rowspan") - 1))
        else:
            shown.append("")
    return shown


def _span(cell: Any, name: str) -> int:
    said = (cell.get(name) or "1").strip()
    return max(1, min(_WIDEST, int(said))) if said.isdecimal() else 1


def _cell_text(inner: Sequence[Block]) -> str:
    """Join the paragraphs of a cell."""
    return reduce(_joined, (line for block in inner for line in block.text.split("\n")), "")
