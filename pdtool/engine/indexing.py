"""An index built, added to, and made smaller: what ``pdtool index`` does to a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.scan import Corpus
from pdtool.engine.catalogue import Catalogue, load_catalogue
from pdtool.engine.index_file import IndexFile, opened_index
from pdtool.engine.joining import NewFile, new_files
from pdtool.engine.settings import check_made_alike, made_with, options_of
from pdtool.engine.updating import Updated, Working, origin_of, sha256_of, update
from pdtool.errors import OutputError, Problem, UsageError
from pdtool.language import _
from pdtool.output.sink import check_writable
from pdtool.run_folder import half_made

__all__ = ["add", "build", "refuse_existing", "remove"]


def refuse_existing(path: Path) -> None:
    """Refuse to build an index where it cannot be.

    Raises:
        UsageError: If there is something already.
        OutputError: If nothing can be made there.
    """
    if path.exists() and not path.is_dir():
        hint = _("pdtool index add {path} PATHS; or remove that file, and build it anew", path=path)
        raise UsageError(_("{path}: is there already", path=path), hint)
    check_writable(path)


def build(path: Path, corpus: Corpus, options: ReadOptions, working: Working) -> Updated:
    """Build an index beside where it will be, and put it there once it is whole.

    Args:
        path: Where it will be.
        corpus: Its documents.
        options: How they are read.
        working: What the work is done with.

    Returns:
        What became of it; there is no index if no document could be read.

    Raises:
        UsageError: If there is one already, or there are too many documents.
        OutputError: If it cannot be written.
    """
    refuse_existing(path)
    final = Path(os.path.realpath(path))
    with half_made(final.parent) as neighbour, _removed_unless_moved(neighbour):
        opened = opened_index(neighbour, working.folder, new=True, shown=path)
        with opened as index, index.transaction():
            index.make_tables()
            index.say(made_with(options))
            catalogue = load_catalogue(index)
            updated = update(index, catalogue, np.zeros(0, bool), new_files(corpus), working)
        if updated.added:
            refuse_existing(path)
            with _told(path):
                neighbour.replace(final)
    return updated


@contextmanager
def _removed_unless_moved(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for one in (path, path.with_name(f"{path.name}.wal")):
            with suppress(OSError):
                one.unlink()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = _("{path}: cannot be written ({reason})", path=path, reason=error.strerror)
        raise OutputError(what, _("choose another folder")) from error


@contextmanager
def _opened(path: Path, folder: Path, options: ReadOptions | None) -> Iterator[IndexFile]:
    """Open an index to change it, in one transaction."""
    with opened_index(path, folder, write=True) as index:
        check_made_alike(path, index.about(), options)
        with index.transaction():
            yield index


@dataclass(frozen=True, slots=True)
class _Met:
    """What is met of the files of an index among new ones.

    Args:
        catalogue: The index, its files under the names that they have when all are read at once.
        unchanged: The real paths of files that are as they were.
        changed: The numbers of files that are not.
    """

    catalogue: Catalogue
    unchanged: frozenset[str]
    changed: frozenset[int]


def add(path: Path, corpus: Corpus, options: ReadOptions, working: Working) -> Updated:
    """Add documents to an index; those of files that changed take the place of what they were.

    Args:
        path: The index.
        corpus: The documents; files that are in the index as they are are passed over.
        options: How they are read.
        working: What the work is done with.

    Raises:
        InputError: If it is no index, or another version made it.
        UsageError: If its documents were read in another way, or there are too many.
        PdtoolError: If another process has it open.
    """
    with _opened(path, working.folder, options) as index:
        met = _met(load_catalogue(index, options_of(index.about()).from_path), corpus)
        kept = ~np.isin(met.catalogue.file_of, list(met.changed))
        return update(index, met.catalogue, kept, new_files(corpus, met.unchanged), working)


def _met(catalogue: Catalogue, corpus: Corpus) -> _Met:
    known = {file.found.real: file for file in catalogue.files.values()}
    files, unchanged, changed = dict(catalogue.files), set[str](), set[int]()
    hashes: dict[str, str] = {}
    for found in corpus.files:
        file = known.get(found.real)
        if file is None:
            continue
        origin = origin_of(found.real)
        if origin not in hashes:
            hashes[origin] = sha256_of(origin)
        if hashes[origin] != file.sha256:
            changed.add(file.number)
            continue
        unchanged.add(found.real)
        if len(found.id) > len(file.found.id):  # of two folders that hold it, the outer one names it
            files[file.number] = replace(file, found=found)
    return _Met(replace(catalogue, files=files), frozenset(unchanged), frozenset(changed))


def remove(path: Path, named: Sequence[str], working: Working) -> Updated:
    """Take documents out of an index.

    Args:
        path: The index.
        named: Ids of documents, or files and folders that they are in, whether these are still there or not.
        working: What the work is done with.

    Raises:
        InputError: If it is no index, or another version made it.
        PdtoolError: If another process has it open.
    """
    with _opened(path, working.folder, None) as index:
        catalogue = load_catalogue(index, options_of(index.about()).from_path)
        kept = np.ones(len(catalogue.numbers), bool)
        problems = []
        for name in named:
            found = _named(catalogue, name)
            kept &= ~found
            if not found.any():
                problems.append(
                    Problem(name, _("is no document of the index"), "pdtool index verify lists files")
                )
        updated = update(index, catalogue, kept, list[NewFile](), working)
    updated.problems += problems
    return updated


def _named(catalogue: Catalogue, name: str) -> npt.NDArray[np.bool_]:
    """Return which documents a name means."""
    ids = np.array([one == name for one in catalogue.ids()], bool)
    if ids.any():
        return ids
    real = os.path.realpath(name)
    inside = os.path.join(real, "")  # noqa: PTH118 (a string is compared)
    files = [
        number
        for number, file in catalogue.files.items()
        if file.id == name or file.found.real == real or file.found.real.startswith(inside)
    ]
    return np.isin(catalogue.file_of, files)
