"""The writer of the benchmarks' corpora writes what the tests' writer would: faster, not differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.dedupe.author import Author
from benchmarks.dedupe.vocabulary import vocabulary
from tests.texts.grammar import Writer, genres, subjects


@dataclass(slots=True)
class _Plain(Writer):
    """The tests' writer with a vocabulary of its own."""

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def _alternatives(self, symbol: str) -> tuple[str, ...] | list[str]:
        found = self.words.get(symbol)
        return list(found) if found else Writer._alternatives(self, symbol)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), genre=st.sampled_from(sorted(genres())), length=st.integers(50, 3_000))
def test_an_author_writes_what_the_writer_does(seed: int, genre: str, length: int) -> None:
    """Equal draws give equal documents, and leave the generator where the writer leaves it."""
    words = vocabulary(Random(seed))
    plain = _Plain(min(subjects()), Random(seed), words=words)
    author = Author(min(subjects()), Random(seed), words=words)
    assert author.document(genre, length) == plain.document(genre, length)
    assert author.rng.getstate() == plain.rng.getstate()
