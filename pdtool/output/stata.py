"""Stata data sets (.dta, format 118: Stata 14 and later): what a panel by group is analysed in.

Names of variables are what Stata allows (Stata 18 User's Guide, 11.3): up to 32 letters, digits and
underscores, no reserved word. A column whose name is written otherwise, as Chinese ones are, is called ``v``
and its number in the table, and the variable's label tells its name. Counts and shares are numbers, flags 0
and 1. A group column that holds nothing but whole numbers, as years, is a number too; without a value it is
missing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from pdtool.errors import OutputError
from pdtool.language import Language, _, spoken
from pdtool.output.cells import as_text, cell_getter
from pdtool.output.escaping import encodable
from pdtool.output.labels import label as label_of
from pdtool.output.workbook import creation_date
from pdtool.rows import NO_VALUE, Column, Kind

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["variable_names", "write_stata"]

_MOST_VARIABLES = 32_767
"""Variables of a data set of format 118."""
_LONGEST_NAME = 32
_LONGEST_LABEL = 80
_LONGEST_STRING = 2_045
"""Bytes of a string of fixed length; longer ones are of the type strL."""
_RESERVED = frozenset(
    {
        *("_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N"),
        *("_pi", "_pred", "_rc", "_skip", "strL", "using", "with"),
    }
)
_STRING_TYPE = re.compile(r"str\d+")
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]+")
_WHOLE = re.compile(r"0|-?[1-9]\d{0,8}", re.ASCII)


def variable_names(columns: Sequence[Column]) -> list[str]:
    """Return a name for each column that Stata allows, none twice.

    >>> kinds = [Column(name, Kind.TEXT, "") for name in ("省份", "year", "per cent", "if", "2020", "year")]
    >>> variable_names(kinds)
    ['v1', 'year', 'per_cent', 'if_', '_2020', 'year_2']
    """
    names: dict[str, None] = {}
    for number, column in enumerate(columns, 1):
        name = first = _allowed(column.name) or f"v{number}"
        again = 1
        while name in names:
            again += 1
            name = f"{first[: _LONGEST_NAME - len(str(again)) - 1]}_{again}"
        names[name] = None
    return list(names)


def _allowed(name: str) -> str:
    """Return a name as Stata allows it; empty if it is not written in ASCII."""
    if not name.isascii():
        return ""
    plain = _NOT_ALLOWED.sub("_", name.strip())[:_LONGEST_NAME]
    if plain[:1].isdigit():
        plain = f"_{plain}"[:_LONGEST_NAME]
    return f"{plain}_" if plain in _RESERVED or _STRING_TYPE.fullmatch(plain) else plain


def write_stata(rows: Iterable[Any], columns: tuple[Column, ...], out: BinaryIO) -> None:
    """Write a table as a Stata data set; the same table is always the same bytes.

    Args:
        rows: Rows whose fields are ``columns``.
        columns: The variables, in this order.
        out: Where to write; need not be seekable.

    Raises:
        OutputError: If there are more columns than a data set holds.
    """
    import pandas as pd

    if len(columns) > _MOST_VARIABLES:
        raise OutputError(
            _(
                "the table has more columns than a Stata file holds ({MOST_VARIABLES:,})",
                MOST_VARIABLES=_MOST_VARIABLES,
            ),
            _("--format csv has no limit"),
        )
    values = cell_getter(columns)
    cells = list(zip(*map(values, rows), strict=True)) or [()] * len(columns)
    names = variable_names(columns)
    made = [_variable(column, one) for column, one in zip(columns, cells, strict=True)]
    frame = pd.DataFrame(dict(zip(names, made, strict=True)))
    labels = zip(names, map(_label, columns, names), strict=True)
    long = [name for name, one in zip(names, made, strict=True) if _is_long(one)]
    # pandas seeks in what it writes to.
    spool = io.BytesIO()
    frame.to_stata(
        spool,
        write_index=False,
        version=118,
        time_stamp=creation_date(),
        variable_labels=dict(labels),
        convert_strl=long,
    )
    out.write(spool.getvalue())


def _label(column: Column, name: str) -> str:
    """Return what a variable is: the name of its column where it has another, else what the column says."""
    said = column.help.replace("`", "") if spoken() is Language.EN else label_of(column)
    label = said if name == column.name else column.name
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _variable(column: Column, cells: Sequence[Any]) -> pd.Series[Any]:
    """Return the values of a column as Stata keeps them."""
    import pandas as pd

    if column.part is not None and _are_whole(cells):
        return _numbers([None if cell == NO_VALUE else int(cell) for cell in cells])
    if column.kind is Kind.FLAG:
        return _numbers([None if cell is None else int(cell) for cell in cells])
    if column.kind in {Kind.COUNT, Kind.SHARE}:
        return _numbers(cells, whole=column.kind is Kind.COUNT)
    # A string ends at its first NUL.
    texts = [encodable(as_text(column.kind, cell)).replace("\0", "\ufffd") for cell in cells]
    return pd.Series(texts, dtype=object)


def _numbers(cells: Sequence[Any], *, whole: bool = True) -> pd.Series[Any]:
    import pandas as pd

    return pd.Series(cells, dtype="int64" if whole and None not in cells else "float64")


def _are_whole(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell != NO_VALUE]
    return bool(told) and all(map(_WHOLE.fullmatch, told))


def _is_long(variable: pd.Series[Any]) -> bool:
    return variable.dtype == object and any(len(text.encode()) > _LONGEST_STRING for text in variable)
