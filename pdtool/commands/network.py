"""``pdtool network``: which terms stand together, how closely, and in which communities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.copies import CopyOptions
from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
    check_manifest,
)
from pdtool.commands.session import Session, open_session
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import WordOptions
from pdtool.errors import UsageError
from pdtool.interface.network_tables import By, FoundNetwork, NetworkOptions, find_network
from pdtool.language import _, counted, joined, listed
from pdtool.output.layout import View
from pdtool.output.messages import Level

if TYPE_CHECKING:
    from pdtool.network.coword import CowordNetwork
    from pdtool.network.export import Program
    from pdtool.network.units import Unit
    from pdtool.output.target import Target
    from pdtool.rows import Column

__all__ = ["HELP", "By", "CellChoice", "ExportChoice", "network"]

HELP = f"""Show which terms stand together: co-word analysis.

\b
Examples:
  pdtool network reports/                       the keywords, and what stands
                                                in one sentence
  pdtool network reports/ --by node             communities and centrality
  pdtool network reports/ --terms mine.txt      terms of your own
  pdtool network reports/ --unit document --matrix 1-ochiai -o spss.xlsx
  pdtool network reports/ -o words.gexf         for Gephi; also .graphml,
                                                .net (Pajek), .dl (UCINET)
  pdtool network reports/ --export vosviewer -o words.txt

{PATHS_HELP}

Two terms stand together as often as there are sentences (or what --unit says)
that hold both; how often either stands there does not count. Of terms inside
one another the longest is found. Terms are those of --terms, or the keywords
of the whole corpus.
"""

_NAMED = 10
"""Terms that do not occur that are named unless more is asked for."""


class CellChoice(StrEnum):
    """What the cells of the matrix hold."""

    TOGETHER = "together"
    OCHIAI = "ochiai"
    DISTANCE = "1-ochiai"


class ExportChoice(StrEnum):
    """The program or format a network is written for."""

    GEXF = "gexf"
    GRAPHML = "graphml"
    PAJEK = "pajek"
    UCINET = "ucinet"
    VOSVIEWER = "vosviewer"


VIEW = View(
    order=(
        *("term_a", "term_b", "term", "together", "count", "ochiai", "association", "community", "degree"),
        *("q", "npmi", "betweenness", "centrality", "density", "documents"),
    )
)
"""What matters most on a narrow terminal."""


def network(
    *,
    paths: Paths,
    terms: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The terms: a text file with one a line (* and ? are wildcards), or a theme dictionary "
            "(.yaml .csv .tsv .xlsx).",
        ),
    ] = None,
    unit: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="In what they stand together: sentence, paragraph, document, or window:N (N characters, "
            "punctuation apart; 2 to 200).",
        ),
    ] = "sentence",
    by: Annotated[By, typer.Option(help="What one row is: two terms, or a term.")] = By.EDGE,
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Take the N best keywords (100 if not given), or the N most frequent terms of --terms.",
            show_default=False,
        ),
    ] = None,
    min_together: Annotated[
        int, typer.Option(metavar="N", help="Leave out pairs that stand together less often.")
    ] = 1,
    nested: Annotated[
        bool, typer.Option("--nested", help="Count a term inside a longer one too, so that they go together.")
    ] = False,
    resolution: Annotated[
        float,
        typer.Option(metavar="NUMBER", help="Communities: above 1 more and smaller ones, below 1 fewer."),
    ] = 1.0,
    matrix: Annotated[
        CellChoice | None,
        typer.Option(
            help="A table of terms by terms instead: counts, Ochiai coefficients, or 1 minus these (SPSS).",
            show_default=False,
        ),
    ] = None,
    export: Annotated[
        ExportChoice | None,
        typer.Option(
            help="A file for another program instead; also by the name after -o. For VOSviewer two: "
            "-o words.txt writes words_map.txt and words_network.txt.",
            show_default=False,
        ),
    ] = None,
    words: WordOptions,
    synonyms: SynonymOptions,
    copies: CopyOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write the network; return the exit code."""
    from pdtool.network.units import parse_unit

    _check(by, matrix)
    parsed = parse_unit(unit)
    program = _program(export, table, by, matrix)
    outputs = _outputs(program, table, run)
    target = table.target(run) if program is None else None
    options = {
        "terms": terms,
        "unit": str(parsed),
        "by": by,
        "top": top,
        "min_together": min_together,
        "nested": nested,
        "resolution": resolution,
        "matrix": matrix,
        "export": program,
        **words.described(),
        "synonyms": None if synonyms.synonyms is None else str(synonyms.synonyms),
        **asdict(copies),
        **asdict(body),
        **asdict(inputs),
    }
    wanted = NetworkOptions(
        *(terms, parsed, top, min_together, nested, resolution),
        *(words.load(run.reporter()), synonyms.load(), copies.copies, body.with_references),
    )
    wanted.check()
    files = (terms, *words.files, synonyms.synonyms)
    with open_session("network", options, inputs.read_options(), run, None, files) as session:
        session.outputs = [*outputs, *session.outputs]
        corpus = session.scan(paths)
        found = find_network(session, corpus, wanted)
        if program is not None:
            _write_file(session, found.made, program, table)
            for file in outputs:
                session.wrote(file)
        else:
            assert target is not None
            _write_table(session, found.made, by, matrix, target)
        session.finish(found.problems)
        if terms is not None:
            _note_unused(session, found)
        session.reporter.summary(joined([found.reading.summary(), _size(found.made, parsed)]))
    return session.exit_code


def _check(by: By, matrix: CellChoice | None) -> None:
    if matrix is not None and by is By.NODE:
        raise UsageError(
            _("--matrix has a row and a column a term, and --by node a row"), _("leave out one of them")
        )


def _program(
    export: ExportChoice | None, table: TableOptions, by: By, matrix: CellChoice | None
) -> Program | None:
    """Return the program that a file is written for; ``None`` where a table is."""
    from pdtool.network.export import SUFFIXES, Program
    from pdtool.output.target import Format

    named = None if table.output is None else SUFFIXES.get(table.output.suffix.lower())
    if export is None and (named is None or table.table_format is not Format.AUTO):
        return None
    program = named if export is None else Program(export.value)
    if by is By.NODE or matrix is not None:
        raise UsageError(
            _("a file for {program} holds the whole network, and --by and --matrix a part", program=program),
            _("leave them out, or name a table after -o, such as words.csv"),
        )
    if export is not None and table.table_format is not Format.AUTO:
        raise UsageError(_("--export and --format contradict each other"), _("leave out one of them"))
    if program is Program.VOSVIEWER and (table.output is None or str(table.output) == "-"):
        raise UsageError(
            _("VOSviewer takes two files"), _("-o words.txt writes words_map.txt and words_network.txt")
        )
    return program


def _outputs(program: Program | None, table: TableOptions, run: RunOptions) -> list[Path]:
    """Return the files to be written but the manifest; refuse now what could not be written later."""
    from pdtool.network.export import files_of
    from pdtool.output.sink import check_writable

    path = _path(table)
    if path is None or program is None:
        return [] if path is None else [path]
    files = [file for file in files_of(program, path) if file is not None]
    for file in files:
        check_writable(file)
        check_manifest(run.manifest, file)
    return files


def _path(table: TableOptions) -> Path | None:
    return None if table.output is None or str(table.output) == "-" else table.output


def _write_table(
    session: Session, made: CowordNetwork, by: By, matrix: CellChoice | None, target: Target
) -> None:
    from pdtool.network.coword import Cells, matrix_columns
    from pdtool.network.rows import EdgeRow, NodeRow

    rows: Iterator[Any]
    row_type: type | tuple[Column, ...]
    if matrix is not None:
        cells = Cells(matrix.value)
        row_type, rows = matrix_columns(made.matrix(cells), cells)
    elif by is By.NODE:
        row_type, rows = NodeRow, made.node_rows()
    else:
        row_type, rows = EdgeRow, made.edge_rows()
    session.write_table(rows, row_type, target, VIEW)


def _write_file(session: Session, made: CowordNetwork, program: Program, table: TableOptions) -> None:
    from pdtool.network.export import Program, write_network

    write_network(made, program, _path(table), table.plain)
    alone = int((made.nodes.degree == 0).sum()) if program is Program.VOSVIEWER else 0
    if alone:
        session.reporter.note(_("{counted} without an edge not in the map", counted=counted(alone, "term")))


def _note_unused(session: Session, found: FoundNetwork) -> None:
    """Name the terms that occur in no document, once."""
    unused, names = found.unused(), found.names
    if unused:
        shown = len(unused) if session.reporter.level is Level.VERBOSE else _NAMED
        more = _(" and {n:,} more (-v names all)", n=len(unused) - shown) if len(unused) > shown else ""
        session.reporter.note(
            _(
                "{n:,} of {total:,} terms occur in no document: {names}{more}",
                n=len(unused),
                total=len(names),
                names=listed(unused[:shown]),
                more=more,
            )
        )


def _size(made: CowordNetwork, unit: Unit) -> str:
    units = counted(made.found.units, unit.kind.value)
    terms, edges = counted(len(made.found.terms), "term"), counted(len(made.edges), "edge")
    return _("{units}, {terms}, {edges}", units=units, terms=terms, edges=edges)
