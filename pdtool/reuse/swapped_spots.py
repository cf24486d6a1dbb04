"""Where two aligned texts have different names at one spot: what was swapped for what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pdtool.reuse.aligned_texts import LONGEST_SPOT, AlignedTexts
from pdtool.reuse.differing_spans import Span
from pdtool.reuse.gazetteer import Name, Occurrence, office_data, place_names
from pdtool.segment.known_words import is_known_word

__all__ = ["Swap", "shape_swaps", "swaps"]

MOST_REST = 4
"""Characters of a spot that belong to no name, at most: more is another wording."""
MOST_STEM = 4
"""Characters of a name by its shape, its ending apart."""


class Swap(NamedTuple):
    """A name of a and what b has in its place."""

    in_a: Name
    in_b: Name


def swaps(
    texts: AlignedTexts, in_a: Sequence[Occurrence], in_b: Sequence[Occurrence]
) -> list[tuple[Span, Swap]]:
    """Return which names stand for which, with their spots.

    Args:
        texts: Two aligned texts.
        in_a: The names of a, in order.
        in_b: Those of b.
    """
    sides = _Names(in_a), _Names(in_b)
    found: list[tuple[Span, Swap]] = []
    floor = (0, 0)
    for name in in_a:
        if name.start < floor[0] or texts.is_equal(name.start, name.end):
            continue
        spot = _whole_names(texts, texts.spot(name.start, name.end, floor), sides, floor)
        if spot is not None:
            floor = spot[1], spot[3]
            found += [(spot, swap) for swap in _in_spot(spot, sides)]
    return found


class _Names:
    """The names of a text, to be asked for by where they stand.

    Args:
        names: In order; none overlaps another.
    """

    def __init__(self, names: Sequence[Occurrence]) -> None:
        self._names = names
        self._starts = [name.start for name in names]

    def within(self, start: int, end: int) -> list[Occurrence]:
        """Return the names that lie between two characters."""
        first = bisect_left(self._starts, start)
        return [name for name in self._names[first : bisect_left(self._starts, end)] if name.end <= end]

    def end_over(self, end: int) -> int:
        """Return where a name ends that begins before a character and ends behind it, or the character."""
        before = bisect_left(self._starts, end) - 1
        return max(end, self._names[before].end) if before >= 0 else end


def _whole_names(
    texts: AlignedTexts, spot: Span | None, sides: tuple[_Names, _Names], floor: tuple[int, int]
) -> Span | None:
    """Return a spot with the whole of the names that begin in it, on either side."""
    while spot is not None:
        start_a, end_a, start_b, end_b = spot
        over_a, over_b = sides[0].end_over(end_a), sides[1].end_over(end_b)
        if over_a > end_a:
            spot = texts.spot(start_a, over_a, floor)
        elif over_b > end_b:
            turned = texts.turned().spot(start_b, over_b, floor[::-1])
            spot = turned and (turned[2], turned[3], turned[0], turned[1])
        if spot is None or (spot[1], spot[3]) == (end_a, end_b):
            break
    return spot


def _in_spot(spot: Span, sides: tuple[_Names, _Names]) -> Iterator[Swap]:
    start_a, end_a, start_b, end_b = spot
    here = sides[0].within(start_a, end_a), sides[1].within(start_b, end_b)
    if max(end_a - start_a - _chars(here[0]), end_b - start_b - _chars(here[1])) > MOST_REST:
        return
    for are_places in (True, False):
        one, other = ([name.name for name in side if name.name.is_place is are_places] for side in here)
        # Of unequal chains the last are the places themselves; those before say where they lie.
        for in_a, in_b in zip(reversed(one), reversed(other), strict=False):
            if in_a.key != in_b.key:
                yield Swap(in_a, in_b)


def _chars(names: Iterable[Occurrence]) -> int:
    return sum(name.end - name.start for name in names)


def shape_swaps(
    texts: AlignedTexts, spans: Iterable[Span], in_a: Iterable[Occurrence], in_b: Iterable[Occurrence]
) -> list[Swap]:
    """Return names of no list that their endings tell: towns, streets, villages, reservoirs, parks.

    Args:
        texts: Two aligned texts in which places are swapped.
        spans: Where they differ.
        in_a: The names of a that are known.
        in_b: Likewise of b.
    """
    taken_a, taken_b = ({at for name in side for at in range(name.start, name.end)} for side in (in_a, in_b))
    unknown = (span for span in spans if span[0] not in taken_a and span[2] not in taken_b)
    found = Counter(pair for span in unknown for pair in _shapes(texts, span))
    told = [pair for pair, count in found.items() if count > 1 or _are_towns(pair)]
    return [Swap(Name(one), Name(other)) for one, other in told for _ in range(found[one, other])]


def _are_towns(pair: tuple[str, str]) -> bool:
    """Return whether two names are towns beyond doubt: by their endings, and no ordinary words."""
    towns = office_data()["shapes"]["towns"]
    ends = [next((end for end in towns if name.endswith(end)), "") for name in pair]
    return all(ends) and not any(
        is_known_word(name.removesuffix(end)) and not is_known_word(name)
        for name, end in zip(pair, ends, strict=True)
    )


def _shapes(texts: AlignedTexts, span: Span) -> list[tuple[str, str]]:
    """Return the names that stand where two texts differ, with what the two share of them."""
    start_a, end_a, start_b, end_b = span
    if not (0 < end_a - start_a <= LONGEST_SPOT and 0 < end_b - start_b <= LONGEST_SPOT):
        return []
    stem = texts.a[max(0, start_a - 2) : start_a]
    if stem == texts.b[max(0, start_b - 2) : start_b] and _is_ending(texts.a, start_a, texts.b, start_b):
        start_a, start_b = start_a - len(stem), start_b - len(stem)
    one, other = _shape_list(texts.a, start_a, end_a), _shape_list(texts.b, start_b, end_b)
    if not one or len(one) != len(other):
        return []
    before = texts.a[max(0, start_a - 1) : start_a]
    if min(len(one[0][0]), len(other[0][0])) == 1 and before == texts.b[max(0, start_b - 1) : start_b]:
        one[0], other[0] = (before + one[0][0], one[0][1]), (before + other[0][0], other[0][1])
    return [
        ("".join(in_a), "".join(in_b))
        for in_a, in_b in zip(one, other, strict=True)
        if in_a != in_b and _may_be_name(*in_a) and _may_be_name(*in_b)
    ]


def _is_ending(a: str, start_a: int, b: str, start_b: int) -> bool:
    """Return whether two texts differ from here in the endings of towns with one name: 三湾镇, 三湾乡."""
    towns = tuple(office_data()["shapes"]["towns"])
    return a.startswith(towns, start_a) and b.startswith(towns, start_b)


def _shape_list(text: str, start: int, end: int) -> list[tuple[str, str]]:
    """Return the stems and endings of the names that fill a stretch of a text, one behind the other.

    The last may reach further than the stretch; if anything else stands there, there are none.
    """
    found = []
    while start < end:
        name = _shape_pattern().match(text, start)
        if name is None:
            return []
        found.append((name[1], name[2]))
        start = name.end()
    return found


@cache
def _shape_pattern() -> re.Pattern[str]:
    data = office_data()["shapes"]
    endings, behind = "|".join(data["endings"]), "|".join(data["behind"])
    return re.compile(rf"([㐀-鿿]{{1,{MOST_STEM}}}?)({endings})(?!{behind})")


def _may_be_name(stem: str, ending: str) -> bool:
    """Return whether a stem may be a name of its own: neither a common word nor a place of the list.

    >>> _may_be_name("张江", "镇"), _may_be_name("特色小", "镇"), _may_be_name("浦东", "新区")
    (True, False, False)
    """
    shapes = office_data()["shapes"]
    towns = tuple(shapes["towns"])
    if len(stem) < 2 or stem + ending in place_names() or stem.startswith(towns):
        return False
    if stem.endswith(tuple(shapes["common"])):
        return False
    return ending in towns or stem not in place_names()
