"""Which stretches of a text stand in a negation.

The rules are those of :mod:`pdtool.terms.negation_scopes`, clause by clause; a clause is looked at only where
it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cache, cached_property
from itertools import product

from pdtool.terms.negation_scopes import ClauseScopes, scopes_of
from pdtool.terms.negation_words import CueKind, negation_words
from pdtool.terms.patterns import clause_ends
from pdtool.text.multi_match import any_word_matcher

__all__ = ["Negations"]

_COMMAS = "，,"
_LONGEST_CLAUSE = 400
"""Characters of a clause in which negations are looked for; what is longer lost its punctuation."""
_NONE = ClauseScopes()


class Negations:
    """The negations of a text.

    Args:
        text: The clean text, or a part of it that begins and ends with a sentence.

    >>> text = "数据平台尚未建成，但不得不提高收费标准。"
    >>> negations = Negations(text)
    >>> negations.hold(0, 4), negations.hold(15, 19)
    (True, False)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._start, self._end = 0, -1
        self._scopes = _NONE

    @cached_property
    def _ends(self) -> list[int]:
        """Where the clauses end; most texts are never asked."""
        return clause_ends(self._text)

    def hold(self, start: int, end: int) -> bool:
        """Return whether a stretch is negated; ones that follow one another are answered fastest.

        Args:
            start: Offset in the text.
            end: The first character after it.
        """
        if not self._start <= start <= self._end:
            self._look_at(start)
        return self._scopes.hold(start - self._start, end - self._start)

    def _look_at(self, position: int) -> None:
        """Find out what the clause that holds a position negates."""
        after = bisect_left(self._ends, position)
        self._start = self._ends[after - 1] + 1 if after else 0
        self._end = self._ends[after] if after < len(self._ends) else len(self._text)
        clause = self._text[self._start : self._end]
        if len(clause) > _LONGEST_CLAUSE or not _holds_negator()(clause):
            self._scopes = _NONE
            return
        self._scopes = scopes_of(clause, self._following(after), self._preceding(after))

    def _following(self, after: int) -> str:
        """Return the clause behind the one that a mark ends, if a comma parts them."""
        if after >= len(self._ends) or self._text[self._end] not in _COMMAS:
            return ""
        end = self._ends[after + 1] if after + 1 < len(self._ends) else len(self._text)
        return self._text[self._end + 1 : min(end, self._end + 1 + _LONGEST_CLAUSE)]

    def _preceding(self, after: int) -> str:
        """Return the clause before the one that a mark ends, if a comma parts them."""
        if not after or self._text[self._start - 1] not in _COMMAS:
            return ""
        start = self._ends[after - 2] + 1 if after > 1 else 0
        return self._text[max(start, self._start - 1 - _LONGEST_CLAUSE) : self._start - 1]


@cache
def _holds_negator() -> Callable[[str], bool]:
    """Return a function that says whether a clause holds a negator, in either script."""
    words = negation_words()
    kinds = (CueKind.ADVERB, CueKind.EXISTENCE, CueKind.VERB)
    forms: dict[str, list[str]] = {}
    for code, simplified in words.simplified.items():
        forms.setdefault(simplified, [simplified]).append(chr(code))
    negators = [word for word, kind in words.kind_of.items() if kind in kinds]
    return any_word_matcher(
        "".join(written) for word in negators for written in product(*(forms.get(one, [one]) for one in word))
    )
