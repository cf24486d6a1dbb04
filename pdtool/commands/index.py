"""``pdtool index``: documents kept on disk, repaired and fingerprinted, to compare others with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.option_groups import (
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
    check_manifest,
)
from pdtool.commands.session import Session, open_session
from pdtool.engine.index_name import SUFFIX, is_index
from pdtool.errors import Problem, UsageError
from pdtool.language import _, counted, joined, ngettext
from pdtool.output.target import Format

if TYPE_CHECKING:
    from pdtool.engine.updating import Updated, Working

__all__ = ["HELP", "Action", "index"]

HELP = """Keep documents in an index on disk, to compare others with them.

\b
Examples:
  pdtool index build archive/ -o corpus.duckdb   read documents, keep them
  pdtool dedupe new/ --against corpus.duckdb     compare others with them
  pdtool dedupe corpus.duckdb -o pairs.csv       and them with one another
  pdtool index add corpus.duckdb new/            add documents
  pdtool index remove corpus.duckdb new/a.txt    take some out
  pdtool index info corpus.duckdb                what it holds
  pdtool index verify corpus.duckdb              is it whole, and what of its
                                                 files changed or vanished

An index holds what pdtool makes of documents: their raw and folded texts, fingerprints, metadata and the
site furniture they share. The files themselves are not needed any more. add passes over files that are as
they were, and replaces those that are not. A table is the same, byte for byte, whether its documents come
from an index or are read.

It takes DuckDB: pip install duckdb. A run that is killed, or finds the disk full, leaves the index
as it was.
"""


class Action(StrEnum):
    """What is done with an index."""

    BUILD = "build"
    ADD = "add"
    REMOVE = "remove"
    INFO = "info"
    VERIFY = "verify"


def index(
    *,
    action: Annotated[
        Action,
        typer.Argument(metavar="ACTION", show_default=False, help="build, add, remove, info, verify."),
    ],
    paths: Paths,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Do something with an index; return the exit code."""
    from pdtool.engine.index_file import check_installed

    check_installed()
    if action is Action.BUILD:
        return _build(paths, table, inputs, run)
    path, *others = paths
    if not is_index(path):
        raise UsageError(_misnamed(path), f"pdtool index {action} corpus{SUFFIX}")
    if action in (Action.INFO, Action.VERIFY):
        return _show(action, path, others, table, inputs, run)
    return _change(action, path, others, table, inputs, run)


def _build(paths: Sequence[str], table: TableOptions, inputs: InputOptions, run: RunOptions) -> int:
    from pdtool.engine.indexing import build, refuse_existing

    if table.output is None:
        raise UsageError(_("an index is a file, which takes a name"), f"-o corpus{SUFFIX}")
    output = table.output
    if not is_index(str(output)):
        raise UsageError(_misnamed(str(output)), f"-o {output.with_suffix(SUFFIX)}")
    _refuse_format(table)
    check_manifest(run.manifest, output)
    refuse_existing(output)
    _check_paths(paths)
    options = {"action": Action.BUILD, **asdict(inputs)}
    with open_session("index", options, inputs.read_options(), run, output) as session:
        corpus = session.scan(paths)
        read = inputs.read_options()
        updated = _worked(session, corpus.sources, lambda working: build(output, corpus, read, working))
        problems = [*corpus.problems, *updated.problems]
        session.end_if_empty(range(updated.added), problems)
        session.finish(problems)
        session.reporter.summary(f"{_said(updated)} → {output}")
    return session.exit_code


def _change(
    action: Action,
    path: str,
    others: Sequence[str],
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    from pdtool.engine.indexing import add, remove

    _check_change(action, path, others, table, inputs)
    check_manifest(run.manifest, None)
    read = inputs.read_options()
    with open_session("index", {"action": action, **asdict(inputs)}, read, run, None) as session:
        session.take_file(path)
        problems: list[Problem] = []
        if action is Action.ADD:
            corpus = session.scan(others)
            problems += corpus.problems
            updated = _worked(session, corpus.sources, lambda working: add(Path(path), corpus, read, working))
        else:
            updated = _worked(session, (), lambda working: remove(Path(path), others, working))
        session.finish([*problems, *updated.problems])
        session.reporter.summary(_said(updated))
    return session.exit_code


def _check_change(
    action: Action, path: str, others: Sequence[str], table: TableOptions, inputs: InputOptions
) -> None:
    if not others:
        what = "PATHS" if action is Action.ADD else "IDS"
        raise UsageError(_("nothing is named beside the index"), f"pdtool index {action} {path} {what}")
    if table.output is not None:
        raise UsageError(_("-o belongs to index build, info and verify"), _("leave it out"))
    _refuse_format(table)
    if action is Action.ADD:
        _check_paths(others)
    else:
        _refuse_inputs(inputs)


def _worked(session: Session, sources: Sequence[Any], work: Callable[[Working], Updated]) -> Updated:
    """Do something that reads documents."""
    from pdtool.documents.cache import clear_document_cache
    from pdtool.documents.mapping import jobs_for
    from pdtool.engine.updating import Working
    from pdtool.reuse.scratch import scratch_folder
    from pdtool.workers import Workers

    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder())
        workers = stack.enter_context(Workers(jobs_for(sources, session.run.jobs)))
        stack.callback(clear_document_cache)
        return work(Working(workers, folder, stack.enter_context(session.progress())))


def _show(
    action: Action,
    path: str,
    others: Sequence[str],
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    from pdtool.engine.facts import facts_about
    from pdtool.engine.rows import IndexedFileRow, IndexFactRow
    from pdtool.reuse.scratch import scratch_folder

    if others:
        raise UsageError(_("only one index is looked at"), f"pdtool index {action} {path}")
    _refuse_inputs(inputs)
    target = table.target(run)
    with open_session("index", {"action": action}, inputs.read_options(), run, target.path) as session:
        session.take_file(path)
        with scratch_folder() as folder, session.progress() as progress:
            rows: Sequence[Any]
            if action is Action.INFO:
                rows = facts_about(Path(path), folder)
            else:
                from pdtool.engine.checking import verify

                rows = verify(Path(path), folder, progress)
        session.write_table(rows, IndexFactRow if action is Action.INFO else IndexedFileRow, target)
        session.finish([])
        if action is Action.VERIFY:
            session.reporter.summary(_verified(rows))
    return session.exit_code


def _check_paths(paths: Sequence[str]) -> None:
    """Refuse what cannot be put into an index."""
    for path in paths:
        if path == "-":
            what = _("standard input has no file that could be found again")
            raise UsageError(what, _("put it into a file"))
        if is_index(path):
            what = _("{path}: an index holds no other one", path=path)
            raise UsageError(what, _("name the files that it was built from"))


def _refuse_format(table: TableOptions) -> None:
    if table.table_format is not Format.AUTO or table.plain:
        raise UsageError(_("no table is written here"), _("leave out --format and --plain"))


def _refuse_inputs(inputs: InputOptions) -> None:
    if inputs != InputOptions():
        raise UsageError(_("no documents are read here"), _("leave out the options of inputs"))


def _misnamed(name: str) -> str:
    return _("{name}: the name of an index ends in {suffix}", name=name, suffix=SUFFIX)


def _said(updated: Updated) -> str:
    parts = [ngettext("{n} document added", "{n:,} documents added", updated.added)]
    if updated.removed:
        parts.append(ngettext("{n} removed", "{n:,} removed", updated.removed))
    if updated.repaired:
        parts.append(ngettext("{n} repaired again", "{n:,} repaired again", updated.repaired))
    return joined([*parts, _("{characters} read", characters=counted(updated.characters, "character"))])


def _verified(rows: Sequence[Any]) -> str:
    from collections import Counter

    counts = Counter(row.status for row in rows)
    told = [f"{status} {counts[status]:,}" for status in sorted(counts)]
    return joined([_("the index is whole"), counted(len(rows), "file"), *told])
