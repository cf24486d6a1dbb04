"""Content words: those that say something about what a text is about."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["is_content_word"]

_SHORTEST = 2
"""Characters of a word: a single one (的, 年, 个) says little about what a text is about."""


def is_content_word(word: str, stop_words: Collection[str]) -> bool:
    """Return whether a word has two characters or more, a letter among them, and is no stop word.

    Args:
        word: In lower case.
        stop_words: In lower case.

    >>> [is_content_word(word, {"的", "进行"}) for word in ("治理", "进行", "年", "50%", "5g")]
    [True, False, False, False, True]
    """
    return len(word) >= _SHORTEST and word not in stop_words and any(map(str.isalpha, word))
