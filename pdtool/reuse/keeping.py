"""Why one document of a pair is kept rather than the other: by what they are to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pdtool.reuse.kinds import Judgement, ReuseKind
from pdtool.reuse.options import Keep
from pdtool.reuse.verified_pair import Pair

__all__ = ["ABOUT_AS_LONG", "is_decided_by", "misread_shares", "preference"]

ABOUT_AS_LONG = 0.95
"""Two documents are about as long if the shorter one has at least this share of the other's characters."""


def is_decided_by(found: Judgement, sizes: tuple[int, int], keep: Keep) -> bool:
    """Return whether what a pair is decides which of the two is kept.

    Args:
        found: What the pair is.
        sizes: Folded characters of both.
        keep: Which document is wanted.
    """
    if keep is not Keep.BEST or found.a_is_better is None:
        return False
    return found.kind is ReuseKind.VERSION or min(sizes) >= ABOUT_AS_LONG * max(sizes)


def preference(pair: Pair, found: Judgement, sizes: Sequence[int], keep: Keep) -> Pair | None:
    """Return a pair with the one to be kept first; ``None`` where what the pair is does not decide."""
    i, j = pair
    if not is_decided_by(found, (sizes[i], sizes[j]), keep):
        return None
    return (i, j) if found.a_is_better else (j, i)


def misread_shares(judged: Mapping[Pair, Judgement]) -> dict[int, float]:
    """Return, for each document, the greatest share of its characters that is misread in any pair."""
    shares: dict[int, float] = {}
    for pair, found in judged.items():
        for document, share in zip(pair, (found.misread_a, found.misread_b), strict=True):
            shares[document] = max(share, shares.get(document, 0.0))
    return shares
