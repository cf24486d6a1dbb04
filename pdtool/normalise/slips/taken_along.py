"""How likely an ASCII character stands behind a character, so that half a character took it along.

In laws four full stops of five end a line, and hardly any 、 does: where half a character met a line end, it
was a full stop.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.gbk import FULL_WIDTH_ROW, PAIRS, pairs_of
from pdtool.text.code_points import code_points

__all__ = ["costs_before_ascii"]

Costs = npt.NDArray[np.float64]

_LAST_TAKEN = 0x3F
"""The last ASCII byte that no character of GBK ends in."""
_SIGNS = np.concatenate([row << 8 | np.arange(256) for row in (0xA1, FULL_WIDTH_ROW)])
"""The pairs of punctuation."""
_AS_IF_BEFORE = 0.1
"""What is added to how often a sign, or all other characters together, stand before ASCII."""
_AS_IF_SEEN = 5.0
"""What is added to how often a sign stands at all."""
_AS_IF_SEEN_HAN = 50.0
"""What is added to how often all other characters stand at all."""
_USUAL = -1.0
"""The cost for a character that is no sign."""
_MOST_TOLD = 2.0
"""How much a text may tell of a sign (natural logarithm)."""


def costs_before_ascii(text: str) -> Costs:
    r"""Return what it costs each pair that ASCII stands behind it in a text, shape ``(PAIRS,)``.

    It is the logarithm of how often ASCII stands behind a sign against how often it stands behind other
    characters, of which all count alike.

    >>> costs = costs_before_ascii("议事规则\n账目、收据应当公开。\n监督办法\n村民、理事可以提问。\n")
    >>> bool(costs[0xA1A3] > costs[0xA1A2])  # 。 and 、
    True
    """
    codes = code_points(text)
    pairs = pairs_of(codes)[:-1]
    before = (codes[1:] <= _LAST_TAKEN) & (pairs > 0)
    counts, taken = (np.bincount(some, minlength=PAIRS) for some in (pairs, pairs[before]))
    counts[0] = 0
    others = [some.sum() - some[_SIGNS].sum() for some in (taken, counts)]
    pooled = (others[0] + _AS_IF_BEFORE) / (others[1] + _AS_IF_SEEN_HAN)
    own = (taken[_SIGNS] + _AS_IF_BEFORE) / (counts[_SIGNS] + _AS_IF_SEEN)
    costs = np.full(PAIRS, _USUAL)
    costs[_SIGNS] += np.clip(np.log(own / pooled), -_MOST_TOLD, _MOST_TOLD)
    return costs
