"""The documents of an index and new ones as one corpus, under the ids they have if all are read at once."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pdtool.corpus.find import FoundFile, unique_ids
from pdtool.corpus.scan import Corpus
from pdtool.corpus.source import Source
from pdtool.engine.catalogue import Catalogue

__all__ = ["Joined", "NewFile", "join", "new_files"]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file of new documents.

    Args:
        found: The file as it was found.
        sources: Its documents.
        suffixes: What follows the id of the file in those of its documents.
    """

    found: FoundFile
    sources: tuple[Source, ...]
    suffixes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """The documents of an index and new ones, by their ids.

    Args:
        catalogue: What is known of those of the index, under the ids that they have now.
        sources: Where all are; a list, so that the texts of those of the index can be made readable.
        stored: For each its place in the catalogue, -1 for a new one; shape ``(n,)``.
        file_ids: The id of each new file, in their order.
        new: The new files.
    """

    catalogue: Catalogue
    sources: list[Source]
    stored: npt.NDArray[np.int64]
    file_ids: tuple[str, ...]
    new: tuple[NewFile, ...]

    @property
    def fresh(self) -> list[int]:
        """The places of the new documents."""
        return np.flatnonzero(self.stored < 0).tolist()

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        """The number of each document in the index, -1 for a new one; shape ``(n,)``."""
        if not len(self.catalogue.numbers):
            return np.full(len(self.stored), -1)
        return np.where(self.stored < 0, -1, self.catalogue.numbers[self.stored])

    @property
    def new_sources(self) -> tuple[Source, ...]:
        """Where the new documents are, by their ids."""
        return tuple(self.sources[place] for place in self.fresh)


def new_files(corpus: Corpus, unchanged: Set[str] = frozenset()) -> list[NewFile]:
    """Return the files of a corpus with their documents.

    Args:
        corpus: What was scanned.
        unchanged: The real paths of files that are left out.
    """
    by_name: dict[str, list[Source]] = {}
    for source in corpus.reading_order:
        by_name.setdefault(source.name, []).append(source)
    files = []
    for found, file_id in zip(corpus.files, unique_ids(corpus.files), strict=True):
        sources = by_name.pop(found.name or found.path, [])
        if sources and found.real not in unchanged:
            suffixes = tuple(source.id[len(file_id) :] for source in sources)
            files.append(NewFile(found, tuple(sources), suffixes))
    for name, sources in by_name.items():  # standard input
        found = FoundFile(name, name, name, "text")
        files.append(NewFile(found, tuple(sources), tuple(one.id[len(name) :] for one in sources)))
    return files


def join(catalogue: Catalogue, new: Sequence[NewFile]) -> Joined:
    """Join the documents of an index and new ones.

    Args:
        catalogue: Those of the index; no file of it is new.
        new: The new files.
    """
    known = list(catalogue.files.values())
    ids = unique_ids([*(file.found for file in known), *(file.found for file in new)])
    files = {file.number: replace(file, id=one) for file, one in zip(known, ids, strict=False)}
    catalogue = replace(catalogue, files=files)
    stored = map(_renamed, catalogue.sources, catalogue.ids())
    every = [(source, place) for place, source in enumerate(stored)]
    file_ids = tuple(ids[len(known) :])
    taken = {source.id for source, _ in every}
    for file, file_id in zip(new, file_ids, strict=True):
        for source, suffix in zip(file.sources, file.suffixes, strict=True):
            every.append((_renamed(source, _free(file_id + suffix, taken)), -1))
    every.sort(key=lambda pair: pair[0].id)
    places = np.array([place for _, place in every], np.int64)
    return Joined(catalogue, [source for source, _ in every], places, file_ids, tuple(new))


def _renamed(source: Source, name: str) -> Source:
    return source if source.id == name else replace(source, id=name)


def _free(name: str, taken: Set[str]) -> str:
    """Return an id that no document of the index has: that of standard input may be a file's there."""
    while name in taken:
        name = f"<{name}>"
    return name
