"""What decides which words a text has: small, so that it can be sent to a worker process."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from pdtool.segment.content_words import is_content_word
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.userdict import UserTerm

__all__ = ["WordSettings"]

_REMEMBERED = 1 << 17
"""Words whose part is remembered: more than a corpus has, and bounded for a text of random letters."""


@dataclass(frozen=True, slots=True)
class WordSettings:
    """How text is cut into words and which of them are left out.

    Lists are strings: they are sent and compared faster than many small ones.

    Args:
        dictionary: The entries of the user's dictionary, as JSON.
        stop_words: All stop words, one a line.
    """

    dictionary: str = "[]"
    stop_words: str = ""

    @classmethod
    def of(cls, terms: Sequence[UserTerm], stop_words: Collection[str]) -> WordSettings:
        """Pack settings."""
        dictionary = json.dumps([(entry.term, entry.frequency) for entry in terms])
        return cls(dictionary, "\n".join(sorted(stop_words)))

    def content_words(self, text: str) -> list[str]:
        """Return the content words of a text in their order, in lower case.

        >>> WordSettings.of([], ["推进"]).content_words("推进基层治理,推进AI应用50%")
        ['基层', '治理', 'ai', '应用']
        """
        segmenter, tells = _cutting(self)
        return list(filter(tells, map(str.lower, segmenter.cut(text).words)))


@lru_cache(maxsize=1)
def _cutting(settings: WordSettings) -> tuple[Segmenter, Callable[[str], bool]]:
    """Return what cuts words, and what tells content words, which remembers those it was asked about."""
    terms = [UserTerm(*entry) for entry in json.loads(settings.dictionary)]
    stop_words = frozenset(settings.stop_words.splitlines())
    return Segmenter(terms=terms), lru_cache(_REMEMBERED)(partial(is_content_word, stop_words=stop_words))
