"""A corpus for the speed of ``pdtool themes`` and ``pdtool compare``: seeded, so that it is always the same.

Documents are put together from the sentences that the tests' grammar writes, each from those of one subject
and some of another, with terms of the built-in dictionary in between. They are as long as papers are.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

from pdtool.terms.load import load_dictionary
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate

__all__ = ["write_corpus"]

_SENTENCE = re.compile("[^。]+。")
_TERM_EVERY = 4
"""One sentence in so many is about a term of the dictionary."""


@cache
def _sentences(subject: str) -> tuple[str, ...]:
    texts = (generate(subject, genre, 6000, 1).text for genre in genres())
    return tuple(sentence for text in texts for sentence in _SENTENCE.findall(text.replace("\n", "")))


def _document(rng: Random, terms: tuple[str, ...], length: int) -> str:
    main, other = rng.sample(sorted(subjects()), 2)
    pieces: list[str] = []
    size = 0
    while size < length:
        piece = rng.choice(_sentences(main if rng.random() < 0.8 else other))
        if rng.random() < 1 / _TERM_EVERY:
            piece = f"要把{rng.choice(terms)}与{rng.choice(terms)}结合起来，{piece}"
        pieces.append(piece + ("\n" if rng.random() < 0.2 else ""))
        size += len(piece)
    return "".join(pieces)


def write_corpus(folder: Path, documents: int, seed: int = 1) -> int:
    """Write documents of 800 to 3,000 characters as UTF-8 files; return their bytes."""
    rng = Random(f"themes {seed}")
    terms = tuple(entry.term for entry in load_dictionary()[0].entries)
    written = 0
    for number in range(documents):
        path = folder / f"{2015 + number % 10}" / f"{number:06}.txt"
        path.parent.mkdir(exist_ok=True, parents=True)
        written += path.write_bytes(_document(rng, terms, rng.randint(800, 3000)).encode())
    return written
