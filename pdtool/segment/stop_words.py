"""Stop words: the built-in lists and the user's own."""

from __future__ import annotations

from functools import cache

from pdtool.data_files import data_text

__all__ = ["parse_stop_words", "read_words", "stop_words"]


_LISTS = ("stopwords/function", "stopwords/general", "stopwords/policy")


@cache
def read_words(name: str) -> frozenset[str]:
    """Return the words of one of pdtool's own lists, such as ``"stopwords/function"``.

    Args:
        name: The file below ``pdtool/data``, without ``.txt``: words separated by white space, and
            comment lines that begin with ``#``.
    """
    text = data_text(f"{name}.txt")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def parse_stop_words(text: str) -> frozenset[str]:
    r"""Read a user's list: one word per line; blank lines and lines that begin with ``#`` are skipped.

    >>> sorted(parse_stop_words("\ufeff# ours\r\n我市\r\nThe\r\n"))
    ['the', '我市']
    """
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return frozenset(line.lower() for line in lines if line and not line.startswith("#"))


def stop_words(user: frozenset[str] = frozenset(), builtin: bool = True) -> frozenset[str]:
    """Return the words that every analysis leaves out, in lower case.

    Args:
        user: The user's own, which come on top.
        builtin: Whether the function words and the verbs that every policy paper uses are among them.
    """
    if not builtin:
        return user
    return user.union(*map(read_words, _LISTS))
