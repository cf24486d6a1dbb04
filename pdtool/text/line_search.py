"""Find out which lines of a text hold which of many words, all lines in one pass over their bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from pdtool.text.line_table import IndexArray, Mask

__all__ = ["EncodedLines", "groups_by_line", "lines_with_any"]


@dataclass(frozen=True, slots=True, eq=False)
class EncodedLines:
    r"""Lines as UTF-8, each followed by a line end.

    Args:
        data: All of them, one after the other.
        ends: The offset of the line end of each, shape ``(n_lines,)``.

    >>> lines = EncodedLines.of("点击\n由此\n正文\n")
    >>> lines.only(np.array([True, False, True])).data.decode()
    '点击\n正文\n'
    """

    data: bytes
    ends: IndexArray

    @classmethod
    def of(cls, text: str) -> EncodedLines:
        """Divide a text that ends with a line end."""
        return cls._divided(text.encode("utf-8", "surrogatepass"))

    @classmethod
    def _divided(cls, data: bytes) -> EncodedLines:
        return cls(data, np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")))

    def only(self, wanted: Mask) -> EncodedLines:
        """Return some of the lines.

        Args:
            wanted: Which, shape ``(n_lines,)``.
        """
        changes = np.flatnonzero(np.diff(wanted, prepend=False, append=False))
        bounds = np.append(-1, self.ends)[changes] + 1
        parts = zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True)
        return self._divided(b"".join([self.data[start:end] for start, end in parts]))


def lines_with_any(words: Sequence[str]) -> Callable[[EncodedLines], Mask]:
    r"""Return a function that says which lines hold any of a few words.

    For some dozens of words the search compares sixteen bytes and more at a time; it takes a tenth of the
    time of :func:`groups_by_line`.

    Args:
        words: None is empty or holds a line end.

    >>> lines_with_any(["来源：", "下载"])(EncodedLines.of("点击下载\n由此\n")).tolist()
    [True, False]
    """
    # Only of searches for what begins leftmost are several bytes compared at a time.
    find = BytesAhoCorasick(
        [word.encode() for word in words], matchkind=MatchKind.LeftmostFirst
    ).find_matches_as_indexes

    def lines_with_one(lines: EncodedLines) -> Mask:
        holds = np.zeros(len(lines.ends), np.bool_)
        holds[np.searchsorted(lines.ends, [start for _, start, _ in find(lines.data)])] = True
        return holds

    return lines_with_one


def groups_by_line(groups: Mapping[int, Sequence[str]]) -> Callable[[EncodedLines], npt.NDArray[np.uint8]]:
    r"""Return a function that says of all lines at once which groups of words they hold.

    The function returns an array of shape ``(n_lines,)``; bit ``g`` is set where the line holds a word of
    group ``g``. On a million characters it takes a fiftieth of the time in which the lines could be searched
    one by one.

    Args:
        groups: Words by the number of their group, 0 to 7; none is empty or holds a line end.

    >>> groups = groups_by_line({0: ["来源：", "下载"], 1: ["由", "下"]})
    >>> groups(EncodedLines.of("点击下载\n由此\n正文\n")).tolist()
    [3, 2, 0]
    """
    groups_of: dict[str, int] = {}
    for number, words in groups.items():
        for word in words:
            groups_of[word] = groups_of.get(word, 0) | 1 << number
    bits = np.array([*groups_of.values()], np.uint8)
    find = BytesAhoCorasick(
        [word.encode() for word in groups_of], implementation=Implementation.DFA
    ).find_matches_as_indexes

    def groups_of_lines(lines: EncodedLines) -> npt.NDArray[np.uint8]:
        numbers = chain.from_iterable(find(lines.data, overlapping=True))
        found = np.fromiter(numbers, np.int64).reshape(-1, 3)  # five times as fast as np.array
        at, held = np.searchsorted(lines.ends, found[:, 1]), bits[found[:, 0]]
        result = np.zeros(len(lines.ends), np.uint8)
        for number in groups:
            bit = np.uint8(1 << number)
            result[at[held & bit != 0]] |= bit
        return result

    return groups_of_lines
