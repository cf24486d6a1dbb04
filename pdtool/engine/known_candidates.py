"""Which documents of an index are worth aligning with new ones, told from the hashes that these hold.

The candidates are exactly those of the join of all: the postings of the hashes that new documents hold say
how many documents hold each, so that the rare ones give all their pairs and the frequent ones their star
edges here as there. What else a document of the index holds decides only whether it is the smaller one of a
pair, how much it would have to share then, and which of several first documents it is linked to. So a first
look, with the least that it may hold, turns nearly all of them down. The hashes of the few others are looked
up too, and a second look, with nothing left open, chooses among these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.engine.known_documents import KnownDocuments, Met
from pdtool.engine.weighing import reference, reference_weights
from pdtool.reuse import hash_totals
from pdtool.reuse.candidates import Candidates, candidates
from pdtool.reuse.hash_totals import CandidateOptions, HashCounts, HashTotals, hash_counts
from pdtool.reuse.hash_weights import weights
from pdtool.reuse.least_totals import LeastTotals
from pdtool.reuse.options import Keep
from pdtool.reuse.postings import PostingArray, documents_of, hash_bits, pack_bits, slices
from pdtool.text.arrays import distinct, is_member, runs

__all__ = ["Everyone", "MostAreMetError", "look_up"]

Numbers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MOST = 1 / 20
"""Share of the documents of an index from which on all are joined: to look most of them up takes longer."""
SOME = 200
"""So many are looked up always."""


class MostAreMetError(Exception):
    """Too many documents of an index share text with new ones for a look-up."""


@dataclass(frozen=True, slots=True, eq=False)
class Everyone:
    """Known documents and, behind them, new ones: numbered as they stand here.

    Args:
        known: How many are known.
        place: The rank of each by its id, shape ``(n,)``.
        fine: Whether their fingerprints hold all hashes, likewise.
        size: Folded characters, likewise.
        representative: For each, the one that is compared for it, likewise.
        groups: The documents that have one fold, by the one that is compared for them; those of several.
    """

    known: int
    place: Numbers
    fine: Bools
    size: Numbers
    representative: Numbers
    groups: Mapping[int, Sequence[int]]

    @classmethod
    def of(
        cls,
        known: KnownDocuments,
        ids: Sequence[str],
        facts: npt.NDArray[np.void],
        keep: Keep,
    ) -> Everyone:
        """Return known documents and new ones, numbered.

        Args:
            known: The known ones.
            ids: The ids of the new ones.
            facts: What is known of these, an array of :data:`~pdtool.reuse.document_table.FACTS`.
            keep: Which document of those with one fold is compared for them.
        """
        every = [*known.ids, *ids]
        order = sorted(range(len(every)), key=every.__getitem__)
        place = np.empty(len(every), np.int64)
        place[order] = np.arange(len(every))
        size = np.concatenate((known.size, facts["size"].astype(np.int64)))
        repairs = np.concatenate((known.repairs, facts["repairs"].astype(np.int64)))
        digests = facts["digest"].tolist()
        twins = known.twins(digest for digest, one in zip(digests, facts["size"], strict=True) if one)
        for number, digest in enumerate(digests, start=len(known)):
            if size[number]:
                twins.setdefault(digest, []).append(number)
        representative = np.arange(len(every))
        groups = {}
        for members in twins.values():
            if len(members) > 1:
                first = Keep.FIRST is keep
                best = min(members, key=lambda one: (0 if first else repairs[one], place[one]))
                representative[members] = best
                groups[best] = members
        fine = np.concatenate((known.fine, facts["fine"]))
        return cls(len(known), place, fine, size, representative, groups)

    def distinct(self, least: int) -> Numbers:
        """Return the documents that are compared, by their ids: those that have enough characters."""
        numbers = np.arange(len(self.place))
        found = numbers[(self.representative == numbers) & (self.size >= least)]
        return self._by_id(found)

    def _by_id(self, numbers: Numbers) -> Numbers:
        ordered: Numbers = numbers[np.argsort(self.place[numbers])]
        return ordered

    def with_twins(self, numbers: Numbers) -> Numbers:
        """Return documents and all that have the fold of one of them, by their ids."""
        found = [
            *numbers.tolist(),
            *(one for number in numbers.tolist() for one in self.groups.get(number, ())),
        ]
        return self._by_id(distinct(np.array(found, np.int64)))


def look_up(
    known: KnownDocuments,
    everyone: Everyone,
    compared: Numbers,
    postings: PostingArray,
    options: CandidateOptions,
    hashes_of: Callable[[Numbers], Sequence[PostingArray]],
) -> Candidates:
    """Return the pairs of a new document and any other that are worth aligning.

    Args:
        known: The known documents.
        everyone: These and new ones.
        compared: The documents that are compared, by their ids; pairs are of indexes of it.
        postings: The postings of the new documents, numbered as everyone.
        options: What makes a pair a candidate.
        hashes_of: Returns the bits of the hashes of known documents.

    Raises:
        MostAreMetError: If too many known documents are met.
    """
    assert options.sides is not None, "there are new documents and known ones"
    is_new = options.sides[0]
    index = np.full(len(everyone.place), -1)
    index[compared] = np.arange(len(compared))
    own = _numbered(hash_bits(postings), index[everyone.representative[documents_of(postings)]])
    asked = distinct(hash_bits(own))
    met = known.meet(asked, index[: everyone.known])
    listed, held = _listed(met, own, is_new & (compared >= everyone.known))
    first_look = distinct(np.concatenate((own, listed)))
    totals = _least_totals(known, compared, first_look, own, met, held, options)
    wanted = distinct(_join(first_look, options, totals).pairs.ravel())
    wanted = wanted[~is_new[wanted]]
    if len(wanted) > max(SOME, MOST * everyone.known):
        raise MostAreMetError
    bits = hashes_of(compared[wanted])
    rest = [_numbered(some, np.full(len(some), one)) for some, one in zip(bits, wanted.tolist(), strict=True)]
    more = distinct(np.concatenate([np.empty(0, np.uint64), *bits]))
    others = known.meet(more[~is_member(more, asked)], index[: everyone.known])
    every = held.and_others(HashCounts(others.bits, others.compared))
    second_look = distinct(np.concatenate((first_look, _firsts(others), *rest)))
    found = _join(second_look, options, HashTotals(options, every))
    is_open = ~is_new
    is_open[wanted] = False
    return Candidates(found.pairs[~is_open[found.pairs].any(axis=1)], found.common)


def _listed(met: Met, own: PostingArray, is_added: Bools) -> tuple[PostingArray, HashCounts]:
    """Return the postings of known documents that matter, and how many hold the hashes that have others.

    Of a frequent hash that is the first document, unless a new one comes before it.

    Args:
        met: The hashes of new documents that known ones hold.
        own: The postings of new documents.
        is_added: Which documents are new and not counted there.
    """
    bits, documents = hash_bits(own), documents_of(own)
    starts, counts = runs(bits)
    at = np.searchsorted(bits[starts], met.bits)
    is_first_known = met.first < np.minimum.reduceat(documents, starts)[at] if len(at) else np.zeros(0, bool)
    added = np.add.reduceat(is_added[documents].astype(np.int64), starts)[at] if len(at) else counts[:0]
    is_short = (met.compared > hash_totals.FREQUENT) & is_first_known
    whole = _numbered(*met.postings(~is_short))
    held = HashCounts(met.bits[is_short], (met.compared + added)[is_short])
    return np.concatenate((whole, pack_bits(met.bits[is_short], met.first[is_short]))), held


def _least_totals(
    known: KnownDocuments,
    compared: Numbers,
    listed: PostingArray,
    own: PostingArray,
    met: Met,
    held: HashCounts,
    options: CandidateOptions,
) -> LeastTotals:
    """Return what documents hold at least, given the postings that are listed of new and known ones."""
    assert options.sides is not None, "there are new documents and known ones"
    is_new, is_stored = options.sides[0], compared < len(known.numbers)
    counts = np.zeros((2, len(compared)), np.int64)
    counts[:, is_stored] = known.hashes[:, compared[is_stored]]
    counts[:, is_new] = hash_counts(own, options.scaled, len(compared))[:, is_new]
    numbers = documents_of(listed)
    kept = listed[~is_new[numbers]]
    rest = np.zeros((2, len(compared)), np.int64)
    rest[:, is_stored] = known.weights()[:, compared[is_stored]]
    # What is listed is weighed anew; of the other frequent hashes some may weigh less than they did.
    then = reference_weights(met.every, len(known.numbers))
    now = weights(held.numbers, options.documents)
    lighter = np.maximum(HashCounts(met.bits, then).of(held.bits, now) - now, 0).sum()
    weighed = HashCounts(met.bits, then).of(hash_bits(kept), np.zeros(len(kept), np.int64))
    rest -= hash_counts(kept, options.scaled, len(compared), weighed) + lighter
    rest[:, is_new] = 0
    if len(compared) < reference(len(known.numbers)):  # rarer than they were thought to be: all is possible
        rest = np.where(is_new, rest, 0)
    return LeastTotals(options, held, counts, np.maximum(rest, 0))


def _firsts(met: Met) -> PostingArray:
    """Return the first document of each frequent hash, as postings."""
    frequent = met.compared > hash_totals.FREQUENT
    return pack_bits(met.bits[frequent], met.first[frequent])


def _join(postings: PostingArray, options: CandidateOptions, totals: HashTotals) -> Candidates:
    return candidates([postings], options, slices=slices, totals=totals)


def _numbered(bits: PostingArray, numbers: Numbers) -> PostingArray:
    """Return hashes and the documents that hold them as postings; -1 is none."""
    held = numbers >= 0
    return pack_bits(bits[held], numbers[held])
