"""The texts of the tests: passages written by hand, and documents written by the grammar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from tests.texts.grammar import Writer, genres, subjects

__all__ = ["Text", "generate", "handwritten", "library"]

_HANDWRITTEN = Path(__file__).parent / "data" / "handwritten"
_LENGTHS = (300, 500, 800, 1200, 1800, 2500, 3500, 4500, 6000)


@dataclass(frozen=True, slots=True)
class Text:
    """An undamaged text.

    Args:
        id: Unique within a library.
        subject: What it is about; texts of different subjects share no long phrase.
        genre: Its form, such as ``speech`` or ``regulation``.
        text: Title and paragraphs, one per line, Simplified.
    """

    id: str
    subject: str
    genre: str
    text: str


@cache
def handwritten() -> tuple[Text, ...]:
    """Return the passages written by hand, each a subject and a genre of its own."""
    return tuple(
        Text(path.stem, path.stem, "handwritten", path.read_text(encoding="utf-8").strip())
        for path in sorted(_HANDWRITTEN.glob("*.txt"))
    )


def generate(subject: str, genre: str, length: int, seed: int) -> Text:
    """Write a document with the grammar; equal arguments give equal texts.

    Args:
        subject: A key of :func:`tests.texts.grammar.subjects`.
        genre: A key of :func:`tests.texts.grammar.genres`.
        length: About how many characters.
        seed: Tells documents of one subject and genre apart.
    """
    writer = Writer(subject, Random(f"{subject} {genre} {length} {seed}"))
    return Text(f"{subject}-{genre}-{length}-{seed}", subject, genre, writer.document(genre, length))


def _generated(seed: int) -> Iterator[Text]:
    rng = Random(f"library {seed}")
    names = sorted(subjects())
    rng.shuffle(names)
    forms = sorted(genres())
    for place, subject in enumerate(names):
        yield generate(subject, forms[(place + seed) % len(forms)], _LENGTHS[place % len(_LENGTHS)], seed)


@cache
def library(seed: int) -> tuple[Text, ...]:
    """Return one document of every subject, all lengths and genres mixed, and the handwritten passages."""
    return (*_generated(seed), *handwritten())
