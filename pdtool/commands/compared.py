"""What ``pdtool dedupe`` compares with what: the documents that are named, from files and from an index."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pdtool.commands.session import Session
from pdtool.engine.settings import is_index
from pdtool.errors import InputError

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus
    from pdtool.corpus.source import Source
    from pdtool.reuse.document_table import Archive

__all__ = ["Compared", "Sides", "compared"]


@dataclass(frozen=True, slots=True)
class Sides:
    """The paths that are named.

    Args:
        paths: Those of the documents that are looked at.
        against: Those of known ones.
        upstream: Those of superior ones.
    """

    paths: Sequence[str]
    against: Sequence[str]
    upstream: Sequence[str]

    @property
    def every(self) -> list[str]:
        """All of them."""
        return [*self.paths, *self.against, *self.upstream]


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared.

    Args:
        corpus: The documents, but those of the archive.
        known: The ids of known ones.
        superior: The ids of superior ones.
        archive: An index that has others.
    """

    corpus: Corpus
    known: frozenset[str]
    superior: frozenset[str]
    archive: Archive | None = None


@contextmanager
def compared(session: Session, sides: Sides, in_parts: bool) -> Iterator[Compared]:
    """Find what is compared.

    Args:
        session: The run.
        sides: The paths.
        in_parts: Whether parts of documents do not count. Then, and where there are superior ones, more is
            asked of a text than an index keeps: its documents are read and repaired again, from it.

    Raises:
        InputError: If an option names no document, or an index cannot be used.
    """
    indexes = {path for path in sides.every if is_index(path)}
    if len(indexes) == 1 and not sides.upstream and not in_parts:
        with _with_archive(session, sides, next(iter(indexes))) as found:
            yield found
        return
    corpus = session.scan(sides.every)
    superior = _named(session, corpus.sources, [], sides.upstream, "--upstream")
    yield Compared(corpus, _named(session, corpus.sources, sides.paths, sides.against, "--against"), superior)


@contextmanager
def _with_archive(session: Session, sides: Sides, path: str) -> Iterator[Compared]:
    from pdtool.corpus.scan import Corpus
    from pdtool.engine.archive import opened_archive

    files = [one for one in sides.every if one != path]
    corpus = session.scan(files) if files else Corpus((), (), ())
    session.take_file(path)
    with opened_archive(Path(path), corpus) as archive:
        corpus = replace(corpus, sources=archive.new_sources)
        against = [one for one in sides.against if one != path]
        known = _named(session, corpus.sources, sides.paths, against, "--against")
        known |= archive.ids if path in sides.against else frozenset()
        if path in sides.against and not corpus.sources and not corpus.problems:
            raise InputError("there is nothing to compare", "name files or folders")
        yield Compared(corpus, known, frozenset(), archive)


def _named(
    session: Session, sources: Sequence[Source], new: Sequence[str], known: Sequence[str], option: str
) -> frozenset[str]:
    """Return the ids of the documents that an option names.

    Args:
        session: The run, which knows the documents of indexes.
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
    of_indexes = frozenset[str]().union(*(session.indexed.get(path, ()) for path in known))
    ids = of_indexes | frozenset(source.id for source in sources if (source.path, source.name) in named_known)
    if not ids:
        raise InputError("there is nothing to compare with", f"name files or folders after {option}")
    return ids
