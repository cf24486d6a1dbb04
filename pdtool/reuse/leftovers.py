"""Names of the one text that stand in the other by oversight: forgotten when it was adapted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pdtool.reuse.aligned_texts import AlignedTexts
from pdtool.reuse.gazetteer import Name, Occurrence, are_nested, office_data
from pdtool.reuse.swapped_spots import Swap

__all__ = ["leftovers"]

SYSTEMATIC = 2
"""A name that is swapped so often is one that the whole text was adapted from."""
RARELY = 3
"""An office that may be another one's was forgotten where it was swapped so many times as often."""
_JOINED = frozenset("和与及到至")
"""What joins the names of a list."""
_ANCESTORS = frozenset("省市州盟")
"""Whose offices lie above a county, too: they are no county's own."""


def leftovers(texts: AlignedTexts, names: Sequence[Occurrence], swapped: Mapping[Swap, int]) -> Counter[str]:
    """Return which names of a stand in b, at the same spot, though b has others in their place elsewhere.

    A name that stands there more often than it was swapped belongs to both.

    Args:
        texts: Two aligned texts.
        names: The places and offices of a.
        swapped: How often each name of a was swapped for one of b.
    """
    found: Counter[str] = Counter()
    most: Counter[str] = Counter()
    equal = [index for index, name in enumerate(names) if texts.is_equal(name.start, name.end)]
    for (one, other), count in swapped.items():
        if not one.is_place or count < SYSTEMATIC:
            continue
        for index in equal:
            name = names[index].name
            if _belongs(name, one, other) and _stands_alone(texts.a, names, index):
                found[name.key] += 1
                most[name.key] = max(most[name.key], count)
    for office, count in _own_offices(swapped).items():
        here = [index for index in equal if names[index].name.key == office]
        found[office], most[office] = sum(_is_local(texts.a, names, index) for index in here), count
    for shape, count in _shapes(swapped).items():
        found[shape], most[shape] = sum(1 for _ in _equal_stretches(texts, shape)), count
    return Counter({name: count for name, count in found.items() if 0 < count <= most[name]})


def _belongs(name: Name, one: Name, other: Name) -> bool:
    """Return whether a place is the one that was swapped, or one in or above it and not the other's."""
    if not name.is_place:
        return False
    if not name.is_full and (name.is_word or all(code.endswith("0000") for code in name.codes)):
        return False  # a word, or a province, of which every text may speak
    if name.key == one.key:
        return True
    return name.is_full and are_nested(name.codes, one.codes) and not are_nested(name.codes, other.codes)


def _stands_alone(text: str, names: Sequence[Occurrence], index: int) -> bool:
    """Return whether a place is meant as such: not in a list of places, a name of all, or another word."""
    found = names[index]
    forms = office_data()["named_for"]
    stem = found.start + len(found.name.key)
    if any(text.startswith(tuple(forms["behind"]), at) for at in (stem, found.end)):
        return False
    if text[: found.start].endswith(tuple(forms["before"])):
        return False
    return not any(
        _are_listed(text, *sorted((found, names[near]), key=_start)) for near in _near(names, index)
    )


def _start(name: Occurrence) -> int:
    return name.start


def _near(names: Sequence[Occurrence], index: int) -> Iterator[int]:
    yield from (near for near in (index - 1, index + 1) if 0 <= near < len(names))


def _are_listed(text: str, first: Occurrence, second: Occurrence) -> bool:
    """Return whether two names stand side by side as items of a list, not as a place and what lies in it."""
    between = text[first.end : second.start]
    if between and between not in _JOINED:
        return False
    both = first.name.codes, second.name.codes
    return all(both) and not are_nested(*both)


def _own_offices(swapped: Mapping[Swap, int]) -> Counter[str]:
    """Return the offices of a with how often each may stand in b by oversight.

    Of those of a city or province (市委) a county's plan speaks as well, so that few count where many were
    swapped.
    """
    found: Counter[str] = Counter()
    for (one, other), count in swapped.items():
        if not one.is_place:
            above = one.level != other.level and one.level in _ANCESTORS
            found[one.key] += count // RARELY if above else count
    return found


def _is_local(text: str, names: Sequence[Occurrence], index: int) -> bool:
    """Return whether an office is not said to be that of a place, or of the state."""
    found = names[index]
    if text[: found.start].endswith(tuple(office_data()["above"])):
        return False
    before = names[index - 1] if index and names[index - 1].end == found.start else None
    return before is None or not before.name.is_place or not before.name.is_full


def _shapes(swapped: Mapping[Swap, int]) -> Counter[str]:
    """Return the names by shape, with how often they were swapped."""
    endings = tuple(office_data()["shapes"]["endings"])
    found: Counter[str] = Counter()
    for (one, _), count in swapped.items():
        if not one.is_place and not one.level and one.key.endswith(endings):
            found[one.key] += count
    return found


def _equal_stretches(texts: AlignedTexts, name: str) -> Iterator[int]:
    """Yield where a name of a stands in b, too."""
    start = texts.a.find(name)
    while start >= 0:
        if texts.is_equal(start, start + len(name)):
            yield start
        start = texts.a.find(name, start + 1)
