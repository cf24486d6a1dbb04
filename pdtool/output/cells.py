"""Values of rows as cells: the one module that knows how a share, a flag or a list is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from pdtool.rows import Column, Kind

__all__ = [
    "CHANCES",
    "SHARE_DECIMALS",
    "Json",
    "as_chance",
    "as_json",
    "as_percent",
    "as_text",
    "cell_getter",
    "shown_writer",
    "text_writer",
    "texts",
]

SHARE_DECIMALS = 4
"""Decimals of a share: one character in ten thousand still shows."""

CHANCES = frozenset({"p", "q"})
"""Columns of shares that are probabilities, which may be small."""

Json = str | int | float | bool | list[str] | list[dict[str, Any]] | None


def _flag(value: Any) -> str:
    return "yes" if value else "no"


_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: str,
    Kind.COUNT: str,
    # The bound method, not a function of our own around it: tables have millions of such cells.
    Kind.SHARE: f"{{:.{SHARE_DECIMALS}f}}".format,
    Kind.FLAG: _flag,
    Kind.LIST: "; ".join,
}


def text_writer(kind: Kind) -> Callable[[Any], str]:
    """Return the function that writes cells of a kind as text; ``None`` is an empty cell.

    >>> text_writer(Kind.SHARE)(0.98), text_writer(Kind.FLAG)(True), text_writer(Kind.COUNT)(None)
    ('0.9800', 'yes', '')
    """
    write = _WRITERS[kind]
    return lambda value: "" if value is None else write(value)


def as_text(kind: Kind, value: Any) -> str:
    """Return the cell of ``value`` as text, as :func:`text_writer` does."""
    return text_writer(kind)(value)


def as_percent(share: float) -> str:
    """Return a share in words; nearly all is not all.

    >>> as_percent(0.981), as_percent(0.9996), as_percent(1.0)
    ('98 %', '99.9 %', '100 %')
    """
    if share < 1 and round(share, 2) >= 1:
        return "99.9 %"
    return f"{share:.0%}".replace("%", " %")


def as_chance(chance: float) -> str:
    """Return a probability for people: as a share, or where four decimals show nothing with its magnitude.

    >>> as_chance(0.0123), as_chance(0.0000004), as_chance(0.0)
    ('0.0123', '4e-7', '0.0000')
    """
    if 0 < chance < 10**-SHARE_DECIMALS:
        digit, _, exponent = f"{chance:.0e}".partition("e")
        return f"{digit}e{int(exponent)}"
    return as_text(Kind.SHARE, chance)


def shown_writer(column: Column) -> Callable[[Any], str]:
    """Return the function that writes the cells of a column for people: as text, but small probabilities.

    Args:
        column: The column.
    """
    if column.kind is Kind.SHARE and column.name in CHANCES:
        return lambda value: "" if value is None else as_chance(value)
    return text_writer(column.kind)


def as_json(kind: Kind, value: Any, items: Sequence[str] = ()) -> Json:
    """Return the cell of ``value`` as JSON has it: numbers, booleans, arrays, ``null``.

    Args:
        kind: The kind of its column.
        value: The value.
        items: What the parts of the strings of a list are called, if they have parts.

    >>> as_json(Kind.SHARE, 0.98124), as_json(Kind.LIST, ("a", "b")), as_json(Kind.COUNT, None)
    (0.9812, ['a', 'b'], None)
    >>> as_json(Kind.LIST, ("基层 治理 36",), ("term", "count"))
    [{'term': '基层 治理', 'count': 36}]
    """
    if value is None:
        return None
    if kind is Kind.SHARE:
        return round(float(value), SHARE_DECIMALS)
    if kind is Kind.LIST:
        return [_named(item, items) for item in value] if items else list(value)
    return bool(value) if kind is Kind.FLAG else int(value) if kind is Kind.COUNT else str(value)


def _named(item: str, names: Sequence[str]) -> dict[str, Any]:
    """Return a string that ends in a number as an object: its words and its number."""
    words, _blank, number = item.rpartition(" ")
    return {names[0]: words, names[1]: float(number) if "." in number else int(number)}


def cell_getter(columns: tuple[Column, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function from a row to its values in the order of ``columns``.

    A row is a dataclass with those fields, or a tuple of its values where the data decide the columns.
    """
    names = [column.field or column.name for column in columns]
    if any(column.part is not None for column in columns):
        of_fields = _parts_getter(names, [column.part for column in columns])
    else:
        of_fields = _fields_getter(names)
    return lambda row: row if isinstance(row, tuple) else of_fields(row)


def _fields_getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    # Asked for one name alone, attrgetter returns the value and no tuple.
    return lambda row: tuple(getattr(row, name) for name in names)


def _parts_getter(names: Sequence[str], parts: Sequence[int | None]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a getter of fields some of which are tuples, of which a column holds one value each."""
    of_fields = _fields_getter(names)
    return lambda row: tuple(
        value if part is None else value[part] for value, part in zip(of_fields(row), parts, strict=True)
    )


def texts(kind: Kind, values: Iterable[Any]) -> list[str]:
    """Return the cells of a column as text, each as :func:`text_writer` writes it.

    >>> texts(Kind.SHARE, [0.5, None])
    ['0.5000', '']
    """
    every = list(values)
    if kind is Kind.SHARE and None not in every:  # all in one go: a third sooner than one by one
        return (f"%.{SHARE_DECIMALS}f\n" * len(every) % tuple(every)).splitlines()
    write = _WRITERS[kind]
    return ["" if value is None else write(value) for value in every]
