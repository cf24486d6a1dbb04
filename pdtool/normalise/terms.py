"""Terms that people write down (dictionaries, stop words) → the form they have in clean text.

A term goes through the steps of the normaliser that a word in running text goes through: width, space
between Han characters, script.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from pdtool.normalise.layout.spacing import spacing
from pdtool.normalise.layout.width import convert_width
from pdtool.normalise.script.simplified import convert_script

__all__ = ["plain_term", "simplified_terms"]

_TRADITIONAL_ONLY = "體"
_PER_CONVERSION = 10_000
"""Terms converted together."""


def plain_term(term: str) -> str:
    """Return a term as it would stand in a sentence of clean text, in the script it is written in.

    >>> plain_term("黨建 引領"), plain_term("ＡＩ ")
    ('黨建引領', 'AI')
    """
    narrow = convert_width(term).strip()
    return narrow if narrow.isalnum() else spacing(f"{narrow}。").apply(f"{narrow}。")[0][:-1]


def simplified_terms(terms: Sequence[str]) -> list[str]:
    """Convert plain terms as if they stood in a Traditional text: a term alone does not show its script.

    >>> simplified_terms(["黨建引領", "社区"])
    ['党建引领', '社区']
    """
    starts = range(0, len(terms), _PER_CONVERSION)
    return [term for start in starts for term in _converted(terms[start : start + _PER_CONVERSION])]


def _converted(terms: Sequence[str]) -> Iterator[str]:
    joined = "，".join(terms)
    # Enough Traditional characters in the same paragraph, past a comma that no phrase spans.
    converted = convert_script(f"{joined}，{_TRADITIONAL_ONLY * (len(joined) // 2 + 1)}")
    ends = accumulate((len(term) + 1 for term in terms), initial=0)
    return (converted[start : end - 1] for start, end in pairwise(ends))
