"""What the slip model looks up for many rows at once is what each look-up says alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.normalise.slips.language_model import LanguageModel
from pdtool.normalise.slips.ngram_tables import TripleTable, WordTable, as_keys, grouped, word_keys

SIZE = 5
"""Symbols of the tables: few, so that many rows are known. Symbol 0 stands for the unknown."""
SYMBOLS = st.integers(0, SIZE - 1)
WORDS = st.lists(
    st.lists(st.integers(1, SIZE - 1), min_size=2, max_size=4).map(tuple), unique=True, max_size=40
)
ROWS = st.integers(1, 7).flatmap(
    lambda width: st.lists(st.lists(SYMBOLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(WORDS, ROWS)
def test_words_of_all_lengths_are_looked_up_together(
    words: list[tuple[int, ...]], rows: list[list[int]]
) -> None:
    """Each window of two to four symbols has the share of its word, and what is no word has none."""
    shares = {word: 1.0 + number for number, word in enumerate(words)}
    by_length = []
    for length in (2, 3, 4):
        some = sorted(word for word in words if len(word) == length)
        keys = as_keys(np.array(some, dtype=np.int64).reshape(len(some), length), SIZE)
        by_length.append((keys, np.array([shares[word] for word in some])))
    found = WordTable(by_length).shares(word_keys(np.array(rows).T, SIZE))
    expected = [
        [
            [shares.get(tuple(row[end - length : end]), 0.0) if end >= length else 0.0 for row in rows]
            for length in (4, 3, 2)
        ]
        for end in range(1, len(rows[0]) + 1)
    ]
    assert found.tolist() == expected


@given(st.lists(SYMBOLS, max_size=40), ROWS)
def test_triples_are_looked_up_together(text: list[int], rows: list[list[int]]) -> None:
    """Behind two symbols that a text has a third is interpolated by what they leave, else it is as it was."""
    triples = [tuple(text[index : index + 3]) for index in range(len(text) - 2)]
    kinds = sorted(set(triples))
    keys = as_keys(np.array(kinds, dtype=np.int64).reshape(len(kinds), 3), SIZE)
    table = TripleTable.of_counts(keys, np.array([triples.count(kind) for kind in kinds], dtype=float), SIZE)
    known = np.array(rows)
    shares = np.full((len(rows), max(known.shape[1] - 2, 0)), 0.5)
    found = table.interpolated(shares, known[:, :-2] * SIZE + known[:, 1:-1], known[:, 2:])

    def expected(triple: tuple[int, ...]) -> float:
        behind = [kind for kind in triples if kind[:2] == triple[:2]]
        if not behind:
            return 0.5
        whole = len(behind) + len(set(behind))
        return (1 - len(behind) / whole) * 0.5 + behind.count(triple) / whole

    for row, some in zip(rows, found.tolist(), strict=True):
        assert some == pytest.approx([expected(tuple(row[index : index + 3])) for index in range(len(some))])


@given(st.lists(SYMBOLS, max_size=20))
def test_runs_are_told_apart(numbers: list[int]) -> None:
    """The number of its run is each number itself, and neighbouring runs differ."""
    kinds, at = grouped(np.array(numbers, dtype=np.int64))
    assert kinds[at].tolist() == numbers
    assert (kinds[1:] != kinds[:-1]).all()


@given(st.lists(st.text("基层治理，党建。a", max_size=20), max_size=6))
def test_texts_judged_together(texts: list[str]) -> None:
    """A text has the same probability whatever other texts are judged with it."""
    language = LanguageModel(["基层治理，基层党建，基层治理"])
    language.stand_behind("治理，党建，治理，")
    assert language.of_each(texts) == pytest.approx([language.of(text) for text in texts])
