"""How characters follow one another in jieba's words.

Reading the dictionary of 349,046 words takes half a second; :mod:`~pdtool.normalise.slips.prepare` does it.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.model_tables import LENGTHS
from pdtool.text.code_points import code_points

__all__ = ["Followers", "build"]

_RAREST_WORD = 10
"""Words of the dictionary with a lower frequency are names and typing errors for the most part."""

Shares = npt.NDArray[np.float32]


class Followers(NamedTuple):
    """How characters follow one another in words.

    Args:
        alphabet: The code points of the characters, ascending, shape ``(n,)``.
        start: For each the probability that a word starts with it, shape ``(n,)``.
        final: For each the probability that a word ends after it, shape ``(n,)``.
        keys: Pairs that stand in words, as ``first * n + second`` by index in the alphabet, ascending.
        shares: For each pair the probability that the second follows the first, shape ``(len(keys),)``.
        words: The words of one to four characters, by length: their code points, shape ``(count, length)``.
        frequencies: For each length the share of each word among all, shape ``(count,)``.
    """

    alphabet: npt.NDArray[np.int32]
    start: Shares
    final: Shares
    keys: npt.NDArray[np.int32]
    shares: Shares
    words: tuple[npt.NDArray[np.uint32], ...]
    frequencies: tuple[Shares, ...]


def _words() -> tuple[str, npt.NDArray[np.int64]]:
    """Return jieba's words, each ended by a line feed, with their frequencies."""
    # Of "jieba" alone: importing it would load its segmenter.
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None, "jieba is a dependency"
    fields = (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").split()
    frequencies = np.array(fields[1::3], dtype=np.int64)
    kept = np.flatnonzero(frequencies >= _RAREST_WORD)
    words = fields[0::3]
    return "".join(f"{words[index]}\n" for index in kept.tolist()), frequencies[kept]


def build() -> Followers:
    """Count the characters of jieba's words, weighted by the words' frequencies."""
    text, frequencies = _words()
    alphabet, indices = np.unique(code_points(text), return_inverse=True)
    size = len(alphabet)
    ends = indices == 0
    lengths = np.diff(np.flatnonzero(np.concatenate([[True], ends])))
    weight = np.repeat(frequencies, lengths)
    begins = np.concatenate([[True], ends[:-1]])
    lasts = np.concatenate([ends[1:], [False]])
    total = np.maximum(np.bincount(indices[~ends], weight[~ends], size), 1)
    starts = np.bincount(indices[begins], weight[begins], size)
    finals = np.bincount(indices[lasts], weight[lasts], size)
    inside = np.flatnonzero(~lasts & ~ends)
    keys, kinds = np.unique(indices[inside] * size + indices[inside + 1], return_inverse=True)
    numbers = np.bincount(kinds, weight[inside])
    lists = [_of_length(text, frequencies, length) for length in LENGTHS]
    return Followers(
        alphabet.astype(np.int32),
        (starts / starts.sum()).astype(np.float32),
        (finals / total).astype(np.float32),
        keys.astype(np.int32),
        (numbers / total[keys // size]).astype(np.float32),
        tuple(words for words, _ in lists),
        tuple(counts for _, counts in lists),
    )


def _of_length(
    text: str, frequencies: npt.NDArray[np.int64], length: int
) -> tuple[npt.NDArray[np.uint32], Shares]:
    """Return the words of one length, sorted, and their shares."""
    total = frequencies.sum()
    words = text.split("\n")
    chosen = sorted((word, index) for index, word in enumerate(words) if len(word) == length)
    codes = code_points("".join(word for word, _ in chosen)).reshape(-1, length)
    shares = frequencies[[index for _, index in chosen]] / total
    return codes, shares.astype(np.float32)
