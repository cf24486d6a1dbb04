"""``pdtool cite``: the documents that documents name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from pdtool.commands.copies import CopyOptions
from pdtool.commands.option_groups import (
    OUTPUT,
    PATHS_HELP,
    HeadersChoice,
    InputOptions,
    Paths,
    Plain,
    RunOptions,
    output_target,
    with_headers,
)
from pdtool.commands.session import Session, open_session
from pdtool.errors import UsageError
from pdtool.interface.citation_tables import Between, By, citation_rows, find_citations
from pdtool.language import _, counted, joined
from pdtool.output.layout import View
from pdtool.output.target import Format, Target

if TYPE_CHECKING:
    from pdtool.citations.cite import Citation

__all__ = ["HELP", "Between", "By", "CiteFormat", "cite"]

HELP = f"""Find the documents that documents name, and what they have to do with them.

\b
Examples:
  pdtool cite reports/                       one row per named document
  pdtool cite reports/ -o cited.xlsx         the same for Excel
  pdtool cite reports/ --by mention          one row per mention
  pdtool cite reports/ --by edge             who names whom, year by year
  pdtool cite reports/ -o network.gexf       the same as a graph for Gephi

{PATHS_HELP}

Named are titles in 《》, with the number behind or before them, and numbers
that stand alone (根据国发〔2013〕4号文件). A short form (以下简称《意见》) counts
for the whole title. The relation is read from the words beside a title, and
cited_doc is the document itself where it is among PATHS without doubt.
"""


class CiteFormat(StrEnum):
    """A way to write the table, or the graph of its edges."""

    AUTO = "auto"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    TABLE = "table"
    MD = "md"
    XLSX = "xlsx"
    DTA = "dta"
    GEXF = "gexf"
    GRAPHML = "graphml"


_GRAPHS = (CiteFormat.GEXF, CiteFormat.GRAPHML)
_SUFFIXES = {f".{one.value}": one for one in _GRAPHS}

VIEWS = {
    By.EDGE: View(order=("citing", "cited", "count", "documents", "year", "relation")),
    By.DOCUMENT: View(
        order=("cited_title", "relation", "doc", "count", "cited_number", "cited_doc", "date", "sentence"),
    ),
}
VIEWS[By.MENTION] = VIEWS[By.DOCUMENT]
"""What matters most on a narrow terminal."""


@dataclass(frozen=True, slots=True)
class CiteTableOptions:
    """Where the table or the graph goes, and how it is written."""

    heading: ClassVar[str] = OUTPUT

    table_format: Annotated[
        CiteFormat,
        typer.Option(
            "--format",
            "-f",
            help="auto: a table on a terminal, CSV in a pipe, or by the name after -o; "
            "gexf and graphml are graphs of the edges.",
        ),
    ] = CiteFormat.AUTO
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file instead (.csv .tsv .jsonl .md .xlsx .dta .txt .gexf .graphml).",
        ),
    ] = None
    plain: Plain = False
    headers: HeadersChoice = None

    @property
    def graph(self) -> CiteFormat | None:
        """The format of a graph, if one is to be written."""
        named = None if self.output is None else _SUFFIXES.get(self.output.suffix.lower())
        if self.table_format is CiteFormat.AUTO:
            return named
        return self.table_format if self.table_format in _GRAPHS else None

    def target(self, run: RunOptions) -> Target:
        """Return where it goes; a graph is written as text, whatever the format of the target says."""
        wanted = Format.JSONL if self.graph else Format(self.table_format.value)
        return with_headers(output_target(wanted, self.output, self.plain, run.manifest), self.headers)


def cite(
    *,
    paths: Paths,
    by: Annotated[
        By | None, typer.Option(help="What one row is.", show_default="document; edge for a graph")
    ] = None,
    between: Annotated[
        Between | None,
        typer.Option(help="With --by edge: what names and is named.", show_default="issuer"),
    ] = None,
    copies: CopyOptions,
    table: CiteTableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write the documents that documents name; return the exit code."""
    shown = _shown(by, between, table.graph)
    target = table.target(run)
    ends = (between or Between.ISSUER) if shown is By.EDGE else None
    options = {"by": shown, "between": ends, **asdict(copies), **asdict(inputs)}
    with open_session("cite", options, inputs.read_options(), run, target.path) as session:
        corpus = session.scan(paths)
        found = find_citations(session, corpus, copies.copies)
        _write(session, found.citations, shown, ends, table.graph, target)
        session.finish(found.reading.problems)
        session.reporter.summary(joined([found.reading.summary(), _summary(found.citations)]))
    return session.exit_code


def _shown(by: By | None, between: Between | None, graph: CiteFormat | None) -> By:
    """Return what one row is."""
    if graph is not None and by not in (None, By.EDGE):
        raise UsageError(
            _("a graph ({graph}) is made of edges, and --by {by} has none", graph=graph, by=by),
            _("--by edge"),
        )
    shown = by or (By.EDGE if graph is not None else By.DOCUMENT)
    if between is not None and shown is not By.EDGE:
        raise UsageError(_("--between says what the ends of an edge are"), _("add --by edge"))
    return shown


def _write(
    session: Session,
    citations: Sequence[Citation],
    shown: By,
    between: Between | None,
    graph: CiteFormat | None,
    target: Target,
) -> None:
    """Write the table or the graph."""
    from pdtool.citations import citation_graph, edges, graph_files
    from pdtool.output.sink import open_output

    ends = between or Between.ISSUER
    if graph is None:
        rows, row_type = citation_rows(citations, shown, ends)
        session.write_table(rows, row_type, target, VIEWS[shown])
        return
    write = graph_files.gexf if graph is CiteFormat.GEXF else graph_files.graphml
    made = citation_graph.citation_graph(citations, edges.Between(ends.value))
    with open_output(target.path) as out:
        out.writelines(line.encode() for line in write(made))
    session.wrote(target.path)


def _summary(citations: Sequence[Citation]) -> str:
    mentions = counted(sum(len(one.mentions) for one in citations), "mention")
    named = counted(len({one.found.doc if one.found else one.name for one in citations}), "document")
    inside = sum(one.found is not None for one in citations)
    return _(
        "{mentions} of {documents}, {inside:,} found in the corpus",
        mentions=mentions,
        documents=named,
        inside=inside,
    )
