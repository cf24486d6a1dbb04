"""How much of what clean documents say is taken out of them, in corpora of any size.

The documents are those of :mod:`tests.texts.kinds`: nothing of them is a site's or a printer's, so whatever
the steps that remove text remove from them is content. They lie among pages of sites, as in real piles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pdtool import load_corpus
from pdtool.normalise.pipeline import Layer
from tests.texts.kinds import KINDS, Document, documents, furnished

__all__ = ["REMOVALS", "SIZES", "Lost", "clean_texts", "losses", "pile", "written"]

REMOVALS = frozenset({"furniture", "shared_block", "page_marker", "running_head", "doubling"})
"""The steps that take text out because nobody wrote it."""
SIZES = (1, 3, 30, 300, 2000)
"""Documents of a corpus; the greatest is for the benchmark."""
_SITE_SHARE = 4
"""Clean documents for each page of a site."""
_ROUNDS = 5
"""Corpora of three documents of each kind, and a third of the documents of each kind that are read alone."""
_PILES = 3
"""Mixed piles of fewer than :data:`_LARGE` documents."""
_LARGE = 100


@dataclass(frozen=True, slots=True)
class Lost:
    """What clean documents of one kind lose.

    Args:
        kind: The kind of document.
        documents: How many there are.
        characters: Their characters, blanks left out.
        removed: How many of them each step takes out.
        examples: The first stretches that were taken out.
    """

    kind: str
    documents: int
    characters: int
    removed: Counter[str]
    examples: tuple[str, ...]

    @property
    def per_million(self) -> float:
        """Characters taken out per million."""
        return 1e6 * self.removed.total() / self.characters


def _solid(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _taken(layer: Layer) -> Iterator[tuple[str, int]]:
    """Yield the stretches a step takes out, with how many characters are gone."""
    if layer.kind in REMOVALS:
        edits = layer.edits
        for start, end, written in zip(edits.starts, edits.ends, edits.written, strict=True):
            stretch = layer.before[start:end]
            yield stretch, max(0, _solid(stretch) - _solid(written))


def pile(size: int, seed: int, share: float = 1.0) -> Iterator[tuple[Document, ...]]:
    """Yield the corpora that ``size`` stands for: up to nine of one kind each, or mixed piles.

    Args:
        size: Documents of a corpus, pages of sites left out.
        seed: Of the documents.
        share: What the lengths of documents are multiplied by.
    """
    if size <= len(KINDS):
        made = documents(3 * _ROUNDS * len(KINDS), seed, share)
        of_kinds = [made[kind :: len(KINDS)] for kind in range(len(KINDS))]
        yield from (same[at : at + size] for same in of_kinds for at in range(0, len(same), size))
        return
    for at in range(seed, seed + (_PILES if size < _LARGE else 1)):
        yield (*documents(size, at, share), *furnished(size // _SITE_SHARE, at, share))


def written(corpus: Iterable[Document], folder: Path) -> Path:
    """Write a corpus into a new folder."""
    folder.mkdir(parents=True)
    for document in corpus:
        (folder / document.id).write_text(document.text, encoding="utf-8", newline="\n")
    return folder


def clean_texts(folder: Path) -> dict[str, str]:
    """Return the clean text of every document of a folder by its id."""
    return {document.id: document.text for document in load_corpus([folder])}


def losses(corpora: Iterable[Sequence[Document]], folder: Path) -> dict[str, Lost]:
    """Return by kind what the clean documents of some corpora lose; pages of sites are not counted."""
    found: dict[str, Lost] = {}
    for at, corpus in enumerate(corpora):
        kinds = {document.id: document.kind for document in corpus}
        for document in load_corpus([written(corpus, folder / str(at))]):
            kind = kinds[document.id]
            if kind == "furnished":
                continue
            lost = found.setdefault(kind, Lost(kind, 0, 0, Counter(), ()))
            found[kind] = _with(lost, document.raw, document.edits)
    return found


def _with(lost: Lost, raw: str, layers: Iterable[Layer]) -> Lost:
    removed, examples = Counter(lost.removed), list(lost.examples)
    for layer in layers:
        for stretch, gone in _taken(layer):
            removed[layer.kind] += gone
            examples += [stretch] if gone else []
    characters = lost.characters + _solid(raw)
    return Lost(lost.kind, lost.documents + 1, characters, removed, tuple(examples[:20]))
