"""Archives among the found files → the files inside them, each with its id and its name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pdtool.corpus.find import FoundFile, counted_suffixes
from pdtool.corpus.parse_cache import parse_once
from pdtool.corpus.problems import problem_of
from pdtool.corpus.readers import SUFFIXES, is_installed
from pdtool.corpus.source import Source
from pdtool.errors import InputError, Problem, Severity
from pdtool.language import _

__all__ = ["ARCHIVE", "UnpackedFiles", "unpack_archives"]

ARCHIVE = "zip"
"""The format of archives."""


@dataclass(slots=True)
class UnpackedFiles:
    """The files to read once archives are unpacked.

    Args:
        files: The files that are not archives, and those that were in archives.
        problems: Archives and files in them that could not be unpacked or are not read.
        empty: Archives that hold nothing to read.
    """

    files: list[FoundFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    empty: list[Problem] = field(default_factory=list)


def unpack_archives(found: Sequence[FoundFile], folder: Path | None) -> UnpackedFiles:
    """Unpack the archives among files.

    Args:
        found: Files, archives among them.
        folder: The run's private folder, which every run with archives has.
    """
    unpacked = UnpackedFiles([file for file in found if file.format != ARCHIVE])
    for file in found:
        if file.format == ARCHIVE:
            assert folder is not None, "a run with archives has a folder"
            _unpack(file, folder, unpacked)
    return unpacked


def _unpack(file: FoundFile, folder: Path, unpacked: UnpackedFiles) -> None:
    inside = folder / f"archive-{len(unpacked.files)}-{len(unpacked.problems)}"
    inside.mkdir()
    source = Source(file.id, file.path, file.path, ARCHIVE, spool=str(folder))
    try:
        made = parse_once(source, ARCHIVE, folder=str(inside), suffixes=sorted(_wanted()))
    except (InputError, OSError) as error:
        unpacked.problems.append(problem_of(file.path, error))
        return
    members = list(_members(file, made["members"], unpacked))
    unpacked.files += members
    if made["others"]:
        message = _("{files} in the archive", files=counted_suffixes(made["others"]))
        unpacked.problems.append(Problem(file.path, message, severity=Severity.NOTE))
    if not made["members"]:
        unpacked.empty.append(Problem(file.path, _("holds no file of a type that is read")))


def _wanted() -> Iterator[str]:
    return (suffix for suffix, kind in SUFFIXES.items() if kind != ARCHIVE and is_installed(kind))


def _members(
    file: FoundFile, members: Sequence[dict[str, str]], unpacked: UnpackedFiles
) -> Iterator[FoundFile]:
    for one in members:
        name = f"{file.path}/{one['name']}"
        if one["error"]:
            unpacked.problems.append(Problem(name, one["error"], one["hint"]))
            continue
        suffix = os.path.splitext(one["name"])[1].lower()  # noqa: PTH122
        yield FoundFile(
            f"{file.id}/{one['name']}", one["path"], f"{file.real}/{one['name']}", SUFFIXES[suffix], name
        )
