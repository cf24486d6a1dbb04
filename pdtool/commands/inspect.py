"""``pdtool inspect``: what was wrong with the text of documents, and what is repaired."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands.option_groups import PATHS_HELP, InputOptions, Paths, RunOptions, TableOptions
from pdtool.commands.session import open_session
from pdtool.interface.inspection_tables import By, inspection_table
from pdtool.output.layout import View

if TYPE_CHECKING:
    pass

__all__ = ["HELP", "By", "inspect"]

HELP = f"""Show what is wrong with the text of documents, and what is repaired.

\b
Examples:
  pdtool inspect reports/                     one row per document
  pdtool inspect reports/ -o inspection.xlsx  the same for Excel
  pdtool inspect reports/ --by edit           one row per change: what, where
  pdtool inspect report.txt --by edit -f md   the changes of one document
  pdtool inspect reports/ --by field          title, issuer, number, date …
  pdtool inspect reports/ --by splice         passages of other articles

{PATHS_HELP}

Every command repairs the text in this way before it works on it; pdtool clean
writes the repaired text. Nothing is changed on disk.
"""


VIEWS = {
    By.DOCUMENT: View(
        order=(
            *("doc", "title", "script", "ghosts", "byte_slips", "page_markers", "furniture_chars"),
            *("repaired_chars", "warnings", "date", "issuer", "doc_number", "chars", "genre"),
            *("encoding", "format", "level", "year", "authors", "source"),
        ),
        wrapped=frozenset({"warnings"}),
    ),
    By.EDIT: View(order=("before", "after", "kind", "doc", "start", "end", "confidence")),
    By.FIELD: View(order=("value", "field", "doc", "read_from", "sure", "start", "end", "text")),
    By.SPLICE: View(order=("text", "doc", "score", "reason", "start", "end", "chars")),
}
"""What matters most on a narrow terminal."""


def inspect(
    *,
    paths: Paths,
    by: Annotated[By, typer.Option(help="What one row is.")] = By.DOCUMENT,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write what was wrong with each document; return the exit code."""
    target = table.target(run)
    function, row_type = inspection_table(by)
    options = {"by": by, **asdict(inputs)}
    with open_session("inspect", options, inputs.read_options(), run, target.path) as session:
        reading = session.read(session.scan(paths), function)
        session.write_table(chain.from_iterable(reading.results), row_type, target, VIEWS[by])
        session.finish(reading.problems)
        session.reporter.summary(reading.summary())
    return session.exit_code
