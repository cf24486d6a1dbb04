"""Which documents of an index are worth aligning with new ones, told from the hashes that these hold.

The candidates are exactly those of the join of all: the postings of the hashes that new documents hold say
how many documents hold each, so that the rare ones give all their pairs and the frequent ones their star
edges here as there. What else a document of the index holds decides only whether it is the smaller one of a
pair, how much it would have to share then, and which of several first documents it is linked to. So a first
look, with the least that it may hold, turns nearly all of them down. The hashes of the few others are looked
up too, and a second look, with nothing left open, chooses among these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.engine.known_documents import KnownDocuments, Links, Met
from pdtool.engine.weighing import reference, reference_weights
from pdtool.reuse import hash_totals
from pdtool.reuse.candidates import Candidates, candidates
from pdtool.reuse.hash_totals import CandidateOptions, HashCounts, HashTotals, hash_counts
from pdtool.reuse.hash_weights import needed, weights
from pdtool.reuse.least_totals import LeastTotals
from pdtool.reuse.options import Keep
from pdtool.reuse.pair_counting import STAR_SHARE
from pdtool.reuse.postings import PostingArray, documents_of, hash_bits, pack_bits, slices
from pdtool.text.arrays import distinct, is_member, runs

__all__ = ["Everyone", "MostAreMetError", "look_up"]

Numbers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MOST = 1 / 20
"""Share of the documents of an index from which on all are joined: to look most of them up takes longer."""
SOME = 1000
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
) -> Candidates:
    """Return the pairs of a new document and any other that are worth aligning.

    Args:
        known: The known documents.
        everyone: These and new ones.
        compared: The documents that are compared, by their ids; pairs are of indexes of it.
        postings: The postings of the new documents, numbered as everyone.
        options: What makes a pair a candidate.

    Raises:
        MostAreMetError: If too many known documents are met.
    """
    assert options.sides is not None, "there are new documents and known ones"
    is_new = options.sides[0]
    index = np.full(len(everyone.place), -1)
    index[compared] = np.arange(len(compared))
    own = distinct(_numbered(hash_bits(postings), index[everyone.representative[documents_of(postings)]]))
    asked = distinct(hash_bits(own))
    met = known.meet(asked, index[: everyone.known])
    listed, held, first = _listed(met, own, is_new & (compared >= everyone.known))
    first_look = distinct(np.concatenate((own, listed)))
    totals = _least_totals(known, compared, first_look, own, met, held, options)
    met_by_rare = _join(first_look, options, totals).pairs.ravel()
    wanted = distinct(np.concatenate((met_by_rare, _linked(met, held, first, totals))))
    wanted = wanted[~is_new[wanted]]
    if len(wanted) > max(SOME, MOST * everyone.known):
        raise MostAreMetError
    bits, places = known.hashes_of(np.sort(compared[wanted]))
    more = distinct(bits)
    others = known.meet(more[~is_member(more, asked)], index[: everyone.known])
    is_frequent = others.compared > hash_totals.FREQUENT
    every = held.and_others(HashCounts(others.bits, others.compared))
    second_look = distinct(
        np.concatenate((first_look, _firsts(others, is_frequent), _numbered(bits, index[places])))
    )
    found = _join(second_look, options, HashTotals(options, every))
    is_open = ~is_new
    is_open[wanted] = False
    return Candidates(found.pairs[~is_open[found.pairs].any(axis=1)], found.common)


def _listed(met: Met, own: PostingArray, is_added: Bools) -> tuple[PostingArray, HashCounts, Numbers]:
    """Return the postings of known documents that matter, and of the frequent hashes how many hold them.

    Of a frequent hash that is the first document alone.

    Args:
        met: The hashes of new documents that known ones hold.
        own: The postings of new documents, ascending.
        is_added: Which documents are new and not counted there.

    Returns:
        The postings; how many documents hold each frequent hash; and the first new one that does.
    """
    bits, documents = hash_bits(own), documents_of(own)
    starts, _ = runs(bits)
    at = np.searchsorted(bits[starts], met.bits)
    added = np.zeros(0, np.int64)
    if len(at):
        added = np.add.reduceat(is_added[documents].astype(np.int64), starts)[at]
    every = met.compared + added
    is_frequent = (every > hash_totals.FREQUENT) & (met.compared > 0)
    whole = _numbered(*met.postings(~is_frequent))
    held = HashCounts(met.bits[is_frequent], every[is_frequent])
    return np.concatenate((whole, _firsts(met, is_frequent))), held, documents[starts][at[is_frequent]]


def _linked(met: Met, held: HashCounts, first: Numbers, totals: LeastTotals) -> Numbers:
    """Return the known documents that frequent hashes may link to a new one, which comes before them.

    Args:
        met: The hashes of new documents that known ones hold.
        held: How many documents hold the frequent ones.
        first: The first new document that holds each of them.
        totals: What documents hold at least.
    """
    options = totals.options
    is_first = first < met.first[is_member(met.bits, held.bits)]
    weight = weights(held.numbers[is_first], options.documents)
    asked = needed(totals.weight, totals.counts, STAR_SHARE * options.least_share).min(axis=0)
    owners = distinct(first[is_first])
    owner = np.searchsorted(owners, first[is_first])
    return (
        met.linked(Links(held.bits[is_first], owner, weight, asked[owners]), asked) if len(owners) else owners
    )


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


def _firsts(met: Met, which: Bools) -> PostingArray:
    """Return the first known document of some hashes, as postings."""
    return pack_bits(met.bits[which], met.first[which])


def _join(postings: PostingArray, options: CandidateOptions, totals: HashTotals) -> Candidates:
    return candidates([postings], options, slices=slices, totals=totals)


def _numbered(bits: PostingArray, numbers: Numbers) -> PostingArray:
    """Return hashes and the documents that hold them as postings; -1 is none."""
    held = numbers >= 0
    return pack_bits(bits[held], numbers[held])
