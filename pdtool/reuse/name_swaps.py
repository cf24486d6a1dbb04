"""What gives a copier away: names swapped for others throughout a text, names forgotten, local figures kept.

A place counts as swapped where the two aligned texts have different places of the list at one spot: 京山 for
浦东. Offices, towns and villages count once a place is swapped. Of a text that was adapted so, what stands
equal in both is looked at: a name that was swapped elsewhere, or that lies in or above the place that was,
was forgotten; an exact figure was copied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pdtool.reuse.aligned_texts import LONGEST_SPOT, AlignedTexts
from pdtool.reuse.differing_spans import Span
from pdtool.reuse.gazetteer import office_data, place_heads, place_names
from pdtool.reuse.leftovers import SYSTEMATIC, leftovers
from pdtool.reuse.names_in_text import names_in
from pdtool.reuse.passage import Passage
from pdtool.reuse.swapped_spots import Swap, shape_swaps, swaps

__all__ = ["NameSwaps", "name_swaps", "swapped_spans"]

FIGURES = 20
"""Copied figures that are listed, those that occur first."""
EXACT = 3
"""Figures of a number that is exact, without zeros at its end: it was counted or measured somewhere."""
_PLACE = re.compile("[省市县区州盟旗]")
"""What a full name of a place ends in."""
_BEFORE = 6
"""Characters of a name before a difference, at most."""
_LONGEST = 14
"""Characters of a whole name, at most."""
_RECURRING = 2
"""Short names that are swapped so often are looked at."""

Counted = tuple[tuple[str, int], ...]
"""Names with how often they occur, the most frequent first."""


@dataclass(frozen=True, slots=True)
class NameSwaps:
    """What shows that one of two texts was made from the other by exchanging names.

    Args:
        swapped: What a has, what b has in its place, and how often; the most frequent first.
        left_in_a: Names of b's that stand in a, too.
        left_in_b: Names of a's that stand in b, too.
        figures: Exact figures that both have, in the order of a.
    """

    swapped: tuple[tuple[str, str, int], ...]
    left_in_a: Counted = ()
    left_in_b: Counted = ()
    figures: tuple[str, ...] = ()

    @property
    def is_systematic(self) -> bool:
        """Whether a name is swapped throughout, not at a single spot."""
        return any(count >= SYSTEMATIC for _, _, count in self.swapped)

    def turned(self) -> NameSwaps:
        """Return the same with a and b exchanged."""
        return replace(
            self,
            swapped=_ordered((b, a, count) for a, b, count in self.swapped),
            left_in_a=self.left_in_b,
            left_in_b=self.left_in_a,
        )


def name_swaps(a: str, b: str, passages: Sequence[Passage], spans: Sequence[Span]) -> NameSwaps | None:
    """Compare the names in two aligned texts.

    Args:
        a: One text, folded.
        b: The other.
        passages: What they share, in the order of a.
        spans: Where they differ, see :func:`~pdtool.reuse.differing_spans.differing_spans`.

    Returns:
        ``None`` where no place stands for another.
    """
    if not _may_swap(a, b, spans):
        return None
    texts = AlignedTexts.of(a, b, passages)
    in_a, in_b = names_in(texts.a), names_in(texts.b)
    found = _told([swap for _, swap in swaps(texts, in_a, in_b)])
    if not found:
        return None
    found += Counter(shape_swaps(texts, spans, in_a, in_b))
    back = Counter({Swap(other, one): count for (one, other), count in found.items()})
    return NameSwaps(
        _listed(found),
        _counted(leftovers(texts.turned(), in_b, back)),
        _counted(leftovers(texts, in_a, found)),
        tuple(_figures(texts)) if max(found.values()) >= SYSTEMATIC else (),
    )


def swapped_spans(a: str, b: str, passages: Sequence[Passage], spans: Sequence[Span]) -> list[Span]:
    """Return where names are swapped, each as a whole.

    Args:
        a: One text, folded.
        b: The other.
        passages: What they share, in the order of a.
        spans: Where they differ.
    """
    if not _may_swap(a, b, spans):
        return []
    texts = AlignedTexts.of(a, b, passages)
    found = swaps(texts, names_in(a), names_in(b))
    told = {(one.key, other.key) for one, other in _told([swap for _, swap in found])}
    return sorted({spot for spot, swap in found if (swap.in_a.key, swap.in_b.key) in told})


# A first look ------------------------------------------------------------------------------------------


def _may_swap(a: str, b: str, spans: Iterable[Span]) -> bool:
    """Return whether two texts have different places at any spot; quick where they differ in little else."""
    names: frozenset[str] | None = None
    short: Counter[tuple[str, str]] = Counter()
    for start_a, end_a, start_b, end_b in spans:
        if not (0 < end_a - start_a <= LONGEST_SPOT and 0 < end_b - start_b <= LONGEST_SPOT):
            continue
        here = a[start_a:end_a], b[start_b:end_b]
        short[here] += 1
        full = _PLACE.search(a, start_a, end_a + 2) and _PLACE.search(b, start_b, end_b + 2)
        if not full and short[here] != _RECURRING:
            continue
        names = place_names() if names is None else names
        if _names_over(a, start_a, end_a, names) and _names_over(b, start_b, end_b, names):
            return True
    return False


def _names_over(text: str, start: int, end: int, names: frozenset[str]) -> bool:
    """Return whether a place of the list holds any of these characters."""
    heads = place_heads()
    return any(
        text[first:last] in names
        for first in range(max(0, start - _BEFORE), end)
        if text[first : first + 2] in heads  # few are
        for last in range(max(first + 2, start + 1), min(first + _LONGEST, len(text)) + 1)
    )


# What is told -----------------------------------------------------------------------------------------


def _told(found: Sequence[Swap]) -> Counter[Swap]:
    """Return the swaps that are beyond doubt, by their keys, if a place is among them.

    A short name that is an ordinary word as well counts only where a full name was swapped, too.
    """
    counts: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], Swap] = {}
    for swap in found:
        pair = swap.in_a.key, swap.in_b.key
        counts[pair] += 1
        known = example.setdefault(pair, swap)
        if _certainty(swap) > _certainty(known):
            example[pair] = swap
    told = {
        pair: swap
        for pair, swap in example.items()
        if not swap.in_a.is_place or swap.in_a.is_full or swap.in_b.is_full or not _has_words(swap)
    }
    if not any(swap.in_a.is_place for swap in told.values()):
        return Counter()
    return Counter({swap: counts[pair] for pair, swap in told.items()})


def _certainty(swap: Swap) -> int:
    return swap.in_a.is_full + swap.in_b.is_full


def _has_words(swap: Swap) -> bool:
    return swap.in_a.is_word or swap.in_b.is_word


def _listed(found: Counter[Swap]) -> tuple[tuple[str, str, int], ...]:
    """Return swaps to be shown: what a place calls itself (全区, 全市) is no name."""
    own = tuple(office_data()["self"])
    listed = [
        (one.key, other.key, count)
        for (one, other), count in found.items()
        if one.is_place or not (len(one.key) == 2 and one.key.startswith(own))
    ]
    return _ordered(listed)


def _ordered(swapped: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str, int], ...]:
    return tuple(sorted(swapped, key=lambda item: (-item[2], item[0], item[1])))


def _counted(found: Counter[str]) -> Counted:
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


# Figures ----------------------------------------------------------------------------------------------


@cache
def _figure() -> re.Pattern[str]:
    units = "|".join(sorted(office_data()["figures"]["units"], key=len, reverse=True))
    return re.compile(rf"(?<![0-9.%‰−])([0-9]+(?:\.[0-9]+)?)([%‰]|(?:{units}))(?![年月日号届期章条])")


def _figures(texts: AlignedTexts) -> Iterator[str]:
    """Yield the exact figures that both texts have at one spot, each once."""
    seen: set[str] = set()
    for found in _figure().finditer(texts.a):
        number = found[1].strip("0") if "." in found[1] else found[1].rstrip("0")
        exact = len(number.replace(".", "")) >= EXACT
        if exact and found[0] not in seen and texts.is_equal(*found.span()):
            seen.add(found[0])
            yield found[0]
            if len(seen) == FIGURES:
                return
