"""Content words: those that say something about what a text is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from pdtool.segment.packed import pack_terms, segmenter_of
from pdtool.segment.segmenter import SEGMENTERS
from pdtool.segment.userdict import UserTerm

__all__ = ["ContentWords", "is_content_word"]

_SHORTEST = 2
"""Characters of a word: a single one (的, 年, 个) says little about what a text is about."""
_REMEMBERED = 1 << 17
"""Words whose part is remembered: more than a corpus has, and bounded for a text of random letters."""


def is_content_word(word: str, stop_words: Collection[str], shortest: int = _SHORTEST) -> bool:
    """Return whether a word has two characters or more, a letter among them, and is no stop word.

    Args:
        word: In lower case.
        stop_words: In lower case.
        shortest: Characters that it has at least.

    >>> [is_content_word(word, {"的", "进行"}) for word in ("治理", "进行", "年", "50%", "5g")]
    [True, False, False, False, True]
    """
    return len(word) >= shortest and word not in stop_words and any(map(str.isalpha, word))


@dataclass(frozen=True, slots=True)
class ContentWords:
    """Finds the content words of texts, in any process. Lists are strings: they are sent faster than many.

    Args:
        dictionary: The user's words, as :func:`~pdtool.segment.packed.pack_terms` gives them.
        stop_words: All stop words, one a line.
    """

    dictionary: str = "[]"
    stop_words: str = ""

    @classmethod
    def of(cls, terms: Sequence[UserTerm], stop_words: Collection[str]) -> ContentWords:
        """Pack the words of a user and the stop words."""
        return cls(pack_terms(terms), "\n".join(sorted(stop_words)))

    def find(self, text: str) -> list[str]:
        """Return the content words of a text in their order, in lower case.

        >>> ContentWords.of([], ["推进"]).find("推进基层治理,推进AI应用50%")
        ['基层', '治理', 'ai', '应用']
        """
        words = segmenter_of(SEGMENTERS[0], self.dictionary).cut(text).words
        return list(filter(_teller(self.stop_words), map(str.lower, words)))


@lru_cache(maxsize=1)
def _teller(stop_words: str) -> Callable[[str], bool]:
    """Return what tells content words, which remembers those it was asked about."""
    return lru_cache(_REMEMBERED)(partial(is_content_word, stop_words=frozenset(stop_words.splitlines())))
