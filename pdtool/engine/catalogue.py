"""What is known of the documents of an index without their texts, as it is loaded into memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.corpus.find import FoundFile
from pdtool.corpus.source import Source
from pdtool.engine.index_file import IndexFile, from_column
from pdtool.normalise.furniture.packed_edge_lines import PackedEdgeLines
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.reuse.document_table import ELSEWHERE, FACTS
from pdtool.reuse.postings import PostingArray
from pdtool.text.arrays import distinct

__all__ = [
    "Catalogue",
    "IndexedFile",
    "load_catalogue",
    "load_edge_lines",
    "load_furniture",
    "load_lines_at_edges",
    "load_postings",
]

_ALIKE = ("fine", "size", "repairs", "characters")
"""The facts that have a column each."""


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file that documents are in.

    Args:
        number: Its number.
        found: The file as it was found, its id the one it has where no other file has it.
        id: The id it has.
        origin: What lies on the disk: of a file in an archive the archive.
        sha256: The hash of that.
    """

    number: int
    found: FoundFile
    id: str
    origin: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The documents of an index, in the order of their numbers.

    Args:
        files: The files they are in, by their numbers.
        numbers: The number of each, ascending, shape ``(n,)``.
        file_of: The number of its file, shape ``(n,)``.
        suffixes: What follows the id of its file in its own.
        sources: Where it was; its text cannot be read by that.
        facts: What is known of it, an array of :data:`~pdtool.reuse.document_table.FACTS`.
        warnings: Warnings about reading or repairing it, by place.
        bytes: How many bytes it has, shape ``(n,)``.
    """

    files: dict[int, IndexedFile]
    numbers: npt.NDArray[np.int64]
    file_of: npt.NDArray[np.int64]
    suffixes: list[str]
    sources: list[Source]
    facts: npt.NDArray[np.void]
    warnings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    bytes: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    def without_files(self, dropped: frozenset[int]) -> Catalogue:
        """Return the catalogue without the documents of some files."""
        return self.of(~np.isin(self.file_of, list(dropped)), dropped) if dropped else self

    def of(self, kept: npt.NDArray[np.bool_], dropped: frozenset[int] = frozenset()) -> Catalogue:
        """Return the catalogue of some documents, and of the files but those that are dropped."""
        places = np.flatnonzero(kept).tolist()
        renumbered = {place: new for new, place in enumerate(places)}
        return replace(
            self,
            files={number: file for number, file in self.files.items() if number not in dropped},
            numbers=self.numbers[kept],
            file_of=self.file_of[kept],
            suffixes=[self.suffixes[place] for place in places],
            sources=[self.sources[place] for place in places],
            facts=self.facts[kept],
            warnings={renumbered[at]: said for at, said in self.warnings.items() if at in renumbered},
            bytes=self.bytes[kept],
        )

    def ids(self) -> list[str]:
        """Return the id of each document."""
        pairs = zip(self.file_of.tolist(), self.suffixes, strict=True)
        return [self.files[file].id + suffix for file, suffix in pairs]


def load_catalogue(
    index: IndexFile, from_path: str | None = None, numbers: npt.NDArray[np.int64] | None = None
) -> Catalogue:
    """Load what is known of the documents of an index.

    Args:
        index: The index.
        from_path: The pattern by which the paths of its files say more of its documents.
        numbers: The numbers of some of them, whose files are loaded too; ``None``: all.
    """
    those = "" if numbers is None else "SEMI JOIN given ON number = wanted"
    found = index.select(
        f"SELECT * EXCLUDE (metadata, sha256) FROM documents {those} ORDER BY number",  # noqa: S608
        numbers,
    )
    files = {file.number: file for file in _files(index, None if numbers is None else found["file"])}
    suffixes = list(map(from_column, found["suffix"].tolist()))
    file_of = found["file"].astype(np.int64)
    said = [tuple(json.loads(cell)) if cell != "[]" else () for cell in found["warnings"].tolist()]
    return Catalogue(
        files,
        found["number"].astype(np.int64),
        file_of,
        suffixes,
        list(_sources(found, files, suffixes, from_path)),
        _facts(found),
        {place: warnings for place, warnings in enumerate(said) if warnings},
        found["bytes"].astype(np.int64),
    )


def _files(index: IndexFile, numbers: npt.NDArray[Any] | None) -> Iterator[IndexedFile]:
    those = "" if numbers is None else "SEMI JOIN given ON file = wanted"
    found = index.select(f"SELECT * FROM files {those} ORDER BY file", numbers)  # noqa: S608
    names = ("asked", "path", "real", "format", "name", "id", "origin", "sha256")
    columns = [list(map(from_column, found[name].tolist())) for name in names]
    for number, *cells in zip(found["file"].tolist(), *columns, strict=True):
        yield IndexedFile(number, FoundFile(*cells[:5]), *cells[5:])


def _sources(
    found: dict[str, npt.NDArray[Any]],
    files: dict[int, IndexedFile],
    suffixes: list[str],
    from_path: str | None,
) -> Iterator[Source]:
    names = ("file", "start", "bytes", "row", "encoding")
    columns = [found[name].tolist() for name in names]
    for suffix, number, start, size, row, encoding in zip(suffixes, *columns, strict=True):
        file = files[number]
        yield Source(
            file.id + suffix,
            file.found.path,
            file.found.name or file.found.path,
            file.found.format,
            encoding or None,
            start,
            start + size,
            None if row < 0 else row,
            from_path=from_path,
        )


def _facts(found: dict[str, npt.NDArray[Any]]) -> npt.NDArray[np.void]:
    facts = np.zeros(len(found["number"]), FACTS)
    facts["readable"] = True
    for name in _ALIKE:
        facts[name] = found[name]
    facts["digest"] = np.frombuffer(b"".join(map(bytes, found["digest"].tolist())), FACTS["digest"])
    facts["fold"]["file"] = ELSEWHERE
    facts["fold"]["size"] = found["size"]
    return facts


def load_furniture(index: IndexFile) -> tuple[SharedBlocks, frozenset[int]]:
    """Load the site furniture of an index, and the numbers of the documents that hold any."""
    found = index.select("SELECT kind, hash FROM furniture")
    kinds = found["kind"].astype(str)
    hashes = (frozenset(found["hash"][kinds == kind].tolist()) for kind in ("head", "foot", "inside"))
    return SharedBlocks(*hashes), frozenset(index.select("SELECT number FROM touched")["number"].tolist())


def load_edge_lines(index: IndexFile, numbers: npt.NDArray[np.int64]) -> PackedEdgeLines:
    """Load the edge lines of some documents."""
    found = index.select("SELECT * FROM edge_lines SEMI JOIN given ON number = wanted", numbers)
    columns = [list(map(bytes, found[name].tolist())) for name in ("head", "foot", "inside", "sketch")]
    return PackedEdgeLines.of_bytes(found["number"].astype(np.int64), columns)


def load_lines_at_edges(
    index: IndexFile, heads: Set[int], feet: Set[int], inner: Set[int]
) -> PackedEdgeLines:
    """Load the edge lines of the documents that begin or end with one of some lines, or hold one anywhere.

    Args:
        index: The index.
        heads: Hashes of first lines.
        feet: Hashes of last lines.
        inner: Hashes of lines anywhere.
    """
    found = [np.empty(0, np.int64)]
    for name, hashes in (("head", heads), ("foot", feet)):
        if hashes:
            wanted = np.array([*(one.to_bytes(8, "little") for one in hashes), None], object)[:-1]
            sql = f"SELECT number FROM edge_lines SEMI JOIN given ON {name}[1:8] = wanted"  # noqa: S608
            found.append(index.select(sql, wanted)["number"].astype(np.int64))
    if inner:
        rows = index.select("SELECT number, inside FROM edge_lines WHERE octet_length(inside) > 0")
        held = (not inner.isdisjoint(np.frombuffer(one, "<u8").tolist()) for one in rows["inside"].tolist())
        found.append(rows["number"].astype(np.int64)[np.fromiter(held, bool)])
    return load_edge_lines(index, distinct(np.concatenate(found)))


def load_postings(index: IndexFile) -> tuple[PostingArray, npt.NDArray[np.int64]]:
    """Load all postings: the bits of their hashes and the numbers of documents; runs of sorted hashes."""
    found = index.select("SELECT hash, number FROM postings")
    return found["hash"], found["number"].astype(np.int64)
