"""From what was found to the rows that are shown: which pairs are listed, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

from pdtool.errors import Problem, Severity
from pdtool.language import N_, _, joined, ngettext
from pdtool.output.cells import as_percent
from pdtool.reuse.clusters import COPIES
from pdtool.reuse.directions import days_between
from pdtool.reuse.editions import differing_dates
from pdtool.reuse.findings import LARGE, Findings
from pdtool.reuse.keeping import is_decided_by
from pdtool.reuse.kinds import Judgement, ReuseKind
from pdtool.reuse.name_swaps import NameSwaps
from pdtool.reuse.options import Keep
from pdtool.reuse.ratios import RatioCounter
from pdtool.reuse.relations import Measure, Relation
from pdtool.reuse.rows import DocumentRow, PairRow
from pdtool.reuse.verified_pair import Pair, VerifiedPair, ordered_pair

__all__ = ["document_rows", "large_cluster", "notes", "pair_rows", "rows_below"]

# Pairs ------------------------------------------------------------------------------------------------


def pair_rows(findings: Findings, all_pairs: bool = False) -> list[PairRow]:
    """Return the related pairs, by ``doc_a`` and ``doc_b``.

    Args:
        findings: What was found.
        all_pairs: Also list the pairs of large clusters that do not hold the keeper.
    """
    counter = RatioCounter(findings) if findings.is_audit else None
    return [
        _pair_row(findings, i, j, counter)
        for i, j in sorted(set(_listed(findings, all_pairs)))
        if findings.sides.cross(i, j)
    ]


def _listed(findings: Findings, all_pairs: bool) -> Iterator[Pair]:
    for representative, group in findings.represented.items():
        if all_pairs or not findings.is_large(representative):
            yield from combinations(group, 2)
        else:
            yield from _with_keeper(findings, representative, group)
    for (a, b), verified in findings.results.items():
        if verified.relation is None:
            continue
        if all_pairs or not (findings.is_large(a) or findings.is_large(b)):
            yield from (
                ordered_pair(i, j) for i, j in product(findings.represented[a], findings.represented[b])
            )
        elif findings.keeper[a] == findings.keeper[b]:
            yield from _with_keeper(findings, a, findings.represented[b])
            yield from _with_keeper(findings, b, findings.represented[a])
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


def _row_below(findings: Findings, pair: Pair, verified: VerifiedPair) -> PairRow:
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
        reason=_("{held}, less than the threshold; both stay", held=_held(findings, i, j, measure)),
        kind="",
        date_a=findings.date(i),
        date_b=findings.date(j),
        **_NOT_ASKED,
        **_name_columns(verified),
    )


def _with_keeper(findings: Findings, representative: int, group: Sequence[int]) -> Iterator[Pair]:
    """Pair each of a group with its keeper if the keeper is the given document."""
    keeper = findings.keeper[representative]
    if keeper == representative:
        yield from (ordered_pair(keeper, member) for member in group if member != keeper)


def _pair_row(findings: Findings, i: int, j: int, counter: RatioCounter | None) -> PairRow:
    verified = findings.between(i, j)
    assert verified is not None and verified.relation is not None, "only related pairs are listed"
    keeper = findings.keeper[i] if findings.keeper[i] == findings.keeper[j] else None
    measure = verified.measure
    judged = findings.judged(i, j)
    reasons = (
        _relation_reason(findings, i, j, verified),
        judged.evidence,
        _keeper_reason(findings, i, j, judged),
    )
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
        cluster=None if keeper is None else findings.cluster_numbers[keeper],
        keep="" if keeper is None else findings.sources[keeper].id,
        reason=joined(filter(None, reasons)),
        kind=judged.kind.value if verified.relation in COPIES else "",
        date_a=findings.date(i),
        date_b=findings.date(j),
        **(_NOT_ASKED if counter is None else _audit_cells(findings, i, j, counter)),
        **_name_columns(verified),
    )


_NOT_ASKED: dict[str, Any] = {
    "earlier": "",
    "lag_days": None,
    "ratio_total": None,
    "ratio_without_quotations": None,
    "ratio_without_upstream": None,
    "largest_single_source": None,
}
"""The cells of an audit where none was asked for."""


def _audit_cells(findings: Findings, i: int, j: int, counter: RatioCounter) -> dict[str, Any]:
    """Return what an audit says of a pair: who is earlier, and how much of the other one stands elsewhere."""
    earlier = findings.earlier(i, j)
    ratios = counter.of(counter.taker(i, j))
    return {
        "earlier": "" if earlier is None else findings.sources[earlier].id,
        "lag_days": None if earlier is None else days_between(findings.date(i), findings.date(j)),
        "ratio_total": ratios.total,
        "ratio_without_quotations": ratios.without_quotations,
        "ratio_without_upstream": ratios.without_upstream,
        "largest_single_source": ratios.largest,
    }


def _name_columns(verified: VerifiedPair) -> dict[str, Any]:
    """Return the columns that tell of exchanged names."""
    names = verified.names or NameSwaps(())
    sides = ("a", names.left_in_a), ("b", names.left_in_b)
    return {
        "swapped_names": tuple(f"{one}/{other} ×{count}" for one, other, count in names.swapped),
        "leftover_names": tuple(f"{side}: {name} ×{count}" for side, left in sides for name, count in left),
        "identical_figures": names.figures,
    }


def _relation_reason(findings: Findings, i: int, j: int, verified: VerifiedPair) -> str:
    measure = verified.measure
    if verified.relation is Relation.IDENTICAL:
        return _("the same text once normalised")
    if verified.relation is Relation.SAME:
        of_a, of_b = as_percent(measure.containment_a), as_percent(measure.containment_b)
        return _("{of_a} of a stands in b and {of_b} of b in a", of_a=of_a, of_b=of_b)
    return _held(findings, i, j, measure)


def _held(findings: Findings, i: int, j: int, measure: Measure) -> str:
    """Say how much of the smaller document stands in the larger."""
    a_is_smaller = measure.smaller == measure.containment_a and (
        measure.containment_a != measure.containment_b
        or findings.facts["size"][i] <= findings.facts["size"][j]
    )
    if a_is_smaller:
        return _("{percent} of a stands in b", percent=as_percent(measure.smaller))
    return _("{percent} of b stands in a", percent=as_percent(measure.smaller))


_HELD = (N_("a is held by {keeper}"), N_("b is held by {keeper}"))


def _keeper_reason(findings: Findings, i: int, j: int, judged: Judgement) -> str:
    """Say which of the two is kept and why, or what becomes of them."""
    keepers = findings.keeper[i], findings.keeper[j]
    if keepers[0] != keepers[1]:
        held = [
            _(said, keeper=findings.sources[keeper].id)
            for said, document, keeper in zip(_HELD, (i, j), keepers, strict=True)
            if keeper != document
        ]
        return (
            _("{one} and {other}", one=held[0], other=held[1])
            if len(held) > 1
            else "".join(held) or _("both stay")
        )
    if keepers[0] not in (i, j):
        return _("the keeper holds both")
    if keepers[0] == i:
        return _("keep a: {advantage}", advantage=_advantage(findings, i, j, judged))
    return _("keep b: {advantage}", advantage=_advantage(findings, j, i, findings.judged(j, i)))


def _advantage(findings: Findings, kept: int, dropped: int, judged: Judgement) -> str:
    """Say by which rule one document is kept rather than another.

    Args:
        findings: What was found.
        kept: The one document.
        dropped: The other.
        judged: What they are, seen from the one that is kept.
    """
    facts, others = findings.facts[kept], findings.facts[dropped]
    if is_decided_by(judged, (int(facts["size"]), int(others["size"])), findings.keep):
        return _("the later version") if judged.kind is ReuseKind.VERSION else _("the better reading")
    dates = findings.date(kept), findings.date(dropped)
    if findings.keep is Keep.NEWEST and differing_dates(*dates):
        return _("later ({date} against {other})", date=dates[0], other=dates[1])
    if findings.keep is Keep.CLEANEST and judged.misread_a != judged.misread_b:
        return _(
            "fewer misread characters ({misread_a:.1%} against {misread_b:.1%})",
            misread_a=judged.misread_a,
            misread_b=judged.misread_b,
        )
    if findings.keep is not Keep.FIRST:
        if facts["size"] > others["size"]:
            return _(
                "longer ({size:,} against {other:,} characters)", size=facts["size"], other=others["size"]
            )
        if facts["size"] == others["size"] and facts["repairs"] != others["repairs"]:
            return _(
                "fewer repairs ({number:,} against {other:,})",
                number=facts["repairs"],
                other=others["repairs"],
            )
    return _("first id") if kept < dropped else _("before it in its cluster")


def notes(findings: Findings) -> list[Problem]:
    """Say which clusters are too large for all their pairs to be listed."""
    return [
        large_cluster(findings.sources[keeper].id, findings.cluster_numbers[keeper], len(members))
        for keeper, members in sorted(findings.clusters.items())
        if len(members) > LARGE and keeper in findings.cluster_numbers
    ]


def large_cluster(keeper: str, cluster: int, documents: int) -> Problem:
    """Say that a cluster is too large for all its pairs to be listed.

    Args:
        keeper: The id of its keeper.
        cluster: Its number.
        documents: How many it holds.
    """
    return Problem(
        keeper,
        _(
            "cluster {cluster} holds {n:,} documents: each is listed with the keeper only",
            cluster=cluster,
            n=documents,
        ),
        _("--all-pairs lists every pair"),
        Severity.NOTE,
    )


# Documents --------------------------------------------------------------------------------------------


def document_rows(findings: Findings) -> list[DocumentRow]:
    """Return every document and what becomes of it, by id; where some are known, the new ones."""
    documents = range(len(findings.sources))
    return [_document_row(findings, document) for document in documents if findings.sides.is_new(document)]


def _document_row(findings: Findings, document: int) -> DocumentRow:
    keeper = findings.keeper[document]
    members = findings.clusters.get(keeper, [])
    relation, containment = "", None
    if not members:
        role, reason = "unique", _("no other document holds it")
    elif keeper == document:
        role, reason = "keep", ngettext("stands for {n:,} other", "stands for {n:,} others", len(members) - 1)
    else:
        held = findings.between(document, keeper)
        assert held is not None and held.relation is not None, "a member was verified against its keeper"
        role, relation, containment = "drop", held.relation.value, held.measure.containment_a
        reason = _(
            "{percent} of it stands in the keeper, which is kept: {advantage}",
            percent=as_percent(containment),
            advantage=_advantage(findings, keeper, document, findings.judged(keeper, document)),
        )
    return DocumentRow(
        doc=findings.sources[document].id,
        cluster=findings.cluster_numbers.get(keeper),
        role=role,
        keep=findings.sources[keeper].id,
        relation=relation,
        containment=containment,
        reason=joined([reason, *said]) if (said := findings.warnings.get(document)) else reason,
    )
