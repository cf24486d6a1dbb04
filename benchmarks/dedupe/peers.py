"""The peers' whole path, one process a run: ``python -m benchmarks.dedupe.peers NAME CORPUS OUT``.

Each reads the JSON Lines, cuts every text into character 5-grams, and writes the pairs it would report, an
id and an id a line. Settings are the usual ones: 128 permutations, and the threshold that suits this
corpus best, 0.5 (a higher one finds less and takes as long). ``limit`` is no peer: it reads, folds and
hashes the texts as pdtool does, joins the hashes, repairs and aligns nothing, and reports no pair.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

__all__ = ["PEERS"]

GRAM = 5
PERMUTATIONS = 128
THRESHOLD = 0.5
SCALED = 8
"""Of the hashes of a large corpus pdtool keeps one in so many."""
Pair = tuple[str, str]


def _documents(corpus: Path) -> Iterator[tuple[str, str]]:
    with corpus.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["id"], row["text"]


def _grams(text: str) -> list[str]:
    return list({text[place : place + GRAM] for place in range(max(1, len(text) - GRAM + 1))})


def _datasketch(corpus: Path) -> Iterator[Pair]:
    from datasketch import MinHash, MinHashLSH

    sketches = {}
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    with index.insertion_session() as session:
        for key, text in _documents(corpus):
            sketch = MinHash(num_perm=PERMUTATIONS)
            sketch.update_batch([gram.encode("utf-8", "surrogatepass") for gram in _grams(text)])
            sketches[key] = sketch
            session.insert(key, sketch)
    for key, sketch in sketches.items():
        for other in index.query(sketch):
            if key < other and sketch.jaccard(sketches[other]) >= THRESHOLD:
                yield key, other


def _rensa(corpus: Path) -> Iterator[Pair]:
    from rensa import RMinHash, RMinHashLSH

    keys, grams = [], []
    for key, text in _documents(corpus):
        keys.append(key)
        grams.append(_grams(text))
    sketches = RMinHash.from_token_sets(grams, PERMUTATIONS, 42)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    index.insert_many(sketches)
    for place, found in enumerate(index.query_all(sketches)):
        for other in found:
            if place < other and sketches[place].jaccard(sketches[other]) >= THRESHOLD:
                yield min(keys[place], keys[other]), max(keys[place], keys[other])


def _limit(corpus: Path) -> Iterator[Pair]:
    import numpy as np

    from pdtool.reuse.fingerprint import fingerprint
    from pdtool.text.fold import fold

    found = [fingerprint(fold(text).shingles, SCALED) for _, text in _documents(corpus)]
    hashes = np.sort(np.concatenate(found))
    print(f"{np.count_nonzero(hashes[1:] == hashes[:-1]):,} hashes shared", file=sys.stderr)
    yield from ()


PEERS: Mapping[str, Callable[[Path], Iterator[Pair]]] = {
    "datasketch": _datasketch,
    "rensa": _rensa,
    "limit": _limit,
}
"""The peers that run in this environment, and the limit of the work."""


def run(name: str, corpus: Path, out: Path) -> None:
    """Run one peer and write the pairs it reports."""
    with out.open("w", encoding="utf-8") as file:
        file.writelines(f"{a}\t{b}\n" for a, b in PEERS[name](corpus))


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
