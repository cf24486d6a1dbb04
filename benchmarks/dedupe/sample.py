"""A part of a made corpus: ``python -m benchmarks.dedupe.sample 300000 LARGE.jsonl SMALL.jsonl``.

A corpus of a million documents takes an hour or two to write; a smaller one of the same kind need not be
written anew. Documents that copy each other are taken together or not at all, so that the part has the same
share of copies as the whole. Equal arguments write equal files.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from benchmarks.dedupe.corpus import truth_path
from pdtool.reuse.clusters import components

__all__ = ["choose", "write_sample"]


def choose(documents: int, pairs: Iterable[tuple[int, int]], wanted: int) -> set[int]:
    """Return documents of a corpus: those of a pair both or neither.

    Args:
        documents: How many there are; they are called by their numbers, from 0 on.
        pairs: Documents that copy each other.
        wanted: How many to choose, at most ``documents``. Fewer are chosen where no group is small enough to
            fill what is left.

    >>> chosen = choose(100, [(1, 2), (2, 3), (50, 60)], 40)
    >>> len(chosen), len(chosen & {1, 2, 3}) in (0, 3), len(chosen & {50, 60}) in (0, 2)
    (40, True, True)
    """
    # Each document with itself too, so that one without a copy is a group of its own.
    groups = components(chain(pairs, ((number, number) for number in range(documents))))
    groups.sort(key=lambda group: blake2b(str(group[0]).encode()).digest())
    chosen: set[int] = set()
    for group in groups:
        if len(chosen) + len(group) <= wanted:
            chosen.update(group)
    return chosen


def _number(name: str) -> int:
    return int(name.removeprefix("d"))


def write_sample(large: Path, small: Path, wanted: int) -> None:
    """Write a part of a corpus, and the labels of its pairs.

    Args:
        large: A corpus that :mod:`benchmarks.dedupe.corpus` wrote.
        small: Where to write.
        wanted: How many documents to take.
    """
    with large.open("rb") as lines:
        documents = sum(1 for _ in lines)
    head, *labels = truth_path(large).read_text(encoding="utf-8").splitlines(keepends=True)
    pairs = [(_number(one), _number(other)) for one, other, *_ in (label.split("\t") for label in labels)]
    chosen = choose(documents, pairs, wanted)
    with large.open("rb") as lines, small.open("wb") as out:
        out.writelines(line for number, line in enumerate(lines) if number in chosen)
    with truth_path(small).open("w", encoding="utf-8") as truth:
        truth.write(head)
        truth.writelines(label for label, (one, _) in zip(labels, pairs, strict=True) if one in chosen)


def command_line() -> None:
    """Write the part that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("documents", type=int)
    parser.add_argument("large", type=Path)
    parser.add_argument("small", type=Path)
    asked = parser.parse_args()
    write_sample(asked.large, asked.small, asked.documents)


if __name__ == "__main__":
    command_line()
