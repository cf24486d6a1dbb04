"""Whether an index is whole, and whether the files are still those that it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pdtool.engine.catalogue import (
    Catalogue,
    load_catalogue,
    load_edge_lines,
    load_furniture,
    load_postings,
)
from pdtool.engine.contents import contents
from pdtool.engine.index_file import IndexFile, damaged, opened_index
from pdtool.engine.rows import IndexedFileRow
from pdtool.engine.settings import check_made_alike
from pdtool.engine.updating import sha256_of
from pdtool.engine.weighing import are_weighed
from pdtool.language import _
from pdtool.normalise.furniture.packed_edge_lines import learn_again
from pdtool.progress import Progress
from pdtool.text.arrays import distinct

__all__ = ["verify"]


def verify(path: Path, folder: Path, progress: Progress) -> list[IndexedFileRow]:
    """Read all of an index, then look whether its files are as they were.

    Args:
        path: The index.
        folder: A private folder for temporary files.
        progress: Told how far the work has come.

    Raises:
        InputError: If it is damaged, is no index, or another version made it.
    """
    with opened_index(path, folder) as index:
        check_made_alike(path, index.about())
        catalogue = load_catalogue(index)
        progress.stage(_("reading the index"), len(catalogue.numbers))
        for what in (*_wrong_texts(index, catalogue, progress), *_wrong_tables(index, catalogue)):
            raise damaged(path, what)
    documents = Counter(catalogue.file_of.tolist())
    hashes: dict[str, str | None] = {}
    progress.stage(_("looking at the files"), len(catalogue.files))
    rows = []
    for file in sorted(catalogue.files.values(), key=lambda file: file.id):
        if file.origin not in hashes:
            hashes[file.origin] = _hash_now(file.origin)
        status = _status(file.sha256, hashes[file.origin])
        rows.append(IndexedFileRow(file.id, status, documents[file.number], file.sha256))
        progress.advance()
    return rows


def _hash_now(origin: str) -> str | None:
    try:
        return sha256_of(origin)
    except OSError:
        return None


def _status(then: str, now: str | None) -> str:
    if now is None:
        return "unreadable"
    if not now:
        return "vanished"
    return "unchanged" if now == then else "changed"


def _wrong_texts(index: IndexFile, catalogue: Catalogue, progress: Progress) -> Iterator[str]:
    """Yield what is wrong with the texts: they are compared with the hashes that were taken of them."""
    found = index.select("SELECT number, sha256 FROM documents")
    raw_hashes = dict(zip(found["number"].tolist(), map(bytes, found["sha256"].tolist()), strict=True))
    digests = dict(zip(catalogue.numbers.tolist(), catalogue.facts["digest"].tolist(), strict=True))
    seen = 0
    for number, raw, fold in contents(index, catalogue.numbers):
        if sha256(raw).digest() != raw_hashes.get(number):
            yield _("the text of document {number} is another", number=number)
        if fold.digest() != bytes(digests[number]):
            yield _("the folded text of document {number} is another", number=number)
        seen += 1
        progress.advance()
    if seen != len(catalogue.numbers):
        yield _("some documents have no text")


def _wrong_tables(index: IndexFile, catalogue: Catalogue) -> Iterator[str]:
    """Yield what of the tables contradicts another one."""
    known = set(catalogue.numbers.tolist())
    if len(known) != len(catalogue.numbers):
        yield _("two documents have one number")
    if not set(catalogue.file_of.tolist()) <= set(catalogue.files):
        yield _("a document is in no file")
    _hashes, numbers = load_postings(index)
    if not set(distinct(numbers).tolist()) <= known:
        yield _("there are fingerprints of no document")
    elif not are_weighed(index):
        yield _("fingerprints are missing, or there are too many")
    edge_lines = load_edge_lines(index, catalogue.numbers)
    if not set(edge_lines.numbers.tolist()) <= known:
        yield _("there are edge lines of no document")
    before, touched = load_furniture(index)
    blocks, changed, now = learn_again([edge_lines], before, known, touched)
    if blocks != before or changed or set(now) != touched:
        yield _("its site furniture is not that of its documents")
