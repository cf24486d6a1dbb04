"""How much of a document stands elsewhere: the shares that checks of papers report.

They are defined as in CNKI's checks: below the line stand all characters of the document; above it those that
stand in any of its sources (总文字复制比), of these those that are no quotation (去除引用文献复制比), and
those that stand in its greatest source (单篇最大文字复制比). What CNKI leaves out as the author's own earlier
papers (去除本人已发表文献复制比), superior documents are here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pdtool.reuse.audit import Covered
from pdtool.reuse.findings import Findings
from pdtool.reuse.verified_pair import ordered_pair

__all__ = ["RatioCounter", "Ratios"]


@dataclass(frozen=True, slots=True)
class Ratios:
    """How much of a document stands in its sources, each a share of all its folded characters, 0 to 1.

    Args:
        total: In any of them.
        without_quotations: Of these, what is no quotation, title or excluded reference in either document.
        without_upstream: Of these, what stands in no superior document; ``None`` if none was named.
        largest: In the one source that holds most of it.
    """

    total: float
    without_quotations: float
    without_upstream: float | None
    largest: float


class RatioCounter:
    """Counts how much of the documents of an audit stands in their sources.

    The sources of a document are the documents that it is related to and compared with, but for those that
    are certainly later than it.

    Args:
        findings: What an audit found.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._known: dict[int, Ratios] = {}

    def taker(self, i: int, j: int) -> int:
        """Return which of two related documents may have taken text from the other.

        The new one, if the other is known; else the later one; else the smaller one.
        """
        findings = self._findings
        if findings.sides.is_new(i) != findings.sides.is_new(j):
            return i if findings.sides.is_new(i) else j
        earlier = findings.earlier(i, j)
        if earlier is not None:
            return j if earlier == i else i
        return i if findings.facts["size"][i] <= findings.facts["size"][j] else j

    def of(self, document: int) -> Ratios:
        """Return how much of a document stands in its sources."""
        if document not in self._known:
            self._known[document] = self._counted(document)
        return self._known[document]

    def _counted(self, document: int) -> Ratios:
        size = int(self._findings.facts["size"][document])
        union = np.zeros((3, -(-size // 8)), np.uint8)
        largest = 0
        for partner, covered in self._covered(document):
            if any(self._is_source(one, document) for one in self._findings.represented[partner]):
                union |= covered
                largest = max(largest, _bits(covered[0]))
        total, unquoted, own = (_bits(row) / size for row in union)
        return Ratios(total, unquoted, own if self._findings.has_upstream else None, largest / size)

    def _is_source(self, source: int, document: int) -> bool:
        findings = self._findings
        return (
            source != document
            and findings.sides.cross(source, document)
            and findings.earlier(source, document) != document
        )

    def _covered(self, document: int) -> Iterator[tuple[int, Covered]]:
        """Yield what each document that was compared holds of one: its number, and the characters."""
        one = self._findings.representatives[document]
        if one in self._findings.twins:
            yield one, self._findings.twins[one][0].covered[0]
        for other in self._partners[one]:
            audited = self._findings.results[ordered_pair(one, other)].audited
            assert audited is not None, "in an audit every related pair is audited"
            yield other, audited.covered[one > other]

    @cached_property
    def _partners(self) -> defaultdict[int, list[int]]:
        """The documents that each is related to, of those that were compared."""
        found = defaultdict(list)
        for (i, j), verified in self._findings.results.items():
            if verified.relation is not None:
                found[i].append(j)
                found[j].append(i)
        return found


def _bits(packed: npt.NDArray[np.uint8]) -> int:
    return int(np.count_nonzero(np.unpackbits(packed)))
