"""The options of ``pdtool dedupe``: what counts as related, and what does not count in an audit."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.engine.index_name import is_index
from pdtool.errors import InputError, UsageError
from pdtool.language import _
from pdtool.reuse.options import Exclusion, Keep, Within

if TYPE_CHECKING:
    from pdtool.corpus.source import Source

__all__ = ["AuditOptions", "ClusterOptions", "ComparisonOptions", "Engine"]


@dataclass(frozen=True, slots=True)
class ComparisonOptions:
    """When two documents are related, and which is kept; the fields of ``DedupeOptions`` of these names."""

    threshold: Annotated[
        float, typer.Option(metavar="SHARE", help="List a pair from this containment on, 0 to 1.")
    ] = 0.5
    min_passage: Annotated[
        int, typer.Option(metavar="CHARS", help="Ignore agreeing passages that are shorter; at least 5.")
    ] = 30
    common: Annotated[
        int,
        typer.Option(
            metavar="DOCS",
            help="With --threshold below 0.5: what more documents than this share is standard wording, "
            "not reuse (copies excepted); 0 counts it too.",
        ),
    ] = 8
    all_pairs: Annotated[
        bool, typer.Option("--all-pairs", help="List every pair of clusters of more than 50 documents too.")
    ] = False
    keep: Annotated[
        Keep,
        typer.Option(
            help="Which of a cluster to keep; best: the later version, the better reading, the longest."
        ),
    ] = Keep.BEST


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """Who took what from whom: which documents are compared, and which parts of them do not count."""

    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATHS",
            help="Known documents: list only pairs of one of PATHS and one of these. They are not compared "
            "with each other, so cluster, keep, kind and reason do not tell of known copies of known ones. "
            "May be given again.",
        ),
    ] = None
    from_dates: Annotated[
        bool,
        typer.Option(
            "--from-dates",
            help="Tell who is earlier by the dates that the documents state, where that is sure.",
        ),
    ] = False
    exclude: Annotated[
        str | None,
        typer.Option(
            metavar="PARTS",
            help="Do not count these parts of the documents: quotations, references, titles, signatures, "
            "with commas between them.",
        ),
    ] = None
    upstream: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATHS",
            help="Superior documents: what stands in them does not count; may be given again.",
        ),
    ] = None
    within: Annotated[
        Within | None,
        typer.Option(
            help="Documents of one folder (or table), or of one group of --group-by: none: they are not "
            "compared with each other; group: only they are, and with --against the new ones of one too."
        ),
    ] = None

    @property
    def known_paths(self) -> list[str]:
        """The paths of known documents."""
        return self.against or []

    @property
    def superior_paths(self) -> list[str]:
        """The paths of superior documents."""
        return self.upstream or []

    def excluded(self) -> frozenset[Exclusion]:
        """Return which parts do not count.

        Raises:
            UsageError: If there is no such part.
        """
        named = [name.strip() for name in (self.exclude or "").replace("，", ",").split(",")]
        known = [one.value for one in Exclusion]
        for name in filter(None, named):
            if name not in known:
                raise UsageError(
                    _("--exclude {name}: there is no such part", name=name),
                    _("name some of {names}", names=",".join(known)),
                )
        return frozenset(Exclusion(name) for name in named if name)


class Engine(StrEnum):
    """Where the work is done."""

    LOCAL = "local"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Where the work is done: on this machine, or on a cluster."""

    engine: Annotated[
        Engine,
        typer.Option(help="Where the work is done: on this machine, or on a cluster over Spark Connect."),
    ] = Engine.LOCAL
    remote: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="With --engine spark: sc://HOST:15002.")
    ] = None
    stages: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            help="With --engine spark: where the cluster keeps what its stages make; beside the input if not "
            "given.",
        ),
    ] = None

    @property
    def is_cluster(self) -> bool:
        """Whether the work is done on a cluster.

        Raises:
            UsageError: If one is named, and it is not.
        """
        if self.engine is Engine.SPARK:
            return True
        for option, value in (("--remote", self.remote), ("--stages", self.stages)):
            if value:
                raise UsageError(_("{option} belongs to --engine spark", option=option), "--engine spark")
        return False


def named_documents(
    sources: Sequence[Source],
    new: Sequence[str],
    known: Sequence[str],
    option: str,
    indexed: Mapping[str, frozenset[str]],
) -> frozenset[str]:
    """Return the ids of the documents that an option names.

    Args:
        sources: All documents.
        new: Paths of others; a document that both name is one of these: it is new, and looked at.
        known: The paths that the option names.
        option: The option.
        indexed: The ids of the documents that come from each index.

    Raises:
        InputError: If it names no document.
    """
    if not known:
        return frozenset()
    from pdtool.corpus.find import find

    known_files, new_files = (
        [path for path in paths if path != "-" and not is_index(path)] for paths in (known, new)
    )
    real = {file.real for file in find(known_files).files} - {file.real for file in find(new_files).files}
    # A file in an archive lies elsewhere, but its name begins with the archive's.
    named = {(source.path, source.name) for source in sources}
    places = {
        (path, name): {os.path.realpath(path), *map(str, Path(os.path.realpath(name)).parents)}
        for path, name in named
    }
    named_known = {pair for pair, found in places.items() if not real.isdisjoint(found)}
    ids = frozenset[str]().union(*(indexed.get(path, ()) for path in known))
    ids |= frozenset(source.id for source in sources if (source.path, source.name) in named_known)
    if not ids:
        raise InputError(
            _("there is nothing to compare with"), _("name files or folders after {option}", option=option)
        )
    return ids
