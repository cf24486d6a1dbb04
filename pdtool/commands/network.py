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
from pdtool.commands.session import Reading, Session, open_session
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import WordOptions
from pdtool.errors import Problem, UsageError
from pdtool.interface.copies_once import dropped_copies, without
from pdtool.output.layout import View
from pdtool.output.messages import Level, counted

if TYPE_CHECKING:
    from pdtool.cooccurrence.bins import TermBins
    from pdtool.corpus.scan import Corpus
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
_KEYWORDS = 100
"""Keywords of the corpus that are taken unless --top says otherwise: what a picture can show."""


class By(StrEnum):
    """What one row of the table is."""

    EDGE = "edge"
    NODE = "node"


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
            "punctuation apart).",
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
    from pdtool.cooccurrence.totals import add_up
    from pdtool.network.coword import CowordNetwork
    from pdtool.network.finding import BinFinder
    from pdtool.network.units import UnitKind, parse_unit
    from pdtool.terms.term_list import distinct_terms

    _check(by, matrix, top, min_together, resolution)
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
    files = (terms, *words.files, synonyms.synonyms)
    with open_session("network", options, inputs.read_options(), run, None, files) as session:
        session.outputs = [*outputs, *session.outputs]
        corpus = session.scan(paths)
        listed, problems = _terms(session, corpus, terms, top or _KEYWORDS, words, body)
        alike = synonyms.load()
        names = distinct_terms(listed, alike)
        finder = BinFinder("\n".join(names), parsed, nested, alike, body.with_references)
        finder.check()
        reading = session.read(corpus, finder)
        reading = without(reading, dropped_copies(session, corpus, copies.copies))
        found = add_up(names, reading.results, top if terms is not None else None)
        made = CowordNetwork(found, parsed.kind is not UnitKind.WINDOW, min_together, resolution)
        if program is not None:
            _write_file(made, program, table)
        else:
            assert target is not None
            _write_table(session, made, by, matrix, target)
        session.finish([*problems, *reading.problems])
        if terms is not None:
            _note_unused(session, reading, names)
        session.reporter.summary(f"{reading.summary()}; {_size(made, parsed)}")
    return session.exit_code


def _check(by: By, matrix: CellChoice | None, top: int | None, min_together: int, resolution: float) -> None:
    if top is not None and top < 1:
        raise UsageError(f"cannot take {top} terms", "use --top 100")
    if min_together < 1:
        raise UsageError(f"terms stand together at least once, not {min_together} times", "--min-together 2")
    if not 0 < resolution <= 1000:
        raise UsageError(f"a resolution is a number above 0, not {resolution}", "use --resolution 1")
    if matrix is not None and by is By.NODE:
        raise UsageError(
            "--matrix has a row and a column a term, and --by node a row", "leave out one of them"
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
            f"a file for {program} holds the whole network, and --by and --matrix a part",
            "leave them out, or name a table after -o, such as words.csv",
        )
    if export is not None and table.table_format is not Format.AUTO:
        raise UsageError("--export and --format contradict each other", "leave out one of them")
    if program is Program.VOSVIEWER and (table.output is None or str(table.output) == "-"):
        raise UsageError(
            "VOSviewer takes two files", "-o words.txt writes words_map.txt and words_network.txt"
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


def _terms(
    session: Session, corpus: Corpus, file: str | None, top: int, words: WordOptions, body: BodyOptions
) -> tuple[list[str], list[Problem]]:
    """Return what is searched for: the user's terms, or the keywords of the corpus."""
    from pdtool.terms.rules import is_rule
    from pdtool.terms.term_list import load_terms

    terms, stop_words = words.load(session.reporter)
    if file is not None:
        return load_terms(file)
    from pdtool.keywords.proposals import OF_EACH, best_shares, corpus_shares
    from pdtool.keywords.tasks import Propose, RankerSettings

    settings = RankerSettings.of("phrase", "rjieba", terms, stop_words)
    proposals = session.read(corpus, Propose(settings, OF_EACH, body.with_references)).results
    shares = best_shares(corpus_shares(proposals), top, nested=True)
    # A phrase of a text is never a rule, whatever Latin words it holds.
    return [phrase for phrase, _ in shares if not is_rule(phrase)], []


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


def _write_file(made: CowordNetwork, program: Program, table: TableOptions) -> None:
    from pdtool.network.export import write_network

    write_network(made, program, _path(table), table.plain)


def _note_unused(session: Session, reading: Reading[TermBins], names: list[str]) -> None:
    """Name the terms that occur in no document, once."""
    import numpy as np

    held = np.unique(np.frombuffer(b"".join(one.terms for one in reading.results), np.int32))
    unused = [names[number] for number in np.setdiff1d(np.arange(len(names)), held).tolist()]
    if unused:
        shown = len(unused) if session.reporter.level is Level.VERBOSE else _NAMED
        more = f" and {len(unused) - shown:,} more (-v names all)" if len(unused) > shown else ""
        session.reporter.note(
            f"{len(unused):,} of {len(names):,} terms occur in no document: {'; '.join(unused[:shown])}{more}"
        )


def _size(made: CowordNetwork, unit: Unit) -> str:
    units = counted(made.found.units, unit.kind.value)
    return f"{units}, {counted(len(made.found.terms), 'term')}, {counted(len(made.edges), 'edge')}"
