"""A table that a cluster reads → its documents: Parquet, JSON Lines, CSV, wherever Spark reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pdtool.corpus.problems import LARGEST_DOCUMENT
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.readers.columns import described_columns, find_column, text_column
from pdtool.engine.cluster.profiles import table_of
from pdtool.engine.cluster.row_documents import (
    LONG_CELL,
    LONGEST_LINE,
    CellsToDocuments,
    LinesToDocuments,
    ReadColumns,
    line_keys,
)
from pdtool.errors import InputError, PdtoolError, Problem, UsageError
from pdtool.language import _, ngettext, spoken

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from pdtool.engine.cluster.stage_folder import Places
    from pdtool.engine.cluster.stage_store import Stages

__all__ = ["check_input", "read_documents"]

_FORMATS = {
    "parquet": "parquet",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "json": "jsonl",
    "csv": "csv",
    "tsv": "csv",
}
"""The format of each suffix; a folder whose name has none holds Parquet."""
_SIMPLE = ("string", "varchar", "char", "tinyint", "smallint", "int", "bigint", "float", "double", "boolean")
_SIMPLE_BEGIN = ("decimal", "date", "timestamp")


def check_input(paths: list[str]) -> str:
    """Return the address of the table to read.

    Raises:
        UsageError: If there is more than one, or it is of a type that is not read there.
    """
    if len(paths) != 1:
        raise UsageError(
            _("--engine spark reads one table, not {n}", n=len(paths)),
            _("name a folder that holds all its parts"),
        )
    _format_of(paths[0])
    return paths[0]


def _format_of(name: str) -> str:
    stem, dot, suffix = table_of(name).rpartition(".")
    if not (stem and dot):
        return "parquet"
    if suffix.casefold() not in _FORMATS:
        raise UsageError(
            _("{name}: is no table that a cluster reads", name=name),
            _("make it Parquet, JSON Lines or CSV, one document per row (.parquet .jsonl .csv .tsv)"),
        )
    return _FORMATS[suffix.casefold()]


def read_documents(stages: Stages, places: Places, options: ReadOptions) -> list[Problem]:
    """Write the stage ``documents``.

    Args:
        stages: The stages of the run.
        places: Where the table is.
        options: How it is read.

    Returns:
        What could not be used.

    Raises:
        InputError: If there is no such table, it has no column of texts, or two rows have one id.
    """
    name = places.name
    frame, format_name = _frame(stages, places), _format_of(name)
    columns = _columns(name, format_name, _names(frame, format_name), options)
    shortened = _without_long(frame, format_name, columns)
    function = LinesToDocuments(columns) if format_name == "jsonl" else CellsToDocuments(columns)
    stages.run("rows", function, shortened)
    repeated = stages.query("repeated").toArrow().to_pylist()
    own = sorted(row["id"] for row in repeated if not row["made"])
    if own:
        raise _repeated(name, own)
    stages.write("documents", stages.query("renamed" if repeated else "documents"))
    return [_problem(name, row["fault"], row["n"]) for row in stages.query("faults").toArrow().to_pylist()]


def _frame(stages: Stages, places: Places) -> DataFrame:
    """Return the table as the cluster reads it."""
    read: Any = stages.spark.read
    name, found = places.name, places.input
    format_name = _format_of(name)
    if format_name == "jsonl":
        frame = read.text(found)
    elif format_name == "csv":
        said = {"header": True, "multiLine": True, "quote": '"', "escape": '"', "inferSchema": False}
        delimiter = "\t" if name.rstrip("/").casefold().endswith(".tsv") else ","
        frame = read.options(**said, sep=delimiter).csv(found)
    else:
        frame = read.parquet(found)
    if not frame.columns or not frame.limit(1).count():
        raise InputError(
            _("{name}: the cluster finds no rows there", name=name),
            _("name it as the cluster sees it, such as hdfs://… or a path that all its machines have"),
        )
    return frame


def _names(frame: DataFrame, format_name: str) -> list[str]:
    """Return the columns that may be read; of JSON Lines the keys of all lines."""
    if format_name == "jsonl":
        lines = _flagged(frame, "octet_length(value)", LONGEST_LINE, ["value"])
        found = lines.mapInArrow(line_keys, "name string").distinct().toArrow()
        return sorted(found.column("name").to_pylist())
    kinds = dict(frame.dtypes)
    return [name for name in frame.columns if _is_simple(kinds[name])]


def _is_simple(kind: str) -> bool:
    return kind.partition("(")[0] in _SIMPLE or kind.startswith(_SIMPLE_BEGIN)


def _columns(name: str, format_name: str, names: list[str], options: ReadOptions) -> ReadColumns:
    try:
        if not names:
            raise InputError(_("holds no column of text"))
        return ReadColumns(
            name,
            table_of(name),
            format_name,
            text_column(names, options.text_column),
            find_column(names, options.id_column, "id"),
            find_column(names, options.title_column, "title"),
            tuple(described_columns(names, options.kept_columns).items()),
            spoken().value,
        )
    except InputError as error:
        raise InputError(f"{name}: {error.message}", error.hint) from error


def _without_long(frame: DataFrame, format_name: str, columns: ReadColumns) -> DataFrame:
    """Return the columns that are sent to functions; a text that is too long stays where it is."""
    if format_name == "jsonl":
        return _flagged(frame, "octet_length(value)", LONGEST_LINE, ["value"])
    text = _quoted(columns.text)
    return _flagged(frame, f"length(CAST({text} AS STRING))", LARGEST_DOCUMENT, _names(frame, format_name))


def _flagged(frame: DataFrame, length: str, most: int, names: list[str]) -> DataFrame:
    """Return columns without what makes a row too long, and a column that says which rows are."""
    is_long = f"coalesce({length}, 0) > {most}"
    shown = [f"CASE WHEN {is_long} THEN NULL ELSE {_quoted(one)} END AS {_quoted(one)}" for one in names]
    return frame.selectExpr(*shown, f"{is_long} AS {LONG_CELL}")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _repeated(name: str, ids: list[bytes]) -> PdtoolError:
    shown = ids[0].decode("utf-8", "replace").partition("#")[2]
    return InputError(
        ngettext(
            "{name}: {n:,} id stands in more than one row, such as {shown!r}",
            "{name}: {n:,} ids stand in more than one row, such as {shown!r}",
            len(ids),
            name=name,
            shown=shown,
        ),
        _("take another column with --id-column"),
    )


def _problem(name: str, told: str, rows: int) -> Problem:
    message, hint = json.loads(told)
    said = ngettext("{n:,} row {message}", "{n:,} rows, each of which {message}", rows, message=message)
    return Problem(name, said, hint)
