"""Terms as a user writes them → what is searched for in the clean text.

A term goes through the steps of the normaliser that a word in running text goes through: width, space
between Han characters, script; and texts and terms are compared in lower case. So a Traditional or
full-width term finds what stands in a repaired text. Blanks between Han and Latin letters or digits are a
matter of taste and do not count: ``5G基站`` is found in ``5G 基站``, and ``1+3+N`` in ``1 + 3 + N``.

Two wildcards, both inside a clause: ``?`` is exactly one character, ``*`` any number of characters, none
included, as few as possible. At the end of a term ``*`` finds what the term without it finds, but lets a
Latin word go on: ``AI`` is not found in ``AIDS``, ``AI*`` is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

import numpy as np

from pdtool.late_patterns import late_pattern
from pdtool.normalise.layout.width import convert_width
from pdtool.normalise.terms import plain_term, simplified_terms
from pdtool.text.code_points import code_points, decode, without_surrogates
from pdtool.text.edits import IntArray

__all__ = ["Pattern", "clause_ends", "compile_terms", "searchable", "without_uncounted_blanks"]

_CLAUSE_ENDS = "，,。；;：:！!？?…\t\n\r\v\f\x85\u2028\u2029"
"""What ends a clause. Not 、, which stands inside one, nor the full stop of ``2.5`` and ``www.gov.cn``."""
_IS_CLAUSE_END = np.zeros(1 << 16, dtype=np.bool_)
_IS_CLAUSE_END[list(map(ord, _CLAUSE_ENDS))] = True

_LETTER = "[a-z0-9]"
_HAN = "\u3400-\u9fff〇\U00020000-\U000323af"
_BLANK = "[ \u00a0]"
_SIDES = (
    (f"[{_HAN}]", "[a-z0-9+]"),
    ("[a-z0-9%+]", f"[{_HAN}]"),
    ("[a-z0-9]", "[+]"),
    ("[+]", "[a-z0-9]"),
)
"""What stands before one or two such blanks, and behind them."""
# The blank leads, so that the search skips from one to the next; what stands before it is looked at then.
_uncounted = late_pattern(
    f"{_BLANK}(?:"
    + "|".join(
        f"(?<={before}{_BLANK})(?={behind})|{_BLANK}(?<={before}{_BLANK}{_BLANK})(?={behind})"
        for before, behind in _SIDES
    )
    + ")"
)
"""Blanks between Han and Latin letters or digits, and around a plus between any of them."""


def clause_ends(text: str) -> list[int]:
    """Return where the marks stand that end the clauses of a text, ascending.

    >>> clause_ends("建成，但未用。")
    [2, 6]
    """
    # Characters beyond the basic plane end none, nor does its last code point, which stands for them.
    found: list[int] = np.flatnonzero(_IS_CLAUSE_END.take(code_points(text), mode="clip")).tolist()
    return found


def searchable(text: str) -> str:
    """Return a text as it is searched: in lower case, of the same length.

    >>> searchable("推进O2O模式")
    '推进o2o模式'
    """
    # The only letter that lower case makes longer.
    return without_surrogates(text.replace("İ", "i").lower())


def without_uncounted_blanks(text: str) -> tuple[str, IntArray | None]:
    """Return a searchable text without the blanks that do not count, and where its characters stood.

    Args:
        text: In lower case.

    Returns:
        The shorter text, and for each of its characters the offset in ``text``, shape ``(n,)``; ``None`` if
        nothing was left out.

    >>> without_uncounted_blanks("5g 基站")[0], without_uncounted_blanks("ai law")[0]
    ('5g基站', 'ai law')
    """
    if text.isascii() and "+" not in text:
        return text, None
    spans = [match.span() for match in _uncounted().finditer(text)]
    if not spans:
        return text, None
    kept = np.ones(len(text), dtype=np.bool_)
    for start, end in spans:
        kept[start:end] = False
    offsets = np.flatnonzero(kept).astype(np.int32)
    return decode(code_points(text).take(offsets)), offsets


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


def _searched(term: str) -> str:
    return without_uncounted_blanks(searchable(term))[0]


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
    return _compiled(tuple(terms))


def plain_terms(terms: Sequence[str]) -> list[str]:
    """Return what :func:`~pdtool.normalise.terms.plain_term` makes of each of many terms, much sooner.

    >>> plain_terms(["黨建 引領", "ＡＩ "])
    ['黨建引領', 'AI']
    """
    joined = "\n".join(terms)
    narrow = convert_width(joined).split("\n")
    if joined.count("\n") != len(terms) - 1 or len(narrow) != len(terms):
        return [plain_term(term) for term in terms]
    return [
        one.strip() if one.strip().isalnum() else plain_term(term)
        for one, term in zip(narrow, terms, strict=True)
    ]


@lru_cache(maxsize=4)
def _compiled(terms: tuple[str, ...]) -> tuple[tuple[Pattern, ...], ...]:
    """Compile terms; a list is asked for when it is read, checked and searched for."""
    plain = plain_terms(terms)
    return tuple(
        tuple(filter(attrgetter("anchor"), map(_pattern, map(_searched, dict.fromkeys(forms)))))
        for forms in zip(simplified_terms(plain), plain, strict=True)
    )
