"""What ``pdtool dedupe`` compares with what: the documents that are named, from files and from an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pdtool.commands.dedupe_options import named_documents
from pdtool.commands.session import Session
from pdtool.engine.index_name import is_index
from pdtool.errors import InputError
from pdtool.language import _

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus
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
def compared(session: Session, sides: Sides, *, read_again: bool) -> Iterator[Compared]:
    """Find what is compared.

    Args:
        session: The run.
        sides: The paths.
        read_again: Whether more is asked of a text than an index keeps, as where parts of it do not count.
            Then, and where there are superior ones, its documents are read and repaired again, from it.

    Raises:
        InputError: If an option names no document, or an index cannot be used.
    """
    indexes = {path for path in sides.every if is_index(path)}
    if len(indexes) == 1 and not sides.upstream and not read_again:
        with _with_archive(session, sides, next(iter(indexes))) as found:
            yield found
        return
    corpus = session.scan(sides.every)
    superior = named_documents(corpus.sources, [], sides.upstream, "--upstream", session.indexed)
    known = named_documents(corpus.sources, sides.paths, sides.against, "--against", session.indexed)
    yield Compared(corpus, known, superior)


@contextmanager
def _with_archive(session: Session, sides: Sides, path: str) -> Iterator[Compared]:
    from pdtool.corpus.scan import Corpus
    from pdtool.engine.archive import opened_archive

    files = [one for one in sides.every if one != path]
    corpus = session.scan(files) if files else Corpus((), (), ())
    session.take_file(path)
    with opened_archive(Path(path), corpus, is_known=path in sides.against) as archive:
        corpus = replace(corpus, sources=archive.new_sources)
        against = [one for one in sides.against if one != path]
        known = named_documents(corpus.sources, sides.paths, against, "--against", {})
        if path in sides.against and not corpus.sources and not corpus.problems:
            raise InputError(_("there is nothing to compare"), _("name files or folders"))
        yield Compared(corpus, known, frozenset(), archive)
