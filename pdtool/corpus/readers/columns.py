"""Which column of a table is what, which row names the columns, and what they say of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache

from pdtool.corpus.readers.rows import shortened
from pdtool.corpus.source import KEPT
from pdtool.data_files import data_json
from pdtool.errors import InputError
from pdtool.language import _, listed
from pdtool.late_patterns import late_pattern

__all__ = ["described_columns", "described_row", "find_column", "header_row", "plain_name", "text_column"]

_DESCRIBED = ("author", "keywords", "published", "issuer", "doc_number", "journal", "year")
"""What a row says of its document beside its title."""
_SHOWN_COLUMNS = 20
_SHOWN_NAME = 40
_SEPARATORS = re.compile(r"[;；,，、|\n\t]+")
"""What stands between the keywords, or the authors, of a cell."""
_han_blank = late_pattern(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")
"""What stands between Chinese keywords where nothing else does."""
_JOINED = "; "


def header_row(rows: Sequence[Sequence[str]], wanted: str | None) -> int:
    """Return the index of the row that names the columns.

    It is the first one, unless a title or a date stands above the names: then fewer cells are filled there.

    Args:
        rows: The first rows of the table, not empty.
        wanted: The column of the texts that the user names; ``None``: one that is called so.

    >>> header_row([["汇总表", "", ""], ["序号", "标题", "正文"], ["1", "甲", "乙"]], None)
    1
    """
    names = frozenset(_usual_names()["text"]) if wanted is None else frozenset((wanted, plain_name(wanted)))
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    for index, row in enumerate(rows):
        if any(cell in names or plain_name(cell) in names for cell in row):
            return index if all(count < filled[index] for count in filled[:index]) else 0
    widest = filled.index(max(filled))
    below = rows[widest + 1 :]
    is_even = bool(below) and all(len(row) == len(rows[widest]) for row in below)
    return widest if filled[0] == 1 and is_even else 0


def described_columns(names: Sequence[str], kept: Sequence[str] = ()) -> dict[str, str]:
    """Return the columns that say more of a document, each after what it says; none that is there twice.

    Args:
        names: The columns there are.
        kept: Columns that are wanted as they are, where they are there: each stands after :data:`KEPT` and
            the name it is wanted by.

    >>> described_columns(["正文", "年份", "省份"], ["省份", "level"])
    {'column:省份': '省份', 'year': '年份'}
    """
    found = {f"{KEPT}{name}": known for name in kept if (known := _kept(names, name)) is not None}
    for role in _DESCRIBED:
        with suppress(InputError):
            name = find_column(names, None, role)
            if name is not None:
                found[role] = name
    return found


def _kept(names: Sequence[str], wanted: str) -> str | None:
    """Return the column of a name: the one that is written so, else the first that reads like it."""
    if wanted in names:
        return wanted
    return next((name for name in names if plain_name(name) == plain_name(wanted)), None)


def described_row(title: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return what the cells of a row say of its document.

    Args:
        title: The cell of its title.
        said: The other cells, each after what it says.

    >>> described_row("", {"keywords": "基层治理;;网格化管理；社区", "column:地区": " 苏、浙 "})
    {'keywords': '基层治理; 网格化管理; 社区', 'column:地区': '苏、浙'}
    """
    lists = {
        role: cell.strip() if role.startswith(KEPT) else _JOINED.join(_pieces(cell))
        for role, cell in said.items()
    }
    return {role: value for role, value in {"title": title, **lists}.items() if value}


def _pieces(cell: str) -> list[str]:
    pieces = _SEPARATORS.split(cell)
    if len(pieces) == 1:
        pieces = _han_blank().split(cell)
    return [piece.strip() for piece in pieces if piece.strip()]


def text_column(names: Sequence[str], wanted: str | None) -> str:
    """Return the column that holds the documents.

    Args:
        names: The columns there are.
        wanted: The one the user names; ``None``: one that is called like a text column, or the only one.

    Raises:
        InputError: If there is none, or it is not clear which.

    >>> text_column(["id", "正文"], None)
    '正文'
    """
    found = find_column(names, wanted, "text")
    if found is not None:
        return found
    if len(names) == 1:
        return names[0]
    raise InputError(
        _("has no column whose name says that it holds texts ({listed})", listed=_listed(names)),
        _("--text-column NAME"),
    )


def find_column(names: Sequence[str], wanted: str | None, role: str) -> str | None:
    """Return the column for a role: the one the user names, or one that is called so.

    Args:
        names: The columns there are.
        wanted: The one the user names; ``None``: look for one.
        role: ``text``, ``id``, ``title``, ``author`` or ``keywords``.

    Raises:
        InputError: If the column the user names is not there, or there twice.
    """
    candidates = _usual_names()[role] if wanted is None else (wanted, plain_name(wanted))
    called: dict[str, list[str]] = {}
    for name in names:
        for key in {name, plain_name(name)}:
            called.setdefault(key, []).append(name)
    for candidate in candidates:
        found = called.get(candidate, [])
        if len(found) > 1 and wanted is not None and candidate in found:
            found = [name for name in found if name == candidate]
        if len(found) > 1:
            raise InputError(
                _("has more than one column {found!r} ({listed})", found=found[0], listed=_listed(names)),
                _("--{role}-column with a name of its own", role=role),
            )
        if found:
            return found[0]
    if wanted is None:
        return None
    raise InputError(
        _("has no column {wanted!r} ({listed})", wanted=wanted, listed=_listed(names)),
        _("--{role}-column with one of these", role=role),
    )


@cache
def _usual_names() -> dict[str, tuple[str, ...]]:
    table = data_json("column_names.json")
    return {role: tuple(names) for role, names in table.items() if role != "source"}


def plain_name(name: str) -> str:
    """Return the name of a column as names are compared: without case, and blanks and underscores around."""
    return name.strip(" \t\u3000_").casefold()


def _listed(names: Sequence[str]) -> str:
    shown = listed(shortened(name, _SHOWN_NAME) for name in names[:_SHOWN_COLUMNS])
    more = _(" and {n} more", n=len(names) - _SHOWN_COLUMNS) if len(names) > _SHOWN_COLUMNS else ""
    return _("its columns: {shown}{more}", shown=shown, more=more)
