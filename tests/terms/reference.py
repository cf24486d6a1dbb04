"""The rules of counting as anyone would write them down: slow, short, without an automaton."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pdtool.terms.dictionary import Dictionary, Entry

__all__ = ["counted", "dictionary", "expected"]

_CLAUSE = "[^，,。；;：:！!？?…\t\n\r\v\f\x85\u2028\u2029]"
_WILD = {"*": f"{_CLAUSE}*?", "?": _CLAUSE}


def dictionary(themes: Mapping[str, Sequence[str]]) -> Dictionary:
    """Make a dictionary of terms by theme."""
    entries = [Entry(theme, term, 1.0, "", "") for theme, terms in themes.items() for term in terms]
    return Dictionary.of("test", list(enumerate(entries, 1)))[0]


def _expression(term: str) -> re.Pattern[str]:
    inner = "".join(_WILD.get(character, re.escape(character)) for character in term.strip("*"))
    left = "(?<![a-z0-9])" if re.match("[a-z0-9]", term) else ""
    right = "(?![a-z0-9])" if re.search("[a-z0-9]$", term) else ""
    return re.compile(f"{left}(?:{inner}){right}")


def _at(text: str, start: int, terms: Sequence[str]) -> tuple[int, str] | None:
    """Return the end and the term of the longest match that begins at ``start``."""
    found = [(match.end(), term) for term in terms if (match := _expression(term).match(text, start))]
    return max(found, key=lambda one: one[0], default=None)


def _longest(text: str, terms: Sequence[str]) -> Counter[str]:
    """Count from left to right the longest term, and go on behind it."""
    counts: Counter[str] = Counter()
    position = 0
    while position < len(text):
        found = _at(text, position, terms)
        if found is None:
            position += 1
        else:
            counts[found[1]] += 1
            position = found[0]
    return counts


def expected(text: str, themes: Mapping[str, Sequence[str]], nesting: str) -> Counter[tuple[str, str]]:
    """Return how often each term of each theme counts; no term stands in two themes."""
    lowered = text.lower()
    counts: Counter[tuple[str, str]] = Counter()
    theme_of = {term: theme for theme, terms in themes.items() for term in terms}
    groups = list(themes.values()) if nesting == "theme" else [list(theme_of)]
    if nesting == "all":
        for term, theme in theme_of.items():
            begins = (_expression(term).match(lowered, start) for start in range(len(lowered)))
            counts[theme, term] += sum(match is not None for match in begins)
    else:
        for group in groups:
            for term, count in _longest(lowered, group).items():
                counts[theme_of[term], term] += count
    return +counts


def counted(dictionary: Dictionary, matches: Sequence[tuple[int, int]]) -> Counter[tuple[str, str]]:
    """Return the matches of a matcher as counts by theme and term."""
    entries = (dictionary.entries[number] for _, number in matches)
    return Counter((entry.theme, entry.term) for entry in entries)
