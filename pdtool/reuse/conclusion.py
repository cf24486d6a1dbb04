"""From verified pairs to what is found: votes on readings, keepers, editions.

It is the same for a whole corpus and for a part of it that no related pair leads out of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from pdtool.reuse.clusters import Candidate, keeper_order
from pdtool.reuse.directions import Directions
from pdtool.reuse.document_table import DocumentTable
from pdtool.reuse.findings import Findings
from pdtool.reuse.judging import Judge
from pdtool.reuse.keepers import Copies, keepers
from pdtool.reuse.options import DedupeOptions, Keep
from pdtool.reuse.sides import Sides
from pdtool.reuse.verification import Verification
from pdtool.reuse.verified_pair import Twin
from pdtool.reuse.witnesses import voted

__all__ = ["conclude", "keeping_order"]

NO_TWINS: Mapping[int, Twin] = MappingProxyType({})
"""Nothing is known of documents that have one fold, but that they have."""


def keeping_order(documents: DocumentTable, keep: Keep) -> list[int]:
    """Return the documents as they are kept where nothing else decides."""
    if keep is Keep.FIRST:
        return list(range(len(documents.sources)))
    sizes, repairs = documents.facts["size"].tolist(), documents.facts["repairs"].tolist()
    known = zip(documents.sources, sizes, repairs, strict=True)
    return keeper_order([Candidate(source.id, size, repaired) for source, size, repaired in known])


def conclude(
    documents: DocumentTable,
    options: DedupeOptions,
    order: Sequence[int],
    representatives: Sequence[int],
    verification: Verification,
    folder: Path,
    sides: Sides,
    twins: Mapping[int, Twin] = NO_TWINS,
) -> Findings:
    """Return what is found, once pairs were verified.

    Args:
        documents: The documents.
        options: What decides the result.
        order: The documents as they are kept where nothing else decides.
        representatives: For each, the one that was compared for it.
        verification: The pairs verified so far; others are verified where keepers ask for them.
        folder: Where the folds are.
        sides: Which documents are compared with which.
        twins: In an audit, what counts of documents that have one fold.
    """
    audit = verification.audit
    judge = Judge(documents.sources, documents.facts, folder)
    counts = np.bincount(np.array(representatives, np.int64), minlength=len(representatives)).tolist()
    verification.results.update(voted(verification.results, counts))
    found = keepers(order, Copies(verification, judge, documents.sizes.tolist(), options.keep, sides))
    findings = Findings(
        documents.sources,
        documents.facts,
        documents.warnings,
        representatives,
        [found.get(representative, representative) for representative in representatives],
        verification.results,
        judge.editions,
        options.keep,
        sides,
        is_audit=audit is not None,
        twins=twins,
        has_upstream=audit is not None and audit.upstream is not None,
    )
    documents.bring_folds(findings.related)
    judge.learn(findings.related)
    if options.from_dates:
        findings = replace(findings, directions=Directions(judge.stated(findings.related), judge.editions))
    return findings
