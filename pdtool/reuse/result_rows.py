"""From what was found to the rows that are shown: which pairs are listed, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from pdtool.corpus.source import Source
from pdtool.errors import Problem, Severity
from pdtool.normalise.furniture.shared_blocks import SharedBlocks
from pdtool.reuse.relations import Measure, Relation
from pdtool.reuse.rows import DocumentRow, PairRow
from pdtool.reuse.verification import CutTask, Verified, identical

__all__ = ["LARGE", "Findings", "cut_tasks", "document_rows", "notes", "pair_rows", "rows_below"]

LARGE = 50
"""A cluster of more documents lists each with its keeper, not every pair of them."""
PAIRS_A_TASK = 64

Pair = tuple[int, int]


@dataclass(frozen=True)
class Findings:
    """All that was found out about a corpus; documents are numbers in the order of their ids.

    Args:
        sources: Where the documents are.
        facts: What is known of each, an array of :data:`~pdtool.reuse.document_table.FACTS`.
        warnings: Reservations about reading or repairing them, by number.
        like: For each, the one that was compared in its place: the best of those with the same fold.
        keeper: For each, the document that is kept in its place, or itself.
        results: The pairs ``(i, j)``, ``i < j``, that were aligned.
    """

    sources: Sequence[Source]
    facts: npt.NDArray[np.void]
    warnings: Mapping[int, tuple[str, ...]]
    like: Sequence[int]
    keeper: Sequence[int]
    results: Mapping[Pair, Verified]

    @cached_property
    def clusters(self) -> dict[int, list[int]]:
        """The members of each cluster, by its keeper."""
        members: dict[int, list[int]] = {}
        for document, keeper in enumerate(self.keeper):
            members.setdefault(keeper, []).append(document)
        return {keeper: group for keeper, group in members.items() if len(group) > 1}

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each cluster, by its keeper: from 1, in the order of the keepers' ids."""
        return {keeper: number for number, keeper in enumerate(sorted(self.clusters), start=1)}

    @cached_property
    def alike(self) -> dict[int, list[int]]:
        """The documents with one fold, by the one that was compared."""
        groups: dict[int, list[int]] = {}
        for document, representative in enumerate(self.like):
            groups.setdefault(representative, []).append(document)
        return groups

    def is_large(self, document: int) -> bool:
        """Tell whether a document's cluster is too large to list all its pairs."""
        return len(self.clusters.get(self.keeper[document], ())) > LARGE

    def between(self, i: int, j: int) -> Verified | None:
        """Return what two documents are to each other, seen from ``i``; ``None`` if never compared."""
        a, b = self.like[i], self.like[j]
        if a == b:
            return identical(int(self.facts["size"][i]))
        verified = self.results.get((min(a, b), max(a, b)))
        return verified if verified is None or a < b else verified.swapped()


# Pairs ------------------------------------------------------------------------------------------------


def pair_rows(findings: Findings, all_pairs: bool = False) -> list[PairRow]:
    """Return the related pairs, by ``doc_a`` and ``doc_b``.

    Args:
        findings: What was found.
        all_pairs: Also list the pairs of large clusters that do not hold the keeper.
    """
    return [_pair_row(findings, i, j) for i, j in sorted(set(_listed(findings, all_pairs)))]


def _listed(findings: Findings, all_pairs: bool) -> Iterator[Pair]:
    for representative, group in findings.alike.items():
        if all_pairs or not findings.is_large(representative):
            yield from combinations(group, 2)
        else:
            yield from _with_keeper(findings, representative, group)
    for (a, b), verified in findings.results.items():
        if verified.relation is None:
            continue
        if all_pairs or not (findings.is_large(a) or findings.is_large(b)):
            yield from (_ordered(i, j) for i, j in product(findings.alike[a], findings.alike[b]))
        elif findings.keeper[a] == findings.keeper[b]:
            yield from _with_keeper(findings, a, findings.alike[b])
            yield from _with_keeper(findings, b, findings.alike[a])
        else:
            yield a, b


def rows_below(findings: Findings, threshold: float) -> list[PairRow]:
    """Return the pairs that were found to share text, but less than a threshold, by ``doc_a`` and ``doc_b``.

    Of documents with one fold the one that was compared stands for all.

    Args:
        findings: What was found at a lower threshold.
        threshold: Least containment of the smaller document for a pair to be related, 0 to 1.

    Returns:
        Rows with an empty ``relation``.
    """
    return [
        _row_below(findings, pair, verified)
        for pair, verified in sorted(findings.results.items())
        if verified.relation is not None and verified.measure.smaller < threshold
    ]


def _row_below(findings: Findings, pair: Pair, verified: Verified) -> PairRow:
    i, j = pair
    measure = verified.measure
    return PairRow(
        doc_a=findings.sources[i].id,
        doc_b=findings.sources[j].id,
        relation="",
        containment_a=measure.containment_a,
        containment_b=measure.containment_b,
        jaccard=measure.jaccard,
        matched_chars=measure.matched,
        passages=len(verified.spans),
        longest_passage=verified.longest,
        cluster=None,
        keep="",
        reason=f"{_held(findings, i, j, measure)}, less than the threshold; both stay",
    )


def _with_keeper(findings: Findings, representative: int, group: Sequence[int]) -> Iterator[Pair]:
    """Pair each of a group with its keeper if the keeper is the given document."""
    keeper = findings.keeper[representative]
    if keeper == representative:
        yield from (_ordered(keeper, member) for member in group if member != keeper)


def _ordered(i: int, j: int) -> Pair:
    return (i, j) if i < j else (j, i)


def _pair_row(findings: Findings, i: int, j: int) -> PairRow:
    verified = findings.between(i, j)
    assert verified is not None and verified.relation is not None, "only related pairs are listed"
    keeper = findings.keeper[i] if findings.keeper[i] == findings.keeper[j] else None
    measure = verified.measure
    return PairRow(
        doc_a=findings.sources[i].id,
        doc_b=findings.sources[j].id,
        relation=verified.relation.value,
        containment_a=measure.containment_a,
        containment_b=measure.containment_b,
        jaccard=measure.jaccard,
        matched_chars=measure.matched,
        passages=len(verified.spans),
        longest_passage=verified.longest,
        cluster=None if keeper is None else findings.numbers[keeper],
        keep="" if keeper is None else findings.sources[keeper].id,
        reason=f"{_relation_reason(findings, i, j, verified)}; {_keeper_reason(findings, i, j, keeper)}",
    )


def _relation_reason(findings: Findings, i: int, j: int, verified: Verified) -> str:
    measure = verified.measure
    if verified.relation is Relation.IDENTICAL:
        return "the same text once normalised"
    if verified.relation is Relation.SAME:
        of_a, of_b = _percent(measure.containment_a), _percent(measure.containment_b)
        return f"{of_a} of a stands in b and {of_b} of b in a"
    return _held(findings, i, j, measure)


def _held(findings: Findings, i: int, j: int, measure: Measure) -> str:
    """Say how much of the smaller document stands in the larger."""
    a_is_smaller = measure.smaller == measure.containment_a and (
        findings.facts["size"][i] <= findings.facts["size"][j]
    )
    small, large = ("a", "b") if a_is_smaller else ("b", "a")
    return f"{_percent(measure.smaller)} of {small} stands in {large}"


def _percent(share: float) -> str:
    """Return a share in words; nearly all is not all.

    >>> _percent(0.981), _percent(0.9996), _percent(1.0)
    ('98 %', '99.9 %', '100 %')
    """
    if share < 1 and round(share, 2) >= 1:
        return "99.9 %"
    return f"{share:.0%}".replace("%", " %")


def _keeper_reason(findings: Findings, i: int, j: int, keeper: int | None) -> str:
    if keeper is None:
        return "both stay"
    if keeper not in (i, j):
        return "the keeper holds both"
    name, other = ("a", j) if keeper == i else ("b", i)
    return f"keep {name}: {_advantage(findings.facts[keeper], findings.facts[other])}"


def _advantage(kept: np.void, dropped: np.void) -> str:
    """Say by which rule one document is kept rather than another."""
    if kept["size"] != dropped["size"]:
        return f"longer ({kept['size']:,} against {dropped['size']:,} characters)"
    if kept["repairs"] != dropped["repairs"]:
        return f"fewer repairs ({kept['repairs']:,} against {dropped['repairs']:,})"
    return "first id"


def notes(findings: Findings) -> list[Problem]:
    """Say which clusters are too large for all their pairs to be listed."""
    return [
        Problem(
            findings.sources[keeper].id,
            f"cluster {findings.numbers[keeper]} holds {len(members):,} documents: "
            "each is listed with the keeper only",
            "--all-pairs lists every pair",
            Severity.NOTE,
        )
        for keeper, members in sorted(findings.clusters.items())
        if len(members) > LARGE
    ]


# Documents --------------------------------------------------------------------------------------------


def document_rows(findings: Findings) -> list[DocumentRow]:
    """Return every document and what becomes of it, by id."""
    return [_document_row(findings, document) for document in range(len(findings.sources))]


def _document_row(findings: Findings, document: int) -> DocumentRow:
    keeper = findings.keeper[document]
    members = findings.clusters.get(keeper, [])
    relation, containment = "", None
    if not members:
        role, reason = "unique", "no other document holds it"
    elif keeper == document:
        role, reason = "keep", f"stands for {len(members) - 1:,} other{'s' if len(members) > 2 else ''}"
    else:
        held = findings.between(document, keeper)
        assert held is not None and held.relation is not None, "a member was verified against its keeper"
        role, relation, containment = "drop", held.relation.value, held.measure.containment_a
        reason = f"{_percent(containment)} of it stands in the keeper, which is kept: " + _advantage(
            findings.facts[keeper], findings.facts[document]
        )
    return DocumentRow(
        doc=findings.sources[document].id,
        cluster=findings.numbers.get(keeper),
        role=role,
        keep=findings.sources[keeper].id,
        relation=relation,
        containment=containment,
        reason="; ".join([reason, *findings.warnings.get(document, ())]),
    )


# Passages ---------------------------------------------------------------------------------------------


def cut_tasks(findings: Findings, rows: Sequence[PairRow], blocks: SharedBlocks | None) -> list[CutTask]:
    """Return the work of cutting the passages of the listed pairs, in their order."""
    number = {source.id: place for place, source in enumerate(findings.sources)}
    pairs = []
    for row in rows:
        i, j = number[row.doc_a], number[row.doc_b]
        verified = findings.between(i, j)
        assert verified is not None, "only related pairs are listed"
        pairs.append((findings.sources[i], findings.sources[j], verified.spans))
    return [
        CutTask(tuple(pairs[at : at + PAIRS_A_TASK]), blocks) for at in range(0, len(pairs), PAIRS_A_TASK)
    ]
