"""What part of speech the dictionary gives a word."""

from __future__ import annotations

__all__ = ["dictionary_tag"]


def dictionary_tag(word: str) -> str:
    """Return jieba's tag of a word (``n`` noun, ``v`` verb, ``ns`` place …), or ``""`` if it has none.

    The dictionary is asked, not a tagger: the answer does not depend on the context or the segmenter.

    >>> dictionary_tag("社区"), dictionary_tag("嵌入"), dictionary_tag("楼宇党建")
    ('n', 'v', '')
    """
    import rjieba

    found = rjieba.tag(word, hmm=False)
    return str(found[0][1]) if len(found) == 1 else ""
