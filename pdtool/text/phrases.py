"""Dictionaries of phrases and characters, compiled so that a text is looked up in arrays, not word by word.

Characters are a table indexed by code point; phrases are found by their first two characters and then
compared. Where phrases overlap, the one is taken that opencc-python-reimplemented takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import CODE_POINTS, Codes

__all__ = ["Found", "Phrases", "character_table", "longest_first"]

Found = tuple[int, str, str]
"""``(start, phrase, conversion)``."""


def character_table(characters: Mapping[str, str]) -> Codes:
    """Return a table, shape ``(0x110000,)``, that turns each key into its value and all else into itself."""
    table = np.arange(CODE_POINTS, dtype=np.uint32)
    table[[ord(key) for key in characters]] = [ord(value) for value in characters.values()]
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases of two or more characters.

    Args:
        first: Which code points begin a phrase, shape ``(0x110000,)``.
        second: Which stand behind the first of a phrase, shape ``(0x110000,)``.
        heads: The first two characters as one number each, ascending, distinct.
        entries: For each, the phrases that begin so, with their conversions.
    """

    first: npt.NDArray[np.bool_]
    second: npt.NDArray[np.bool_]
    heads: npt.NDArray[np.uint64]
    entries: tuple[tuple[tuple[str, str], ...], ...]

    @classmethod
    def of(cls, phrases: Mapping[str, str]) -> Phrases:
        """Compile phrases and their conversions."""
        by_head: dict[int, list[tuple[str, str]]] = {}
        for phrase, conversion in phrases.items():
            by_head.setdefault(ord(phrase[0]) << 32 | ord(phrase[1]), []).append((phrase, conversion))
        heads = sorted(by_head)
        first, second = np.zeros((2, CODE_POINTS), dtype=np.bool_)
        first[[ord(phrase[0]) for phrase in phrases]] = True
        second[[ord(phrase[1]) for phrase in phrases]] = True
        entries = tuple(tuple(by_head[head]) for head in heads)
        return cls(first, second, np.array(heads, dtype=np.uint64), entries)

    def occurrences(self, text: str, codes: Codes) -> Iterator[Found]:
        """Yield every phrase in the text, overlaps included.

        Args:
            text: Any text.
            codes: Its code points.
        """
        starts = np.flatnonzero(self.first.take(codes[:-1]))
        starts = starts[self.second.take(codes.take(starts + 1))]  # few of them are left to be searched for
        heads = (codes.take(starts).astype(np.uint64) << np.uint64(32)) | codes.take(starts + 1)
        found = np.minimum(np.searchsorted(self.heads, heads), len(self.heads) - 1)
        hits = self.heads[found] == heads
        for start, entry in zip(starts[hits].tolist(), found[hits].tolist(), strict=True):
            for phrase, conversion in self.entries[entry]:
                if text.startswith(phrase, start):
                    yield start, phrase, conversion


def longest_first(found: list[Found], length: int) -> Iterator[Found]:
    """Choose among overlapping phrases as the package does: the longest anywhere, then the leftmost.

    Args:
        found: Phrases by their starts.
        length: Characters of the text.
    """
    taken = bytearray(length)
    for start, phrase, conversion in sorted(found, key=lambda item: -len(item[1])):
        end = start + len(phrase)
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * len(phrase)
            yield start, phrase, conversion
