"""Partial readings and what may follow them are the same in whatever rows and lists they stand."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.slips import candidate_finder, search
from pdtool.normalise.slips.beam import padding_in_front
from pdtool.normalise.slips.byte_slips import find_byte_slips
from pdtool.normalise.slips.candidates import NOTHING, Candidates, joined
from pdtool.normalise.slips.choices import completions
from pdtool.normalise.slips.gbk import pair_of
from pdtool.normalise.slips.solver import Solver
from pdtool.normalise.slips.undefined_runs import followers_ending_in, is_undefined, undefined_across
from tests.damage.slips import SLIPS
from tests.texts import library

PAIRS_OF_BYTES = st.lists(
    st.integers(0x81, 0xFE).flatmap(lambda lead: st.integers(lead << 8 | 0x40, lead << 8 | 0xFE)), max_size=20
)


@given(
    st.integers(0, 5).flatmap(lambda width: st.lists(st.tuples(*[st.integers(-1, 3)] * width), max_size=5))
)
def test_what_is_real_of_a_row_keeps_its_order(rows: list[tuple[int, ...]]) -> None:
    """What rows are filled up with moves to the front, and nothing else moves."""
    given_rows = np.array(rows, dtype=np.intp).reshape(len(rows), len(rows[0]) if rows else 0)
    found = padding_in_front(given_rows, given_rows >= 0).tolist()
    assert found == [sorted(row, key=lambda symbol: symbol >= 0) for row in rows]


@settings(deadline=None)  # the first look-up of a process loads the tables
@given(PAIRS_OF_BYTES, PAIRS_OF_BYTES)
def test_undefined_pairs_between_some_and_others(befores: list[int], afters: list[int]) -> None:
    """All that make an undefined pair with one of some others are told at once, in their order."""
    before, after = (np.array(some, dtype=np.intp) for some in (befores, afters))
    found = [some.tolist() for some in undefined_across(before, after)]
    assert found == [some.tolist() for some in np.nonzero(is_undefined(before[:, None], after))]


@settings(deadline=None)  # the first look-up of a process loads the tables
@given(PAIRS_OF_BYTES, st.integers(0x40, 0xFE), st.booleans())
def test_what_may_follow_with_an_undefined_pair_between(befores: list[int], trail: int, known: bool) -> None:
    """What may stand behind some pairs is what makes an undefined one with them, in the same order."""
    pairs, symbols = (some[completions(trail)[1] >= known] for some in completions(trail))
    before = np.array(befores, dtype=np.intp)
    at, (followers, kinds) = followers_ending_in(trail, known=known).behind(before)
    expected, through = undefined_across(before, pairs)
    assert at.tolist() == expected.tolist()
    assert followers.tolist() == pairs[through].tolist()
    assert kinds.tolist() == symbols[through].tolist()


def _candidates(words: list[str]) -> Candidates:
    """Return candidates, whose symbols are code points, and whose costs are their lengths."""
    if not words:
        return NOTHING
    width = max(map(len, words))
    pairs = [[0] * (width - len(word)) + [pair_of(character) for character in word] for word in words]
    firsts = sorted({ord(word[0]) for word in words})
    return Candidates(
        np.array(pairs),
        np.array(firsts),
        np.array([firsts.index(ord(word[0])) for word in words]),
        np.array([ord(word[-1]) for word in words]),
        np.array([float(len(word)) for word in words]),
    )


@given(st.lists(st.lists(st.text("基层治理", min_size=1, max_size=3), max_size=4), max_size=4))
def test_candidates_of_several_lists(lists: list[list[str]]) -> None:
    """Joined lists hold the candidates of each one behind the other, with their first and last characters."""
    found = joined([_candidates(words) for words in lists])
    words = [word for some in lists for word in some]
    assert [[pair for pair in row if pair] for row in found.pairs.tolist()] == [
        [pair_of(character) for character in word] for word in words
    ]
    assert found.firsts[found.first].tolist() == [ord(word[0]) for word in words]
    assert found.last.tolist() == [ord(word[-1]) for word in words]
    assert found.cost.tolist() == [len(word) for word in words]


def _damaged(kind: str) -> list[str]:
    """Return a few slipped texts."""
    texts = [text.text for text in library(9531) if len(text.text) >= 300][:4]
    return [SLIPS[kind](text, Random(f"{kind} {index}")) for index, text in enumerate(texts)]


def _read(texts: list[str]) -> list[str]:
    """Return texts with their slips read back."""
    return [find_byte_slips(text).apply(text)[0] for text in texts]


@pytest.mark.parametrize("kind", ["byte losses, Simplified", "site ghosts with slips"])
def test_spans_that_begin_alike_are_read_as_if_each_were_alone(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one span behind a mark is found to begin with changes no reading of another."""
    damaged = _damaged(kind)
    together = _read(damaged)
    monkeypatch.setattr(search, "Solver", lambda *arguments: Solver(*(*arguments[:-1], {})))
    assert _read(damaged) == together
    assert damaged != together


@pytest.mark.parametrize("kind", ["byte losses, Simplified", "site ghosts with slips"])
def test_unknown_characters_that_are_passed_over_would_not_be_read(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readings are the same if each character that the tables do not have is judged as well."""
    damaged = _damaged(kind)
    with_known = _read(damaged)
    monkeypatch.setattr(candidate_finder, "UNHEARD", np.inf)
    assert _read(damaged) == with_known
