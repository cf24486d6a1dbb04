"""The relation of a document to one that it names: from the words before and behind the title."""

from __future__ import annotations

import re
from functools import cache

from pdtool.citations.wording import citation_data, form, relation_words

__all__ = ["plain_relation", "relation_before", "relation_behind", "relation_of"]

_BEFORE = 60
"""Characters before a title among which the word stands that leads to it."""
_BEHIND = 80
"""Characters behind a title among which it is said what becomes of it."""
_CLAUSE = re.compile(r"[，,；;：:。！？!?\n]|[.．](?=\s)")
_DESCRIBING = ("的", "了的")


def plain_relation() -> str:
    """Return the relation where no word says more."""
    plain: str = citation_data()["relation"]["plain"]
    return plain


def relation_of(text: str, sentence: int, start: int, end: int) -> str:
    """Return the relation to what is named; empty if no word says it.

    Args:
        text: The clean text.
        sentence: Where the sentence begins.
        start: Where the mark of the title stands, or of the first of several in a row.
        end: The offset behind the title and its brackets, or behind the last of several.

    >>> text = "根据《甲法》，省政府2003年发布的《乙办法》同时废止。"
    >>> relation_of(text, 0, 2, 6), relation_of(text, 0, text.index("《乙"), text.index("同时"))
    ('依据', '废止')
    """
    before = relation_before(text, sentence, start)
    if before in citation_data()["relation"]["firm"]:
        return before
    behind, is_strong = relation_behind(text, end)
    return behind if behind and (is_strong or not before) else before


def relation_before(text: str, sentence: int, start: int) -> str:
    """Return the relation that the words of the clause before a title say; empty if they say none."""
    begin = max(sentence, start - _BEFORE)
    for found in _CLAUSE.finditer(text, begin, start):
        begin = found.end()
    words, names = _words_before()
    described = False
    following = start
    for found in reversed(list(words.finditer(text, begin, start))):
        if _is_in_title(text, found.end(), start):
            continue
        name, is_descriptive = names[found.lastindex or 0]
        between = text[found.end() : following]
        is_description = between.rstrip().endswith(_DESCRIBING) and following == start
        if not is_descriptive or not (is_description or (described and between.strip())):
            return name
        described, following = True, found.start()
    alone: dict[str, str] = citation_data()["relation"]["alone"]
    return alone.get(text[start - 1 : start], "") if start > sentence else ""


def _is_in_title(text: str, offset: int, end: int) -> bool:
    """Return whether an offset lies in a title that closes before ``end``."""
    closing = text.find("》", offset, end)
    return closing >= 0 and text.find("《", offset, closing) < 0


def relation_behind(text: str, end: int) -> tuple[str, bool]:
    """Return the relation that the words behind a title say, and whether it counts whatever is before."""
    behind = text[end : end + _BEHIND]
    if form("relation", "behind").search(behind) is None:  # as behind most titles
        return "", False
    for relation in relation_words():
        if any(said.search(behind) for said in relation.behind):
            return relation.name, relation.is_strong
    return "", False


@cache
def _words_before() -> tuple[re.Pattern[str], list[tuple[str, bool]]]:
    """Return the pattern of all words, one group for each relation, and what each group says."""
    names = [("", False)]
    groups = []
    for relation in citation_data()["relations"]:
        groups.append(f"({'|'.join(relation['before'])})")
        names.append((relation["name"], relation.get("descriptive", False)))
    return re.compile("|".join(groups)), names
