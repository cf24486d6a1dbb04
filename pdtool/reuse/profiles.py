"""What is known of a document without its text: a fingerprint and a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from pdtool.corpus.document import Document
from pdtool.normalise.fold import is_wide
from pdtool.normalise.pipeline import count_repairs
from pdtool.normalise.shingles import HashArray
from pdtool.reuse.fingerprint import FINE_BELOW, fingerprint

__all__ = ["Profile", "profile"]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is known of a document without its text.

    Args:
        size: Folded characters.
        repairs: How many repairs its text needed.
        digest: Equal for equal folds.
        hashes: Its fingerprint.
        fine: Whether the fingerprint holds all hashes.
        warnings: Reservations about reading or repairing it.
    """

    size: int
    repairs: int
    digest: bytes
    hashes: HashArray
    fine: bool
    warnings: tuple[str, ...] = ()


def profile(document: Document, scaled: int) -> Profile:
    """Profile a document.

    Args:
        document: Read and repaired.
        scaled: The scale of its fingerprint.
    """
    codes, hashes = document.folded.codes, document.folded.shingles
    return Profile(
        size=len(codes),
        repairs=count_repairs(document.edits),
        digest=_digest(codes),
        hashes=fingerprint(hashes, scaled),
        fine=len(hashes) < FINE_BELOW,
        warnings=document.warnings,
    )


def _digest(codes: npt.NDArray[np.uint32]) -> bytes:
    """Return what is equal for equal folds. Two bytes a character are hashed in half the time of four."""
    wide = is_wide(codes)
    data = codes.astype("<u4" if wide else "<u2").tobytes()
    return blake2b(data, digest_size=16, key=b"wide" if wide else b"").digest()
