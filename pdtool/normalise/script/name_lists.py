"""Names in lists: ``范长江、邹韬奋`` beside ``范围、程度``.

A surname that a Simplified character also spells another word with is known in a list by its neighbours: the
items are two or three characters, no words of the dictionary, and begin with surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pdtool.data_files import data_toml
from pdtool.late_patterns import late_pattern
from pdtool.segment.tags import dictionary_tag

__all__ = ["surnames_in_lists"]

_CLAUSE = re.compile(r"[^，。；：！？\n（）()“”《》]++")
"""What may be a list with what stands around it, up to other signs."""
_first = late_pattern("(?:.*[有是由为与和及请任如以对给向者家长员师授记])?([\u4e00-\u9fff]{2,3})")
"""The first item, behind what introduces the list."""
_last = late_pattern("([\u4e00-\u9fff]{2,3}?)(?:(?:等|[和与及]|出席|参加|分别|陪同|同志|先生|女士).*)?")
"""The last item, before what closes the list."""
_inner = late_pattern("([\u4e00-\u9fff]{2,3})")
_NAME_TAGS = ("", "nr", "nrt", "nrfg")
"""What the dictionary says of a name; mostly it does not have it."""


@cache
def _surnames() -> str:
    return str(data_toml("spacing.toml")["surnames"])


@lru_cache(maxsize=4096)
def _is_no_word(item: str) -> bool:
    return dictionary_tag(item) in _NAME_TAGS


def _items(clause: str) -> Iterator[tuple[int, str]]:
    """Yield the items of a list that may be names, with their offsets in the clause."""
    parts = clause.split("、")
    offset = 0
    for index, part in enumerate(parts):
        form = _first() if not index else _last() if index == len(parts) - 1 else _inner()
        match = form.fullmatch(part)
        if match is not None:
            yield offset + match.start(1), match[1]
        offset += len(part) + 1


def surnames_in_lists(text: str, doubtful: str) -> list[int]:
    """Return the offsets of doubtful characters that are surnames in a list of names.

    Args:
        text: A Simplified text.
        doubtful: Surnames that are other words elsewhere.

    >>> surnames_in_lists("记者有范长江、邹韬奋等，注意范围、程度", "范于")
    [3]
    """
    if "、" not in text or not any(character in text for character in doubtful):
        return []
    return [
        match.start() + offset
        for match in _CLAUSE.finditer(text)
        if "、" in match[0] and any(character in match[0] for character in doubtful)
        for offset in _doubtful_names(match[0], doubtful)
    ]


def _doubtful_names(clause: str, doubtful: str) -> list[int]:
    known = frozenset(_surnames()) | frozenset(doubtful)
    names = [(offset, item) for offset, item in _items(clause) if item[0] in known and _is_no_word(item)]
    firsts = {item[0] for _, item in names}
    # Words of one doubtful character, such as 种菜、种花, prove nothing together.
    if firsts <= set(doubtful) and len(firsts) < 2:
        return []
    return [offset for offset, item in names if item[0] in doubtful]
