"""What was asked for (``--format``, ``-o``, ``--plain``) → what is written where."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pdtool.errors import UsageError
from pdtool.language import N_, _
from pdtool.output.shell_words import shell_word
from pdtool.output.sink import check_writable, is_special

__all__ = ["Format", "Target", "choose_target"]


class Format(StrEnum):
    """A way to write a table."""

    AUTO = "auto"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    TABLE = "table"
    MD = "md"
    XLSX = "xlsx"
    DTA = "dta"


SUFFIXES: Mapping[str, Format] = {
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".jsonl": Format.JSONL,
    ".txt": Format.TABLE,
    ".md": Format.MD,
    ".xlsx": Format.XLSX,
    ".dta": Format.DTA,
}
"""The format of a file by its name."""
_MEANT: Mapping[str, str] = {".xls": ".xlsx", ".json": ".jsonl", ".ndjson": ".jsonl", ".tab": ".tsv"}
"""What is written in place of formats that are much like it."""
_BINARY: Mapping[Format, str] = {Format.XLSX: N_("a workbook"), Format.DTA: N_("a Stata file")}
"""Formats that are not text."""
_PAGES = frozenset({".html", ".htm"})
"""What only the report is written as."""


LABELLED = frozenset({Format.TABLE, Format.XLSX})
"""Formats for people, whose columns have labels where the language is not English."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a table goes and how it is written.

    Args:
        format: Never ``AUTO``.
        path: The file to replace; ``None`` for standard output.
        plain: For CSV and TSV: no byte order mark and no guard against formulas.
        room: Width of the terminal the table is drawn on; ``None`` if it is not a terminal.
        labels: Whether columns are called by their labels, not by their names.
    """

    format: Format
    path: Path | None = None
    plain: bool = False
    room: int | None = None
    labels: bool = False


def _format_of(path: Path) -> Format:
    known = Format.CSV if is_special(path) else SUFFIXES.get(path.suffix.lower())
    if known is None:
        near = _MEANT.get(path.suffix.lower(), ".csv")
        hint = (
            _(
                "-o {file}, or add --format {format}",
                file=shell_word(f"{path.with_suffix(near)}"),
                format=SUFFIXES[near],
            )
            if path.name
            else ""
        )
        if path.suffix.lower() in _PAGES:
            named = shell_word(f"{path}")
            hint = _("pdtool report PATHS -o {path} for a page; {hint} for a table", path=named, hint=hint)
        raise UsageError(
            _(
                "{path}: the name does not say which format to write (known: {names})",
                path=path,
                names=" ".join(SUFFIXES),
            ),
            hint,
        )
    return known


def _asks_for_plain() -> bool:
    """Return whether the environment asks for plain text."""
    value = os.environ.get("PDTOOL_CSV", "")
    if value not in {"", "plain"}:
        raise UsageError(
            _("PDTOOL_CSV is {value!r}, which means nothing", value=value), _("PDTOOL_CSV=plain, or unset it")
        )
    return value == "plain"


def choose_target(wanted: Format, output: Path | None, plain: bool) -> Target:
    """Decide where a table goes and how it is written.

    Args:
        wanted: What was asked for; ``AUTO`` is the format of the file's name, a table on a terminal and CSV
            in a pipe.
        output: The file to write; ``None`` or ``-`` for standard output.
        plain: Plain text for programs; the environment variable ``PDTOOL_CSV=plain`` asks for it too.

    Raises:
        UsageError: If the format is not known, or cannot be shown on a terminal.
        OutputError: If the file cannot be written.
    """
    plain = _asks_for_plain() or plain
    if output is not None and str(output) != "-":
        check_writable(output)
        chosen = _format_of(output) if wanted is Format.AUTO else wanted
        return Target(chosen, output, plain)
    terminal = sys.stdout is not None and sys.stdout.isatty()
    chosen = wanted
    if wanted is Format.AUTO:
        chosen = Format.TABLE if terminal else Format.CSV
    if chosen in _BINARY and terminal:
        raise UsageError(
            _("{what} cannot be shown on a terminal", what=_(_BINARY[chosen])),
            _("-o FILE.{chosen}", chosen=chosen),
        )
    return Target(chosen, None, plain, shutil.get_terminal_size().columns if terminal else None)
