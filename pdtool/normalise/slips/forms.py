"""Which form of a character a text would use.

A site that converts a text writes one form of each character throughout: in a Traditional text a reading with
``領`` is right and one with ``领`` is wrong, unless the text itself writes ``领``.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.flags import among, flags
from pdtool.normalise.slips.gbk import codes_of_pairs
from pdtool.normalise.slips.language_model import symbols, symbols_of_pairs
from pdtool.text.code_points import code_points
from pdtool.text.opencc_data import read_alternatives, read_characters

__all__ = ["form_costs"]

Costs = npt.NDArray[np.float64]
CodePoints = npt.NDArray[np.intp]

_UNUSUAL = -3.0
"""The cost of a form that the text's script does not have."""
_OTHER_FORM = -5.0
"""The cost of a form where the text writes another."""
_WIDE_LETTERS = "".join(chr(code) for code in range(0xFF01, 0xFF5F) if chr(code).isalnum())
_WIDE_LETTER = -4.0
"""The cost of a full-width letter or digit in a text that has none."""
_UNCONVERTED = frozenset("于后里只系制志")
"""Simplified forms that mirror sites leave in Traditional text."""
_UNHEARD = -4.0
"""The cost of a character that neither the dictionary nor the text has."""
_FIRST_HAN = 0x3400
"""The first code point of Han characters."""
_FIRST_FULL_WIDTH = 0xFF00
"""The first code point of full-width forms."""
_BMP = 0x10000
"""The first code point beyond the basic plane."""


@cache
def _unusual() -> frozenset[str]:
    """Return the characters that a conversion to Traditional, character by character, does not write."""
    usual = {key: forms.split()[0] for key, forms in read_alternatives("STCharacters").items()}
    simplified = {key: value for key, value in read_characters().items() if usual.get(value, value) != key}
    converted = {key for key, form in usual.items() if form != key}
    return frozenset((converted | simplified.keys()) - _UNCONVERTED - set(usual.values()))


@cache
def _scripts() -> tuple[CodePoints, CodePoints]:
    """Return the code points that Traditional text alone has, and those that Simplified text alone has."""
    alternatives = read_alternatives("STCharacters").items()
    simplified = "".join(key for key, forms in alternatives if key not in forms)
    return tuple(code_points(some).astype(np.intp) for some in ("".join(read_characters()), simplified))  # type: ignore[return-value]


@cache
def _pairs() -> tuple[CodePoints, Costs, Costs]:
    """Return the code point of every pair, and its cost in Traditional and in Simplified text."""
    codes = codes_of_pairs().astype(np.intp)
    unusual = code_points("".join(_unusual()))
    traditional, simplified = (
        np.where(among(codes, flags(some)), _UNUSUAL, 0.0) for some in (unusual, _scripts()[0])
    )
    wide_letters = among(codes, flags(code_points(_WIDE_LETTERS)))
    traditional[wide_letters] = simplified[wide_letters] = _WIDE_LETTER
    return codes, traditional, simplified


def form_costs(text: str) -> Costs:
    """Return what it costs a pair that its character has a form the text would not use; shape ``(PAIRS,)``.

    >>> costs = form_costs("堅持黨對基層治理的領導，領導幹部")
    >>> float(costs[0xB8C9]), float(costs[0x8ED6])  # 干, 幹
    (-5.0, 0.0)
    """
    codes, traditional, simplified = _pairs()
    counts = np.bincount(np.minimum(code_points(text), _BMP), minlength=_BMP + 1)
    wide = [counts[some[some < _BMP]].sum() for some in _scripts()]
    own = counts[codes]
    costs = np.where(own > 0, 0.0, traditional if wide[0] > wide[1] else simplified)
    found = symbols_of_pairs()
    seen = np.bincount(symbols(text), minlength=int(found.max()) + 1)
    written = (codes >= _FIRST_HAN) & (codes < _FIRST_FULL_WIDTH) & (own == 0)
    costs[(found == 0) & written] = _UNHEARD
    costs[(found > 0) & written & (seen[found] > 0)] = _OTHER_FORM
    return costs
