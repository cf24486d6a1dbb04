"""``pdtool compare``: how alike documents are, and on what words."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
)
from pdtool.commands.session import Session, open_session
from pdtool.errors import UsageError
from pdtool.interface.similarity_tables import (
    Compared,
    compare_documents,
    note_limit,
    refuse_standard_input_twice,
)
from pdtool.output.layout import View
from pdtool.output.messages import counted

if TYPE_CHECKING:
    from pdtool.output.target import Target
    from pdtool.similarity.compare import CompareOptions, Similarities

__all__ = ["HELP", "FeatureKind", "compare"]

HELP = f"""Show how alike documents are, and on what words.

\b
Examples:
  pdtool compare reports/                       every pair, most alike first
  pdtool compare reports/ --nearest 3           the three closest to each
  pdtool compare new.txt --against archive/     a new one and what it is like
  pdtool compare reports/ --matrix -o sim.xlsx  documents by documents
  pdtool compare news.csv --text-column 正文    one document per row

{PATHS_HELP}

The similarity is the cosine of TF-IDF vectors: 0 no common word, 1 the same words. It shows what is about
the same things, in whatever order and length; pdtool dedupe shows what was copied. Title, authors, declared
keywords and references are not compared, the abstract is.

Up to 200 documents every pair is listed, beyond that the 10 nearest of each.
"""

VIEW = View(order=("doc_a", "doc_b", "similarity", "shared_terms"), wrapped=frozenset({"shared_terms"}))
"""What matters most on a narrow terminal."""


class FeatureKind(StrEnum):
    """What documents are compared by."""

    WORDS = "words"
    CHARS = "chars"


def compare(
    *,
    paths: Paths,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CORPUS", help="Compare with these documents, not with one another. Repeatable."
        ),
    ] = None,
    features: Annotated[
        FeatureKind, typer.Option(help="Compare by words, or by characters and pairs of them.")
    ] = FeatureKind.WORDS,
    nearest: Annotated[
        int | None, typer.Option(metavar="K", help="List the K nearest of each document.", show_default=False)
    ] = None,
    min_similarity: Annotated[
        float, typer.Option(metavar="NUMBER", help="List no pair below this, 0 to 1.")
    ] = 0.0,
    top_terms: Annotated[
        int, typer.Option(metavar="N", help="Name the N terms that make a pair alike; 0 names none.")
    ] = 10,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="A table of documents by documents instead of one row per pair.")
    ] = False,
    body: BodyOptions,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write how alike documents are; return the exit code."""
    from pdtool.similarity.compare import CompareOptions
    from pdtool.similarity.features import FeatureCounter, Features
    from pdtool.workers import processors

    wanted = CompareOptions(nearest, min_similarity, top_terms, run.jobs or processors())
    target = table.target(run)
    reference = against or []
    _check(matrix, wanted)
    refuse_standard_input_twice(paths, reference)
    counter = FeatureCounter(Features(features.value), body.with_references)
    options = {
        "against": reference,
        "features": features,
        "matrix": matrix,
        **{name: value for name, value in asdict(wanted).items() if name != "jobs"},
        **asdict(body),
        **asdict(inputs),
    }
    with open_session("compare", options, inputs.read_options(), run, target.path) as session:
        found = compare_documents(session, session.scan(paths), reference, counter)
        _write_table(session, found.similarities, wanted, matrix, target)
        session.finish(found.problems)
        if not matrix and nearest is None:
            note_limit(session, found.similarities.listed_nearest(wanted))
        session.reporter.summary(_summary(found))
    return session.exit_code


def _check(matrix: bool, wanted: CompareOptions) -> None:
    """Refuse options that contradict each other."""
    if matrix and (wanted.nearest is not None or wanted.min_similarity > 0):
        raise UsageError(
            "--matrix holds every pair; --nearest and --min-similarity choose among pairs",
            "leave out one of them",
        )


def _write_table(
    session: Session, similarities: Similarities, wanted: CompareOptions, matrix: bool, target: Target
) -> None:
    from pdtool.similarity.compare import matrix_table
    from pdtool.similarity.rows import SimilarityRow

    if matrix:
        header, rows = matrix_table(similarities.matrix())
        session.write_table(rows, header, target)
    else:
        session.write_table(similarities.rows(wanted), SimilarityRow, target, VIEW)


def _summary(found: Compared) -> str:
    reading, old = found.reading, found.old
    if old is not None:
        read = f"{counted(len(reading.sources), 'document')} compared with {len(old.sources):,}"
        return f"{read}; {counted(reading.characters + old.characters, 'character')}"
    return reading.summary() + ("; it takes two to compare" if len(reading.sources) == 1 else "")
