"""The speed of the whole normaliser on text that has nothing wrong but its script or its ghosts.

``python -m benchmarks normalise.clean_speed`` normalises about 2.7 MB of undamaged Simplified text, the same
text in Traditional characters and, as sites print it, with pinyin ghosts but no byte slips: each as one
document, as its documents, and in pieces of 1,000 to 3,000 characters, one by one; and its documents
together, as commands take those of a corpus. A last kind reads the pieces as files, one by one with
``DocumentCache.open`` and together with ``open_all``. opencc-python-reimplemented converts the first half
megabyte of the Traditional text in the same run. Seconds are those of the processor: what a core does. Writes
``clean_speed.csv`` beside this file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import opencc

from benchmarks.machine import describe, medians, record
from pdtool.corpus.source import Source
from pdtool.documents.cache import DocumentCache
from pdtool.normalise.pipeline import normalise, normalise_each
from pdtool.normalise.prefilter import prefilter
from tests.damage import original
from tests.damage.glyphs import ghosts
from tests.texts import character_by_character, library

LIBRARIES = range(40, 48)
TOGETHER = 100
"""Documents that are repaired together: about as many as lie in a batch of a command."""
SHORTEST, LONGEST = 1000, 3000
PACKAGE_BYTES = 500_000
PACKAGES = ("numpy", "opencc-python-reimplemented")
TARGETS = {"Simplified": (12, 20), "Traditional": (5, 8), "ghosted, no slips": (3, 5)}
"""Megabytes a second a core: the floor and the goal."""


def _kinds() -> dict[str, list[str]]:
    texts = [text for seed in LIBRARIES for text in library(seed)]
    chance = Random("ghosts")
    return {
        "Simplified": [text.text for text in texts],
        "Traditional": [character_by_character(text.text) for text in texts],
        "ghosted, no slips": [ghosts(original(text.text, text.id), chance).text for text in texts],
    }


def _pieces(whole: str) -> list[str]:
    chance, start, pieces = Random("pieces"), 0, []
    while start < len(whole):
        end = start + chance.randint(SHORTEST, LONGEST)
        pieces.append(whole[start:end])
        start = end
    return pieces


def _normalise_all(texts: Sequence[str]) -> None:
    for text in texts:
        normalise(text)


def _normalise_together(texts: Sequence[str]) -> None:
    for start in range(0, len(texts), TOGETHER):
        some = texts[start : start + TOGETHER]
        for _ in normalise_each(some, prefilter(some), [False] * len(some)):
            pass


def _written(texts: Sequence[str], folder: Path) -> list[Source]:
    sources = []
    for number, text in enumerate(texts):
        path = folder / f"{number:05}.txt"
        path.write_text(text, encoding="utf-8")
        sources.append(Source(path.name, str(path), path.name, "text"))
    return sources


def _open_each(sources: Sequence[Source]) -> None:
    cache = DocumentCache(None)
    for source in sources:
        cache.open(source)


def _open_together(sources: Sequence[Source]) -> None:
    cache = DocumentCache(None)
    for start in range(0, len(sources), TOGETHER):
        cache.open_all(sources[start : start + TOGETHER])


def _bytes(texts: Sequence[str]) -> int:
    return sum(len(text.encode()) for text in texts)


def _runs(folder: Path) -> dict[tuple[str, str], tuple[int, Callable[[], object]]]:
    """Return the bytes and the work of each kind and shape."""
    runs: dict[tuple[str, str], tuple[int, Callable[[], object]]] = {}
    for kind, documents in _kinds().items():
        whole = "\n".join(documents)
        for shape, texts in (
            ("one document", [whole]),
            ("its documents", documents),
            (f"pieces of {SHORTEST:,} to {LONGEST:,} characters", _pieces(whole)),
        ):
            runs[kind, shape] = _bytes(texts), partial(_normalise_all, texts)
        runs[kind, "its documents, together"] = _bytes(documents), partial(_normalise_together, documents)
    pieces = _pieces("\n".join(_kinds()["Simplified"]))
    files = _written(pieces, folder)
    runs["Simplified", "pieces, read from files"] = _bytes(pieces), partial(_open_each, files)
    runs["Simplified", "pieces, read from files, together"] = _bytes(pieces), partial(_open_together, files)
    part = "\n".join(_kinds()["Traditional"])[: PACKAGE_BYTES // 3]
    package = opencc.OpenCC("tw2s")
    runs["opencc-python-reimplemented", "Traditional to Simplified, nothing else"] = (
        _bytes([part]),
        partial(package.convert, part),
    )
    return runs


def main() -> None:
    """Record megabytes a second."""
    with TemporaryDirectory() as folder:
        runs = _runs(Path(folder))
        calls = {" | ".join(name): call for name, (_, call) in runs.items()}
        seconds = medians(calls, clock=time.process_time)
    rows = []
    for (kind, shape), (size, _) in runs.items():
        floor, goal = TARGETS.get(kind, ("", ""))
        speed = size / seconds[f"{kind} | {shape}"] / 1e6
        rows.append({"kind": kind, "shape": shape, "mb_per_s": f"{speed:.1f}", "floor": floor, "goal": goal})
    record(Path(__file__).with_suffix(".csv"), [row | {"conditions": describe(*PACKAGES)} for row in rows])


if __name__ == "__main__":
    main()
