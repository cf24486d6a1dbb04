r"""Text that was extracted twice, run by run, whatever line ends the runs hold.

The frames of a slide begin and end anywhere in a line (``有关部门：⏎渔港是关部门：⏎渔港是渔船``), so that
copies are looked for in the text without its blanks. A run of a few characters may be said twice in earnest;
nobody says nearly all of a text twice in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pdtool.normalise.layout.doubled_units import says_something
from pdtool.text.lines import ends_sentence

__all__ = ["RunEdit", "doubled_runs", "may_have_doubled_runs"]

# Set on slides made of real texts: runs of 6 to 160 characters, lines of 18 to 42 (November 2026).
_SHORTEST = 4
"""Characters of the shortest run."""
_LONGEST = 4000
"""Characters of the longest."""
_LONGEST_PAGE = 40_000
"""Characters of the longest one right behind another: a page, or an article of a law."""
_PAGE_PROBE = 16
"""Characters by which its copy is looked for."""
_PROBES = 8
"""How many occurrences of a run's first characters are tried."""
_FEWEST = 3
"""Runs that make a habit."""
_LONG = 100
"""Characters of a run that nobody says twice in earnest: beside another one it makes a habit."""
_SMALLEST = 40
"""Characters of the shortest text."""
_UNCOVERED = 0.1
"""Most of the text that is not said twice."""
_EARLY = 120
"""Characters that are not said twice, from which on their share of what was read so far counts."""
_SAMPLE = 2400
"""Characters from the middle of a text, by a few of which it is seen whether it is doubled."""
_MARGIN = 600
"""Characters on either side of the sample, for a run may begin before it and its copy end behind it."""
_PLACES = 16
"""Places in the sample that are looked at."""
_FIRST = 4
"""Places without a copy after which no more are looked at."""
_AROUND = 1200
"""Characters on either side of a place among which a copy is looked for."""
_BEGINNING = 200
"""Characters at the beginning of a text that are looked at."""
_NEARBY = 3
"""How many occurrences of what stands there are tried on either side: a run may hold it twice."""
_SHARE = 0.25
"""Least of the places that have a copy."""

RunEdit = tuple[int, int, str]
"""Start and end of what goes, and what comes in its stead."""


class _Run(NamedTuple):
    """A run and its copy, as offsets in the text without blanks.

    Args:
        start: Where the run begins.
        length: The length of the run; its copy begins behind it and is as long.
    """

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text without its blanks.

    Args:
        text: The text with them.
        flat: The text without them.
        offsets: Where each character of ``flat`` stands in ``text``.
    """

    text: str
    flat: str
    offsets: Sequence[int]

    def gap(self, index: int) -> tuple[int, int]:
        """Return the span of the blanks before a character of ``flat``."""
        end = self.offsets[index] if index < len(self.flat) else len(self.text)
        return (self.offsets[index - 1] + 1 if index else 0), end

    def breaks(self, index: int) -> bool:
        """Return whether a line ends before a character of ``flat``."""
        return "\n" in self.text[slice(*self.gap(index))]


@lru_cache(maxsize=1)  # two steps ask this of a text
def may_have_doubled_runs(text: str) -> bool:
    """Return whether a few characters here and there stand in a run with its copy beside it."""
    if len(text) < _SMALLEST:
        return False
    first = max(0, (len(text) - _SAMPLE) // 2 - _MARGIN)
    flat = "".join(text[first : first + _SAMPLE + 2 * _MARGIN].split())
    margin = _MARGIN if first and len(flat) > 3 * _MARGIN else 0
    inner = len(flat) - 2 * margin
    places = range(margin, margin + inner - _SHORTEST, max(1, inner // _PLACES))
    found = 0
    for tried, place in enumerate(places, 1):
        found += _stands_in_a_run(flat, place)
        if not found and tried == _FIRST:
            break
    # The middle of a text may be one run of a whole page; its beginning seldom is.
    return found >= _SHARE * len(places) or _begins_with_a_run(text)


def _begins_with_a_run(text: str) -> bool:
    """Return whether a text begins with a run and its copy, as a doubled title."""
    flat = "".join(text[:_BEGINNING].split())
    second = flat.find(flat[:_SHORTEST], _SHORTEST)
    return second > 0 and flat.startswith(flat[:second], second)


def _stands_in_a_run(flat: str, place: int) -> bool:
    """Return whether what stands at ``place`` recurs nearby, and what lies between recurs with it."""
    probe = flat[place : place + _SHORTEST]
    recurs = flat.find(probe, place + _SHORTEST, place + _AROUND) >= 0
    if not (recurs or flat.find(probe, max(0, place - _AROUND), place + _SHORTEST - 1) >= 0):
        return False  # most places
    behind = before = place
    for _ in range(_NEARBY):
        behind = flat.find(probe, max(behind + 1, place + _SHORTEST), place + _AROUND) if behind >= 0 else -1
        if behind >= 0 and _shared(flat, place, behind) >= behind - place:
            return True
        before = flat.rfind(probe, max(0, place - _AROUND), before + _SHORTEST - 1) if before >= 0 else -1
        if before >= 0 and _shared(flat, before, place) >= place - before:
            return True
    return False


def _shared(flat: str, one: int, other: int) -> int:
    """Return how many characters on both sides of two offsets agree, as far as a run may reach."""
    right, most = 0, min(other - one, len(flat) - other)
    while right < most and flat[one + right] == flat[other + right]:
        right += 1
    left, most = 1, min(other - one, one)
    while left <= most and flat[one - left] == flat[other - left]:
        left += 1
    return right + left - 1


def doubled_runs(text: str, uncovered: float = _UNCOVERED) -> list[RunEdit]:
    r"""Find the runs of a text nearly all of which is said twice, run by run.

    Args:
        text: Line ends are ``\n``.
        uncovered: The greatest share of the text that is not said twice, 0 to 1.

    Returns:
        Edits that delete each second copy, and the line ends that neither both copies nor a sentence's end
        speak for.
    """
    if not may_have_doubled_runs(text):
        return []
    runs = _runs("".join(text.split()), uncovered)
    if not runs:
        return []
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    flat = _Flat(text, "".join(text.split()), offsets)
    every = sorted([*runs, *_short_runs(flat, runs)])
    return [edit for run in every for edit in _edits(flat, run)]


def _runs(flat: str, most: float) -> list[_Run]:
    """Return the runs from left to right; none if more than a share of the text is not said twice."""
    runs: list[_Run] = []
    start = uncovered = 0
    while start < len(flat):
        length = _length_at(flat, start)
        if not length and runs and start == runs[-1].start + 2 * runs[-1].length:
            length = _length_at(flat, start, _PAGE_PROBE, _LONGEST_PAGE)
        if length:
            runs.append(_Run(start, length))
            start += 2 * length
            continue
        start += 1
        uncovered += 1
        if uncovered > most * len(flat) or uncovered > max(_EARLY, 0.5 * start):
            return []
    is_habit = len(runs) >= _FEWEST or (len(runs) > 1 and any(run.length >= _LONG for run in runs))
    return runs if is_habit else []


def _length_at(flat: str, start: int, sample: int = _SHORTEST, most: int = _LONGEST) -> int:
    """Return the length of the longest run that begins at ``start`` with its copy behind it; 0 if none does.

    A run may begin with words that the text itself says twice, as a title that stands on the cover too.

    Args:
        flat: The text without blanks.
        start: Where the run begins.
        sample: Characters by which its copy is looked for.
        most: Characters of the longest run.
    """
    probe = flat[start : start + sample]
    second = start
    longest = 0
    for _ in range(_PROBES):
        second = flat.find(probe, max(second + 1, start + _SHORTEST), start + most + sample)
        if second < 0:
            break
        run = flat[start:second]
        if flat.startswith(run, second) and says_something(run, _SHORTEST - 1):
            longest = second - start
    return longest


def _short_runs(flat: _Flat, runs: Sequence[_Run]) -> Iterator[_Run]:
    """Yield the short runs between the others, in a text that says everything twice.

    A single character is one only if a line ends between it and its copy.
    """
    ends = [0, *(run.start + 2 * run.length for run in runs)]
    for end, stop in zip(ends, [*(run.start for run in runs), len(flat.flat)], strict=True):
        start = end
        while start < stop:
            fitting = (size for size in range(_SHORTEST, 0, -1) if start + 2 * size <= stop)
            length = next((size for size in fitting if _is_short_run(flat, start, size)), 0)
            if length:
                yield _Run(start, length)
            start += 2 * length or 1


def _is_short_run(flat: _Flat, start: int, size: int) -> bool:
    run = flat.flat[start : start + size]
    copied = flat.flat.startswith(run, start + size)
    return copied and (flat.breaks(start + size) if size == 1 else len(set(run)) > 1)


def _edits(flat: _Flat, run: _Run) -> Iterator[RunEdit]:
    """Yield the edits of one run, in the order of the text."""
    for index in range(run.start + 1, run.start + run.length):
        start, end = flat.gap(index)
        first, second = flat.breaks(index), flat.breaks(index + run.length)
        stays = (first and second) or ((first or second) and _ends_sentence(flat, index))
        if first != stays:
            yield start, end, "\n" if stays else ""
    middle, behind = run.start + run.length, run.start + 2 * run.length
    start, end = flat.gap(middle)[0], flat.gap(behind)[0]
    parted = flat.breaks(middle) and not flat.breaks(behind) and _ends_sentence(flat, middle)
    yield start, end, "\n" if parted and behind < len(flat.flat) else ""


def _ends_sentence(flat: _Flat, index: int) -> bool:
    """Return whether a sentence ends before a character of ``flat``."""
    return ends_sentence(flat.flat[max(0, index - 8) : index])
