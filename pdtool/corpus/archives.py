"""Archives among the files found → the files in them, each with its id and its name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pdtool.corpus.find import FoundFile, counted_suffixes
from pdtool.corpus.parse_cache import parsed
from pdtool.corpus.problems import problem_of
from pdtool.corpus.readers import SUFFIXES, is_installed
from pdtool.corpus.source import Source
from pdtool.errors import InputError, Problem, Severity

__all__ = ["ARCHIVE", "Expanded", "expand"]

ARCHIVE = "zip"
"""The format of files that are folders."""


@dataclass(slots=True)
class Expanded:
    """What files there are once archives are folders.

    Args:
        files: All that are read.
        problems: What could not be unpacked or is not read.
        barren: Archives that hold nothing to read.
    """

    files: list[FoundFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    barren: list[Problem] = field(default_factory=list)


def expand(found: Sequence[FoundFile], folder: Path | None) -> Expanded:
    """Unpack the archives among files.

    Args:
        found: Files, archives among them.
        folder: The run's private folder; there is one where there are archives.
    """
    expanded = Expanded([file for file in found if file.format != ARCHIVE])
    for file in found:
        if file.format == ARCHIVE:
            assert folder is not None, "a run with archives has a folder"
            _unpack(file, folder, expanded)
    return expanded


def _unpack(file: FoundFile, folder: Path, expanded: Expanded) -> None:
    inside = folder / f"archive-{len(expanded.files)}-{len(expanded.problems)}"
    inside.mkdir()
    source = Source(file.id, file.path, file.path, ARCHIVE, spool=str(folder))
    try:
        made = parsed(source, ARCHIVE, folder=str(inside), suffixes=sorted(_wanted()))
    except (InputError, OSError) as error:
        expanded.problems.append(problem_of(file.path, error))
        return
    members = list(_members(file, made["members"], expanded))
    expanded.files += members
    if made["others"]:
        message = f"{counted_suffixes(made['others'])} in the archive"
        expanded.problems.append(Problem(file.path, message, severity=Severity.NOTE))
    if not made["members"]:
        expanded.barren.append(Problem(file.path, "holds no file of a type that is read"))


def _wanted() -> Iterator[str]:
    return (suffix for suffix, kind in SUFFIXES.items() if kind != ARCHIVE and is_installed(kind))


def _members(file: FoundFile, members: Sequence[dict[str, str]], expanded: Expanded) -> Iterator[FoundFile]:
    for one in members:
        name = f"{file.path}/{one['name']}"
        if one["error"]:
            expanded.problems.append(Problem(name, one["error"], one["hint"]))
            continue
        suffix = os.path.splitext(one["name"])[1].lower()  # noqa: PTH122
        place = f"{file.id}/{one['name']}", one["path"], f"{file.real}/{one['name']}"
        yield FoundFile(*place, SUFFIXES[suffix], name)
