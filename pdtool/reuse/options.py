"""What decides the result of ``dedupe``. A module of its own: reading options must not load the library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pdtool.errors import UsageError

__all__ = ["DEFAULTS", "DedupeOptions", "Keep"]


class Keep(StrEnum):
    """Which document of a cluster is kept."""

    BEST = "best"
    """The later version; of two about as long the better reading; else the longest."""
    NEWEST = "newest"
    CLEANEST = "cleanest"
    LONGEST = "longest"
    FIRST = "first"


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

    Raises:
        UsageError: If a value is out of its range.
    """

    threshold: float = 0.5
    min_passage: int = 30
    common: int = 8
    all_pairs: bool = False
    keep: Keep = Keep.BEST
    jobs: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise UsageError(
                f"the threshold is a share from 0 to 1, not {self.threshold}", "use 0.5 for 50 %"
            )
        if self.min_passage < 5:
            raise UsageError(
                f"a passage has at least 5 characters, not {self.min_passage}", "use --min-passage 30"
            )
        if self.common < 0:
            raise UsageError(
                f"a number of documents cannot be negative ({self.common})",
                "use --common 8, or --common 0 to count what any number of documents hold",
            )
        if self.jobs < 0:
            raise UsageError(f"the number of jobs cannot be negative ({self.jobs})", "use --jobs 2")


DEFAULTS = DedupeOptions()
