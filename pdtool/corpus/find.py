"""Which files do the paths name? Folders walked, patterns expanded, every file once, each with its id."""
# Strings and os.path throughout: a path is shown as it was typed ("./a" stays), and there may be very many.
# ruff: noqa: PTH114, PTH116, PTH118, PTH119, PTH120, PTH122, PTH207

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache

from pdtool.corpus.problems import problem_of
from pdtool.corpus.readers import SUFFIXES, is_installed, packages_of
from pdtool.data_files import data_json
from pdtool.errors import Problem, Severity
from pdtool.install_hint import install_hint
from pdtool.language import N_, _, counted, listed

__all__ = ["FoundFile", "FoundFiles", "counted_suffixes", "find", "unique_ids"]

_SPECIAL = {
    stat.S_IFIFO: N_("a named pipe"),
    stat.S_IFSOCK: N_("a socket"),
    stat.S_IFCHR: N_("a device"),
    stat.S_IFBLK: N_("a device"),
}

_SHOWN_SUFFIXES = 5
"""The most suffixes named in one message."""
_LONGEST_SUFFIX = 10
"""The most characters of a suffix, its point included."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read.

    Args:
        id: Its path relative to the folder it was found in, with ``/``; its name, if it was named directly.
        path: The file as the user named it.
        real: Its absolute path without symbolic links, which tells it from every other file.
        format: The format its suffix stands for.
        name: What it is called in messages, where that is not its path (a file in an archive).
    """

    id: str
    path: str
    real: str
    format: str
    name: str = ""


@dataclass(slots=True)
class FoundFiles:
    """What the paths name.

    Args:
        files: The files to read, each once, in no particular order.
        problems: What could not be found or is not read.
        empty: Folders that hold nothing to read, as problems whose severity depends on the rest.
    """

    files: list[FoundFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    empty: list[Problem] = field(default_factory=list)


def find(paths: Sequence[str]) -> FoundFiles:
    """Find the files that paths name; what comes back does not depend on the order of the paths.

    A folder is walked through without its hidden files and folders. Symbolic links are followed after
    everything else, so that a file that is reached twice keeps its own name, and no folder is walked twice.
    Of two folders that hold a file the outer one gives it its id.

    Args:
        paths: Files, folders and patterns (``*``, ``?``, ``[…]``, ``**``); where a file has
            that very name, it is not a pattern.
    """
    finder = _Finder()
    named = [
        finder.named(path) for path in sorted({match for name in paths for match in finder.expand(name)})
    ]
    targets = sorted(target for target in named if target is not None)
    folders = [target for target in targets if target.is_folder]
    for folder in folders:
        finder.open_folder(folder)
    for target in targets:
        if not target.is_folder:
            finder.take_named(target)
    finder.follow_links()
    finder.note_unsupported([folder.path for folder in folders])
    return finder.found


def unique_ids(files: Sequence[FoundFile]) -> list[str]:
    """Return the files' ids; where two collide, all become relative to the nearest common parent."""
    ids = [file.id for file in files]
    if len(set(ids)) == len(ids):
        return ids
    real = [file.real for file in files]
    try:
        parent = os.path.commonpath([os.path.dirname(path) for path in real])
    except ValueError:  # different drives have no common parent
        return [path.replace(os.sep, "/") for path in real]
    start = len(parent.rstrip(os.sep)) + 1
    return [path[start:].replace(os.sep, "/") for path in real]


@dataclass(frozen=True, slots=True, order=True)
class _NamedPath:
    """A path the user names, in the order of precedence among those that lead to one file."""

    real: str
    is_link: bool
    length: int
    path: str
    is_folder: bool


@dataclass(frozen=True, slots=True, order=True)
class _SymbolicLink:
    """A symbolic link met in a folder: its path, its id-to-be, and the real path of that folder."""

    path: str
    id: str
    folder: str


class _Finder:
    """Collects files; every file and every folder is taken once, by the first name it is reached under."""

    def __init__(self) -> None:
        self.found = FoundFiles()
        self.walked: set[str] = set()
        self.taken: set[str] = set()
        self.links: list[_SymbolicLink] = []
        self.real_folders: dict[str, str] = {}
        self.unsupported: Counter[str] = Counter()
        self.lacking: Counter[str] = Counter()

    def problem(self, path: str, message: str, hint: str = "") -> None:
        self.found.problems.append(Problem(path, message, hint))

    def expand(self, path: str) -> Sequence[str]:
        """Return the path, or what matches it where it is a pattern and no file."""
        if "\0" in path or os.path.lexists(path) or not glob.has_magic(path):
            return [path]
        matches = _matches(path)
        if not matches:
            self.problem(
                path, _("matches no file"), _('the folder itself, or a pattern such as "texts/*.txt"')
            )
        return matches

    def named(self, path: str) -> _NamedPath | None:
        """Return a path as what it names, or report why it names nothing to read."""
        kind = self._kind(path)
        if kind is None:
            return None
        if kind not in (stat.S_IFDIR, stat.S_IFREG):
            what = _(_SPECIAL.get(kind, N_("not a regular file")))
            self.problem(
                path,
                _("is {what}, which is not read", what=what),
                _("pipe the text in and name - as the input"),
            )
            return None
        is_link, is_folder = os.path.islink(path), kind == stat.S_IFDIR
        real = os.path.realpath(path) if is_link or is_folder else self._real_path(path)
        return _NamedPath(real, is_link, len(path), path, is_folder)

    def _real_path(self, path: str) -> str:
        """Return the real path of a file that is not a link, looking at each folder only once."""
        folder, name = os.path.split(path)
        if folder not in self.real_folders:
            self.real_folders[folder] = os.path.realpath(folder)
        return os.path.join(self.real_folders[folder], name)

    def _kind(self, path: str) -> int | None:
        """Return the file type of a path, or report why there is none."""
        try:
            return stat.S_IFMT(os.stat(path).st_mode)
        except FileNotFoundError:
            if os.path.islink(path):
                self.problem(path, _("is a link that leads nowhere"))
            else:
                self.problem(
                    path, _("no such file or folder"), _("check the spelling and the folder you are in")
                )
        except OSError as error:
            self.found.problems.append(problem_of(path, error))
        except ValueError:
            self.problem(path, _("is not a possible file name (it holds a NUL)"))
        return None

    def open_folder(self, folder: _NamedPath) -> None:
        """Walk through a folder the user names, and say so if it gives nothing."""
        if folder.real in self.walked:
            return
        before = self._count()
        self._walk(folder.path, folder.real)
        if self._count() == before:
            message = _("holds no file of a type that is read")
            hint = _("files of the types {names}", names=" ".join(SUFFIXES))
            self.found.empty.append(Problem(folder.path, message, hint))

    def _count(self) -> int:
        return len(self.found.files) + len(self.found.problems) + len(self.links)

    def _walk(self, folder: str, real: str, prefix: str = "") -> None:
        """Take the files of a folder and of the folders in it; remember the links for later."""
        pending = [(folder, real, prefix)]
        while pending:
            path, real_path, relative = pending.pop()
            if real_path in self.walked:
                continue
            self.walked.add(real_path)
            for entry in self._entries(path):
                inner, inner_id = os.path.join(real_path, entry.name), relative + entry.name
                if entry.is_symlink():
                    self.links.append(_SymbolicLink(entry.path, inner_id, real_path))
                elif entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, inner, f"{inner_id}/"))
                elif entry.is_file(follow_symlinks=False):
                    self._meet(entry.path, inner, inner_id)

    def _entries(self, path: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(path) as entries:
                return [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            self.found.problems.append(problem_of(path, error))
            return []

    def _meet(self, path: str, real: str, file_id: str) -> None:
        """Take a file met in a folder, if its type is read."""
        suffix = _suffix(path)
        if suffix not in SUFFIXES:
            self.unsupported[suffix] += 1
        elif not is_installed(SUFFIXES[suffix]):
            self.lacking[suffix] += 1
        else:
            self._take(path, real, file_id, SUFFIXES[suffix])

    def take_named(self, file: _NamedPath) -> None:
        """Take a file the user names; without a suffix that says something it is tried as text."""
        path = file.path
        suffix = _suffix(path)
        remedy = _unsupported_types().get(suffix)
        kind = SUFFIXES.get(suffix, "text")
        if remedy is not None:
            self.problem(
                path, _("is of a type that this version does not read ({suffix})", suffix=suffix), _(remedy)
            )
        elif not is_installed(kind):
            self.problem(
                path,
                _("is of a type that takes a parser which is not installed ({suffix})", suffix=suffix),
                install_hint(*packages_of([suffix])),
            )
        else:
            self._take(path, file.real, os.path.basename(path), kind)

    def _take(self, path: str, real: str, file_id: str, file_format: str) -> None:
        if real not in self.taken:
            self.taken.add(real)
            self.found.files.append(FoundFile(file_id, path, real, file_format))

    def follow_links(self) -> None:
        """Follow the links met so far, and those met on the way, in an order of their own."""
        while self.links:
            links, self.links = sorted(self.links), []
            for link in links:
                kind, real = self._kind(link.path), os.path.realpath(link.path)
                # A link to a folder above itself would bring in what nobody named.
                if kind == stat.S_IFDIR and not f"{link.folder}{os.sep}".startswith(os.path.join(real, "")):
                    self._walk(link.path, real, f"{link.id}/")
                elif kind == stat.S_IFREG:
                    self._meet(link.path, real, link.id)

    def note_unsupported(self, folders: Sequence[str]) -> None:
        """Say in one line which files of the folders were left out for their type."""
        named = listed(folders)
        if self.unsupported:
            message = counted_suffixes(self.unsupported)
            self.found.problems.append(Problem(named, message, severity=Severity.NOTE))
        if self.lacking:
            message = counted_suffixes(self.lacking, is_read=True)
            install = install_hint(*packages_of(self.lacking))
            self.found.problems.append(Problem(named, message, install, Severity.NOTE))


def counted_suffixes(counts: Mapping[str, int], is_read: bool = False) -> str:
    """Return a sentence that says how many files of which suffixes are left out.

    Args:
        counts: Suffix → files.
        is_read: Whether such files are read where their parser is installed.

    >>> counted_suffixes({".rar": 2, "": 1})
    '3 files of types that this version does not read left out (.rar 2, no suffix 1)'
    """
    count = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    kinds = [f"{suffix or _('no suffix')} {number}" for suffix, number in ranked[:_SHOWN_SUFFIXES]]
    shown = listed([*kinds, "…"] if len(ranked) > _SHOWN_SUFFIXES else kinds)
    files = counted(count, "file")
    if is_read:
        return _(
            "{files} of types that take a parser which is not installed left out ({shown})",
            files=files,
            shown=shown,
        )
    return _("{files} of types that this version does not read left out ({shown})", files=files, shown=shown)


def _matches(pattern: str) -> list[str]:
    """Return the files and folders that a pattern matches, without hidden ones; ``**`` enters no links."""
    parts = pattern.replace(os.sep, "/").split("/")
    if "**" not in parts:
        return glob.glob(pattern)
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    base = "/".join([*parts[:fixed], ""])
    return [base + name for name in _files_under(base) if _fits(name.split("/"), parts[fixed:])]


def _files_under(base: str) -> Iterator[str]:
    for folder, folders, names in os.walk(base or "."):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = os.path.relpath(folder, base or ".").replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        yield from (prefix + name for name in names if not name.startswith("."))


def _fits(names: Sequence[str], parts: Sequence[str]) -> bool:
    """Return whether the parts of a path fit those of a pattern; ``**`` is any number of folders."""
    if not parts or not names:
        return not parts and not names
    if parts[0] != "**":
        return fnmatch(names[0], parts[0]) and _fits(names[1:], parts[1:])
    return len(parts) == 1 or any(_fits(names[start:], parts[1:]) for start in range(len(names)))


def _suffix(path: str) -> str:
    """Return the suffix in lower case; a long one is a part of the name, as in ``1. 总则``.

    >>> _suffix("报告.TXT"), _suffix("关于城市管理的通知. 修订稿")
    ('.txt', '')
    """
    suffix = os.path.splitext(path)[1].lower()
    return suffix if len(suffix) <= _LONGEST_SUFFIX and " " not in suffix else ""


@cache
def _unsupported_types() -> dict[str, str]:
    table: dict[str, str] = data_json("unsupported_types.json")
    return {suffix: remedy for suffix, remedy in table.items() if suffix.startswith(".")}
