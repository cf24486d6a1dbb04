"""The candidates of a look-up are those of the whole join, whatever known documents hold beside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.engine import known_candidates
from pdtool.engine.known_candidates import Everyone, MostAreMetError, look_up
from pdtool.engine.known_documents import KnownDocuments, Links, Numbers
from pdtool.engine.weighing import least_weights
from pdtool.reuse import hash_totals, hash_weights
from pdtool.reuse.candidates import candidates
from pdtool.reuse.hash_totals import CandidateOptions, hash_counts
from pdtool.reuse.postings import PostingArray, documents_of, hash_bits
from tests.reuse.test_candidates import postings_of

Sets = list[set[int]]
SCALED = 1 << 24
"""The scale at which of the hashes made here, small numbers times 2**32, those up to 256 are kept."""


@dataclass
class Stored:
    """Known documents whose postings are looked up in an array.

    Args:
        stored: The postings.
        count: How many documents there are.
        scaled: The coarse scale.
        asked: The bits of all hashes that were looked up.
    """

    stored: PostingArray
    count: int
    scaled: int
    asked: set[int] = field(default_factory=set)

    @property
    def numbers(self) -> Numbers:
        """The numbers of the documents."""
        return np.arange(self.count)

    @property
    def hashes(self) -> Numbers:
        """How many hashes each has."""
        return hash_counts(self.stored, self.scaled, self.count)

    def hashes_of(self, places: Numbers) -> tuple[PostingArray, Numbers]:
        """Return the postings of some documents."""
        numbers = documents_of(self.stored)
        found = np.isin(numbers, places)
        return hash_bits(self.stored)[found], numbers[found]

    def weights(self) -> Numbers:
        """Return what they weigh at least."""
        return least_weights(self.stored, self.count, self.count, self.scaled)

    def meet(self, hashes: PostingArray, places: Numbers) -> StoredMet:
        """Look up which documents hold hashes."""
        self.asked.update(hashes.tolist())
        bits = hash_bits(self.stored)
        found = np.isin(bits, hashes)
        return StoredMet(bits[found], places[documents_of(self.stored)[found]])


class StoredMet:
    """Hashes that known documents hold, looked up in an array."""

    def __init__(self, bits: PostingArray, places: Numbers) -> None:
        self._all = bits, places
        self.bits = np.unique(bits)
        held = [places[bits == one] for one in self.bits]
        self.every = np.array([len(one) for one in held], np.int64)
        self.compared = np.array([(one >= 0).sum() for one in held], np.int64)
        self.first = np.array([int(min(one[one >= 0], default=-1)) for one in held], np.int64)

    def postings(self, which: npt.NDArray[np.bool_]) -> tuple[PostingArray, Numbers]:
        """Return the postings of some hashes."""
        bits, places = self._all
        found = np.isin(bits, self.bits[which]) & (places >= 0)
        return bits[found], places[found]

    def linked(self, links: Links, needed: npt.NDArray[np.float64]) -> Numbers:
        """Return the documents that share enough frequent hashes with a new one before them."""
        bits, places = self._all
        shared: Counter[tuple[int, int]] = Counter()
        for bit, place in zip(bits.tolist(), places.tolist(), strict=True):
            for at in np.flatnonzero(links.bits == bit).tolist() if place >= 0 else ():
                shared[int(links.owner[at]), place] += int(links.weight[at])
        held = shared.items()
        linked = {place for (one, place), sum_ in held if sum_ >= min(links.needed[one], needed[place])}
        return np.array(sorted(linked), np.int64)


def corpus(seed: int) -> tuple[Sets, int]:
    """Return what some known documents hold, then some new ones, and how many are known.

    A few texts are copied with damage; of every document a part is phrases that some or many hold.
    """
    rng = Random(seed)
    texts = [rng.sample(range(100, 400), rng.randrange(10, 60)) for _ in range(rng.randrange(1, 4))]
    sets = []
    for _ in range(rng.randrange(4, 24)):
        phrases = {int(90 * rng.random() ** 3) for _ in range(rng.randrange(40))}
        text = rng.choice(texts) if rng.random() < 0.7 else rng.sample(range(400, 900), 40)
        share = rng.choice((0.2, 0.4, 0.6, 1.0))
        sets.append(phrases | {value for value in text if rng.random() < share})
    return sets, rng.randrange(1, len(sets))


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 10**9),
    st.sampled_from((0.16, 0.3, 0.5, 0.7)),
    st.sampled_from((None, 1, 3)),
    st.booleans(),
)
def test_candidates_of_a_look_up_are_those_of_the_join(
    seed: int, least_share: float, least_uncommon: int | None, new_too: bool
) -> None:
    """Law: rare hashes, frequent ones with their first documents, either document the smaller one."""
    sets, stored = corpus(seed)
    rng, count = Random(seed), len(sets)
    known = [number < stored for number in range(count)]
    fine = [rng.random() < 0.5 for _ in sets]
    place = rng.sample(range(count), count)
    # Some are too short to be compared, or another one stands for them.
    compared = np.array([one for one in np.argsort(np.array(place)).tolist() if rng.random() < 0.9], np.int64)
    is_known = np.array(known)[compared]
    sides = np.stack((~is_known, np.ones(len(compared), bool) if new_too else is_known))
    options = CandidateOptions(
        len(compared), np.array(fine)[compared], SCALED, least_share, 1, 4, least_uncommon, sides
    )
    by_rank = [sets[document] for document in compared.tolist()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hash_totals, "FREQUENT", 4)
        patch.setattr(hash_weights, "ELSEWHERE", 2)  # so that in few documents weights differ much
        patch.setattr(known_candidates, "SOME", count)
        whole = candidates([postings_of(by_rank)], options)
        own = postings_of([set() if one else held for one, held in zip(known, sets, strict=True)])
        kept = postings_of(sets[:stored])
        everyone = Everyone(
            stored, np.array(place), np.array(fine), np.ones(count, np.int64), np.arange(count), {}
        )
        index = Stored(kept, stored, SCALED)
        found = look_up(
            index,  # type: ignore[arg-type]
            everyone,
            compared,
            own,
            options,
        )
    wanted = options.are_wanted(whole.pairs[:, 0], whole.pairs[:, 1])
    chosen = options.are_wanted(found.pairs[:, 0], found.pairs[:, 1])
    assert found.pairs[chosen].tolist() == whole.pairs[wanted].tolist()
    asked = np.array(sorted(index.asked), np.uint64)
    assert np.isin(whole.common, found.common)[np.isin(whole.common, asked)].all()
    assert np.isin(found.common, whole.common).all()


def test_an_index_of_which_most_is_met_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where new documents share text with many known ones, all are joined."""
    sets = [set(range(20))] * 6
    monkeypatch.setattr(known_candidates, "SOME", 3)
    kept = postings_of(sets[:5])
    everyone = Everyone(5, np.arange(6), np.ones(6, bool), np.ones(6, np.int64), np.arange(6), {})
    sides = np.stack((np.arange(6) == 5, np.ones(6, bool)))
    options = CandidateOptions(6, np.ones(6, bool), 1, 0.16, sides=sides)
    known: KnownDocuments = Stored(kept, 5, 1)  # type: ignore[assignment]
    with pytest.raises(MostAreMetError):
        look_up(known, everyone, np.arange(6), postings_of([set()] * 5 + sets[5:]), options)


def test_a_known_document_is_linked_to_the_first_that_it_has_most_in_common_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Frequent hashes that no new document holds decide too that a new one is not the first to link it to."""
    monkeypatch.setattr(hash_totals, "FREQUENT", 4)
    few, many = set(range(10)), set(range(20, 50))
    sets = [many, *[few | many] * 6, few]  # the last one is new, and comes first by its id
    compared = np.array([7, *range(7)])
    sides = np.stack((compared == 7, np.ones(8, bool)))
    options = CandidateOptions(8, np.ones(8, bool), 1, 0.16, sides=sides)
    place = np.array([*range(1, 8), 0])
    everyone = Everyone(7, place, np.ones(8, bool), np.ones(8, np.int64), np.arange(8), {})
    known: KnownDocuments = Stored(postings_of(sets[:7]), 7, 1)  # type: ignore[assignment]
    found = look_up(
        known,
        everyone,
        compared,
        postings_of([set()] * 7 + sets[7:]),
        options,
    )
    whole = candidates([postings_of([few, *sets[:7]])], options).pairs
    assert [pair for pair in whole.tolist() if 0 in pair] == []
    assert [pair for pair in found.pairs.tolist() if 0 in pair] == []
