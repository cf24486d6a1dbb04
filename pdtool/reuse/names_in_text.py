"""The names of a folded text as a reader sees them: words, not parts of two words that stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache, lru_cache

from pdtool.reuse.gazetteer import Name, Occurrence, office_data, offices, places
from pdtool.segment.known_words import is_known_word, word_bounds

__all__ = ["names_in"]


@lru_cache(maxsize=8)
def names_in(text: str) -> tuple[Occurrence, ...]:
    """Return the places and offices of a folded text, in order; none overlaps another.

    Those of the last texts are at hand: who exchanges names does so in one text for many.

    Neither 京山 stands in 北京山区, nor 合浦 in 结合浦东, nor 全区 in 安全区域. Of names that overlap even so
    the first counts, and of those that begin together the longest. Behind a place an office has no level of
    its own.

    >>> [found.name.key for found in names_in("上海市浦东新区科委和京山市科技局结合北京山区实际")]
    ['上海', '浦东', '科委', '京山', '科技局', '北京']
    """
    words = word_bounds(text)
    every, governing = places().occurrences(text), offices().occurrences(text)
    ends = {place.end for place in every}
    found = _without_words(
        _apart(place for place in every if _is_place(text, place, words, ends)),
        {office.start for office in governing},
    )
    taken = {at for place in found for at in range(place.start, place.end)}
    free = [free for office in governing if (free := _behind(office, taken))]
    ends |= {office.end for office in free}
    found += _apart(office for office in free if _is_office(text, office, words, ends))
    return tuple(sorted(found, key=lambda name: name.start))


@cache
def _town() -> re.Pattern[str]:
    shapes = office_data()["shapes"]
    return re.compile(rf"(?:{'|'.join(shapes['towns'])})(?!{'|'.join(shapes['behind'])})")


def _is_place(text: str, place: Occurrence, words: Set[int], ends: Set[int]) -> bool:
    """Return whether a place is a word, or one of the names that a word is made of: 上海市浦东新区, 上海市委.

    The name of a town (长安街道) is not that of the district which is called so, too.
    """
    if not place.name.is_full and _town().match(text, place.end):
        return False
    if not is_known_word(place.name.key):
        return True  # the segmenter cannot say where it begins
    if place.start not in words and place.start not in ends:
        return False
    levels = office_data()["levels"]
    return place.name.is_full or place.end in words or text[place.end : place.end + 1] in levels


def _without_words(found: list[Occurrence], governing: Set[int]) -> list[Occurrence]:
    """Return places without ordinary words that a local office stands behind, nothing else: 会同县财政局."""
    clear = {place.name.key for place in found if place.name.is_full and place.end - 1 not in governing}
    return [
        place
        for place in found
        if not (place.name.is_word and place.end - 1 in governing) or place.name.key in clear
    ]


def _is_office(text: str, office: Occurrence, words: Set[int], ends: Set[int]) -> bool:
    before = text[office.start - 1 : office.start]
    starts = office.start in words or office.start in ends or before in office_data()["before"]
    return starts and (len(office.name.key) > 2 or office.end in words or not office.name.level)


def _apart(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Return names without those that overlap an earlier, or as early and longer one."""
    kept: list[Occurrence] = []
    for name in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _behind(office: Occurrence, taken: set[int]) -> Occurrence | None:
    """Return an office without what the place before it says; ``None`` if a place holds more of it."""
    overlap = [at for at in range(office.start, office.end) if at in taken]
    if not overlap:
        return office
    if overlap != [office.start] or not office.name.level or len(office.name.key) < 3:
        return None
    return Occurrence(office.start + 1, office.end, Name(office.name.key[1:]))
