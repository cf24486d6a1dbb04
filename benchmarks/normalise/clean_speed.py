"""The speed of the whole normaliser on text that has nothing wrong, long and short.

``python -m benchmarks normalise.clean_speed`` normalises about 2.7 MB of undamaged Simplified text three
ways: as one document, as its documents, and in pieces of 2,500 characters, and writes ``clean_speed.csv``
beside this file. opencc-python-reimplemented converts the first half megabyte in the same run.
"""

from __future__ import annotations

from pathlib import Path

import opencc

from benchmarks.machine import describe, medians, record
from pdtool.normalise.pipeline import normalise
from tests.texts import library

LIBRARIES = range(40, 48)
PIECE = 2500
PACKAGE_BYTES = 500_000
PACKAGES = ("numpy", "opencc-python-reimplemented")


def main() -> None:
    """Record megabytes a second."""
    documents = [text.text for seed in LIBRARIES for text in library(seed)]
    whole = "\n".join(documents)
    pieces = [whole[start : start + PIECE] for start in range(0, len(whole), PIECE)]
    package, part = opencc.OpenCC("tw2s"), whole[: PACKAGE_BYTES // 3]
    seconds = medians(
        {
            "one document": lambda: normalise(whole),
            "its documents": lambda: [normalise(text) for text in documents],
            "pieces of 2,500 characters": lambda: [normalise(piece) for piece in pieces],
            "opencc-python-reimplemented": lambda: package.convert(part),
        }
    )
    sizes = dict.fromkeys(seconds, len(whole.encode())) | {"opencc-python-reimplemented": len(part.encode())}
    rows = [
        {"what": name, "mb_per_s": f"{sizes[name] / taken / 1e6:.1f}", "conditions": describe(*PACKAGES)}
        for name, taken in seconds.items()
    ]
    record(Path(__file__).with_suffix(".csv"), rows)


if __name__ == "__main__":
    main()
