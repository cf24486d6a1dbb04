"""How characters follow one another in jieba's words, kept as a small table.

Reading the dictionary of 349,046 words takes half a second, reading the table a hundredth of one. The table
is made by ``python -m pdtool.normalise.slips.dictionary`` and lies in ``pdtool/data``.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import code_points

__all__ = ["LENGTHS", "TABLE", "Followers", "build", "load", "save"]

TABLE = Path(__file__).parents[2] / "data" / "character_followers.npz"

_RAREST_WORD = 10
"""Words of the dictionary with a lower frequency are names and typing errors for the most part."""
LENGTHS = (1, 2, 3, 4)
"""The lengths of the words that are kept as such."""
_STEPS_PER_E = 10
"""Probabilities are kept as logarithms in steps of a tenth: 5 % of the value is more than they are worth."""

Shares = npt.NDArray[np.float32]


class Followers(NamedTuple):
    """How characters follow one another in words.

    Args:
        alphabet: The code points of the characters, ascending, shape ``(n,)``.
        start: For each the probability that a word starts with it, shape ``(n,)``.
        final: For each the probability that a word ends after it, shape ``(n,)``.
        keys: Pairs that stand in words, as ``first * n + second`` by place in the alphabet, ascending.
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
    return "".join(f"{words[place]}\n" for place in kept.tolist()), frequencies[kept]


def build() -> Followers:
    """Count the characters of jieba's words, weighted by the words' frequencies."""
    text, frequencies = _words()
    alphabet, places = np.unique(code_points(text), return_inverse=True)
    size = len(alphabet)
    ends = places == 0
    lengths = np.diff(np.flatnonzero(np.concatenate([[True], ends])))
    weight = np.repeat(frequencies, lengths)
    begins = np.concatenate([[True], ends[:-1]])
    lasts = np.concatenate([ends[1:], [False]])
    total = np.maximum(np.bincount(places[~ends], weight[~ends], size), 1)
    starts = np.bincount(places[begins], weight[begins], size)
    finals = np.bincount(places[lasts], weight[lasts], size)
    inside = np.flatnonzero(~lasts & ~ends)
    keys, kinds = np.unique(places[inside] * size + places[inside + 1], return_inverse=True)
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
    chosen = sorted((word, place) for place, word in enumerate(words) if len(word) == length)
    codes = code_points("".join(word for word, _ in chosen)).reshape(-1, length)
    shares = frequencies[[place for _, place in chosen]] / total
    return codes, shares.astype(np.float32)


def _packed(shares: Shares) -> npt.NDArray[np.uint8]:
    steps = -np.log(np.maximum(shares, 1e-11)) * _STEPS_PER_E
    packed: npt.NDArray[np.uint8] = np.minimum(np.rint(steps), 255).astype(np.uint8)
    return packed


def _unpacked(steps: npt.NDArray[np.uint8]) -> Shares:
    table = np.exp(-np.arange(256) / _STEPS_PER_E)
    table[255] = 0
    shares: Shares = table.astype(np.float32)[steps]
    return shares


def save(followers: Followers, path: Path) -> None:
    """Write the table."""
    arrays = {
        "alphabet": followers.alphabet,
        "start": _packed(followers.start),
        "final": _packed(followers.final),
        "gaps": np.diff(followers.keys, prepend=0).astype(np.uint32),
        "shares": _packed(followers.shares),
    }
    for words, shares in zip(followers.words, followers.frequencies, strict=True):
        arrays[f"words{words.shape[1]}"] = _as_bytes(words)
        arrays[f"frequencies{words.shape[1]}"] = _packed(shares)
    # numpy's own savez writes the time into the archive, and two equal tables would differ.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED)


def _as_bytes(words: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    text = words.astype("<u4").tobytes().decode("utf-32-le")
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


@cache
def load(path: Path = TABLE) -> Followers:
    """Read the table; the probabilities are within 5 % of those that were counted."""
    with np.load(path) as table:
        return Followers(
            table["alphabet"],
            _unpacked(table["start"]),
            _unpacked(table["final"]),
            np.cumsum(table["gaps"], dtype=np.int32),
            _unpacked(table["shares"]),
            tuple(
                code_points(table[f"words{length}"].tobytes().decode("utf-8")).reshape(-1, length)
                for length in LENGTHS
            ),
            tuple(_unpacked(table[f"frequencies{length}"]) for length in LENGTHS),
        )


if __name__ == "__main__":
    save(build(), TABLE)
