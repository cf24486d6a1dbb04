"""ZIP archives as folders: their members are unpacked into the run's private folder, within bounds.

No name of a member ever becomes a path: files are numbered. Archives inside archives are unpacked too, to a
bounded depth, and all bounds hold for all of them together.
"""

# Names of members are not paths of this system.
# ruff: noqa: PTH122

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pdtool.corpus.damage import decode_document
from pdtool.corpus.parsing.package import member, open_package
from pdtool.errors import InputError
from pdtool.language import N_, _

__all__ = ["Member", "unpack"]

_DEEPEST = 3
"""How many archives may stand within each other."""
_MEMBERS = 100_000
"""Files that an archive may hold in all."""
_LARGEST = 2_000_000_000
"""Bytes that an archive may unpack to in all."""
_LARGEST_MEMBER = 500_000_000
"""Bytes that one file may unpack to."""
_UTF8_NAME = 0x800
"""The flag of a member whose name is in UTF-8; without it, it is in whatever its maker's system used."""
_SEPARATORS = str.maketrans({"\\": "/"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive.

    Args:
        name: Its path in the archive, with ``/``.
        path: The file it was unpacked to; empty if it could not be.
        error: Why not.
        hint: What to try.
    """

    name: str
    path: str
    error: str = ""
    hint: str = ""


@dataclass(slots=True)
class _Unpacking:
    """The state of unpacking an archive: what was found, and how much more may be unpacked."""

    folder: Path
    suffixes: frozenset[str]
    members: int = _MEMBERS
    size: int = _LARGEST
    found: list[Member] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)


def unpack(path: str, folder: str, suffixes: frozenset[str]) -> tuple[list[Member], dict[str, int]]:
    """Unpack an archive.

    Args:
        path: The archive.
        folder: An empty folder to unpack to.
        suffixes: The suffixes of files that are wanted, in lower case.

    Returns:
        The wanted members, and how many others there are by suffix.

    Raises:
        InputError: If it is damaged, or holds more than it may.
    """
    unpacking = _Unpacking(Path(folder), suffixes)
    _unpack(path, "", 1, unpacking)
    return unpacking.found, unpacking.others


def _unpack(path: str, prefix: str, depth: int, unpacking: _Unpacking) -> None:
    with open_package(path, N_("ZIP archive")) as package:
        members = [one for one in package.infolist() if not one.filename.endswith("/")]  # it may be empty
        unpacking.members -= len(members)
        if unpacking.members < 0:
            raise InputError(
                _("holds more than {MEMBERS:,} files", MEMBERS=_MEMBERS), _("unpack it and name the folder")
            )
        for one, name in zip(members, _names(members), strict=True):
            suffix = os.path.splitext(name)[1].lower()
            if _is_hidden(name):
                continue
            if suffix == ".zip":
                _unpack_inner(package, one, prefix + name, depth, unpacking)
            elif suffix in unpacking.suffixes:
                unpacking.found.append(_file(package, one, prefix + name, suffix, unpacking))
            else:
                unpacking.others[suffix] = unpacking.others.get(suffix, 0) + 1


def _unpack_inner(
    package: zipfile.ZipFile, one: zipfile.ZipInfo, name: str, depth: int, unpacking: _Unpacking
) -> None:
    """Unpack an archive in an archive; what is wrong with it concerns it alone."""
    if depth >= _DEEPEST:
        error = _("is an archive within {DEEPEST} others, which is too deep", DEEPEST=_DEEPEST)
        unpacking.found.append(Member(name, "", error, _("unpack it and name the folder")))
        return
    inner = _file(package, one, name, ".zip", unpacking)
    if inner.error:
        unpacking.found.append(inner)
        return
    try:
        _unpack(inner.path, f"{name}/", depth + 1, unpacking)
    except InputError as error:
        unpacking.found.append(Member(name, "", error.message, error.hint))
    finally:
        Path(inner.path).unlink()


def _file(
    package: zipfile.ZipFile, one: zipfile.ZipInfo, name: str, suffix: str, unpacking: _Unpacking
) -> Member:
    """Unpack one member to a numbered file."""
    path = unpacking.folder / f"{unpacking.members}-{len(unpacking.found)}{suffix}"
    try:
        with path.open("wb") as out:
            for block in member(package, one, _LARGEST_MEMBER):
                unpacking.size -= len(block)
                if unpacking.size < 0:
                    raise InputError(
                        _(
                            "unpacks to more than {LARGEST:,} bytes in all, as a decompression bomb does",
                            LARGEST=_LARGEST,
                        ),
                        _("unpack it and name the folder, if it can be trusted"),
                    )
                out.write(block)
    except InputError as error:
        path.unlink()
        return Member(name, "", error.message, error.hint)
    return Member(name, str(path))


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _names(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield the members' names, those in no stated encoding read in the one that fits all of them best."""
    raw = [
        b"" if one.flag_bits & _UTF8_NAME else one.orig_filename.encode("cp437", "replace") for one in members
    ]
    try:
        names = decode_document(b"\n".join(raw)).text.split("\n")
    except InputError:
        names = []
    for index, one in enumerate(members):
        stated = bool(one.flag_bits & _UTF8_NAME) or len(names) != len(members)
        name = (one.filename if stated else names[index]).translate(_SEPARATORS)
        yield "/".join(part for part in name.split("/") if part not in ("", ".", "..")) or "unnamed"
