"""``pdtool dedupe --engine spark``: the same tables, of documents that a cluster reads and compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from pdtool.commands.dedupe_options import AuditOptions, ClusterOptions
from pdtool.commands.dedupe_output import summary_of, write_kept
from pdtool.commands.option_groups import GroupOptions, InputOptions, RunOptions
from pdtool.commands.session import open_session
from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.output.layout import View
from pdtool.output.target import Target

if TYPE_CHECKING:
    from pdtool.engine.cluster.comparison import By
    from pdtool.reuse.options import DedupeOptions

__all__ = ["dedupe_on_cluster"]

_TABLES = ("pair", "passage", "document")


def dedupe_on_cluster(
    paths: Sequence[str],
    by: str,
    wanted: DedupeOptions,
    cluster: ClusterOptions,
    others: tuple[AuditOptions, GroupOptions, InputOptions, RunOptions],
    target: Target,
    view: View,
    *,
    kept: bool,
    print0: bool,
    fail_on_match: bool,
) -> int:
    """Write which documents of a table are related; return the exit code.

    Args:
        paths: The table.
        by: What one row is.
        wanted: What decides the result.
        cluster: Where the work is done.
        others: The other options, some of which have no meaning there.
        target: Where the table goes.
        view: What matters most on a narrow terminal.
        kept: Whether what to keep is listed instead.
        print0: Whether each of these ends with NUL.
        fail_on_match: Whether the exit code is 1 if a related pair is found.

    Raises:
        UsageError: If an option has no meaning on a cluster.
        PdtoolError: If the cluster cannot do it.
    """
    from pdtool.engine.cluster.connection import check_remote
    from pdtool.engine.cluster.table_input import check_input

    audit, group, inputs, run = others
    _refuse(by, audit, group, inputs, run)
    name = check_input(list(paths))
    remote = check_remote(cluster.remote)
    options = {"by": by, "engine": cluster.engine, **asdict(wanted), **asdict(inputs)}
    del options["jobs"]
    with open_session("dedupe", options, inputs.read_options(), run, target.path) as session:
        from pdtool.engine.cluster.comparison import compare_on_cluster
        from pdtool.engine.cluster.connection import connected, telling
        from pdtool.engine.cluster.stage_folder import stage_folder

        with (
            connected(remote) as spark,
            telling(name),
            stage_folder(name, cluster.stages, session.note) as places,
        ):
            with session.progress() as progress:
                result = compare_on_cluster(
                    spark, places, inputs.read_options(), wanted, cast("By", by), progress
                )
            session.end_if_empty(range(result.documents), result.problems)
            if kept:
                write_kept(session, result.ids_to_keep(), target, print0)
            else:
                session.write_table(result.rows(), result.row_type, target, view)
        session.finish(result.problems)
        session.reporter.summary(
            summary_of(result.documents, result.characters, result.pairs, result.kept, is_list=kept)
        )
        if fail_on_match and result.pairs:
            session.exit_code = session.exit_code or 1
    return session.exit_code


def _refuse(by: str, audit: AuditOptions, group: GroupOptions, inputs: InputOptions, run: RunOptions) -> None:
    """Refuse options that have no meaning on a cluster.

    Raises:
        UsageError: If one is given.
    """
    given: Mapping[str, object] = {
        f"--by {by}": by not in _TABLES,
        "--against": audit.against,
        "--from-dates": audit.from_dates,
        "--exclude": audit.exclude,
        "--upstream": audit.upstream,
        "--within": audit.within,
        "--group-by": group.group_by,
        "--encoding": inputs.encoding,
        "--from-path": inputs.from_path,
        "--manifest": run.manifest,
    }
    for option, value in given.items():
        if value:
            raise UsageError(
                _("{option} is not done on a cluster", option=option),
                _("leave it out, or work on this machine: --engine local"),
            )
