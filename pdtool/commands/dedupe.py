"""``pdtool dedupe``: which documents are copies, parts or mixtures of which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from pdtool.commands.dedupe_options import AuditOptions, ClusterOptions, ComparisonOptions
from pdtool.commands.dedupe_output import summary_of, write_kept
from pdtool.commands.option_groups import (
    PATHS_HELP,
    GroupOptions,
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
    output_target,
)
from pdtool.commands.session import Session, open_session
from pdtool.engine.index_name import is_index
from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.output.layout import View
from pdtool.output.target import Format, Target
from pdtool.workers import started_early

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus
    from pdtool.documents.grouping import Group
    from pdtool.reuse.dedupe import By as FoundBy
    from pdtool.reuse.dedupe import DedupeResult
    from pdtool.reuse.options import Within

__all__ = ["HELP", "By", "dedupe"]

HELP = f"""Find copies, parts and mixtures of documents, and which to keep.

\b
Examples:
  pdtool dedupe reports/                      a table of related pairs
  pdtool dedupe reports/ -o pairs.xlsx        the same for Excel
  pdtool dedupe reports/ --by passage         where exactly they agree
  pdtool dedupe reports/ --by variant         what differs: figures, names, …
  pdtool dedupe reports/ --kept -o keep.txt   which files to keep
  pdtool dedupe news.csv --text-column 正文   one document per row
  pdtool dedupe new/ --against archive/       new documents with known ones
  pdtool dedupe new/ --against corpus.duckdb  the same with an index on disk
  pdtool dedupe hdfs://…/laws.parquet --engine spark --remote sc://HOST:15002
                                              on a cluster
  pdtool dedupe plans/ --by group --group-by issuer
                                              how many copies each issuer has
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
    GROUP = "group"


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
    By.GROUP: View(order=("documents", "drop", "share_dropped", "dropped_for_others", "pairs_between")),
}
"""What matters most on a narrow terminal."""
_JOINED = "; "
"""What stands between the values of a group in its name."""
_FOLDER = ("folder",)
"""What --by group groups by where nothing is said."""


def dedupe(
    *,
    paths: Paths,
    by: Annotated[By, typer.Option(help="What one row is.")] = By.PAIR,
    comparison: ComparisonOptions,
    audit: AuditOptions,
    group: GroupOptions,
    cluster: ClusterOptions,
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
    from pdtool.reuse.options import DedupeOptions

    wanted = DedupeOptions(
        **asdict(comparison),
        jobs=run.jobs,
        exclude=audit.excluded(),
        from_dates=audit.from_dates,
        within=audit.within,
    )
    target = _target(table, run, kept, print0)
    if cluster.is_cluster:
        from pdtool.commands.dedupe_cluster import dedupe_on_cluster

        others = audit, group, inputs, run
        asked_for = {"kept": kept, "print0": print0, "fail_on_match": fail_on_match}
        return dedupe_on_cluster(paths, by.value, wanted, cluster, others, target, VIEWS[by], **asked_for)
    fields = _fields(by, group, audit.within)
    options = {"by": by, "against": audit.known_paths, "upstream": audit.superior_paths}
    options |= {**asdict(wanted), **asdict(inputs), "exclude": sorted(wanted.exclude)}
    options["group_by"] = list(fields)
    del options["jobs"]
    with (
        started_early(run.jobs, _read_whole(paths, audit), "pdtool.reuse.warm_up") as workers,
        open_session("dedupe", options, group.reading(inputs.read_options()), run, target.path) as session,
    ):
        from pdtool.commands.compared import Sides, compared
        from pdtool.reuse.dedupe import dedupe as find

        sides = Sides(paths, audit.known_paths, audit.superior_paths)
        with (
            compared(session, sides, read_again=bool(wanted.exclude or fields)) as asked,
            session.progress() as progress,
        ):
            corpus = asked.corpus
            group.check(corpus)
            groups = _groups(session, corpus, fields)
            named = {doc: _JOINED.join(values) for doc, values in groups.items()} if group.fields() else {}
            shown = cast("FoundBy", "pair" if by is By.GROUP else by.value)
            known, superior, archive = asked.known, asked.superior, asked.archive
            result = find(corpus, wanted, shown, progress, workers, known, superior, named, archive)
        problems = [*corpus.problems, *result.problems]
        session.end_if_empty(result.documents, problems)
        if kept:
            names = (source.id if source.row is not None else source.name for source in result.kept)
            write_kept(session, names, target, print0)
        elif by is By.GROUP:
            _write_groups(session, result, fields, groups, target)
        else:
            _write_table(session, result, by, target)
        session.finish(problems)
        session.note_without_value(fields, groups.values())
        session.reporter.summary(
            summary_of(
                len(result.documents),
                result.characters,
                len(result.pairs),
                len(result.kept),
                is_list=kept,
            )
        )
        if fail_on_match and result.pairs:
            session.exit_code = session.exit_code or 1
    return session.exit_code


def _read_whole(paths: Sequence[str], audit: AuditOptions) -> list[str]:
    """Return the paths but for indexes that new documents are compared with."""
    known = [path for path in audit.known_paths if not is_index(path)]
    return [*paths, *known, *audit.superior_paths]


def _fields(by: By, group: GroupOptions, within: Within | None) -> tuple[str, ...]:
    """Return what documents are grouped by; nothing if that decides nothing.

    Raises:
        UsageError: If groups are named, and nothing asks for them.
    """
    fields = group.fields()
    if fields and within is None and by is not By.GROUP:
        raise UsageError(
            _("--group-by says which groups --within and --by group mean"),
            _("add --within none, or --by group"),
        )
    return fields or (_FOLDER if by is By.GROUP else ())


def _groups(session: Session, corpus: Corpus, fields: tuple[str, ...]) -> dict[str, Group]:
    """Return the group of each document that can be read, by its id."""
    from pdtool.documents.grouping import GroupOnly

    if not fields:
        return {}
    reading = session.map(corpus, GroupOnly(fields))
    return {source.id: group for source, group in zip(reading.sources, reading.results, strict=True)}


def _write_groups(
    session: Session,
    result: DedupeResult,
    fields: tuple[str, ...],
    groups: Mapping[str, Group],
    target: Target,
) -> None:
    from pdtool.reuse.group_summary import GroupSummaryRow, group_rows
    from pdtool.rows import columns

    rows = group_rows(result.documents, result.pairs, groups)
    view = VIEWS[By.GROUP]
    session.write_table(
        rows, columns(GroupSummaryRow, fields), target, replace(view, order=(*fields, *view.order))
    )


def _target(table: TableOptions, run: RunOptions, kept: bool, print0: bool) -> Target:
    """Return where the table goes, or the list of paths to keep."""
    if print0 and not kept:
        raise UsageError(_("--print0 belongs to --kept"), _("add --kept"))
    if not kept:
        return table.target(run)
    if table.table_format is not Format.AUTO:
        raise UsageError(_("--kept prints paths, not a table"), _("add --format auto, or use --by document"))
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
