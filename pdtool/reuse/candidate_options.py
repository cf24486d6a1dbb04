"""What makes a pair worth aligning: the settings of the join that follow from those of ``dedupe``."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.reuse.common_shingles import SINGLY, least_uncommon
from pdtool.reuse.hash_totals import CandidateOptions
from pdtool.reuse.options import DedupeOptions
from pdtool.text.shingles import SHINGLE

__all__ = ["NOISE", "candidate_options", "least_shared"]

NOISE = 0.32
"""Share of the shingles that are left of what a damaged copy contains. Where one character of four is
damaged, 0.75 of the characters count as contained and 0.75 ** 5 of the shingles are left: 0.75 ** 4 of what
is contained."""


def candidate_options(
    fine: npt.NDArray[np.bool_],
    scaled: int,
    options: DedupeOptions,
    sides: npt.NDArray[np.bool_] | None,
) -> CandidateOptions:
    """Return what makes a pair of documents a candidate.

    Args:
        fine: For each document that is compared, whether its fingerprint holds all hashes.
        scaled: The scale of the others.
        options: What decides the result.
        sides: Which of them are new, and which such ones are compared with, see :class:`CandidateOptions`.
    """
    singly = options.threshold < SINGLY if options.passages is None else options.passages
    return CandidateOptions(
        len(fine),
        fine,
        scaled,
        NOISE * (options.threshold or SINGLY),
        least_shared(options.min_passage, scaled),
        options.common if singly else 0,
        least_uncommon(options.min_passage, scaled) if singly else None,
        sides,
    )


def least_shared(min_passage: int, scaled: int) -> int:
    """Return how many hashes two texts share at least if they share one passage, noise allowed for."""
    return max(1, (min_passage - SHINGLE + 1) // 4 // scaled)
