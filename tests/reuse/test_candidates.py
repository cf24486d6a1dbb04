"""The join: equal to a brute-force count, and bounded where very many documents share a hash."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.shingles import HashArray
from pdtool.reuse import candidates
from pdtool.reuse.candidates import HOT, Fingerprints, candidate_pairs, enough
from pdtool.reuse.fingerprint import expected_error, fingerprint, limit


def hashes_of(values: set[int]) -> HashArray:
    """Return small numbers as a fingerprint."""
    return np.array(sorted(values), dtype=np.uint64)


def all_fine(sets: list[set[int]]) -> Fingerprints:
    """Return fingerprints that hold all hashes."""
    return Fingerprints([hashes_of(values) for values in sets], [True] * len(sets), 1)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sets(st.integers(0, 60), max_size=30), max_size=12), st.floats(0, 1), st.integers(1, 4))
def test_pairs_equal_a_brute_force_join(sets: list[set[int]], least_share: float, least_shared: int) -> None:
    """Exactly the pairs that share enough hashes are returned, in order."""
    expected = []
    for i, j in combinations(range(len(sets)), 2):
        shared, size = len(sets[i] & sets[j]), min(len(sets[i]), len(sets[j]))
        if shared >= least_shared and enough(shared, size, least_share):
            expected.append((i, j))
    assert candidate_pairs(all_fine(sets), least_share, least_shared) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.integers(0, 40), max_size=20), max_size=10))
def test_chunks_change_nothing(sets: list[set[int]]) -> None:
    """The join in many small chunks finds what the join in one chunk finds."""
    whole = candidate_pairs(all_fine(sets), 0.2)
    size, candidates.CHUNK = candidates.CHUNK, 3
    try:
        assert candidate_pairs(all_fine(sets), 0.2) == whole
    finally:
        candidates.CHUNK = size


def test_a_fine_and_a_coarse_fingerprint_are_compared_at_the_coarser_scale() -> None:
    """A short text in a long one is a candidate although most of its hashes were not sampled there."""
    rng = np.random.default_rng(0)
    short = np.unique(rng.integers(0, 2**64, 400, dtype=np.uint64))
    long = np.unique(np.concatenate((short, rng.integers(0, 2**64, 8000, dtype=np.uint64))))
    prints = Fingerprints([short, long[long <= limit(8)]], [True, False], 8)
    assert candidate_pairs(prints, 0.9) == [(0, 1)]


def test_a_text_copied_more_often_than_the_cap_is_still_found() -> None:
    """Hot hashes link every holder to the first one: 300 of 300 copies."""
    viral = set(range(100))
    sets = [viral | {1000 * n + k for k in range(3)} for n in range(300)]
    assert candidate_pairs(all_fine(sets), 0.5) == [(0, n) for n in range(1, 300)]


def test_boilerplate_does_not_give_the_square_of_the_corpus() -> None:
    """Documents that share nothing but hot hashes give fewer pairs than documents."""
    count = 4 * HOT
    sets = [set(range(30)) | {1000 * n + k for k in range(70)} for n in range(1, count + 1)]
    assert len(candidate_pairs(all_fine(sets), 0.1)) < count


def test_no_documents_have_no_pairs() -> None:
    """An empty corpus and empty documents are no special case."""
    assert candidate_pairs(all_fine([]), 0.5) == []
    assert candidate_pairs(all_fine([set(), set()]), 0.0) == []


def test_a_fingerprint_keeps_its_fraction() -> None:
    """Of many hashes one in `scaled` is kept; of a short text all are; they are distinct and ascending."""
    rng = np.random.default_rng(1)
    hashes = rng.integers(0, 2**64, 80_000, dtype=np.uint64)
    kept = fingerprint(np.concatenate((hashes, hashes)), 8)
    assert (np.diff(kept) > 0).all()
    assert abs(len(kept) - 10_000) < 5 * np.sqrt(10_000)
    assert len(fingerprint(hashes[:500], 8)) == 500


def test_expected_error_is_that_of_the_sample() -> None:
    """The formula agrees with the spread of estimates over random samples, within a tenth."""
    rng = np.random.default_rng(2)
    estimates = []
    for _ in range(400):
        kept = rng.random(2000) < 1 / 8
        estimates.append(np.mean(kept[:1000].sum() / max(kept.sum(), 1)))
    assert abs(np.std(estimates) - expected_error(0.5, 2000, 8)) < 0.1 * expected_error(0.5, 2000, 8)
