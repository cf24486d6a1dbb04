"""``pdtool compare``: how alike documents are, and on what words."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    GroupOptions,
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
)
from pdtool.commands.session import open_session
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import UserDictOptions
from pdtool.errors import UsageError
from pdtool.interface.similarity_tables import (
    Compared,
    compare_documents,
    feature_counter,
    note_limit,
    refuse_standard_input_twice,
    similarity_columns,
    similarity_matrix,
)
from pdtool.language import _, counted, joined
from pdtool.output.layout import View
from pdtool.workers import processors, started_early

if TYPE_CHECKING:
    from pdtool.similarity.compare import CompareOptions

__all__ = ["HELP", "FeatureKind", "compare"]

HELP = f"""Show how alike documents are, and on what words.

\b
Examples:
  pdtool compare reports/                       every pair, most alike first
  pdtool compare reports/ --nearest 3           the three closest to each
  pdtool compare new.txt --against archive/     a new one and what it is like
  pdtool compare reports/ --matrix -o sim.xlsx  documents by documents
  pdtool compare news.csv --text-column 正文    one document per row
  pdtool compare plans/ --group-by issuer       issuers, each as one text

{PATHS_HELP}

The similarity is the cosine of TF-IDF vectors: 0 no common word, 1 the same words. It shows what is about
the same things, in whatever order and length; pdtool dedupe shows what was copied. Title, authors, declared
keywords and references are not compared, the abstract is.

Up to 200 documents every pair is listed, beyond that the 10 nearest of each.
"""

VIEW = View(
    order=("doc_a", "doc_b", "group_a", "group_b", "similarity", "shared_terms"),
    wrapped=frozenset({"shared_terms"}),
)
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
    group: GroupOptions,
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
    words: UserDictOptions,
    synonyms: SynonymOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write how alike documents are; return the exit code."""
    from pdtool.similarity.compare import CompareOptions

    wanted = CompareOptions(nearest, min_similarity, top_terms, run.jobs or processors())
    target = table.target(run)
    reference = against or []
    _check(matrix, wanted)
    refuse_standard_input_twice(paths, reference)
    fields = group.fields()
    options = {
        "against": reference,
        "group_by": list(fields),
        "features": features,
        "matrix": matrix,
        "userdict": None if words.userdict is None else str(words.userdict),
        "synonyms": None if synonyms.synonyms is None else str(synonyms.synonyms),
        **{name: value for name, value in asdict(wanted).items() if name != "jobs"},
        **asdict(body),
        **asdict(inputs),
    }
    read_options, files = group.reading(inputs.read_options()), (words.userdict, synonyms.synonyms)
    with started_early(run.jobs, paths, "pdtool.similarity.features") as early:
        from pdtool.similarity.features import Features

        terms, alike = words.load_terms(run.reporter()), synonyms.load()
        counter = feature_counter(Features(features.value), body.with_references, terms, alike)
        with open_session("compare", options, read_options, run, target.path, files, early) as session:
            corpus = session.scan(paths)
            group.check(corpus)
            found = compare_documents(session, corpus, reference, counter, fields)
            if matrix:
                header, cells = similarity_matrix(found.similarities, fields)
                session.write_table(cells, header, target)
            else:
                rows = found.similarities.rows(wanted)
                session.write_table(rows, similarity_columns(fields), target, VIEW)
            session.finish(found.problems)
            session.note_without_value(fields, found.groups)
            if not matrix and nearest is None:
                note_limit(session, found.similarities.listed_nearest(wanted))
            session.reporter.summary(_summary(found))
    return session.exit_code


def _check(matrix: bool, wanted: CompareOptions) -> None:
    """Refuse options that contradict each other."""
    if matrix and (wanted.nearest is not None or wanted.min_similarity > 0):
        raise UsageError(
            _("--matrix holds every pair; --nearest and --min-similarity choose among pairs"),
            _("leave out one of them"),
        )


def _summary(found: Compared) -> str:
    reading, old = found.reading, found.old
    if old is not None:
        read = _(
            "{documents} compared with {number:,}",
            documents=counted(len(reading.sources), "document"),
            number=len(old.sources),
        )
        return joined([read, counted(reading.characters + old.characters, "character")])
    return joined([reading.summary(), _("it takes two to compare") if len(reading.sources) == 1 else ""])
