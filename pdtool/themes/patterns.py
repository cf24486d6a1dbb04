"""Terms as a user writes them → what is searched for in the clean text.

A term goes through the steps of the normaliser that a word in running text goes through: width, space
between Han characters, script; and texts and terms are compared in lower case. So a Traditional or
full-width term finds what stands in a repaired text.

Two wildcards, both inside a clause: ``?`` is exactly one character, ``*`` any number of characters, none
included, as few as possible. At the end of a term ``*`` finds what the term without it finds, but lets a
Latin word go on: ``AI`` is not found in ``AIDS``, ``AI*`` is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from pdtool.normalise.terms import plain_term, simplified_terms
from pdtool.text.code_points import without_surrogates

__all__ = ["CLAUSE_ENDS", "Pattern", "compile_terms", "searchable"]

CLAUSE_ENDS = "，,。；;：:！!？?…\t\n\r\v\f\x85\u2028\u2029"
"""What ends a clause. Not 、, which stands inside one, nor the full stop of ``2.5`` and ``www.gov.cn``."""

_LETTER = "[a-z0-9]"


def searchable(text: str) -> str:
    """Return a text as it is searched: in lower case, of the same length.

    >>> searchable("推进O2O模式")
    '推进o2o模式'
    """
    # The only letter that lower case makes longer.
    return without_surrogates(text.replace("İ", "i").lower())


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a term searches for.

    Args:
        blocks: The stretches between ``*``, in their order; a block may hold ``?``.
        open_left: Whether a Latin word may begin before the term does.
        open_right: Whether it may go on after it.
    """

    blocks: tuple[str, ...]
    open_left: bool = False
    open_right: bool = False

    @property
    def literal(self) -> str | None:
        """The string that is searched for; ``None`` if the pattern has a wildcard inside."""
        return self.blocks[0] if len(self.blocks) == 1 and "?" not in self.blocks[0] else None

    @property
    def anchor(self) -> str:
        """The longest string that every match holds; empty if there is none."""
        pieces = [piece for block in self.blocks for piece in block.split("?")]
        return max(pieces, key=len, default="")

    @property
    def guarded_left(self) -> bool:
        """Whether no letter or digit may precede a match."""
        return not self.open_left and re.match(_LETTER, self.blocks[0]) is not None

    @property
    def guarded_right(self) -> bool:
        """Whether no letter or digit may follow a match."""
        return not self.open_right and re.match(_LETTER, self.blocks[-1][-1]) is not None

    def expressions(self) -> tuple[re.Pattern[str], ...]:
        """Return a regular expression a block, each without repetition: a search takes linear time."""
        sources = [re.escape(block).replace(r"\?", ".") for block in self.blocks]
        if self.guarded_left:
            sources[0] = f"(?<!{_LETTER}){sources[0]}"
        if self.guarded_right:
            sources[-1] = f"{sources[-1]}(?!{_LETTER})"
        return tuple(re.compile(source, re.DOTALL) for source in sources)


def _pattern(term: str) -> Pattern:
    blocks = tuple(block for block in term.split("*") if block)
    return Pattern(blocks, term.startswith("*"), term.endswith("*"))


def compile_terms(terms: Sequence[str]) -> tuple[tuple[Pattern, ...], ...]:
    """Compile terms.

    Args:
        terms: As the user wrote them.

    Returns:
        For each term what it searches for: its Simplified form and, where it differs, the form it was
        written in, which Simplified text may quote. A term without anything to search for has none.

    >>> [[pattern.blocks for pattern in forms] for forms in compile_terms(["黨建 引領", "加强*建设", "*"])]
    [[('党建引领',), ('黨建引領',)], [('加强', '建设')], []]
    """
    plain = [plain_term(term) for term in terms]
    return tuple(
        tuple(filter(attrgetter("anchor"), map(_pattern, map(searchable, dict.fromkeys(forms)))))
        for forms in zip(simplified_terms(plain), plain, strict=True)
    )
