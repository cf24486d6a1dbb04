"""Documents whose citations are labelled by hand (``cases/citations/labelled.toml``), also damaged."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import numpy as np

from pdtool.citations.cite import citations_of
from pdtool.citations.mention import CitingDocument
from pdtool.citations.reading import citing_document
from pdtool.citations.title_form import folded
from pdtool.corpus.source import RawDocument, Source
from pdtool.documents.assembly import document_of
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.script.simplified import convert_script
from tests.damage.glyphs import full_width, ghosts, traditional
from tests.damage.layout import crlf, hard_wraps, page_markers, spaced
from tests.damage.tracked import Tracked, original

__all__ = ["DAMAGES", "Cited", "Label", "Score", "cited_documents", "damaged", "read", "scores"]

CASES = Path(__file__).parents[1] / "cases" / "citations" / "labelled.toml"
_LABEL = re.compile("⟦([^⟦⟧|]*)(?:\\|([^⟦⟧|]*))?(?:\\|([^⟦⟧|]*))?(?:\\|([^⟦⟧|]*))?(?:\\|([^⟦⟧|]*))?⟧")
_PLAIN = "引用"


@dataclass(frozen=True, slots=True)
class Label:
    """A citation as a reader would write it down.

    Args:
        start: First character of the title, or of a number alone.
        end: First character after it.
        title: The whole title; empty for a number alone.
        number: The number that is given with it.
        relation: What the document has to do with it.
        doc: The id of the document that is meant, if it is among those that are labelled.
    """

    start: int
    end: int
    title: str
    number: str
    relation: str
    doc: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A document with its labels, in order."""

    id: str
    text: str
    labels: tuple[Label, ...]


@dataclass(slots=True)
class Score:
    """How something was found over all documents.

    Args:
        right: What was found and is labelled.
        wrong: What was found and is not.
        missed: What is labelled and was not found.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is labelled that was found."""
        return self.right / max(1, self.right + self.missed)


def _damage_of_pages(text: Tracked, rng: Random) -> Tracked:
    return page_markers(hard_wraps(text, 34), rng)


DAMAGES: Mapping[str, Callable[[Tracked, Random], Tracked]] = {
    "as found": lambda text, _: text,
    "crlf": lambda text, _: crlf(text),
    "wrapped": lambda text, rng: hard_wraps(text, rng.randint(26, 42)),
    "pages": _damage_of_pages,
    "spaced": lambda text, rng: spaced(text, rng, 0.04),
    "full width": lambda text, _: full_width(text),
    "traditional": lambda text, _: traditional(text, "s2t"),
    "ghosts": lambda text, rng: ghosts(traditional(text, "s2t"), rng),
}
"""What is done to the documents, by name."""


@cache
def cited_documents() -> tuple[Cited, ...]:
    """Return the labelled documents."""
    data = tomllib.loads(CASES.read_text(encoding="utf-8"))
    return tuple(_labelled(one["id"], one["text"].lstrip("\n")) for one in data["documents"])


def _labelled(doc: str, marked: str) -> Cited:
    pieces: list[str] = []
    labels: list[Label] = []
    length = offset = 0
    for found in _LABEL.finditer(marked):
        pieces.append(marked[offset : found.start()])
        length += len(pieces[-1])
        surface, relation, number, whole, cited = (part or "" for part in found.groups())
        title = convert_script(surface if whole in ("", "=") else whole)
        if number == surface:
            title = ""
        labels.append(
            Label(length, length + len(surface), title, number, convert_script(relation) or _PLAIN, cited)
        )
        pieces.append(surface)
        length += len(surface)
        offset = found.end()
    return Cited(doc, "".join([*pieces, marked[offset:]]), tuple(labels))


def damaged(document: Cited, damage: str, seed: int = 0) -> Cited:
    """Return a labelled document as it may be found; labels stand where their characters went."""
    made = DAMAGES[damage](original(document.text, document.id), Random(f"{document.id} {seed}"))
    origins = np.where(made.origins >= 0, made.origins & 0xFFFFFFFF, -1)
    labels = []
    for label in document.labels:
        places = np.flatnonzero((origins >= label.start) & (origins < label.end))
        end = int(places[-1]) + 1
        while made.text[end - 1 :].partition(")")[0].startswith(made.text[end - 1] + "(") and made.dirt[end]:
            end = made.text.index(")", end) + 1  # a ghost belongs to the character before it
        labels.append(replace(label, start=int(places[0]), end=end))
    return Cited(document.id, made.text, tuple(labels))


def read(documents: Sequence[Cited]) -> list[CitingDocument]:
    """Return what pdtool reads in the documents, each from a file of its id."""
    return [
        citing_document(
            document_of(
                RawDocument(Source(one.id, one.id, one.id, "text"), one.text, "utf-8"),
                normalise(one.text, None),
            )
        )
        for one in documents
    ]


def scores(documents: Sequence[Cited]) -> tuple[dict[str, Score], list[str]]:
    """Return how well each thing is found, and a line for each fault.

    ``mention``: the place and the whole title; ``number``, ``relation``: of the mentions that were found;
    ``cited_doc``: which document is meant.
    """
    found = {name: Score() for name in ("mention", "number", "relation", "cited_doc")}
    faults: list[str] = []
    mentions: dict[str, list[tuple[int, int, str, str, str, str]]] = {one.id: [] for one in documents}
    for citation in citations_of(read(documents)):
        doc = citation.found.doc if citation.found is not None else ""
        for one in citation.mentions:
            mentions[citation.citing.doc].append(
                (one.start, one.end, citation.title, citation.number, one.relation, doc)
            )
    for document in documents:
        faults += list(_judged(document, mentions[document.id], found))
    return found, faults


def _judged(
    document: Cited, mentions: Sequence[tuple[int, int, str, str, str, str]], found: Mapping[str, Score]
) -> Iterator[str]:
    labels = {_key(document.text, label.start, label.end): label for label in document.labels}
    for start, end, title, number, relation, doc in sorted(mentions):
        label = labels.pop(_key(document.text, start, end), None)
        if label is None or folded(label.title) != folded(title):
            found["mention"].wrong += 1
            found["mention"].missed += label is not None
            yield f"{document.id}: {title!r} at {start} ({label.title if label else 'not labelled'})"
            continue
        found["mention"].right += 1
        for name, said, wanted in (
            ("number", number, label.number),
            ("relation", relation, label.relation),
            ("cited_doc", doc, label.doc),
        ):
            score = found[name]
            if name == "number" and label.title and not label.number:
                continue  # a short form has the number of the whole, and it is not labelled again
            if said == wanted:
                score.right += bool(wanted)
            else:
                score.wrong += bool(said)
                score.missed += bool(wanted)
                yield f"{document.id}: {name} of {title!r}: {said!r} for {wanted!r}"
    for label in labels.values():
        found["mention"].missed += 1
        yield f"{document.id}: {label.title or label.number!r} was not found"


def _key(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the blanks and line ends at its edges."""
    cut = text[start:end]
    return start + len(cut) - len(cut.lstrip()), end - len(cut) + len(cut.rstrip())
