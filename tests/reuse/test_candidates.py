"""The join: equal to a brute-force count, and bounded where very many documents share a hash."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.reuse import pair_counting
from pdtool.reuse.candidates import candidates
from pdtool.reuse.fingerprint import expected_error, fingerprint, fingerprints, limit
from pdtool.reuse.hash_totals import FREQUENT, CandidateOptions
from pdtool.reuse.hash_weights import needed, weights
from pdtool.reuse.postings import PostingArray, hash_bits, pack

SPREAD = 1 << 32
"""Small numbers times this are hashes that differ in the bits that postings keep."""


def postings_of(sets: list[set[int]]) -> PostingArray:
    """Return small numbers as the sorted postings of documents."""
    packed = [
        pack(np.array(sorted(values), np.uint64) * np.uint64(SPREAD), number)
        for number, values in enumerate(sets)
    ]
    return np.sort(np.concatenate([np.empty(0, np.uint64), *packed]))


def pairs_of(sets: list[set[int]], least_share: float, least_shared: int = 1, parts: int = 1) -> list[Pair]:
    """Join documents whose fingerprints hold all their hashes, given in one part or in several."""
    postings = postings_of(sets)
    bounds = np.searchsorted(hash_bits(postings), hash_bits(np.arange(1, parts, dtype=np.uint64) * PART))
    options = CandidateOptions(len(sets), np.ones(len(sets), bool), 1, least_share, least_shared)
    found = candidates(np.split(postings, bounds), options).pairs
    return [(int(i), int(j)) for i, j in found]


PART = np.uint64(SPREAD * 7)
Pair = tuple[int, int]


def brute_force(sets: list[set[int]], least_share: float, least_shared: int) -> list[Pair]:
    """Compare every pair, hash by hash, each counting for what its rarity says."""
    held = Counter(value for values in sets for value in values)
    weight = {value: int(weights(np.array([count]), len(sets))[0]) for value, count in held.items()}
    expected = []
    for i, j in combinations(range(len(sets)), 2):
        smaller = min((i, j), key=lambda n: (sum(weight[value] for value in sets[n]), n))
        shared, whole = (
            sum(weight[value] for value in values) for values in (sets[i] & sets[j], sets[smaller])
        )
        if len(sets[i] & sets[j]) >= least_shared and shared >= needed(
            whole, len(sets[smaller]), least_share
        ):
            expected.append((i, j))
    return expected


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sets(st.integers(0, 60), max_size=30), max_size=12), st.floats(0, 1), st.integers(1, 4))
def test_pairs_equal_a_brute_force_join(sets: list[set[int]], least_share: float, least_shared: int) -> None:
    """Exactly the pairs that share enough hashes are returned, in order."""
    assert pairs_of(sets, least_share, least_shared) == brute_force(sets, least_share, least_shared)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.integers(0, 100), max_size=20), max_size=10), st.integers(2, 20))
def test_chunks_and_parts_change_nothing(sets: list[set[int]], parts: int) -> None:
    """The join in many small chunks, or of many parts, finds what the join in one finds."""
    whole = pairs_of(sets, 0.2)
    assert pairs_of(sets, 0.2, parts=parts) == whole
    size, pair_counting.CHUNK = pair_counting.CHUNK, 3
    try:
        assert pairs_of(sets, 0.2) == whole
    finally:
        pair_counting.CHUNK = size


def test_a_fine_and_a_coarse_fingerprint_are_compared_at_the_coarser_scale() -> None:
    """A short text in a long one is a candidate although most of its hashes were not sampled there."""
    rng = np.random.default_rng(0)
    short = np.unique(rng.integers(0, 2**64, 400, dtype=np.uint64))
    long = np.unique(np.concatenate((short, rng.integers(0, 2**64, 8000, dtype=np.uint64))))
    postings = np.sort(np.concatenate((pack(short, 0), pack(long[long <= limit(8)], 1))))
    found = candidates([postings], CandidateOptions(2, np.array([True, False]), 8, 0.9)).pairs
    assert found.tolist() == [[0, 1]]


def test_a_text_copied_more_often_than_the_cap_is_still_found() -> None:
    """Frequent hashes link every document to the first one: 300 of 300 copies."""
    viral = set(range(100))
    sets = [viral | {1000 * n + k for k in range(3)} for n in range(300)]
    assert pairs_of(sets, 0.5) == [(0, n) for n in range(1, 300)]


def test_boilerplate_does_not_give_the_square_of_the_corpus() -> None:
    """Documents that share nothing but frequent hashes give fewer pairs than documents."""
    count = 4 * FREQUENT
    sets = [set(range(30)) | {1000 * n + k for k in range(70)} for n in range(1, count + 1)]
    assert len(pairs_of(sets, 0.1)) < count


def test_phrases_that_many_hold_count_for_less_than_rare_ones() -> None:
    """Of two pairs that share equally many hashes, the one whose hashes are rare is the candidate."""
    phrases = set(range(20))
    common = [phrases | {1000 * n + k for k in range(80)} for n in range(1, 61)]
    rare = [set(range(100_000, 100_020)) | {1000 * n + k for k in range(80)} for n in (70, 71)]
    assert pairs_of([*common, *rare], 0.25) == [(60, 61)]


def test_no_documents_have_no_pairs() -> None:
    """An empty corpus and empty documents are no special case."""
    assert pairs_of([], 0.5) == []
    assert pairs_of([set(), set()], 0.0) == []


def test_a_fingerprint_keeps_its_fraction() -> None:
    """Of many hashes one in `scaled` is kept, of a short text all are, in the order of the text."""
    rng = np.random.default_rng(1)
    hashes = rng.integers(0, 2**64, 80_000, dtype=np.uint64)
    kept = fingerprint(hashes, 8)
    assert kept.tolist() == [one for one in hashes.tolist() if one < 2**61]
    assert abs(len(kept) - 10_000) < 5 * np.sqrt(10_000)
    assert fingerprint(hashes[:300], 8).tolist() == hashes[:300].tolist()


@pytest.mark.parametrize("scaled", [1, 8])
def test_fingerprints_found_together_are_those_of_each(scaled: int) -> None:
    """Short, long and empty documents beside one another keep what each keeps alone."""
    rng = np.random.default_rng(2)
    documents = [rng.integers(0, 2**64, size, dtype=np.uint64) for size in (0, 399, 4_000, 0, 400, 7, 0)]
    hashes, owners = fingerprints(documents, scaled)
    for number, document in enumerate(documents):
        assert hashes[owners == number].tolist() == fingerprint(document, scaled).tolist()
    assert (np.diff(owners) >= 0).all()
    assert [len(found) for found in fingerprints([], scaled)] == [0, 0]


def test_expected_error_is_that_of_the_sample() -> None:
    """The formula agrees with the spread of estimates over random samples, within a tenth."""
    rng = np.random.default_rng(2)
    estimates = []
    for _ in range(400):
        kept = rng.random(2000) < 1 / 8
        estimates.append(np.mean(kept[:1000].sum() / max(kept.sum(), 1)))
    assert abs(np.std(estimates) - expected_error(0.5, 2000, 8)) < 0.1 * expected_error(0.5, 2000, 8)
