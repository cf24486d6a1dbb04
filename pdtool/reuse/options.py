"""What decides the result of ``dedupe``. A module of its own: reading options must not load the library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pdtool.errors import UsageError
from pdtool.language import _

__all__ = ["DEFAULTS", "DedupeOptions", "Exclusion", "Keep", "Within"]


class Keep(StrEnum):
    """Which document of a cluster is kept."""

    BEST = "best"
    """The later version; of two about as long the better reading; else the longest."""
    NEWEST = "newest"
    CLEANEST = "cleanest"
    LONGEST = "longest"
    FIRST = "first"


class Exclusion(StrEnum):
    """Parts of a document that do not count where it is compared."""

    QUOTATIONS = "quotations"
    """What stands in quotation marks, or behind a verb of saying."""
    REFERENCES = "references"
    """Lists of references, and notes."""
    TITLES = "titles"
    """What stands in 《》, and the document's own title."""
    SIGNATURES = "signatures"
    """Who signed an official document and when, and its imprint."""


class Within(StrEnum):
    """Whether documents of one group are compared with each other.

    A group is a folder; the rows of a table are one, and so are standard input and the files that are named
    by themselves and lie in one folder.
    """

    NONE = "none"
    """They are not; only documents of different groups, or sides, are."""
    GROUP = "group"
    """They are; documents of different groups are not, unless one is new and one is known."""


@dataclass(frozen=True, slots=True)
class DedupeOptions:
    """What decides the result.

    Args:
        threshold: Least containment of the smaller document for a pair to be listed, 0 to 1.
        min_passage: Least folded characters of a passage, at least 5.
        common: At a threshold below 0.5, shingles that more documents than this hold are common and do not
            count, except in copies; 0: all shingles count.
        all_pairs: List every verified pair of clusters of any size.
        keep: Which document of a cluster is kept.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.
        exclude: Parts of the documents that do not count.
        from_dates: Tell who is earlier by the dates that documents state, and who may have taken text.
        within: Whether documents of one group are compared; ``None``: as all others.
        passages: Whether documents are aligned that may share no more than one passage; ``None``: at a
            threshold below 0.5. Laws of one kind nearly all do: the work then grows with the square of them.

    Raises:
        UsageError: If a value is out of its range.
    """

    threshold: float = 0.5
    min_passage: int = 30
    common: int = 8
    all_pairs: bool = False
    keep: Keep = Keep.BEST
    jobs: int = 0
    exclude: frozenset[Exclusion] = frozenset()
    from_dates: bool = False
    within: Within | None = None
    passages: bool | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise UsageError(
                _("the threshold is a share from 0 to 1, not {threshold}", threshold=self.threshold),
                _("use 0.5 for 50 %"),
            )
        if self.min_passage < 5:
            raise UsageError(
                _("a passage has at least 5 characters, not {min_passage}", min_passage=self.min_passage),
                _("use --min-passage 30"),
            )
        if self.common < 0:
            raise UsageError(
                _("a number of documents cannot be negative ({common})", common=self.common),
                _("use --common 8, or --common 0 to count what any number of documents hold"),
            )
        if self.jobs < 0:
            raise UsageError(
                _("the number of jobs cannot be negative ({jobs})", jobs=self.jobs), _("use --jobs 2")
            )


DEFAULTS = DedupeOptions()
