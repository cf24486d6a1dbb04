"""A writer with a vocabulary of its own, for corpora of many documents.

It writes what :class:`tests.texts.grammar.Writer` would, with the same draws, in two thirds of the time: what
a template holds is found once, not each time it is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from tests.texts.grammar import Writer, _slots, _synonyms

__all__ = ["Author"]

_Part = (
    tuple[Literal["text"], str] | tuple[Literal["wordings"], tuple[str, ...]] | tuple[Literal["symbol"], str]
)


@cache
def _parts(template: str) -> tuple[_Part, ...]:
    """Cut a template of the grammar into its texts, its symbols and its wordings that have synonyms."""
    parts: list[_Part] = []
    at = 0
    for match in _slots().finditer(template):
        if match.start() > at:
            parts.append(("text", template[at : match.start()]))
        parts.append(("symbol", match[1]) if match[1] else ("wordings", _synonyms()[match[0]]))
        at = match.end()
    if at < len(template):
        parts.append(("text", template[at:]))
    return tuple(parts)


@cache
def _wordings() -> re.Pattern[str]:
    """Return what matches a wording that has synonyms; few places begin like one."""
    words = sorted(_synonyms(), key=len, reverse=True)
    first = "".join(sorted({word[0] for word in words}))
    return re.compile(f"(?=[{re.escape(first)}])(?:{'|'.join(map(re.escape, words))})")


@dataclass(slots=True)
class Author(Writer):
    """A writer with a vocabulary of its own.

    Args:
        subject: As of the writer.
        rng: As of the writer.
        words: Alternatives of symbols, in place of those of the subject and the grammar.
    """

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def _alternatives(self, symbol: str) -> tuple[str, ...] | list[str]:
        found = self.words.get(symbol)
        return list(found) if found else Writer._alternatives(self, symbol)

    def write(self, template: str) -> str:
        """Expand a template, as the writer does."""
        if "{" not in template:  # a word of the vocabulary, unlike any other's: nothing to remember
            return _wordings().sub(lambda match: self.rng.choice(_synonyms()[match[0]]), template)
        return "".join([self._expanded(*part) for part in _parts(template)])

    def _expanded(self, what: str, part: str | tuple[str, ...]) -> str:
        if what == "wordings":
            return self.rng.choice(part)
        if what == "text" or not isinstance(part, str):
            return str(part)
        drawn = self._drawn(part)
        return self.write(self._draw(part)) if drawn is None else drawn
