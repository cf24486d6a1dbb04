"""The documents that documents name: what the command writes and the public function returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pdtool.errors import UsageError
from pdtool.interface.copies_once import Copies, dropped_copies
from pdtool.interface.result import Paths, Result, choice, open_run
from pdtool.interface.run import Reading, Run
from pdtool.language import _

if TYPE_CHECKING:
    from pdtool.citations.cite import Citation
    from pdtool.citations.rows import CitationRow, CiteRow
    from pdtool.corpus.scan import Corpus, ReadOptions

__all__ = ["Between", "By", "Cited", "citation_rows", "cite", "find_citations"]


class By(StrEnum):
    """What one row of the table is."""

    DOCUMENT = "document"
    MENTION = "mention"
    EDGE = "edge"


class Between(StrEnum):
    """What is at the ends of an edge."""

    ISSUER = "issuer"
    LEVEL = "level"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Cited:
    """What was found.

    Args:
        citations: The documents that documents name.
        reading: The documents.
    """

    citations: list[Citation]
    reading: Reading[Any]


def find_citations(run: Run, corpus: Corpus, copies: Copies) -> Cited:
    """Find the documents that the documents of a corpus name.

    Args:
        run: What reads them.
        corpus: What was scanned.
        copies: Whether copies count.
    """
    from pdtool.citations.cite import citations_of
    from pdtool.citations.reading import CitingDocuments

    dropped = dropped_copies(run, corpus, copies)
    reading = run.read(corpus, CitingDocuments())
    found = citations_of(reading.results)
    return Cited([one for one in found if one.citing.doc not in dropped], reading)


def citation_rows(citations: Sequence[Citation], by: By, between: Between) -> tuple[Iterable[Any], type]:
    """Return the rows of a table, and their class.

    Args:
        citations: What was found.
        by: What one row is.
        between: What is at the ends of an edge.
    """
    from pdtool.citations import edges
    from pdtool.citations.cite import cite_rows, mention_rows
    from pdtool.citations.rows import CitationRow, CiteRow

    if by is By.EDGE:
        return edges.edge_rows(citations, edges.Between(between.value)), CitationRow
    return cite_rows(citations) if by is By.DOCUMENT else mention_rows(citations), CiteRow


def cite(
    paths: Paths,
    *,
    by: str = "document",
    between: str | None = None,
    copies: str = "all",
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[CiteRow | CitationRow]:
    """Find the documents that documents name: ``pdtool cite``.

    Args:
        paths: Files, folders, patterns.
        by: What one row is: a named ``"document"``, a ``"mention"``, or an ``"edge"``.
        between: What names and is named at the ends of an edge: ``"issuer"``, ``"level"``, ``"document"``.
        copies: ``"once"``: of copies of one document only the one counts that ``dedupe`` keeps.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        UsageError: If arguments contradict each other.
        InputError: If no document could be read.

    >>> len(cite("seeds").rows) > 0
    True
    """
    from pdtool.rows import columns

    shown = choice(By, by, "by")
    if between is not None and shown is not By.EDGE:
        raise UsageError(_("between says what the ends of an edge are"), _("add by='edge'"))
    ends = choice(Between, between or "issuer", "between")
    with open_run(paths, read, jobs) as (run, corpus):
        found = find_citations(run, corpus, choice(Copies, copies, "copies"))
        rows, row_type = citation_rows(found.citations, shown, ends)
        return run.result(rows, columns(row_type), found.reading.problems, found.reading)
