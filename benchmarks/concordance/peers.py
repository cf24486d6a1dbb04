"""A concordance without pdtool: ``python -m benchmarks.concordance.peers PATTERN CORPUS OUT``.

``re.finditer`` over the texts as they stand, with thirty characters on either side: no repair, no sentence,
section or negation, and no way back into a raw file.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from benchmarks.texts import texts_of

_WIDTH = 30


def main() -> None:
    """Search, and write a row for each match."""
    pattern, corpus, out = sys.argv[1:]
    search = re.compile(pattern)
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("doc", "start", "end", "left", "match", "right"))
        for name, text in texts_of(Path(corpus)):
            for found in search.finditer(text):
                start, end = found.span()
                left, right = text[max(0, start - _WIDTH) : start], text[end : end + _WIDTH]
                writer.writerow((name, start, end, left, found[0], right))


if __name__ == "__main__":
    main()
