"""``pdtool dedupe``: which documents are copies, parts or mixtures of which."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.option_groups import (
    PATHS_HELP,
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
    output_target,
)
from pdtool.commands.session import Session, open_session
from pdtool.errors import InputError, UsageError
from pdtool.output.escaping import visible
from pdtool.output.layout import View
from pdtool.output.messages import counted
from pdtool.output.target import Format, Target
from pdtool.reuse.options import Exclusion, Keep, Within

if TYPE_CHECKING:
    from pdtool.corpus.source import Source
    from pdtool.reuse.dedupe import DedupeResult

__all__ = ["HELP", "By", "dedupe"]

HELP = f"""Find copies, parts and mixtures of documents, and which to keep.

\b
Examples:
  pdtool dedupe reports/                      a table of related pairs
  pdtool dedupe reports/ -o pairs.xlsx        the same for Excel
  pdtool dedupe reports/ --by passage         where exactly they agree
  pdtool dedupe reports/ --by variant         what differs: figures, names, …
  pdtool dedupe reports/ --kept > keep.txt    which files to keep
  pdtool dedupe news.csv --text-column 正文   one document per row
  pdtool dedupe new/ --against archive/       new documents with known ones
  pdtool dedupe plans/ --from-dates --exclude quotations,titles
                       --upstream central/    who took what from whom
  pdtool dedupe laws/ --by passage --threshold 0 --min-passage 100
                                              copied passages, however small

{PATHS_HELP}

Text is repaired before it is compared: Traditional and Simplified, pinyin in brackets, page numbers and
site furniture make no difference; nothing is changed on disk.

\b
Relations (containment: the share of a document found in the other):
  identical  the same characters
  same       at least 80 % of each is in the other
  contained  at least 80 % of the smaller is in the larger
  overlap    at least --threshold of the smaller is in the larger;
             never a reason to drop a document
"""


class By(StrEnum):
    """What one row of the table is."""

    PAIR = "pair"
    PASSAGE = "passage"
    VARIANT = "variant"
    DOCUMENT = "document"


VIEWS = {
    By.PAIR: View(
        order=(
            *("doc_a", "doc_b", "relation", "containment_a", "containment_b", "kind", "keep", "reason"),
            *("date_a", "date_b", "earlier", "lag_days", "ratio_total", "ratio_without_quotations"),
            *("ratio_without_upstream", "largest_single_source", "jaccard", "longest_passage"),
            *("passages", "matched_chars", "cluster"),
        ),
        wrapped=frozenset({"reason"}),
    ),
    By.PASSAGE: View(order=("doc_a", "doc_b", "text_a", "text_b", "passage", "chars", "similarity")),
    By.VARIANT: View(order=("before", "after", "count", "class", "doc_a", "doc_b")),
    By.DOCUMENT: View(
        order=("doc", "role", "keep", "relation", "containment", "reason", "cluster"),
        wrapped=frozenset({"reason"}),
    ),
}
"""What matters most on a narrow terminal."""


def dedupe(
    *,
    paths: Paths,
    by: Annotated[By, typer.Option(help="What one row is.")] = By.PAIR,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATHS",
            help="Known documents: only pairs of one of PATHS and one of these; may be given again.",
        ),
    ] = None,
    threshold: Annotated[
        float, typer.Option(metavar="SHARE", help="List a pair from this containment on, 0 to 1.")
    ] = 0.5,
    min_passage: Annotated[
        int, typer.Option(metavar="CHARS", help="Ignore agreeing passages that are shorter; at least 5.")
    ] = 30,
    common: Annotated[
        int,
        typer.Option(
            metavar="DOCS",
            help="With --threshold below 0.5: what more documents than this share is standard wording, "
            "not reuse (copies excepted); 0 counts it too.",
        ),
    ] = 8,
    all_pairs: Annotated[
        bool, typer.Option("--all-pairs", help="List every pair of clusters of more than 50 documents too.")
    ] = False,
    keep: Annotated[
        Keep,
        typer.Option(
            help="Which of a cluster to keep; best: the later version, the better reading, the longest."
        ),
    ] = Keep.BEST,
    from_dates: Annotated[
        bool,
        typer.Option(
            "--from-dates",
            help="Tell who is earlier by the dates that the documents state, where that is sure.",
        ),
    ] = False,
    exclude: Annotated[
        str | None,
        typer.Option(
            metavar="PARTS",
            help="Do not count these parts of the documents: quotations, references, titles, signatures, "
            "with commas between them.",
        ),
    ] = None,
    upstream: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATHS",
            help="Superior documents: what stands in them does not count; may be given again.",
        ),
    ] = None,
    within: Annotated[
        Within | None,
        typer.Option(
            help="Documents of one folder (or table): none: they are not compared with each other; "
            "group: only they are, and with --against the new ones of one folder too."
        ),
    ] = None,
    kept: Annotated[
        bool, typer.Option("--kept", help="Print the paths to keep, one per line, instead of a table.")
    ] = False,
    print0: Annotated[bool, typer.Option("--print0", help="With --kept: end each path with NUL.")] = False,
    fail_on_match: Annotated[
        bool, typer.Option("--fail-on-match", help="Exit with code 1 if a related pair is found.")
    ] = False,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write which documents are related; return the exit code."""
    from pdtool.reuse.dedupe import dedupe as find
    from pdtool.reuse.options import DedupeOptions
    from pdtool.workers import Workers, are_large

    wanted = DedupeOptions(
        *(threshold, min_passage, common, all_pairs, keep, run.jobs),
        exclude=_exclusions(exclude),
        from_dates=from_dates,
        within=within,
    )
    target = _target(table, run, kept, print0)
    every = [*paths, *(against or []), *(upstream or [])]
    options = {"by": by, "against": against or [], "upstream": upstream or []}
    options |= {**asdict(wanted), **asdict(inputs), "exclude": sorted(wanted.exclude)}
    del options["jobs"]
    with (
        Workers(run.jobs) if are_large(every) else nullcontext() as workers,
        open_session("dedupe", options, inputs.read_options(), run, target.path) as session,
    ):
        if workers is not None:
            # They load their libraries while this process loads its own and divides tables into rows.
            workers.start("pdtool.reuse.document_table", "get_ready")
        corpus = session.scan(every)
        superior = _named(corpus.sources, [], upstream or [], "--upstream")
        known = _named(corpus.sources, paths, against or [], "--against")
        with session.progress() as progress:
            result = find(corpus, wanted, by.value, progress, workers, known, superior)
        problems = [*corpus.problems, *result.problems]
        session.end_if_empty(result.documents, problems)
        if kept:
            _write_kept(session, result.kept, target, print0)
        else:
            _write_table(session, result, by, target)
        session.finish(problems)
        session.reporter.summary(_summary(result, kept))
        if fail_on_match and result.pairs:
            session.exit_code = session.exit_code or 1
    return session.exit_code


def _exclusions(parts: str | None) -> frozenset[Exclusion]:
    """Return what does not count, of a list with commas.

    Raises:
        UsageError: If there is no such part.
    """
    named = [name.strip() for name in (parts or "").replace("，", ",").split(",")]
    known = [one.value for one in Exclusion]
    for name in filter(None, named):
        if name not in known:
            raise UsageError(f"--exclude {name}: there is no such part", f"name some of {','.join(known)}")
    return frozenset(Exclusion(name) for name in named if name)


def _named(
    sources: Sequence[Source], new: Sequence[str], known: Sequence[str], option: str
) -> frozenset[str]:
    """Return the ids of the documents that an option names.

    Args:
        sources: All documents.
        new: Paths of others; a document that both name is one of these: it is new, and looked at.
        known: The paths that the option names.
        option: The option.

    Raises:
        InputError: If it names no document.
    """
    if not known:
        return frozenset()
    from pdtool.corpus.find import find

    real = {file.real for file in find(known).files} - {
        file.real for file in find([path for path in new if path != "-"]).files
    }
    # A file in an archive lies elsewhere, but its name begins with the archive's.
    named = {(source.path, source.name) for source in sources}
    places = {
        (path, name): {os.path.realpath(path), *map(str, Path(os.path.realpath(name)).parents)}
        for path, name in named
    }
    named_known = {pair for pair, found in places.items() if not real.isdisjoint(found)}
    ids = frozenset(source.id for source in sources if (source.path, source.name) in named_known)
    if not ids:
        raise InputError("there is nothing to compare with", f"name files or folders after {option}")
    return ids


def _target(table: TableOptions, run: RunOptions, kept: bool, print0: bool) -> Target:
    """Return where the table goes, or the list of paths to keep."""
    if print0 and not kept:
        raise UsageError("--print0 belongs to --kept", "add --kept")
    if not kept:
        return table.target(run)
    if table.table_format is not Format.AUTO:
        raise UsageError("--kept prints paths, not a table", "add --format auto, or use --by document")
    # Any format but AUTO: a list of paths may have any name.
    return output_target(Format.CSV, table.output, table.plain, run.manifest)


def _write_table(session: Session, result: DedupeResult, by: By, target: Target) -> None:
    from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow, VariantRow

    tables: dict[By, tuple[Sequence[Any], type]] = {
        By.PAIR: (result.pairs, PairRow),
        By.PASSAGE: (result.passages, PassageRow),
        By.VARIANT: (result.variants, VariantRow),
        By.DOCUMENT: (result.documents, DocumentRow),
    }
    rows, row_type = tables[by]
    session.write_table(rows, row_type, target, VIEWS[by])


def _write_kept(session: Session, kept: Sequence[Source], target: Target, print0: bool) -> None:
    """Print the paths to keep: the very bytes of the path, so that other programs find the file."""
    from pdtool.output.sink import open_output

    names = [source.id if source.row is not None else source.name for source in kept]
    end = b"\0" if print0 else b"\n"
    on_terminal = target.room is not None
    with open_output(target.path) as out:
        for name in names:
            out.write((visible(name).encode() if on_terminal else os.fsencode(name)) + end)
    session.wrote(target.path, len(names))
    if not print0 and any("\n" in name for name in names):
        session.reporter.warn("a path to keep holds a line break; --print0 separates paths safely")


def _summary(result: DedupeResult, kept: bool) -> str:
    found = counted(len(result.pairs), "related pair")
    read = f"{counted(len(result.documents), 'document')}, {counted(result.characters, 'character')}"
    hint = " (--kept lists them)" if result.pairs and not kept else ""
    return f"{read}; {found}; keep {len(result.kept):,}{hint}"
